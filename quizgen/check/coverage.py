"""How much of each model the items ask about: for each element the items whose answers rest on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizgen.items.bank import Judged
from quizgen.knowledge.knowledge import Entry, Knowledge
from quizgen.models import load, names
from quizgen.models.base import Element, Model, Text


@dataclass(frozen=True)
class Coverage:
    """One element: the items, and the misconceptions as `misconception/<id>`, whose answers rest on it. `reason`: why the
    author leaves it out, {} where nobody says so.
    """

    element: Element
    items: tuple[str, ...]
    reason: Text = field(default_factory=dict)

    @property
    def covered(self) -> bool:
        """Whether any item asks about it."""
        return bool(self.items)


@dataclass(frozen=True)
class ModelCoverage:
    """Every element of a model, in its order, by group."""

    model: Model
    groups: Mapping[str, Sequence[Coverage]]

    @property
    def elements(self) -> list[Coverage]:
        """All of them."""
        return [one for group in self.groups.values() for one in group]

    @property
    def missing(self) -> list[Coverage]:
        """Those that no item asks about."""
        return [one for one in self.elements if not one.covered]


def coverage(knowledge: Knowledge, judged: Judged) -> list[ModelCoverage]:
    """The coverage of each model in use. An element counts for the model that an item is about: what a claim about
    sessions makes a browser do with cookies covers nothing of the cookies model.
    """
    touched = [(models, name, judged.elements.get(name, frozenset())) for models, name in _sources(knowledge)]
    return [_of_model(load(name), touched, knowledge.not_covered) for name in names() if name in knowledge.models]


def _sources(knowledge: Knowledge) -> Iterator[tuple[Sequence[str], str]]:
    """What is judged: the models that it is about, and its name in `Judged.elements`."""
    for topic in knowledge.topics.values():
        for entry in topic.items:
            yield entry.models, f"{entry.topic}/{entry.id}"
    for entry in knowledge.misconceptions.values():
        yield entry.models, f"misconception/{entry.id}"


def _of_model(
    model: Model, touched: Sequence[tuple[Sequence[str], str, frozenset[str]]], left_out: Sequence[Entry]
) -> ModelCoverage:
    reasons = {entry.id: entry.spec for entry in left_out if model.name in entry.models}
    items: dict[str, list[str]] = {}
    for models, name, elements in touched:
        for id_ in elements if model.name in models else ():
            items.setdefault(id_, []).append(name)
    groups: dict[str, list[Coverage]] = {}
    for element in model.elements.values():
        found = Coverage(element, tuple(items.get(element.id, ())), reasons.get(element.id, {}))
        groups.setdefault(element.group, []).append(found)
    return ModelCoverage(model, groups)


Counts = dict[str, dict[str, dict[str, Any]]]


def counts(found: Sequence[ModelCoverage]) -> Counts:
    """model -> group -> {"covered": how many, "total": how many, "missing": ids}, for report.json."""
    return {one.model.name: {name: _counted(group) for name, group in one.groups.items()} for one in found}


def _counted(group: Sequence[Coverage]) -> dict[str, Any]:
    missing = [one.element.id for one in group if not one.covered]
    return {"covered": len(group) - len(missing), "total": len(group), "missing": missing}
