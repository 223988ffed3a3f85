"""Gaps to type into: what the model computes, as shown and in every spelling that counts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from quizgen.claims.kinds import show
from quizgen.items.case import Case
from quizgen.items.question import Blank
from quizgen.models.base import Text
from quizgen.models.values import UNITS, Quantity, Term


def computed(case: Case, ask: str | None, key: str | None, path: tuple[str | int, ...]) -> Any:
    """The value of a gap: the model's, with which the author's key must agree; for a cited item the key itself."""
    if case.cited:
        if key is None:
            case.report("QG102", "`key` is missing here", case.node(*path), help_="a cited item gives its own answer")
        return key
    if ask is None:
        case.report(
            "QG209",
            "nothing decides what belongs here",
            case.node(*path),
            help_="add `ask:`, or mark the item `cited:`",
        )
        return None
    value = case.ask(ask, case.node(*path, "ask"))
    if value is None or key is None:
        return value
    where = case.node(*path, "key")
    believed = case.read(key, value, *path, "key")
    if believed is not None and believed != value:
        case.report(
            "QG204",
            "the key disagrees with the reference model",
            where,
            label=f"the model computes {show(value)}",
            help_=f"did you mean `{show(value)}`?",
            fix=show(value),
            why=True,
        )
    return value


def text_blank(case: Case, value: Any, text: Text | None, accept: Sequence[str]) -> Blank:
    """A gap for a word: every alias of a term counts, and what the author accepts besides."""
    answer = text or case.shown(value)
    spellings = [*answer.values(), show(value), *accept]
    if isinstance(value, Term):
        spellings += value.domain.spellings(value.name)
    return Blank(answer, tuple(dict.fromkeys(spellings)))


def number_blank(case: Case, value: Any, unit: str | None, tolerance: str, path: tuple[str | int, ...]) -> Blank | None:
    """A gap for a number, in the author's unit or the model's; None after reporting what is no number."""
    if isinstance(value, Quantity):
        wanted = unit or value.unit
        if wanted not in UNITS or UNITS[wanted][0] != UNITS[value.unit][0]:
            case.report("QG207", f"`{wanted}` is no unit for {show(value)}", case.node(*path, "unit"))
            return None
        value = Quantity(value.base[1] / UNITS[wanted][1], wanted)
        return _number(case, value.amount, wanted, value, tolerance, path)
    number = getattr(value, "number", value)
    if isinstance(number, bool) or not isinstance(number, int | float | Fraction):
        case.report(
            "QG206",
            "a numeric item asks for a number",
            case.node(*path, "ask"),
            help_="use `type: short` for a word",
            why=True,
        )
        return None
    return _number(case, number, unit or "", value, tolerance, path)


def _number(
    case: Case, amount: int | float | Fraction, unit: str, value: Any, tolerance: str, path: tuple[str | int, ...]
) -> Blank | None:
    share = tolerance.endswith("%")
    try:
        bound = float(tolerance.rstrip("% "))
    except ValueError:
        case.report(
            "QG104",
            f"`{tolerance}` is no tolerance",
            case.node(*path, "tolerance"),
            help_="write a number, or a share such as 5%",
        )
        return None
    answer = (
        case.shown(value)
        if isinstance(value, Quantity) or not unit
        else {lang: f"{show(value, lang)} {unit}" for lang in case.languages}
    )
    spellings = (*answer.values(), str(float(amount)) if Fraction(amount).denominator != 1 else str(int(amount)))
    return Blank(
        answer,
        tuple(dict.fromkeys(spellings)),
        float(amount),
        abs(float(amount)) * bound / 100 if share else bound,
        unit,
    )
