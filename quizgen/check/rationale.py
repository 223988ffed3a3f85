"""QG302: an item that does not say why its answer is right."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Every item has a rationale."""
    for topic in knowledge.topics.values():
        for entry in topic.items:
            if entry.spec.rationale is None:
                yield Diagnostic(
                    "QG302",
                    f"`{entry.id}` has no rationale",
                    entry.node.at(("id",)).span,
                    help="add `rationale:`, one sentence that says why",
                    severity="warning",
                )
