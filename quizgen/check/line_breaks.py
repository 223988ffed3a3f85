"""QG317: a line break inside a Chinese text, which becomes a space that Chinese does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge
from quizgen.spans import Span

_WIDE = "[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
_BREAK = re.compile(rf"({_WIDE})[ \t]*\r?\n(?=[ \t]*{_WIDE})")
"""Two entries never match: between them stand a key, a `-`, a quote or a comma."""


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Every line of the files that ends in a Chinese character or mark before one that begins with one."""
    for node in knowledge.written:
        source = node.source
        for match in () if source.text.isascii() else _BREAK.finditer(source.text, node.span.start, node.span.end):
            last = Span(source, match.start(1), match.end(1))
            if "#" in source.line(last.line):  # a comment may end here
                continue
            yield Diagnostic(
                "QG317",
                "this line break puts a space into a Chinese text",
                last,
                label="a space follows",
                help="write the paragraph on one line, or break it beside a word in Latin letters",
                severity="warning",
            )
