"""A word or name to type; the standard's aliases count, and the author's further spellings."""

from __future__ import annotations

from quizgen.items.blanks import computed, text_blank
from quizgen.items.case import Case
from quizgen.items.question import Question


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    case.answer = computed(case, spec.ask, spec.key, ())
    if case.answer is None:
        return None
    blank = text_blank(case, case.answer, case.text(spec.text, "text") if spec.text else None, spec.accept)
    question = case.question("short", case.text(spec.stem, "stem"), blanks=(blank,))
    return question if len(case.found) == before else None
