"""Scoring: is what a learner answered right? Pure; typed answers are read as people type them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from quizgen.items.question import Blank, Question
from quizgen.markup import plain
from quizgen.models.values import UNITS, Quantity, Unreadable

Response = int | Collection[int] | Sequence[str] | Sequence[int] | Mapping[int, int]
"""What a learner answered; its shape follows from the question's type:

choice, true-false, figure: the index of an option (as in `Question.options`) · multiple: the indexes chosen ·
cloze, numeric, short: a text for each blank · order: indexes into `Question.sequence`, in the learner's order ·
match: for each left, by index, the index of the right given to it; what is left out counts as wrong.
"""

_DASHES = re.compile(r"[_‐‑‒–—―−﹘﹣－]")
_QUOTES = "\"'`“”‘’「」『』"
_CJK = "\u2e80-\u9fff\uf900-\ufaff"
_LOOSE = re.compile(rf"\s+(?=[^\w\s]|[{_CJK}])|(?<=[^\w\s])\s+|(?<=[{_CJK}])\s+")
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?:\.\d+)?(?:e[+-]?\d{1,3})?)\s*(\D.*)?", re.IGNORECASE)
_LONGEST = 64
_ROUNDING = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Score:
    """Whether a response is right, which of its parts are (options, blanks, places or pairs, in the question's order),
    and the ids of the misconceptions that it shows."""

    right: bool
    parts: tuple[bool, ...]
    misconceptions: tuple[str, ...] = ()


def score(question: Question, response: Response) -> Score:
    """Hold a response against the question's answer.

    Raises Unreadable where a number is asked for and the text is none, so that it can be asked for again, and
    ValueError for a response that does not fit the question.
    """
    if question.type in ("choice", "true-false", "figure"):
        return _chosen(question, {cast(int, response)})
    if question.type == "multiple":
        return _chosen(question, set(cast(Collection[int], response)))
    if question.blanks:
        return _typed(question.blanks, cast(Sequence[str], response))
    if question.type == "order":
        return _ordered(question, tuple(cast(Sequence[int], response)))
    return _matched(len(question.pairs), cast(Mapping[int, int], response))


def _chosen(question: Question, chosen: set[int]) -> Score:
    if not chosen <= set(range(len(question.options))):
        raise ValueError(f"{question.id} has {len(question.options)} options, not {sorted(chosen)}")
    parts = tuple(option.right == (index in chosen) for index, option in enumerate(question.options))
    held = [question.options[index].misconception for index in sorted(chosen) if not question.options[index].right]
    if question.type == "true-false" and not all(parts):
        held.append(question.misconception)
    return Score(all(parts), parts, tuple(dict.fromkeys(name for name in held if name)))


def _typed(blanks: Sequence[Blank], texts: Sequence[str]) -> Score:
    parts = tuple(fills(blank, text) for blank, text in zip(blanks, texts, strict=True))
    return Score(all(parts), parts)


def _ordered(question: Question, order: tuple[int, ...]) -> Score:
    if sorted(order) != list(range(len(question.sequence))):
        raise ValueError(f"{question.id} orders {len(question.sequence)} things, not {order}")
    best = max(question.orders, key=lambda accepted: sum(map(int.__eq__, accepted, order)))
    return Score(order in question.orders, tuple(map(int.__eq__, best, order)))


def _matched(pairs: int, given: Mapping[int, int]) -> Score:
    if not {*given, *given.values()} <= set(range(pairs)):
        raise ValueError(f"there are {pairs} pairs, not {dict(given)}")
    parts = tuple(given.get(index) == index for index in range(pairs))
    return Score(all(parts), parts)


def fills(blank: Blank, text: str) -> bool:
    """Whether a typed text is right. Raises Unreadable where a number is asked for and the text is none."""
    typed = normalised(text)
    if typed and typed in {normalised(accepted) for accepted in (*blank.accepted, *map(plain, blank.answer.values()))}:
        return True
    if blank.number is None:
        return False
    away = abs(amount(text, blank.unit) - Fraction(blank.number))
    return away <= Fraction(blank.tolerance) + abs(Fraction(blank.number)) * _ROUNDING


def normalised(text: str) -> str:
    """The text without what does not matter: case, width of letters, kind of dash, spaces between words and signs,
    quotation marks around it and a full stop after it. `SYN_RECEIVED`, `syn-received` and `ＳＹＮ received` are one."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _LOOSE.sub("", _trimmed(_DASHES.sub("-", text)))
    return unicodedata.normalize("NFKC", re.sub(r"\s+", "-", text))


def _trimmed(text: str) -> str:
    while (inner := text.strip().strip(_QUOTES).rstrip("。.")) != text:
        text = inner
    return text


def amount(text: str, unit: str) -> Fraction:
    """The number typed, in `unit`; a bare number is taken in it, one with another unit of its dimension is converted.

    Raises Unreadable.
    """
    typed = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    match = _NUMBER.fullmatch(typed) if len(typed) <= _LONGEST else None
    if match is None:
        raise Unreadable(f"`{text}` is no number")
    number, suffix = match[1].replace(",", ""), (match[2] or "").strip()
    if not suffix or normalised(suffix) == normalised(unit):
        return Fraction(number)
    if unit not in UNITS:
        raise Unreadable(f"`{suffix}` is no unit for this number")
    return Quantity(0, unit).read(f"{number} {suffix}").base[1] / UNITS[unit][1]
