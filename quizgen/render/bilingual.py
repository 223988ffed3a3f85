"""Two languages in one note: outputs that can hold them take `en+zh` for a language."""

from __future__ import annotations

from quizgen.resources import strings

BETWEEN = "+"


def spoken(lang: str) -> tuple[str, ...]:
    """The languages that a language stands for, the main one first: ("en", "zh") for en+zh, ("en",) for en."""
    return tuple(lang.split(BETWEEN))


def label(lang: str, key: str) -> str:
    """An interface string in each of the languages: `Source · 出处：`."""
    *others, last = dict.fromkeys(strings(one)[key] for one in spoken(lang))
    return " · ".join([*(other.rstrip(":： ") for other in others), last])
