"""Gaps to type into: what the model computes, as shown and in every spelling that counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from typing import Any

from quizgen.claims.kinds import show
from quizgen.items.case import Case, as_text
from quizgen.items.question import Blank
from quizgen.markup import plain
from quizgen.models.base import Text
from quizgen.models.values import UNIT_NAMES, UNITS, Quantity, Term

_TOLERANCE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,15})?)\s*(%?)")


def computed(case: Case, ask: str | None, key: str | None, path: tuple[str | int, ...], unit: str | None = None) -> Any:
    """The value of a gap: the model's, with which the author's key must agree; for a cited item the key itself.

    A key that is a bare number is in `unit`, if the model's answer can be given in it.
    """
    if case.cited:
        if not (key or "").strip():
            case.report(
                "QG102", "`key` is missing here", case.node(*path).head, help_="a cited item gives its own answer"
            )
            return None
        return key
    if ask is None:
        case.report(
            "QG209",
            "nothing decides what belongs here",
            case.node(*path).head,
            help_="add `ask:`, or mark the item `cited:`",
        )
        return None
    value = case.compute(ask, case.node(*path, "ask"))
    if value is None or key is None:
        return value
    where = case.node(*path, "key")
    believed = case.read(key, in_unit(value, unit) or value, *path, "key")
    if believed is not None and not case.same(believed, value):
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
    spellings = [*map(plain, answer.values()), show(value), *accept]
    if isinstance(value, Term):
        spellings += value.domain.spellings(value.name)
    return Blank(answer, tuple(dict.fromkeys(spellings)))


def in_unit(value: Any, unit: str | None) -> Quantity | None:
    """The same amount in another unit, by its sign or its name; None for what is no amount or no unit of its kind."""
    sign = unit if unit is None or unit in UNITS else UNIT_NAMES.get(unit.casefold())
    if not isinstance(value, Quantity) or sign is None or UNITS[sign][0] != UNITS[value.unit][0]:
        return None
    return Quantity(value.base[1] / UNITS[sign][1], sign)


def number_blank(case: Case, value: Any, unit: str | None, tolerance: str, path: tuple[str | int, ...]) -> Blank | None:
    """A gap for a number, in the author's unit or the model's; None after reporting what is no number."""
    if isinstance(value, Quantity):
        wanted = in_unit(value, unit or value.unit)
        if wanted is None:
            units = ", ".join(name for name, (kind, _) in UNITS.items() if kind == UNITS[value.unit][0])
            help_ = f"units of this kind are {units}"
            case.report("QG207", f"`{unit}` is no unit for {show(value)}", case.node(*path, "unit"), help_=help_)
            return None
        return _number(case, wanted.amount, wanted.unit, wanted, tolerance, path)
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
    if not isfinite(number):
        case.report("QG206", f"{show(value)} is no number that can be typed", case.node(*path, "ask"), why=True)
        return None
    return _number(case, number, unit or "", value, tolerance, path)


def _number(
    case: Case, amount: int | float | Fraction, unit: str, value: Any, tolerance: str, path: tuple[str | int, ...]
) -> Blank | None:
    match = _TOLERANCE.fullmatch(tolerance.strip())
    if match is None:
        case.report(
            "QG104",
            f"`{tolerance}` is no tolerance",
            case.node(*path, "tolerance"),
            help_="write a number, or a share such as 5%",
        )
        return None
    bound, share = float(match[1]), bool(match[2])
    answer = (
        case.shown(value)
        if isinstance(value, Quantity) or not unit
        else {lang: as_text(f"{show(value, lang)} {unit}") for lang in case.languages}
    )
    spellings = (
        *map(plain, answer.values()),
        str(float(amount)) if Fraction(amount).denominator != 1 else str(int(amount)),
    )
    return Blank(
        answer,
        tuple(dict.fromkeys(spellings)),
        float(amount),
        abs(float(amount)) * bound / 100 if share else bound,
        unit,
    )
