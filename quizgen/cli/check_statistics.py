"""The figures of `quizgen check --statistics`, as a table and inside the JSON of the findings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizgen.check.chance import Share
    from quizgen.check.statistics import Statistics
    from quizgen.diagnostics.diagnostic import Diagnostic

FORMATS = ("text", "json")


def in_json(findings: Sequence[Diagnostic], figures: Statistics) -> str:
    """The findings as `--format json` prints them, with the figures beside them under `statistics`."""
    from quizgen.diagnostics.json import render

    return json.dumps({**json.loads(render(findings)), "statistics": figures.plain()}, ensure_ascii=False, indent=2)


def in_text(figures: Statistics, columns: int | None) -> list[str]:
    """The lines of the table, at most that many columns wide."""
    from quizgen.check.chance import LEVEL
    from quizgen.cli.tables import table

    heading = ("Statistics", "Count", "Of", f"By chance ({LEVEL:.0%})", "")
    return table(heading, [*_shares(figures), *_counts(figures)], columns)


def _shares(figures: Statistics) -> Iterator[tuple[str, ...]]:
    for place, one in enumerate(figures.places, 1):
        yield _row(f"a key stands at place {place}", one)
    for lang, one in figures.longest.items():
        yield _row(f"a key is the longest option ({lang})", one)
    yield _row("a statement is true", figures.true)


def _row(what: str, one: Share) -> tuple[str, ...]:
    return (what, str(one.count), str(one.of), f"{one.low} to {one.high}", "" if one.usual else "outside")


def _counts(figures: Statistics) -> Iterator[tuple[str, ...]]:
    of = str(figures.items)
    for level, count in figures.difficulty.items():
        yield (f"an item's difficulty is {level}", str(count), of, "", "")
    yield ("an item names no misconception", str(len(figures.unbelieved)), of, "", "")
