"""Things to put in order. The model must admit the order given, and no other but those that the item accepts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from quizgen.claims.kinds import show
from quizgen.items.case import Case
from quizgen.items.question import Question
from quizgen.models.base import Text
from quizgen.models.values import PartialOrder

MAX_ORDERS = 24


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    orders: list[tuple[int, ...]] = [tuple(range(len(spec.sequence)))]
    values: list[Any] = [option.value for option in spec.sequence]
    if not case.cited:
        values = _values(case)
        orders = _orders(case, values) if len(case.found) == before else orders
    if len(case.found) != before:
        return None
    return case.question(
        "order", case.text(spec.stem, "stem"), sequence=tuple(_texts(case, values)), orders=tuple(orders)
    )


def _texts(case: Case, values: list[Any]) -> Iterable[Text]:
    for index, option in enumerate(case.entry.spec.sequence):
        yield case.text(option.text, "sequence", index, "text") if option.text else case.shown(values[index])


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
    accepted = {tuple(range(len(values)))} | {
        order for order in (_accepted(case, index, values) for index in range(len(spec.accept))) if order
    }
    admitted = set(_admitted(case.answer, values))
    for order in sorted(accepted - admitted):
        case.report(
            "QG204",
            "the model does not admit this order",
            case.node("sequence"),
            label=_arrows(values, next(iter(sorted(admitted)), order)),
            help_="the label shows an order that it admits",
            why=True,
        )
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
    return sorted(accepted, key=lambda order: order != tuple(range(len(values))))


def _admitted(answer: Any, values: list[Any]) -> Iterable[tuple[int, ...]]:
    if isinstance(answer, PartialOrder):
        index_of = {value: index for index, value in enumerate(values)}
        return (
            tuple(index_of[term] for term in order) for order in islice(answer.only(values).orders(), MAX_ORDERS + 1)
        )
    positions = [(answer.index(value), index) for index, value in enumerate(values)]
    return [tuple(index for _, index in sorted(positions))]


def _accepted(case: Case, index: int, values: list[Any]) -> tuple[int, ...] | None:
    listed = [case.read(text, values[0], "accept", index) for text in case.entry.spec.accept[index]]
    if None in listed or len(listed) != len(values) or any(value not in values for value in listed):
        case.report("QG104", "an accepted order lists the same things as `sequence`", case.node("accept", index))
        return None
    return tuple(values.index(value) for value in listed)


def _arrows(values: list[Any], order: tuple[int, ...]) -> str:
    return " → ".join(show(values[index]) for index in order)
