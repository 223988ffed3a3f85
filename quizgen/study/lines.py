"""Paragraphs laid out in the columns of a terminal: hanging indents, styles, and lines that break as Chinese does too."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quizgen.figures.widths import cells, may_break
from quizgen.markup import pieces, plain

Piece = tuple[str, str]
"""Text with the name of its style: "", or one of `STYLES`."""

STYLES = {
    "code": "cyan",
    "strong": "bold",
    "em": "italic",
    "title": "bold",
    "right": "bold green",
    "wrong": "bold red",
    "note": "dim",
    "notice": "yellow",
    "key": "bold",
}
"""Rich's word for each style. With NO_COLOR bold and dim remain, and signs say what colours do."""

_INDENT_AT_MOST = 12


@dataclass(frozen=True)
class Paragraph:
    """Inline Markdown, or, when `verbatim`, text as it is. `marker` stands before it, and its lines hang below its
    first one. `fixed` lines (of a figure) are cut where they are too long, not wrapped."""

    text: str
    style: str = ""
    marker: str = ""
    verbatim: bool = False
    fixed: bool = False

    def plain(self) -> str:
        """One line without styles or control characters."""
        text = self.text if self.verbatim or self.fixed else plain(self.text)
        return _clean(self.marker + text).rstrip()


def layout(paragraph: Paragraph, width: int) -> list[list[Piece]]:
    """The paragraph in lines of at most `width` columns."""
    if paragraph.fixed:
        return [[(paragraph.style, _clean(paragraph.text))]]
    indent = cells(paragraph.marker)
    found = [(paragraph.style, paragraph.text)] if paragraph.verbatim else pieces(paragraph.text)
    styled = [(style or paragraph.style, _clean(text)) for style, text in found]
    lines = _broken(styled, max(width - indent, 1))
    hang = " " * (indent if indent <= min(_INDENT_AT_MOST, width // 3) else 2)
    heads = [paragraph.marker, *[hang] * (len(lines) - 1)]
    return [
        [("key" if index == 0 else "", head), *line]
        for index, (head, line) in enumerate(zip(heads, lines, strict=True))
    ]


def _clean(text: str) -> str:
    """The text without control characters, which a terminal would obey."""
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)


def _units(styled: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces between which a line may break; spaces end a unit."""
    unit: list[Piece] = []
    before = ""
    for style, text in styled:
        for char in text:
            if before and may_break(before, char):
                yield unit
                unit = []
            unit.append((style, char))
            before = char
    if unit:
        yield unit


def _broken(styled: Iterable[Piece], width: int) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    room = width
    for unit in _units(styled):
        word = "".join(char for _, char in unit).rstrip()
        if lines[-1] and cells(word) > room:
            lines.append([])
            room = width
        for style, char in unit:
            if cells(char) > room and char != " ":
                lines.append([])
                room = width
            lines[-1].append((style, char))
            room -= cells(char)
    return [_joined(line) for line in lines]


def _joined(line: list[Piece]) -> list[Piece]:
    """Neighbours of one style as one piece; no spaces at the end."""
    while line and line[-1][1] == " ":
        line.pop()
    joined: list[Piece] = []
    for style, char in line:
        if joined and joined[-1][0] == style:
            joined[-1] = (style, joined[-1][1] + char)
        else:
            joined.append((style, char))
    return joined
