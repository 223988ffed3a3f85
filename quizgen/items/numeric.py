"""A number, with a unit and a tolerance."""

from __future__ import annotations

from fractions import Fraction

from quizgen.items.blanks import computed, number_blank
from quizgen.items.case import Case
from quizgen.items.question import Question


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    case.answer = computed(case, spec.ask, spec.key, ())
    if case.answer is None:
        return None
    value = case.answer
    if case.cited:
        try:
            value = Fraction(str(value).replace(",", ""))
        except ValueError:
            case.report("QG104", f"`{value}` is no number", case.node("key"))
            return None
    blank = number_blank(case, value, spec.unit, spec.tolerance, ())
    if blank is None or len(case.found) != before:
        return None
    return case.question("numeric", case.text(spec.stem, "stem"), blanks=(blank,))
