"""The reference models, by name; each is imported when first asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from quizgen.models.base import Model

BUILTIN = ("tcp", "http", "cookies", "sessions", "navigation")
GROUP = "quizgen.models"
"""The entry-point group under which other packages offer models: name -> "module:build"."""


@cache
def names() -> tuple[str, ...]:
    """Every model that can be loaded: the built-in ones first."""
    from importlib.metadata import entry_points

    return (*BUILTIN, *sorted(point.name for point in entry_points(group=GROUP) if point.name not in BUILTIN))


@cache
def load(name: str) -> Model:
    """The model of that name as the standards have it. Raises KeyError for an unknown name."""
    if name in BUILTIN:
        build = import_module(f"quizgen.models.{name}").build
    else:
        from importlib.metadata import entry_points

        points = [point for point in entry_points(group=GROUP) if point.name == name]
        if not points:
            raise KeyError(name)
        build = points[0].load()
    model: Model = build()
    return model
