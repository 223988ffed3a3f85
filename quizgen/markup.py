"""Texts of the bank hold inline Markdown (`code`, **strong**, *emphasis*) and nothing else: as HTML, plain, or in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Style = Literal["", "code", "strong", "em"]

_PLAIN = re.compile(r"[^`*_\\\n]*\Z")
_WORDS = r"[^\W_](?:[^`*_\\\n]*[^\W_])?"
# What most texts are, and what needs no parser: words (an underscore inside one is a letter), simple code spans, and
# emphasis that begins and ends with a letter or digit and holds no other markup.
_SIMPLE = re.compile(
    rf"(?:[^`*_\\\n]++|(?<=[^\W_])_(?=[^\W_])|`[^`\s](?:[^`\n]*[^`\s])?`(?!`)|(\*\*?){_WORDS}\1(?!\*))*+\Z"
)
_SPAN = re.compile(r"`([^`]*)`|(\*\*?)([^*]*)\2")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable(["backticks", "emphasis", "escape", "newline"])


def inline(text: str) -> str:
    """The text as HTML without a surrounding paragraph, safe to put into a page."""
    if _PLAIN.match(text):
        return escape(text)
    if _SIMPLE.match(text):
        return _SPAN.sub(_span, escape(text))
    return parsed(text)


def _span(found: re.Match[str]) -> str:
    code, stars, inner = found.groups()
    if stars is None:
        return f"<code>{code}</code>"
    return f"<strong>{inner}</strong>" if stars == "**" else f"<em>{inner}</em>"


def parsed(text: str) -> str:
    """What `inline` gives, by way of the parser whatever the text."""
    html: str = _parser().renderInline(text)
    return html.replace("\n", " ")


def pieces(text: str) -> Iterator[tuple[Style, str]]:
    """The text cut where its style changes, for places that show no HTML; a line break is a space."""
    if _PLAIN.match(text):
        yield "", text
        return
    styles: list[Style] = [""]
    for token in _parser().parseInline(text)[0].children or []:
        if token.type == "code_inline":
            yield "code", token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield styles[-1], " "
        elif token.content:
            yield styles[-1], token.content
        elif token.nesting > 0:
            styles.append("strong" if token.tag == "strong" else "em")
        elif token.nesting < 0:
            styles.pop()


def literal(text: str) -> str:
    """A text that is no markup as markup that shows every character of it."""
    return re.sub(r"([\\`*_])", r"\\\1", text)


def plain(text: str) -> str:
    """The text without its markup."""
    return text if _PLAIN.match(text) else "".join(piece for _, piece in pieces(text))
