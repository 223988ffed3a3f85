"""`quizgen explain CODE`: the page of a diagnostic."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def explain(
    code: Annotated[str, typer.Argument(help="A code, as QG001, or its name, as duplicate-key.", metavar="CODE")],
) -> None:
    """Say what a finding means, why it matters, and how to cure it.

    Example: quizgen explain QG001
    """
    from quizgen.diagnostics import catalogue
    from quizgen.diagnostics.visible import visible

    found = catalogue.find(code)
    if found is None:
        near = catalogue.nearest(code)
        print(
            f"quizgen: there is no code {visible(code)}; did you mean {near} ({catalogue.title(near)})?",
            file=sys.stderr,
        )
        raise typer.Exit(2)
    _show(catalogue.page(found))


def _show(page: str) -> None:
    """The page, set for a terminal; as it is into a pipe."""
    if not sys.stdout.isatty():
        print(page, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page))
