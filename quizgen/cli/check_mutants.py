"""`quizgen check --mutants`: the wrong variants of the models that no item would notice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import typer

from quizgen.cli.compile import counted, progress, show, usage_error
from quizgen.cli.tables import strong, table, width

if TYPE_CHECKING:
    from quizgen.check.compile import Checked
    from quizgen.check.mutants import Trial, Trials

_SHOWN = 3
"""How many of the items that rest on an element are named."""


def check_mutants(checked: Checked, format_: str, *, strict: bool) -> None:
    """Try them, print what came of it, and exit with 1 where there are errors."""
    from quizgen.check.mutants import models_in_use, try_mutants

    if format_ not in ("text", "json"):
        usage_error(f"mutants are not printed as {format_}", "the formats are text and json")
    if checked.errors:
        show(checked.found, format_)
        typer.echo("mutants are tried once there are no errors", err=True)
        raise typer.Exit(1)
    with progress("trying the mutants of the models ..."):
        made = try_mutants(checked, models_in_use(checked.knowledge))
    if format_ == "json":
        typer.echo(json.dumps(as_data(made), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(lines(made)))
        show(made.found, "text")
    raise typer.Exit(1 if strict and made.found else 0)


def as_data(made: Trials) -> dict[str, object]:
    """What came of it as plain data: numbers by model, every survivor, and the items that notice nothing."""
    return {
        "models": {
            name: {"mutants": total, "noticed": noticed} for name, (total, noticed) in _counts(made.trials).items()
        },
        "survivors": [
            {
                "model": one.model,
                "mutant": one.mutant.id,
                "title": dict(one.mutant.title),
                "element": one.mutant.element,
                "items": list(one.items),
            }
            for one in made.trials
            if not one.noticed
        ],
        "idle": list(made.idle),
        "unkeyed": list(made.unkeyed),
    }


def _counts(trials: Iterable[Trial]) -> dict[str, tuple[int, int]]:
    """For each model the mutants, and how many of them are noticed."""
    found: dict[str, tuple[int, int]] = {}
    for one in trials:
        total, noticed = found.get(one.model, (0, 0))
        found[one.model] = total + 1, noticed + one.noticed
    return found


def _share(total: int, noticed: int) -> tuple[str, str, str]:
    return str(total), str(noticed), f"{100 * noticed // total}%"


def lines(made: Trials) -> Iterator[str]:
    """The numbers, the survivors by model, group and element, and what notices nothing."""
    counts = _counts(made.trials)
    rows = [(name, *_share(*numbers)) for name, numbers in counts.items()]
    if len(rows) > 1:
        rows.append(("together", *_share(*map(sum, zip(*counts.values(), strict=True)))))
    yield from table(("Model", "Mutants", "Noticed", "Share"), rows, width())
    for (model, group), survivors in groupby(_survivors(made), key=lambda one: (one.model, one.element.group)):
        yield from ("", strong(f"{model}: {group}"))
        for element, those in groupby(survivors, key=lambda one: one.mutant.element):
            yield from _element(element, list(those))
    yield ""
    if made.unkeyed:
        yield f"{counted(len(made.unkeyed), 'item')} would take any answer of the model, since the key is left to it: {', '.join(made.unkeyed)}"


def _survivors(made: Trials) -> list[Trial]:
    return [one for one in made.trials if not one.noticed]


def _element(element: str, survivors: list[Trial]) -> Iterator[str]:
    """The element with the items that rest on it, and below it what they do not notice."""
    items = survivors[0].items
    yield f"  {element}: {survivors[0].element.title['en']}"
    yield f"    {f'rests on it and does not notice: {_named(items)}' if items else 'no item rests on it'}"
    for one in survivors:
        yield f"    - {one.mutant.title['en']}"


def _named(items: tuple[str, ...]) -> str:
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more
