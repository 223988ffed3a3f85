"""The rules about how knowledge is written; whether it is true was decided before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from quizgen.check import (
    absolutes,
    all_of_the_above,
    article,
    balance,
    citations,
    clang,
    comments,
    emphasis,
    line_breaks,
    long_answer,
    long_key,
    negative_stem,
    ranges,
    rationale,
    same_stem,
    sources,
    translations,
    unused,
)
from quizgen.check.wording import Asked, asked
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge

RULES: tuple[Callable[[Knowledge, Bank], Iterable[Diagnostic]], ...] = (
    translations.check,
    rationale.check,
    sources.check,
    citations.check,
    comments.check,
    line_breaks.check,
    emphasis.check,
    unused.check,
)
"""About everything that was written."""

ITEM_RULES: tuple[Callable[[Asked], Diagnostic | None], ...] = (
    all_of_the_above.check,
    negative_stem.check,
    clang.check,
    ranges.check,
    long_answer.check,
    long_key.check,
    absolutes.check,
    article.check,
)
"""About the wording of one item."""

BANK_RULES: tuple[Callable[[Sequence[Asked]], Iterable[Diagnostic]], ...] = (same_stem.check, balance.check)
"""About the wording of all items together."""


def written(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """What all the rules find."""
    for rule in RULES:
        yield from rule(knowledge, bank)
    for each in asked(knowledge, bank):
        yield from filter(None, (about_item(each) for about_item in ITEM_RULES))
    items = list(asked(knowledge, bank))
    for about_bank in BANK_RULES:
        yield from about_bank(items)
