"""The rules about how knowledge is written; whether it is true was decided before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quizgen.check import (
    absolutes,
    all_of_the_above,
    article,
    citations,
    clang,
    long_answer,
    long_key,
    negative_stem,
    ranges,
    rationale,
    same_stem,
    sources,
    translations,
)
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge

Rule = Callable[[Knowledge, Bank], Iterable[Diagnostic]]

RULES: tuple[Rule, ...] = (
    translations.check,
    rationale.check,
    sources.check,
    citations.check,
    all_of_the_above.check,
    negative_stem.check,
    clang.check,
    ranges.check,
    same_stem.check,
    long_answer.check,
    long_key.check,
    absolutes.check,
    article.check,
)
