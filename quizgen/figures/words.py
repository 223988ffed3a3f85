"""Words of figures in a reader's language: the interface strings `figure.*`, and names that have a translation there."""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest

from quizgen.resources import strings

MASK = "?"
_HOLE = "{}"
_LONGEST = 500
"""A name with more characters is no label any more, and would nest too deep to be translated part by part."""


def word(lang: str, key: str) -> str:
    """The interface string `figure.<key>`."""
    return strings(lang)[f"figure.{key}"]


@cache
def _patterns(lang: str, kind: str) -> tuple[tuple[re.Pattern[str], list[str]], ...]:
    """Each pattern `figure.<kind>.SEND {}` and the pieces of its translation between the holes; longest first."""
    prefix = f"figure.{kind}."
    found = [(key.removeprefix(prefix), text) for key, text in strings(lang).items() if key.startswith(prefix)]
    holed = sorted((pair for pair in found if _HOLE in pair[0]), key=lambda pair: -len(pair[0].replace(_HOLE, "")))
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, name.split(_HOLE)))), text.split(_HOLE)) for name, text in holed
    )


@cache
def named(lang: str, kind: str, name: str) -> str:
    """A name that a model gave (an end, an event, a state, a message, a field), in the language if `figure.<kind>.<name>`
    translates it, or a pattern such as `figure.<kind>.{} later`, whose holes are filled in the same way.
    """
    exact = strings(lang).get(f"figure.{kind}.{name}")
    if exact is not None:
        return exact
    for pattern, pieces in _patterns(lang, kind) if len(name) <= _LONGEST else ():
        found = pattern.fullmatch(name)
        if found:
            filled = [named(lang, kind, part) for part in found.groups()]
            return "".join(map("".join, zip_longest(pieces, filled, fillvalue="")))
    return name
