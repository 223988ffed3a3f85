"""QG318: stars that were meant to emphasise and are printed, because Markdown sees no beginning or end in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge
from quizgen.markup import pieces
from quizgen.source.node import Node

_ESCAPED = re.compile(r"\\\*")
_STARS = re.compile(r"\*+")
_NEITHER = re.compile(r"(?<=[^\w\s*])\*+(?=\w)|(?<=\w)\*+(?=[^\w\s*])")
"""Stars between a mark and a letter: they end no emphasis behind the mark, and begin none before it (CommonMark §6.2)."""


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Every text of the files that is written by language."""
    languages = frozenset(bank.languages)
    for node in knowledge.written:
        if "*" in node.source.text:
            yield from _below(node, languages)


def _below(node: Node, languages: frozenset[str]) -> Iterator[Diagnostic]:
    for key, child in node.entries.items() if node.kind == "map" else (("", one) for one in _elements(node)):
        if child.kind != "scalar":
            yield from _below(child, languages)
        elif key in languages and "*" in child.text and _printed(child.text):
            yield Diagnostic(
                "QG318",
                "the stars of this text are printed",
                child.span,
                label="no emphasis begins or ends between a mark and a letter",
                help="let the emphasis end before the mark, `*强调*。然后`; a star that is meant to be seen is written `\\*`",
                severity="warning",
            )


def _elements(node: Node) -> tuple[Node, ...]:
    return tuple(node.elements) if node.kind == "list" else ()


def _printed(text: str) -> bool:
    left = "".join(piece for style, piece in pieces(_ESCAPED.sub("", text)) if style != "code")
    return len(_STARS.findall(left)) > 1 and _NEITHER.search(left) is not None
