"""QG301: a text that lacks a language in which the other texts are written."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge
from quizgen.knowledge.scalars import LANGUAGE
from quizgen.source.node import Node


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Every map of the files that is a text, by its keys, must have all languages of the bank."""
    languages = set(bank.languages)
    if len(languages) > 1:
        for node in knowledge.written:
            yield from _below(node, languages)


def _below(node: Node, languages: set[str]) -> Iterator[Diagnostic]:
    if node.kind == "map":
        children = node.entries
        missing = languages - children.keys()
        if missing and children.keys() & languages and all(map(LANGUAGE.fullmatch, children)):
            what = ", ".join(sorted(missing))
            yield Diagnostic(
                "QG301", f"this text has no {what}", node.span, help=f"add `{sorted(missing)[0]}:`", severity="warning"
            )
            return
        for child in children.values():
            yield from _below(child, languages)
    elif node.kind == "list":
        for child in node.elements:
            yield from _below(child, languages)
