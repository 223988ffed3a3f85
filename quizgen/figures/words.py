"""Words of figures in a reader's language: the interface strings `figure.*`, and names that have a translation there."""

from __future__ import annotations

from functools import cache

from quizgen.resources import strings

MASK = "?"
_HOLE = "{}"


def word(lang: str, key: str) -> str:
    """The interface string `figure.<key>`."""
    return strings(lang)[f"figure.{key}"]


@cache
def _patterns(lang: str, kind: str) -> tuple[tuple[str, str, str], ...]:
    """What stands before and behind the hole of each pattern `figure.<kind>.SEND {}`, and its translation; longest first."""
    prefix = f"figure.{kind}."
    found = [(key.removeprefix(prefix), text) for key, text in strings(lang).items() if key.startswith(prefix)]
    parts = [(name.partition(_HOLE), text) for name, text in found]
    holed = [(before, after, text) for (before, hole, after), text in parts if hole]
    return tuple(sorted(holed, key=lambda pattern: -len(pattern[0] + pattern[1])))


def named(lang: str, kind: str, name: str) -> str:
    """A name that a model gave (an end, an event, a state, a field), in the language if `figure.<kind>.<name>` translates
    it, or a pattern such as `figure.<kind>.SEND {}`."""
    exact = strings(lang).get(f"figure.{kind}.{name}")
    if exact is not None:
        return exact
    for before, after, text in _patterns(lang, kind):
        if len(name) > len(before + after) and name.startswith(before) and name.endswith(after):
            return text.replace(_HOLE, name[len(before) : len(name) - len(after)])
    return name
