"""What commands that read knowledge share: where it is, and how findings are shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from quizgen.check.compile import Checked
    from quizgen.diagnostics.diagnostic import Diagnostic
    from quizgen.items.question import Bank


def content_paths(paths: Sequence[Path] | None) -> list[Path]:
    """The paths given; else `content/` here; else the shipped knowledge.

    A path that is not there, or below which there is no knowledge file, is a usage error.
    """
    from quizgen.knowledge.load import find_files
    from quizgen.models.values import shortened
    from quizgen.resources import resource

    if not paths:
        paths = [Path("content") if Path("content").is_dir() else resource("content")]
    for path in paths:
        try:
            path.stat()
        except FileNotFoundError:
            usage_error(f"there is no file or folder `{path}`")
        except OSError as error:
            usage_error(f"`{shortened(str(path))}` cannot be read: {error.strerror}")
        if not find_files([path]):
            usage_error(f"there is no knowledge file in `{path}`", "the names of knowledge files end in .yaml or .yml")
    return list(paths)


def compiled(paths: Sequence[Path] | None) -> Checked:
    """Compile the knowledge at these paths; meanwhile a terminal's standard error says so."""
    from quizgen.check.compile import compile_paths
    from quizgen.knowledge.load import find_files

    found = content_paths(paths)
    with progress(f"checking {counted(len(find_files(found)), 'file')} ..."):
        return compile_paths(found)


@contextmanager
def progress(text: str) -> Iterator[None]:
    """Show a line on a terminal's standard error, and take it back."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    print(text, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def compile_or_exit(paths: Sequence[Path] | None) -> Checked:
    """Compile; when there are errors, show all findings on standard error and exit with 1."""
    checked = compiled(paths)
    if checked.errors:
        show(checked.found, "text", to_stderr=True)
        typer.echo(
            f"{counted(checked.errors, 'error')}; nothing was written. `quizgen explain CODE` tells more.", err=True
        )
        raise typer.Exit(1)
    return checked


def load_bank(paths: Sequence[Path] | None = None) -> Bank:
    """The bank of the knowledge at these paths; exits with 1 when it has errors."""
    return compile_or_exit(paths).bank


def show(found: Sequence[Diagnostic], format_: str, *, to_stderr: bool = False) -> None:
    """Print findings in one of the renderers' formats; colours only where `colored` says so."""
    from quizgen.diagnostics.renderers import renderer

    stream = sys.stderr if to_stderr else sys.stdout
    color = colored(stream)
    width = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 100
    text = renderer(format_)(found, width, color)
    if text:
        typer.echo(text, err=to_stderr, color=color, nl=not text.endswith("\n"))


def colored(stream: TextIO) -> bool:
    """Whether to write colours: on a terminal that has some, unless NO_COLOR is set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def check_language(wanted: str, known: Sequence[str], *, together: bool = False) -> None:
    """A usage error for a language that the knowledge is not written in. `together`: `en+zh`, two in one, will do too."""
    from quizgen.render.bilingual import BETWEEN, spoken

    parts = spoken(wanted)
    if len(set(parts)) != len(parts) or not set(parts) <= set(known):
        usage_error(f"this knowledge is not written in `{wanted}`", f"its languages are {', '.join(known)}")
    if len(parts) > 1 and not together:
        usage_error(f"only Anki packages hold `{wanted}`, two languages in one note", "choose the format anki alone")
    if len(parts) > 2:
        usage_error(f"`{wanted}` is too much for one card", f"join two languages: {BETWEEN.join(parts[:2])}")


def check_shown_language(wanted: str, texts: Iterable[Mapping[str, str]]) -> None:
    """A usage error for a language that neither these texts nor quizgen's own words are written in."""
    from quizgen.resources import resource

    own = sorted(file.stem for file in (resource("templates") / "strings").glob("*.json"))
    known = dict.fromkeys((*own, *(lang for text in texts for lang in text if lang)))
    if wanted not in known:
        usage_error(f"there is no language `{wanted}` here", f"there is {', '.join(known)}")


def counted(number: int, noun: str) -> str:
    """`1 error`, `3 errors`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def usage_error(message: str, help_: str = "") -> NoReturn:
    """Say what is wrong with the command line and exit with 2."""
    typer.echo(f"quizgen: {message}" + (f"\n  help: {help_}" if help_ else ""), err=True)
    raise typer.Exit(2)
