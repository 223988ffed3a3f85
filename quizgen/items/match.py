"""Pairs to match. With `ask`, each right side is what the model computes for the left one; prose brings claims."""

from __future__ import annotations

from typing import Any

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.kinds import show
from quizgen.items.case import Case
from quizgen.items.question import Question
from quizgen.knowledge import schema, written
from quizgen.models.base import Text


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees, cannot tell, or admits a second assignment (reported)."""
    spec, before = case.entry.spec, len(case.found)
    if spec.ask is None and not case.cited:
        case.report(
            "QG209",
            "nothing decides which belong together",
            case.entry.node.head,
            help_="add `ask:` about `left`, or mark the item `cited:`",
        )
        return None
    lefts = [None if case.cited else _left(case, index, pair) for index, pair in enumerate(spec.pairs)]
    answers = [None if left is None else _answer(case, index, left) for index, left in enumerate(lefts)]
    if len(case.found) != before or (None in answers and not case.cited):
        return None
    _one_assignment(case, answers)
    pairs = tuple(
        (_side(case, pair.left, index, "left", lefts[index]), _side(case, pair.right, index, "right", answers[index]))
        for index, pair in enumerate(spec.pairs)
    )
    if len(case.found) == before:
        for number, side in enumerate(("left", "right")):
            sides = [(pair[number], ("pairs", index, side)) for index, pair in enumerate(pairs)]
            case.read_apart(f"{side} sides", sides)
    question = case.question("match", case.text(spec.stem, "stem"), pairs=pairs)
    return question if len(case.found) == before else None


def _answer(case: Case, index: int, left: Any) -> Any:
    """What the model computes for the left side, after holding the right side against it."""
    pair, names = case.entry.spec.pairs[index], case.names
    case.names = names.bind({"left": left})
    try:
        value = case.compute(case.entry.spec.ask, case.node("ask"))
    finally:
        case.names = names
    where = case.place("pairs", index, "right")
    if value is None or pair.right.value is None:
        if value is not None:
            case.report(
                "QG209",
                "nothing decides whether this belongs to its left side",
                where,
                help_="add `value:`, as the model computes it",
            )
        return value
    believed = case.read(pair.right.value, value, "pairs", index, "right")
    if believed is not None and not case.same(believed, value):
        case.report(
            "QG204",
            "this pair disagrees with the reference model",
            where,
            label=f"the model computes {show(value)}",
            help_=f"did you mean `{show(value)}`?",
            why=True,
        )
    return value


def _left(case: Case, index: int, pair: schema.Pair) -> Any:
    """The left side as a value: an expression of the claim language, or a spelling that hyphens keep from being one."""
    text = pair.left.value
    if text is None:
        where, help_ = case.place("pairs", index, "left"), "add `value:`, the model's name for it"
        case.report("QG209", "nothing decides what belongs to this", where, help_=help_)
        return None
    for spelling in (text, text.replace("-", "_")):
        try:
            return evaluate(spelling.strip(), case.names).value
        except ClaimError:
            continue
    return case.ask(text, case.place("pairs", index, "left"))


def _one_assignment(case: Case, answers: list[Any]) -> None:
    for index, answer in enumerate(answers):
        if answer is not None and answer in answers[:index]:
            case.report(
                "QG212",
                f"two left sides belong to {show(answer)}",
                case.node("pairs", index),
                help_="each right side must fit exactly one left side",
            )


def _side(case: Case, option: written.Option, index: int, side: str, value: Any) -> Text:
    if option.text is not None:
        return case.text(option.text, "pairs", index, side, "text")
    return case.shown(value) if value is not None else case.text({"": option.value or ""}, "pairs", index, side)
