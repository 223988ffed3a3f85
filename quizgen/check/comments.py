"""QG316: ` #` in a text without quotes, where YAML begins a comment and the text ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge
from quizgen.source.node import Node
from quizgen.spans import Span

_COMMENT = re.compile(r"[ \t]+(#[^\s#][^\r\n]*)")
"""`#2 acknowledge?` and not `# a comment`, which is how people write comments."""


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Every text of the files that ends at a `#` with a space before it and none behind it."""
    for node in knowledge.written:
        if " #" in node.source.text:
            yield from _below(node)


def _below(node: Node) -> Iterator[Diagnostic]:
    for child in (*node.elements, *node.entries.values()):
        yield from _below(child)
    match = _COMMENT.match(node.source.text, node.span.end) if node.kind == "scalar" and not node.quoted else None
    if match:
        yield Diagnostic(
            "QG316",
            "the text ends here, for `#` begins a comment",
            Span(node.source, match.start(1), match.end(1)),
            label="not part of the text",
            help="put the text in quotes; or, if it is a comment, write a space behind `#`",
            severity="warning",
        )
