"""Things to put in order. The model must admit the order given, and no other but those that the item accepts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, islice, product
from typing import Any

from quizgen.claims.kinds import show
from quizgen.items.case import Case
from quizgen.items.question import Question
from quizgen.knowledge.knowledge import say
from quizgen.models.base import Text
from quizgen.models.partial_order import PartialOrder

MAX_ORDERS = 24
_MAX_PLACES = 1000


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    values = [option.value or say(option.text or {}, "") for option in spec.sequence] if case.cited else _values(case)
    if len(case.found) != before or not values:
        return None
    texts = tuple(_texts(case, values))
    _read_apart(case, texts)
    if len(case.found) != before:
        return None
    orders = tuple(_orders(case, values))
    question = case.question("order", case.text(spec.stem, "stem"), sequence=texts, orders=orders)
    return question if len(case.found) == before else None


def _read_apart(case: Case, texts: Sequence[Text]) -> None:
    """Report two things that read the same: a learner could not tell them apart."""
    for lang in case.languages:
        seen = [text[lang].strip().casefold() for text in texts]
        for index, text in enumerate(seen):
            if text in seen[:index]:
                message = f"two things to order read the same in {lang}: {texts[index][lang]}"
                where, help_ = case.node("sequence", index), "drop one, or say it differently"
                case.report("QG210", message, where, help_=help_)
                return


def _texts(case: Case, values: list[Any]) -> Iterable[Text]:
    for index, option in enumerate(case.entry.spec.sequence):
        if option.text is not None:
            yield case.text(option.text, "sequence", index, "text")
        elif case.cited:
            yield case.text({"": option.value or ""}, "sequence", index)
        else:
            yield case.shown(values[index])


def _values(case: Case) -> list[Any]:
    spec = case.entry.spec
    case.answer = case.ask(spec.ask, case.node("ask")) if spec.ask else None
    if spec.ask is None:
        case.report(
            "QG209", "nothing decides this order", case.entry.node.head, help_="add `ask:`, or mark the item `cited:`"
        )
    members = case.answer.terms if isinstance(case.answer, PartialOrder) else case.answer
    if case.answer is None or not isinstance(members, tuple | list) or not members:
        if case.answer is not None:
            case.report("QG206", "an order item asks for a sequence or a partial order", case.node("ask"), why=True)
        return []
    values = []
    for index, option in enumerate(spec.sequence):
        where = case.place("sequence", index)
        if option.value is None:
            case.report(
                "QG209", "nothing decides where this belongs", where, help_="add `value:`, the model's name for it"
            )
            continue
        value = case.read(option.value, members[0], "sequence", index)
        if value is not None and value not in members:
            case.report(
                "QG204",
                "this is not part of the order that the model gives",
                where,
                label=f"the model gives {show(case.answer)}",
                why=True,
            )
        values.append(value)
    return values


def _orders(case: Case, values: list[Any]) -> list[tuple[int, ...]]:
    spec = case.entry.spec
    given = tuple(range(len(values)))
    accepted = {given} | {
        order for order in (_accepted(case, index, values) for index in range(len(spec.accept))) if order
    }
    if case.cited:
        return sorted(accepted, key=lambda order: order != given)
    admitted = set(_admitted(case.answer, values))
    for order in sorted(accepted - admitted):
        case.report(
            "QG204",
            "the model does not admit this order",
            case.node("sequence"),
            label=f"it admits {_arrows(values, next(iter(sorted(admitted)), order))}",
            help_="correct the order, or what is asked",
            why=True,
        )
    if not accepted <= admitted:
        return []
    for order in sorted(admitted - accepted)[:1]:
        more = len(admitted - accepted)
        label = f"also admitted: {_arrows(values, order)}" + (f" and {more - 1} more" if more > 1 else "")
        case.report(
            "QG211",
            "this order is not the only one",
            case.node("sequence"),
            label=label,
            help_="ask about fewer things, or list the other orders under `accept:`",
            why=True,
        )
    return sorted(accepted, key=lambda order: order != given)


def _admitted(answer: Any, values: list[Any]) -> Iterable[tuple[int, ...]]:
    if isinstance(answer, PartialOrder):
        index_of = {value: index for index, value in enumerate(values)}
        return (
            tuple(index_of[term] for term in order) for order in islice(answer.only(values).orders(), MAX_ORDERS + 1)
        )
    places = [[place for place, member in enumerate(answer) if member == value] for value in values]
    return islice((tuple(index for _, index in sorted(zip(taken, count()))) for taken in product(*places)), _MAX_PLACES)


def _accepted(case: Case, index: int, values: list[Any]) -> tuple[int, ...] | None:
    texts = case.entry.spec.accept[index]
    listed = [case.read(text, values[0], "accept", index, at) for at, text in enumerate(texts)]
    if None in listed:
        return None
    if len(listed) != len(values) or any(value not in listed for value in values):
        where, help_ = case.node("accept", index), "write all of them in the other order"
        case.report("QG104", "an accepted order lists the same things as `sequence`", where, help_=help_)
        return None
    return tuple(values.index(value) for value in listed)


def _arrows(values: list[Any], order: tuple[int, ...]) -> str:
    return " → ".join(show(values[index]) for index in order)
