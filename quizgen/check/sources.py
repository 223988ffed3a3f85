"""QG303: an item that names no source where a learner could read on."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Every item names its source."""
    for topic in knowledge.topics.values():
        for entry in topic.items:
            if entry.spec.source is None and entry.spec.cited is None:
                yield Diagnostic(
                    "QG303",
                    f"`{entry.id}` names no source",
                    entry.node.at(("id",)).span,
                    help="add `source:`, as in `RFC 9293 §3.5`",
                    severity="warning",
                )
