"""`quizgen build`: check knowledge and write every output, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quizgen.cli.compile import check_language, compile_or_exit, content_paths, counted, show, usage_error
from quizgen.cli.lock import lock_of

if TYPE_CHECKING:
    from quizgen.check.coverage import Counts
    from quizgen.diagnostics.diagnostic import Diagnostic
    from quizgen.items.question import Bank
    from quizgen.knowledge.lockfile import LockFile
    from quizgen.render.options import Options


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, `content/` here, else the shipped knowledge."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write; it is replaced as a whole.")] = Path(
        "build"
    ),
    format_: Annotated[
        str, typer.Option("--format", help="Outputs to write, with commas between; all: quiz, anki, sheet.")
    ] = "all",
    lang: Annotated[str, typer.Option(help="A language, or all; en+zh: both on each Anki card.")] = "all",
    seed: Annotated[int, typer.Option(help="Fixes the order of options in what is printed.")] = 0,
    modern: Annotated[bool, typer.Option("--modern", help="Smaller Anki packages, for Anki 2.1.50 and newer.")] = False,
) -> None:
    """Check knowledge and write quizzes, Anki decks and study sheets.

    Further formats are csv, tsv, json, markdown and hashcards; `export` writes one alone. Writes nothing when the knowledge has an error. The same knowledge, seed and version give the same bytes.

    Example: `quizgen build content/tcp --format anki --lang en`
    """
    from quizgen.render.report import up_to_date

    formats = _formats(format_)
    if modern:
        check_modern(formats)
    inputs = _inputs(content_paths(paths), (",".join(formats), lang, f"{seed}{modern}"))
    before = lock_of(content_paths(paths), out)
    report = None if before.changed else up_to_date(out, _fingerprint(inputs, before))
    del before
    if report is None:
        bank, covered, found = _compiled(paths)
        lock = lock_of(content_paths(paths), out)  # again, rather than keep it beside all of the knowledge
        options = _options(bank.languages, formats, lang, seed, lock, modern=modern)
        report = _write(bank, covered, out, formats, options, inputs, lock)
        if found:
            show(found, "text", to_stderr=True)
        typer.echo(_summary(report, out))
    else:
        typer.echo(_summary(report, out) + "; nothing had changed")


def check_modern(formats: Sequence[str]) -> None:
    """A usage error where there is nothing to write in the modern form, or nothing to write it with."""
    from importlib.util import find_spec

    if "anki" not in formats:
        usage_error("`--modern` is about Anki packages", "add the format anki, or leave it out")
    if find_spec("zstandard") is None:
        usage_error("`--modern` needs the package zstandard", "pip install 'quizgen[modern]'")


def _formats(wanted: str) -> list[str]:
    from quizgen.render import FORMATS, USUAL

    names = list(USUAL) if wanted == "all" else [name.strip() for name in wanted.split(",")]
    for name in names:
        if name not in FORMATS:
            usage_error(f"there is no format `{name}`", f"the formats are {', '.join(FORMATS)}, or all")
    return [name for name in FORMATS if name in names]


def _compiled(paths: Sequence[Path] | None) -> tuple[Bank, Counts, Sequence[Diagnostic]]:
    """The bank, what it covers, and the findings. The knowledge is let go: of a large deck it is most of the memory."""
    from quizgen.check.coverage import counts, coverage

    checked = compile_or_exit(paths)
    return checked.bank, counts(coverage(checked.knowledge, checked.judged)), checked.found


def _options(
    languages: Sequence[str], formats: Sequence[str], lang: str, seed: int, lock: LockFile, *, modern: bool
) -> Options:
    from quizgen.render.options import Options

    if lang != "all":
        check_language(lang, languages, together=formats == ["anki"])
    return Options(tuple(languages) if lang == "all" else (lang,), seed, lock.lock, modern)


def _write(
    bank: Bank, covered: Counts, out: Path, formats: Sequence[str], options: Options, inputs: str, lock: LockFile
) -> dict[str, Any]:
    from quizgen.render import renderer
    from quizgen.render.index import render_index
    from quizgen.render.publish import NotOurs, replaced
    from quizgen.render.report import write_report

    try:
        with replaced(out) as fresh:
            for name in formats:
                renderer(name)(bank, fresh, options)
            render_index(bank, fresh, options, tuple(formats))
            if lock.path.parent == out.absolute() and lock.lock.notes:
                lock.write(fresh / lock.path.name)
            elif lock.changed:
                lock.write()  # before the package is there: a learner may not have what the lock does not know
            return write_report(bank, fresh, _fingerprint(inputs, lock), covered)
    except NotOurs as error:
        usage_error(str(error), "choose another folder with --out, or empty that one")
    except OSError as error:
        usage_error(f"cannot write {error.filename or out}: {error.strerror}", "choose another folder with --out")


def _fingerprint(inputs: str, lock: LockFile) -> str:
    """A hash of all that the outputs depend on: what went in, and what the lock remembers."""
    from hashlib import sha256

    return sha256((inputs + lock.lock.text()).encode()).hexdigest()


def _inputs(paths: Sequence[Path], options: tuple[str, ...]) -> str:
    """A hash of what goes into the outputs: the knowledge, the options, and quizgen itself."""
    from hashlib import sha256

    import quizgen
    from quizgen.knowledge.load import find_files
    from quizgen.resources import resource

    package = Path(quizgen.__file__).parent
    own = [(file.relative_to(package), file) for file in package.rglob("*.py")]
    for kind in ("templates", "content"):
        folder = resource(kind)
        own += [(Path(kind) / file.relative_to(folder), file) for file in folder.rglob("*") if file.is_file()]
    total = sha256("\0".join(options).encode())
    for name, file in (*((Path(file.name), file) for file in find_files(paths)), *sorted(own)):
        if file.is_file():
            total.update(f"\0{name.as_posix()}\0".encode() + sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _summary(report: dict[str, Any], out: Path) -> str:
    items = report["items"]
    proved = items["by_standing"].get("proved", 0)
    return f"{counted(items['total'], 'item')} ({proved} proved) in {counted(len(items['by_topic']), 'topic')}: {counted(len(report['files']), 'file')} in {out}"
