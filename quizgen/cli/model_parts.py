"""What a reference model knows, in parts that can be printed: its tables, its elements by group, its scenarios."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from quizgen.check.compile import shipped_scenarios
from quizgen.cli.tables import Row, grouped, paragraph, strong, table
from quizgen.knowledge.knowledge import say
from quizgen.markup import plain
from quizgen.resources import strings

if TYPE_CHECKING:
    from quizgen.models.base import Element, Model, Text

_DOCUMENT = re.compile(r"RFC \d+ ")


@dataclass(frozen=True)
class Part:
    """Rows below a heading, in one language."""

    heading: Row
    rows: tuple[Row, ...]

    def records(self) -> list[dict[str, str]]:
        """Each row by the heading's words."""
        return [dict(zip(self.heading, row, strict=True)) for row in self.rows]


def parts(model: Model, lang: str) -> dict[str, Part]:
    """The model's tables, then the groups of elements that are in no table, then its scenarios; by name."""
    found = {name: _from_table(rows, lang) for name, rows in model.tables.items()}
    groups: dict[str, list[Element]] = {}
    for element in model.elements.values():
        groups.setdefault(element.group, []).append(element)
    found |= {name: _from_elements(group, lang) for name, group in groups.items() if name not in found}
    scenarios = _scenarios(model, lang)
    return {**found, "scenarios": scenarios} if scenarios.rows else found


def _from_table(rows: Any, lang: str) -> Part:
    heading, *others = (tuple(_say(cell, lang) for cell in row) for row in rows)
    return Part(heading, tuple(others))


def _say(text: Text, lang: str) -> str:
    return plain(say(text, lang))


def _from_elements(group: list[Element], lang: str) -> Part:
    rows = tuple((_say(element.title, lang), str(element.cite)) for element in group)
    return Part((word(lang, "what"), word(lang, "source")), rows)


def _scenarios(model: Model, lang: str) -> Part:
    entries = shipped_scenarios((model.name,)).items() if model.run else ()
    rows = tuple((name, _say(entry.spec.title, lang), entry.spec.source or "–") for name, entry in entries)
    return Part((word(lang, "name"), word(lang, "title"), word(lang, "source")), rows)


def word(lang: str, key: str) -> str:
    """The interface string `model.<key>`."""
    return strings(lang)[f"model.{key}"]


def part_lines(name: str, known: dict[str, Part], lang: str, columns: int | None) -> list[str]:
    """A part as text. On a terminal, rows that come in groups stand below what they share, and what another part says
    of it; without one, each row is whole.
    """
    if columns is None:
        return table(known[name].heading, known[name].rows, None)
    part = _without_document(known[name])
    firsts = [row[0] for row in part.rows]
    if all(one != other for one, other in pairwise(firsts)):
        return table(part.heading, part.rows, columns)
    others = [row for other in known.values() if other is not known[name] for row in other.rows]
    told = {row[0]: word(lang, "says").format(name=row[0], text=row[-1]) for row in others if row[0] in firsts}
    return grouped(part.heading, part.rows, told, columns)


def _without_document(part: Part) -> Part:
    """The part with the document in the heading of its last column, where every row cites the same one."""
    documents = {found.group() if (found := _DOCUMENT.match(row[-1])) else "" for row in part.rows}
    document = documents.pop() if len(documents) == 1 else ""
    if not document:
        return part
    heading = (*part.heading[:-1], f"{part.heading[-1]} ({document.strip()})")
    return Part(heading, tuple((*row[:-1], row[-1].removeprefix(document)) for row in part.rows))


def counts(known: dict[str, Part]) -> str:
    """`transitions (52), states (11)`."""
    return ", ".join(f"{name} ({len(part.rows)})" for name, part in known.items())


def overview(model: Model, known: dict[str, Part], lang: str, columns: int | None) -> list[str]:
    """The model's title, its first part, and what else it has."""
    told = {word(lang, "parts"): counts(known), word(lang, "diagrams"): ", ".join({**model.diagrams, **model.graphs})}
    if "scenarios" in known:
        told[word(lang, "scenarios")] = ", ".join(row[0] for row in known["scenarios"].rows)
    first = next(iter(known))
    lines = [strong(_say(model.title, lang)), "", *part_lines(first, known, lang, columns), ""]
    for label, text in told.items():
        lines += paragraph(label, text, 12, columns) if text else []
    more = word(lang, "more").format(model=model.name)
    return [*lines, "", *paragraph("", more, 0, columns)]


def as_data(model: Model, known: dict[str, Part], lang: str) -> dict[str, object]:
    """The whole model as plain data, for `--json`."""
    return {
        "model": model.name,
        "title": _say(model.title, lang),
        "tables": {name: known[name].records() for name in model.tables},
        "elements": [
            {"id": one.id, "group": one.group, "title": _say(one.title, lang), "source": str(one.cite)}
            for one in model.elements.values()
        ],
        "diagrams": list({**model.diagrams, **model.graphs}),
        "scenarios": [row[0] for row in known["scenarios"].rows] if "scenarios" in known else [],
    }
