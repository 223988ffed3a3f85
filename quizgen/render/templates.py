"""Jinja as quizgen uses it: autoescape on, an undefined name is an error, interface strings by language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from quizgen.markup import inline
from quizgen.resources import resource, strings

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["environment", "strings"]


@cache
def environment(format_: str) -> Environment:
    """Templates of templates/<format>/ and templates/page/, which formats share. Filters: `md` (inline Markdown to HTML)."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader([resource("templates") / format_, resource("templates") / "page"]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["md"] = lambda text: Markup(inline(text))
    return made
