"""Texts of the bank as HTML: inline Markdown (`code`, **strong**, *emphasis*), everything else escaped."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_PLAIN = re.compile(r"[^`*_\\\n]*\Z")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable(["backticks", "emphasis", "escape", "newline"])


def inline(text: str) -> str:
    """The text as HTML without a surrounding paragraph, safe to put into a page."""
    return escape(text) if _PLAIN.match(text) else _parser().renderInline(text).replace("\n", " ")


def plain(text: str) -> str:
    """The text without its markup, for places that show no HTML."""
    return text if _PLAIN.match(text) else unescape(re.sub(r"<[^>]+>", "", inline(text)))
