"""Interface strings of the terminal, and phrases made of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from quizgen.resources import strings


def say(lang: str, key: str, **parts: object) -> str:
    """The interface string `study.<key>`, filled in."""
    return strings(lang)[f"study.{key}"].format(**parts)


def interval(lang: str, span: timedelta) -> str:
    """When something comes back: "in 10 min", "in 3 days"."""
    minutes = max(round(span / timedelta(minutes=1)), 1)
    if minutes < 60:
        return say(lang, "in-minutes", n=minutes)
    if minutes < 22 * 60:
        return say(lang, "in-hours", n=round(minutes / 60))
    days = max(round(minutes / (24 * 60)), 1)
    return say(lang, "in-day") if days == 1 else say(lang, "in-days", n=days)


_SOON = (
    ("due-now", timedelta()),
    ("due-hour", timedelta(hours=1)),
    ("due-day", timedelta(days=1)),
    ("due-week", timedelta(days=7)),
    ("due-later", timedelta.max),
)


def waiting(lang: str, spans: Iterable[timedelta | None]) -> str:
    """How much is due when: "3 now, 5 within a week, 12 new" (None: never asked)."""
    counts = dict.fromkeys([key for key, _ in _SOON] + ["due-new"], 0)
    for span in spans:
        key = "due-new" if span is None else next(key for key, until in _SOON if span <= until)
        counts[key] += 1
    return say(lang, "comma").join(say(lang, key, n=count) for key, count in counts.items() if count)
