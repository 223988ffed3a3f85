"""A choice about a drawing of which a part is masked."""

from __future__ import annotations

from quizgen.items import choice
from quizgen.items.case import Case
from quizgen.items.question import Question


def judge(case: Case) -> Question | None:
    """The finished question, or None when something is wrong (reported). Besides what a choice owes, a part is masked."""
    ref = case.entry.spec.figure
    if not ref.mask:
        case.report(
            "QG102", "`mask` is missing here", case.node("figure"), help_="name what is hidden, as in `mask: message:2`"
        )
        return None
    return choice.judge(case, "figure")
