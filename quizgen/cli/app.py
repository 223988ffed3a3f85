"""The commands. Each is a function in its own file; what it needs is imported when it runs."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from quizgen.cli.build import build
from quizgen.cli.check import check
from quizgen.cli.explain import explain
from quizgen.cli.export import export
from quizgen.cli.lists import list_
from quizgen.cli.model import model
from quizgen.cli.push import push
from quizgen.cli.quiz import quiz
from quizgen.cli.schema import schema
from quizgen.cli.stats import stats
from quizgen.cli.trace import trace
from quizgen.cli.vocabulary import vocabulary

app = typer.Typer(
    name="quizgen",
    help="Compile knowledge of network protocols, checked against executable reference models, into quizzes, Anki decks and study sheets.",
    epilog="Example: `quizgen build` writes everything for the shipped knowledge into the folder build/.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for command in (build, export, push, check, quiz, stats, trace, model, vocabulary, schema, explain):
    app.command()(command)
app.command("list")(list_)


def _version(wanted: bool) -> None:
    if wanted:
        from quizgen import __version__

        typer.echo(f"quizgen {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Nothing before the command."""


def run() -> None:
    """Run the command line; an interrupt ends it quietly, a closed pipe too.

    What the terminal's or pipe's encoding cannot write is written as an escape.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed, as by `>&-`; the next file that is opened must not take its place
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open to the end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    gc.disable()  # a short-lived process whose nodes and questions stay alive: collecting would only walk over them
    try:
        _call()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stdout = None  # nothing may be flushed into the closed pipe at exit
        sys.exit(141)
    except OSError as error:
        if error.filename is not None:
            raise
        sys.exit(f"quizgen: cannot write: {error.strerror}")


def _call() -> None:
    """Run the command, and end at once: taking down a large deck object by object takes a tenth of the time of its build."""
    try:
        app()
    except SystemExit as done:
        if not isinstance(done.code, int):
            raise
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(done.code)
