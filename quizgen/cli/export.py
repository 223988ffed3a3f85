"""`quizgen export`: one format, as one file or to standard output."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli.build import check_modern
from quizgen.cli.compile import check_language, compile_or_exit, content_paths, show, usage_error
from quizgen.cli.lock import lock_of
from quizgen.files import replacing

if TYPE_CHECKING:
    from quizgen.knowledge.lockfile import LockFile


def export(
    format_: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="csv, tsv, json, markdown, hashcards, anki, quiz or sheet."),
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, `content/` here, else the shipped knowledge."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The file to write, else standard output.")
    ] = None,
    lang: Annotated[
        str, typer.Option(help="A language; for anki also en+zh, for json also all.", show_default="the first")
    ] = "",
    seed: Annotated[int, typer.Option(help="Fixes the order of options in what is printed.")] = 0,
    modern: Annotated[
        bool, typer.Option("--modern", help="A smaller Anki package, for Anki 2.1.50 and newer.")
    ] = False,
) -> None:
    """Check knowledge and write one format as one file.

    Example: `quizgen export tsv content/tcp --lang zh -o tcp.tsv`
    """
    from quizgen.render import FORMATS

    if format_ not in FORMATS:
        usage_error(f"there is no format `{format_}`", f"the formats are {', '.join(FORMATS)}")
    if out in (None, Path("-")) and sys.stdout.isatty() and format_ == "anki":
        usage_error("an Anki package is nothing to show on a terminal", "name a file: `-o quizgen.apkg`")
    if modern:
        check_modern([format_])
    if out == Path("-"):
        out = None
    if out is not None and os.path.isdir(out):  # noqa: PTH112 - Path.is_dir raises where nothing may be asked
        usage_error(f"`{out}` is a folder", "name a file; `quizgen build --out` writes a folder")
    checked = compile_or_exit(paths)
    languages = _languages(format_, lang, checked.bank.languages)
    folder = out.absolute().parent if out else Path.cwd()
    lock = lock_of(content_paths(paths), folder) if format_ == "anki" else None
    with TemporaryDirectory(prefix="quizgen-") as made:
        from quizgen.render import renderer, whole
        from quizgen.render.options import Options

        options = Options(languages, seed, lock.lock, modern) if lock else Options(languages, seed)
        renderer(format_)(checked.bank, Path(made), options)
        _deliver(Path(made) / whole(format_, languages[0]), out, lock)
    if checked.found:
        show(checked.found, "text", to_stderr=True)


def _languages(format_: str, wanted: str, known: Sequence[str]) -> tuple[str, ...]:
    """The languages to write: the one that is wanted, else the first; all of them only where one file holds several."""
    from quizgen.render import FORMATS

    several = "{lang}" not in FORMATS[format_].place
    if wanted not in ("", "all"):
        check_language(wanted, known, together=format_ == "anki")
    if wanted == "all" and not several:
        usage_error(f"one {format_} file holds one language", f"choose one with --lang: {', '.join(known)}")
    if wanted in ("", "all"):
        return tuple(known) if several else (known[0],)
    return (wanted,)


def _deliver(made: Path, out: Path | None, lock: LockFile | None) -> None:
    try:
        if lock is not None and lock.changed:
            lock.write()  # first: a learner may not have what the lock does not know
        if out is None:
            with made.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with made.open("rb") as file, replacing(out) as fresh, fresh.open("wb") as target:
                shutil.copyfileobj(file, target)  # copyfile refuses pipes
    except BrokenPipeError:
        raise
    except OSError as error:
        usage_error(f"cannot write {error.filename or out or 'standard output'}: {error.strerror}")
