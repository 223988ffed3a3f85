"""Things to put in order. The model must admit the order given, and no other but those that the item accepts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import count, islice, product
from typing import Any

from quizgen.claims.kinds import show
from quizgen.items.case import Case
from quizgen.items.question import Question
from quizgen.knowledge.knowledge import say
from quizgen.models.base import Text
from quizgen.models.partial_order import PartialOrder
from quizgen.source.node import Node

_MAX_PLACES = 1000
_Order = tuple[int, ...]


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    values = [option.value or say(option.text or {}, "") for option in spec.sequence] if case.cited else _values(case)
    if len(case.found) != before or not values:
        return None
    texts = tuple(_texts(case, values))
    case.read_apart("things to order", [(text, ("sequence", index)) for index, text in enumerate(texts)])
    if len(case.found) != before:
        return None
    orders = tuple(_orders(case, values))
    question = case.question("order", case.text(spec.stem, "stem"), sequence=texts, orders=orders)
    return question if len(case.found) == before else None


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


def _orders(case: Case, values: list[Any]) -> list[_Order]:
    given: _Order = tuple(range(len(values)))
    listed = [(given, case.node("sequence"))]
    for index in range(len(case.entry.spec.accept)):
        order = _accepted(case, index, values)
        if order is not None:
            listed.append((order, case.node("accept", index)))
    accepted = {order for order, _ in listed}
    if not case.cited:
        _hold(case, values, listed, accepted)
    return sorted(accepted, key=lambda order: order != given)


def _hold(case: Case, values: list[Any], listed: Sequence[tuple[_Order, Node]], accepted: Collection[_Order]) -> None:
    """Report an order that the model does not admit; where it admits them all, another one that it admits, too."""
    is_admitted, admitted = _admitted(case.answer, values)
    refused = [where for order, where in listed if not is_admitted(order)]
    if refused:
        label = f"it admits {_arrows(values, next(iter(admitted), ()))}"
        message, help_ = "the model does not admit this order", "correct the order, or what is asked"
        for where in refused:
            case.report("QG204", message, where, label=label, help_=help_, why=True)
        return
    others = list(islice((order for order in admitted if order not in accepted), 2))
    if others:
        label = f"also admitted: {_arrows(values, others[0])}" + (", and others" if len(others) > 1 else "")
        help_ = "ask about fewer things, or list the other orders under `accept:`"
        message = "this order is not the only one"
        case.report("QG211", message, case.node("sequence"), label=label, help_=help_, why=True)


def _admitted(answer: Any, values: list[Any]) -> tuple[Callable[[_Order], bool], Iterable[_Order]]:
    """Whether the model admits an order of these values; and all that it admits, of which there may be very many."""
    if isinstance(answer, PartialOrder):
        among, index_of = answer.only(values), {value: index for index, value in enumerate(values)}
        orders = (tuple(index_of[term] for term in order) for order in among.orders())
        return lambda order: among.admits([values[index] for index in order]), orders
    places = [[place for place, member in enumerate(answer) if member == value] for value in values]
    taken = islice(product(*places), _MAX_PLACES)
    found = dict.fromkeys(tuple(index for _, index in sorted(zip(one, count()))) for one in taken)
    return found.__contains__, found


def _accepted(case: Case, index: int, values: list[Any]) -> _Order | None:
    texts = case.entry.spec.accept[index]
    listed = [case.read(text, values[0], "accept", index, at) for at, text in enumerate(texts)]
    if None in listed:
        return None
    if len(listed) != len(values) or any(value not in listed for value in values):
        where, help_ = case.node("accept", index), "write all of them in the other order"
        case.report("QG104", "an accepted order lists the same things as `sequence`", where, help_=help_)
        return None
    return tuple(values.index(value) for value in listed)


def _arrows(values: list[Any], order: _Order) -> str:
    return " → ".join(show(values[index]) for index in order)
