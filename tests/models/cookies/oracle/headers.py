"""Looking at a Set-Cookie and rewriting parts of it, for what implementations make of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from quizgen.models.cookies.rules import RFC_6265BIS
from quizgen.models.cookies.set_cookie import SetCookie, parse_set_cookie
from quizgen.models.cookies.spec import SPEC, Edition
from tests.models.cookies.oracle.case import Case, Step

UNSEEN = 10**30
"""Larger than any limit that a generated cookie reaches."""

BIS = Edition(term=RFC_6265BIS)
_LENIENT = Edition(
    replace(SPEC, rules=SPEC.rules - {"no-controls"}, pair_octets=UNSEEN, attribute_octets=UNSEEN), RFC_6265BIS
)


def example(*texts: str, url: str = "https://example.com/docs/web", kind: str = "typed", page: str = "") -> Case:
    """A response that sets these cookies, and a further request."""
    return Case((Step(url, texts), Step(url, (), kind, page)))


def pair(text: str) -> str:
    """What stands before the attributes."""
    return text.partition(";")[0]


def edited(text: str, edit: Callable[[str, str], str | None]) -> str:
    """The Set-Cookie with each attribute's value as `edit(name in lower case, value)` has it; None takes it out."""
    first, *attributes = text.split(";")
    parts = (one.partition("=") for one in attributes)
    kept = [(name, equals, edit(name.strip(" \t").lower(), value.strip(" \t"))) for name, equals, value in parts]
    return ";".join([first, *(f"{name}{equals}{value}" for name, equals, value in kept if value is not None)])


@lru_cache(1024)
def named(text: str) -> str:
    """The cookie's name, as 6265bis reads it without limits."""
    sent = parse_set_cookie(text, _LENIENT)
    return sent.name if isinstance(sent, SetCookie) else ""


@lru_cache(1024)
def last(text: str, attribute: str) -> str | None:
    """The value of the last attribute of that name, as 6265bis reads it without limits."""
    sent = parse_set_cookie(text, _LENIENT)
    value = sent.last(attribute, _LENIENT) if isinstance(sent, SetCookie) else None
    return None if value is None else str(value)


def only_last(text: str, attribute: str, alone: bool = False) -> str:
    """The Set-Cookie without all but the last attribute of that name, in lower case; `alone`: without others, too."""
    first, *attributes = text.split(";")
    names = [one.partition("=")[0].strip(" \t").lower() for one in attributes]
    final = max((n for n, name in enumerate(names) if name == attribute), default=-1)
    kept = (one for n, one in enumerate(attributes) if n == final or not (alone or names[n] == attribute))
    return ";".join([first, *kept])
