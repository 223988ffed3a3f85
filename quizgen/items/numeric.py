"""A number, with a unit and a tolerance."""

from __future__ import annotations

from quizgen.items.blanks import computed, number_blank
from quizgen.items.case import Case
from quizgen.items.question import Question
from quizgen.models.values import UNIT_NAMES, UNITS, Quantity, Unreadable, shortened


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    case.answer = computed(case, spec.ask, spec.key, (), spec.unit)
    if case.answer is None:
        return None
    if case.cited:
        case.answer = _cited(case, case.answer)
    if case.answer is None:
        return None
    blank = number_blank(case, case.answer, spec.unit, spec.tolerance, ())
    if blank is None:
        return None
    question = case.question("numeric", case.text(spec.stem, "stem"), blanks=(blank,))
    return question if len(case.found) == before else None


def _cited(case: Case, key: str) -> Quantity | int | float | None:
    """The author's own number, with its unit if quizgen knows it."""
    unit = case.entry.spec.unit
    sign = unit if unit in UNITS else UNIT_NAMES.get((unit or "").casefold())
    try:
        amount = Quantity(1, sign or "words").read(key)
    except Unreadable:
        help_ = "write digits only; a unit goes to `unit:`"
        case.report("QG104", f"`{shortened(key)}` is no number", case.node("key"), help_=help_)
        return None
    if sign is not None:
        return amount
    return int(amount.amount) if amount.amount.denominator == 1 else float(amount.amount)
