"""Whether a bank would notice if a model were wrong: its items, held against the models' mutants.

A mutant is a model with one thing altered (see quizgen.models.base.Mutant). An item that rests on the altered element
notices it when the item is found at fault under the mutant. A mutant that no item notices shows something that the bank
does not pin down; an item that notices no mutant at all claims nothing that could fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods, get_context

from quizgen.check.compile import Checked
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.bank import stands
from quizgen.items.shared import Shared
from quizgen.knowledge import schema
from quizgen.knowledge.knowledge import Entry, Knowledge
from quizgen.models import load, names
from quizgen.models.base import Element, Mutant


@dataclass(frozen=True)
class Trial:
    """A mutant, the model that it is one of, the element that it alters, the items that rest on that element, and whether
    one of them noticed.
    """

    model: str
    element: Element
    mutant: Mutant
    items: tuple[str, ...]
    noticed: bool


@dataclass(frozen=True)
class Trials:
    """What came of all mutants. `idle` are the items that notice none although they claim something, and `unkeyed` those
    that leave the answer to the model; `found` are the findings about the former.
    """

    trials: tuple[Trial, ...]
    idle: tuple[str, ...]
    unkeyed: tuple[str, ...]
    found: tuple[Diagnostic, ...]


@dataclass
class Jury:
    """The items and misconceptions of a bank, which judge mutants. `proven` are those that have noticed one."""

    knowledge: Knowledge
    shipped: Mapping[str, Entry]
    elements: Mapping[str, frozenset[str]]
    entries: Mapping[str, Entry]
    proven: set[str] = field(default_factory=set)

    def resting_on(self, element: str, model: str) -> list[str]:
        """The items of a model that rest on the element, the most particular ones first."""
        found = [name for name in self.entries if element in self.elements[name] and model in self.entries[name].models]
        return sorted(found, key=lambda name: (len(self.elements[name]), name))

    def notices(self, model: str, mutant: Mutant) -> bool:
        """Whether some item notices the mutant. Those that have noticed none yet are all tried, to see whether they can."""
        names = self.resting_on(mutant.element, model)
        if not names:
            return False
        wrong = mutant.build()
        shared = Shared(
            self.knowledge,
            self.knowledge.languages,
            self.shipped,
            model=lambda name: wrong if name == model else load(name),
        )
        noticed = False
        for name in sorted(names, key=lambda name: name in self.proven):
            if (noticed and name in self.proven) or _stands(shared, self.entries[name]):
                continue
            self.proven.add(name)
            noticed = True
        return noticed


def _stands(shared: Shared, entry: Entry) -> bool:
    """Whether an item stands all the same. A mutant may be a machine that no run survives, which is noticed as well."""
    try:
        return stands(shared, entry)
    except Exception:
        return False


def try_mutants(checked: Checked, models: Iterable[str], processes: int | None = None) -> Trials:
    """Hold the items that stand against every mutant of these models, on so many processes (default: one a core)."""
    jury = _jury(checked)
    every = [(name, mutant) for name in models for mutant in load(name).mutants()]
    shares = processes or os.cpu_count() or 1
    if shares > 1 and "fork" in get_all_start_methods():
        noticed, proven = _in_parallel(jury, every, shares)
    else:
        noticed, proven = _share(jury, every), jury.proven
    trials = tuple(_trial(jury, name, mutant, mutant.id in noticed[name]) for name, mutant in every)
    silent = [name for name in jury.entries if jury.elements[name] and name not in proven]
    idle = tuple(name for name in silent if _claims(jury.entries[name]))
    found = tuple(_finding(jury.entries[name], name) for name in idle)
    return Trials(trials, idle, tuple(name for name in silent if name not in idle), found)


def _trial(jury: Jury, model: str, mutant: Mutant, noticed: bool) -> Trial:
    element = load(model).elements[mutant.element]
    return Trial(model, element, mutant, tuple(jury.resting_on(mutant.element, model)), noticed)


def _claims(entry: Entry) -> bool:
    """Whether the author says what is right, or leaves that to the model: an `ask` without a key, or options to pick from."""
    spec = entry.spec
    if isinstance(spec, schema.ClozeItem):
        return any(gap.key is not None for gap in spec.blanks)
    asks = isinstance(spec, schema.ChoiceItem | schema.FigureItem | schema.NumericItem | schema.ShortItem)
    return not asks or spec.key is not None


def _finding(entry: Entry, name: str) -> Diagnostic:
    where = entry.node.at(("claim",)) if "claim" in entry.node.entries else entry.node.at(("id",))
    return Diagnostic(
        "QG215",
        f"`{entry.id}` stands in every mutant of what it rests on",
        where.span,
        help="claim one thing, just what the item says: see `quizgen explain QG215`",
        severity="warning",
    )


def models_in_use(knowledge: Knowledge) -> list[str]:
    """The models that the items of some knowledge are about, in the order in which quizgen lists them."""
    used = {model for topic in knowledge.topics.values() for entry in topic.items for model in entry.models}
    used |= {model for entry in knowledge.misconceptions.values() for model in entry.models}
    return [name for name in names() if name in used]


def _jury(checked: Checked) -> Jury:
    """Every item and misconception that stands and that a model judges."""
    knowledge = checked.knowledge
    standing = {question.item for question in checked.bank.questions if question.standing == "proved"}
    items = {f"{entry.topic}/{entry.id}": entry for topic in knowledge.topics.values() for entry in topic.items}
    entries = {name: entry for name, entry in items.items() if name in standing}
    held = {one.id for topic in checked.bank.topics for one in topic.misconceptions}
    for name, entry in knowledge.misconceptions.items():
        if name in held and entry.spec.cited is None:
            entries[f"misconception/{name}"] = entry
    return Jury(knowledge, checked.shipped, checked.judged.elements, entries)


_Found = dict[str, set[str]]


def _share(jury: Jury, mutants: Sequence[tuple[str, Mutant]]) -> _Found:
    """The ids of the mutants that are noticed, by model."""
    found: _Found = {name: set() for name, _ in mutants}
    for name, mutant in mutants:
        if jury.notices(name, mutant):
            found[name].add(mutant.id)
    return found


_inherited: tuple[Jury, Sequence[tuple[str, Mutant]]]
"""What a forked process takes over: nodes and models are not to be sent through a pipe."""


def _forked(share: int, shares: int) -> tuple[_Found, set[str]]:
    jury, mutants = _inherited
    return _share(jury, mutants[share::shares]), jury.proven


def _in_parallel(jury: Jury, mutants: Sequence[tuple[str, Mutant]], shares: int) -> tuple[_Found, set[str]]:
    """The mutants dealt out to processes that are copies of this one."""
    global _inherited
    _inherited = jury, mutants
    found: _Found = {name: set() for name, _ in mutants}
    proven: set[str] = set()
    with ProcessPoolExecutor(shares, mp_context=get_context("fork")) as pool:
        for some, those in pool.map(_forked, range(shares), [shares] * shares):
            for name, ids in some.items():
                found[name] |= ids
            proven |= those
    return found, proven
