"""Words of figures in a reader's language: the interface strings `figure.*`, and names that have a translation there."""

from __future__ import annotations

from quizgen.resources import strings

MASK = "?"


def word(lang: str, key: str) -> str:
    """The interface string `figure.<key>`."""
    return strings(lang)[f"figure.{key}"]


def named(lang: str, kind: str, name: str) -> str:
    """A name that a model gave (an end, an event, a field), in the language if `figure.<kind>.<name>` translates it."""
    return strings(lang).get(f"figure.{kind}.{name}", name)
