"""`quizgen vocabulary`: the names that claims may use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quizgen.cli.compile import usage_error

if TYPE_CHECKING:
    from quizgen.models.base import Model, Word


def vocabulary(
    model: Annotated[str | None, typer.Argument(help="A model; without it, every model.")] = None,
) -> None:
    """List the names that claims may use, and what they may ask a scenario, with meaning and source.

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
        for kind, words in _asked_of_runs(load(name)):
            typer.echo(f"\n{name}: what may be asked of a {kind}\n")
            for word in words:
                _print(word)
    typer.echo("\nin every model\n")
    for word in COMMON.values():
        _print(word)


def _asked_of_runs(model: Model) -> Iterator[tuple[str, list[Word]]]:
    """The parts of a run, which is what a scenario's name stands for, and the parts of those parts that have any."""
    from typing import get_type_hints

    waiting = [("scenario", get_type_hints(getattr(model.run, "func", model.run)).get("return"))] if model.run else []
    for kind, shape in waiting:
        members = {name: getattr(shape, name, None) for name in sorted(getattr(shape, "published", ()))}
        if members:
            yield kind, [_part(shape, name, member) for name, member in members.items()]
        answers = [get_type_hints(member).get("return") for member in members.values() if callable(member)]
        parts = dict.fromkeys(answer for answer in answers if getattr(answer, "published", None))
        waiting += [
            (str(getattr(part, "kind", "")), part) for part in parts if part not in (known for _, known in waiting)
        ]


def _part(shape: Any, name: str, member: Any) -> Word:
    import inspect

    from quizgen.models.base import Word

    if inspect.isfunction(member) or isinstance(member, property):
        return Word(f".{name}", member, inspect.getdoc(member) or "")
    return Word(f".{name}", member, shape.__dataclass_fields__[name].metadata.get("doc", ""))


def _print(word: Word) -> None:
    from quizgen.claims.kinds import kind

    what = "" if callable(word.value) or word.name.startswith(".") else f": {kind(word.value)}"
    cite = f"  [{word.cite}]" if word.cite else ""
    typer.echo(f"  {word.signature.replace('(self, ', '(').replace('(self)', '()')}{what}{cite}")
    for line in word.doc.splitlines():
        typer.echo(f"      {line}" if line else "")
    parts = sorted(getattr(type(word.value), "published", ()))
    if parts:
        typer.echo(f"      has {', '.join(parts)}")
