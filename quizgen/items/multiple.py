"""Several right options: members of the set that the model computes, or prose whose claims it proves."""

from __future__ import annotations

from quizgen.items.case import Case
from quizgen.items.options import finish, hold
from quizgen.items.question import Question


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    if spec.ask and not case.cited:
        case.answer = case.compute(spec.ask, case.node("ask"))
        if case.answer is None:
            return None
        if not isinstance(case.answer, frozenset | tuple):
            case.report(
                "QG206",
                "an item with several keys asks for a set",
                case.node("ask"),
                help_="ask for a set, or use `type: choice`",
                why=True,
            )
            return None
    held = [
        hold(case, option, (name, index), right=right, member=True)
        for name, listed, right in (("keys", spec.keys, True), ("distractors", spec.distractors, False))
        for index, option in enumerate(listed)
    ]
    options = finish(case, held)
    if len(case.found) == before:
        case.read_apart("options", [(option.text, one.path) for option, one in zip(options, held, strict=True)])
    question = case.question("multiple", case.text(spec.stem, "stem"), options=tuple(options))
    return question if len(case.found) == before else None
