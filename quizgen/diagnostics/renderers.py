"""The ways to show diagnostics, by the name that `--format` takes. One module each, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TypeAlias

from quizgen.diagnostics.diagnostic import Diagnostic

Renderer: TypeAlias = Callable[[Iterable[Diagnostic], int, bool], str]
"""Diagnostics, the terminal's width in columns, whether to colour -> text."""

RENDERERS = {
    "text": "quizgen.diagnostics.text:render",
    "json": "quizgen.diagnostics.json:render",
    "github": "quizgen.diagnostics.github:render",
    "sarif": "quizgen.diagnostics.sarif:render",
}


def renderer(name: str) -> Renderer:
    """The renderer of that name. Raises KeyError for a name that RENDERERS lacks."""
    module, _, function = RENDERERS[name].partition(":")
    found: Renderer = getattr(import_module(module), function)
    return found
