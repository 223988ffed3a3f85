"""From paths to a judged bank with every finding: the one line that all commands share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quizgen.check import left_out, vacuous
from quizgen.check.rules import written
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.diagnostics.order import ordered
from quizgen.items.bank import Judged, judge
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Entry, Knowledge
from quizgen.knowledge.load import load
from quizgen.resources import resource


@dataclass(frozen=True)
class Checked:
    """A compilation with all its findings, in the order of files and lines. `shipped` are scenarios to fall back on."""

    knowledge: Knowledge
    judged: Judged
    found: list[Diagnostic] = field(default_factory=list)
    shipped: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def bank(self) -> Bank:
        """The items that stand."""
        return self.judged.bank

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(one.severity == "error" for one in self.found)

    def standing(self) -> dict[str, int]:
        """How many items, counted without variants, are `proved` and how many `cited`."""
        by_item = {question.item: question.standing for question in self.bank.questions}
        counted = Counter(by_item.values())
        return {"proved": counted["proved"], "cited": counted["cited"]}


def compile_paths(paths: Sequence[Path]) -> Checked:
    """Read, judge and check everything below these paths."""
    knowledge, found = load(paths)
    shipped = shipped_scenarios(knowledge.models)
    judged = judge(knowledge, shipped)
    found += judged.found
    found += vacuous.check(judged)
    found += left_out.check(knowledge, judged)
    found += written(knowledge, judged.bank)
    return Checked(knowledge, judged, ordered(found), shipped)


def shipped_scenarios(models: Iterable[str]) -> dict[str, Entry]:
    """The scenarios that come with these models, by name."""
    files = [resource("content") / model / "scenarios.yaml" for model in sorted(models)]
    return load([file for file in files if file.is_file()])[0].scenarios
