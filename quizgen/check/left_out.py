"""QG501: a reason for leaving out an element that an item asks about; QG109: for one that no model has."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from quizgen.check.coverage import coverage
from quizgen.diagnostics.diagnostic import Diagnostic, did_you_mean
from quizgen.items.bank import Judged
from quizgen.knowledge.knowledge import Entry, Knowledge
from quizgen.models import load


def check(knowledge: Knowledge, judged: Judged) -> Iterator[Diagnostic]:
    """Every entry of `not_covered` is an element of the file's models that no item asks about."""
    if not knowledge.not_covered:
        return
    covered = {(one.model.name, part.element.id): part for one in coverage(knowledge, judged) for part in one.elements}
    for entry in knowledge.not_covered:
        parts = [covered[model, entry.id] for model in entry.models if (model, entry.id) in covered]
        if not parts:
            yield _unknown(entry)
        elif any(part.covered for part in parts):
            name = next(item for part in parts for item in part.items)
            yield Diagnostic(
                "QG501",
                f"`{entry.id}` is covered after all",
                entry.node.key,
                help=f"`{name}` asks about it: remove the line",
                severity="warning",
            )


def _unknown(entry: Entry) -> Diagnostic:
    known = [id_ for model in entry.models for id_ in load(model).elements]
    close = did_you_mean(get_close_matches(entry.id, known, n=2, cutoff=0.6))
    names = " or ".join(entry.models) or "the file names none"
    help_ = close or f"`quizgen check --coverage` lists the elements that no item asks about; models: {names}"
    return Diagnostic("QG109", f"there is no element `{entry.id}`", entry.node.key, help=help_)
