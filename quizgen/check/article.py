"""QG312: an article before the blank, or at the end of the stem, that fits some answers only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.check.wording import Asked, asked
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge
from quizgen.markup import plain

_BEFORE_BLANK = re.compile(r"\b(an?) (?=[`*]*\{\d+\})", re.IGNORECASE)
_AT_END = re.compile(r"\b(an?)\s*(?:\.\.\.|…|_+)?\s*[:?.]?\s*$", re.IGNORECASE)


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """The stem leads to every option, and to every guess, by the same grammar."""
    if "en" in bank.languages:
        for each in asked(knowledge, bank):
            article = _article(each)
            if article:
                message = f"`{article}` says how the answer begins"
                yield each.warning(
                    "QG312", message, each.stem("en").span, "write `a(n)`, or put the noun before the blank"
                )


def _article(each: Asked) -> str:
    """The article that gives something away; "" if none does."""
    stem = each.question.stem["en"]
    if each.question.type == "cloze":
        found = _BEFORE_BLANK.search(stem)
        return found[1] if found else ""
    found = _AT_END.search(plain(stem))
    if found is None or not each.single:
        return ""
    vowels = {plain(option.text["en"]).strip()[:1].casefold() in "aeiou" for option in each.question.options}
    return found[1] if len(vowels) > 1 else ""
