"""QG312: an article before the blank, or at the end of the stem, that fits some answers only."""

from __future__ import annotations

import re

from quizgen.check.wording import Asked, warning
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.markup import plain

_BEFORE_BLANK = re.compile(r"\b(an?) (?=[`*]*\{\d+\})", re.IGNORECASE)
_AT_END = re.compile(r"\b(an?)\s*(?:\.\.\.|…|_+)?\s*[:?.]?\s*$", re.IGNORECASE)


def check(each: Asked) -> Diagnostic | None:
    """The stem leads to every option, and to every guess, by the same grammar."""
    article = _article(each) if "en" in each.languages else ""
    if not article:
        return None
    help_ = "write `a(n)`, or put the noun before the blank"
    return warning("QG312", f"`{article}` says how the answer begins", each.stem("en").span, help_)


def _article(each: Asked) -> str:
    """The article that gives something away; "" if none does."""
    stem = each.question.stem["en"]
    if each.question.type == "cloze":
        found = _BEFORE_BLANK.search(stem)
        return found[1] if found else ""
    found = _AT_END.search(plain(stem)) if each.single else None
    if found is None:
        return ""
    vowels = {plain(option.text["en"]).strip()[:1].casefold() in "aeiou" for option in each.question.options}
    return found[1] if len(vowels) > 1 else ""
