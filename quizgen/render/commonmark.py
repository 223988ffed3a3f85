"""Inline Markdown of the bank as CommonMark that every reader takes for the same text, whatever else its dialect knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from quizgen.markup import Style, pieces

_SPECIAL = re.compile(r"[\\`*_\[\]<>&!|~$#]")
_BLOCK = re.compile(r"(\s*)(?:([-+=])|(\d{1,9})([.)]))")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
STARS = {"strong": "**", "em": "*"}


def commonmark(text: str, put: Callable[[Style, str], str] | None = None) -> str:
    """The text as one line of CommonMark. `put` writes a piece, if not as it is usual."""
    put = put or piece
    written, before = "", ""
    for style, content in _joined(pieces(_SPACE.sub(" ", _CONTROL.sub("\ufffd", text)))):
        # Stars that touch stars would be read as others: of two neighbours with stars only the first keeps them. And stars
        # between a sign and a letter are none.
        plain = style in STARS and (before in STARS or not (content[0].isalnum() and content[-1].isalnum()))
        written += put("" if plain else style, content)
        before = "" if plain else style
    return _not_a_block(written.strip())


def _joined(found: Iterable[tuple[Style, str]]) -> Iterator[tuple[Style, str]]:
    """Neighbours that are code as one: backticks that touch would be read as others."""
    for style, group in groupby(found, key=itemgetter(0)):
        if style == "code":
            yield style, "".join(content for _, content in group)
        else:
            yield from group


def piece(style: Style, content: str) -> str:
    """A piece of text in CommonMark."""
    if style == "code":
        return _code(content)
    stars = STARS.get(style, "")
    return f"{stars}{escaped(content)}{stars}"


def escaped(text: str) -> str:
    """The text with a backslash before each character that could begin markup."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def fenced(text: str) -> list[str]:
    """The lines of a block of text that is shown as it is."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return [f"{fence}text", *text.splitlines(), fence]


def _code(content: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", content)), default=0) + 1)
    touches = content.startswith(("`", " ")) or content.endswith(("`", " "))
    gap = " " if touches and content.strip() else ""
    return f"{fence}{gap}{content}{gap}{fence}"


def _not_a_block(line: str) -> str:
    """The line so that it begins no list, heading or rule."""

    def escape(match: re.Match[str]) -> str:
        space, mark, number, end = match.groups()
        return f"{space}\\{mark}" if mark else f"{space}{number}\\{end}"

    return _BLOCK.sub(escape, line, count=1) if _BLOCK.match(line) else line
