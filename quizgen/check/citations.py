"""QG217: a source that names a section or figure which its document does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from quizgen.check.documents import DOCUMENTS, figures, sections
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.case import inside
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge

_NUMBER = r"(?:\d+|[A-Z])(?:\.\d+)*"
_CITED = re.compile(
    rf"\bRFC\s*(?P<rfc>\d+)|(?P<end>;)|(?:§§?|\b[Ss]ections?|\b[Ss]ec\.)\s*(?P<section>{_NUMBER})(?:\s*[-–]\s*(?P<last>{_NUMBER}))?"
    r"|\bFigures?\s+(?P<figure>\d+)(?:\s*(?:and|[-–,])\s*(?P<figure_too>\d+)(?!\.))?"
)


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Every section and figure that a source names is one of its document, as far as the document is known here."""
    items = [entry for topic in knowledge.topics.values() for entry in topic.items]
    for entry in (*items, *knowledge.misconceptions.values(), *knowledge.scenarios.values()):
        for start, end, message, help_ in faults(entry.spec.source or ""):
            yield Diagnostic("QG217", message, inside(entry.node.at(("source",)), start, end), help=help_)


@lru_cache(maxsize=1024)
def faults(source: str) -> tuple[tuple[int, int, str, str], ...]:
    """What is wrong with a source: start and end in it, message, help. Many items name the same few."""
    return tuple(_faults(source))


def _faults(source: str) -> Iterator[tuple[int, int, str, str]]:
    document = ""
    for match in _CITED.finditer(source):
        if match["rfc"] or match["end"]:
            document = f"RFC {match['rfc']}"
        elif document in DOCUMENTS:
            yield from _sections(document, match)
            yield from _figures(document, match)


def _sections(document: str, match: re.Match[str]) -> Iterator[tuple[int, int, str, str]]:
    for group in ("section", "last"):
        number = match[group]
        if number and number not in sections(document):
            close = get_close_matches(number, sorted(sections(document)), n=1, cutoff=0)[0]
            yield *match.span(group), f"{document} has no section {number}", f"the nearest in number is §{close}"


def _figures(document: str, match: re.Match[str]) -> Iterator[tuple[int, int, str, str]]:
    last = figures(document)
    for group in ("figure", "figure_too"):
        if match[group] and last is not None and not 1 <= int(match[group]) <= last:
            yield *match.span(group), f"{document} has no Figure {match[group]}", f"its last one is Figure {last}"
