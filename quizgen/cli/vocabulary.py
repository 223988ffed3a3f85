"""`quizgen vocabulary`: the names that claims may use."""

from __future__ import annotations

from typing import Annotated

import typer

from quizgen.cli.compile import usage_error


def vocabulary(
    model: Annotated[str | None, typer.Argument(help="A model; without it, every model.")] = None,
) -> None:
    """List the names that claims may use, with their meaning and source.

    Example: `quizgen vocabulary tcp`
    """
    from quizgen.claims.names import COMMON
    from quizgen.models import load, names

    if model is not None and model not in names():
        usage_error(f"there is no reference model `{model}`", f"the models are {', '.join(names())}")
    for name in [model] if model else names():
        typer.echo(f"{name}\n")
        for word in load(name).vocabulary.values():
            _print(word)
    typer.echo("in every model\n")
    for word in COMMON.values():
        _print(word)


def _print(word: object) -> None:
    from quizgen.claims.kinds import kind
    from quizgen.models.base import Word

    assert isinstance(word, Word)
    what = "" if callable(word.value) else f": {kind(word.value)}"
    cite = f"  [{word.cite}]" if word.cite else ""
    typer.echo(f"  {word.signature}{what}{cite}")
    for line in word.doc.splitlines():
        typer.echo(f"      {line}" if line else "")
    parts = sorted(getattr(type(word.value), "published", ()))
    if parts:
        typer.echo(f"      has {', '.join(parts)}")
