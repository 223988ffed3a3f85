"""The outputs, by name. Each is `render(bank, out, options)`, which writes its files below the folder `out`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from quizgen.items.question import Bank
from quizgen.render.options import Options

FORMATS = {
    "quiz": "quizgen.render.quiz:render",
    "anki": "quizgen.render.anki:render",
    "sheet": "quizgen.render.sheet:render",
}

Render = Callable[[Bank, Path, Options], None]


def renderer(name: str) -> Render:
    """The function that writes a format. Raises KeyError for an unknown name."""
    module, _, function = FORMATS[name].partition(":")
    render: Render = getattr(import_module(module), function)
    return render
