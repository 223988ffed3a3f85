"""Jinja as quizgen uses it: autoescape on, an undefined name is an error, interface strings by language."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from quizgen.render.markup import inline
from quizgen.resources import resource

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def strings(lang: str) -> dict[str, str]:
    """The interface strings of a language: templates/strings/<lang>.json, keys such as `quiz.check`."""
    table: dict[str, str] = json.loads((resource("templates") / "strings" / f"{lang}.json").read_text("utf-8"))
    return table


@cache
def environment(format_: str) -> Environment:
    """Templates of templates/<format>/. Filters: `md` (inline Markdown to HTML)."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader(resource("templates") / format_),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["md"] = lambda text: Markup(inline(text))
    return made
