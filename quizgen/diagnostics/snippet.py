"""The lines of a file that a diagnostic is about, with marks under the places that matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.diagnostics.visible import visible, width
from quizgen.spans import Span

_LEAST = 24
_CUT = "…"


@dataclass(frozen=True)
class Mark:
    """Characters of one line to underline, from the column `start` up to, not including, `end`, both counted from 0."""

    line: int
    start: int
    end: int
    text: str
    sign: str


@dataclass(frozen=True)
class Row:
    """A row to print: the number of a line and its text; or, without a number, a mark, indented, with its words.

    A row without anything stands for lines that are left out.
    """

    number: int | None = None
    text: str = ""
    indent: int = 0
    sign: str = ""
    words: str = ""


def marks(span: Span, text: str, sign: str) -> list[Mark]:
    """The marks of a place: one, or for several lines one on the first and one on the last, which bears the text."""
    source, last = span.source, max(span.start, span.end - 1)
    (line, column), (end_line, end_column) = source.position(span.start), source.position(last)
    if line == end_line:
        return [Mark(line, column - 1, column - 1 + max(1, span.end - span.start), text, sign)]
    closing = source.line(end_line)
    begin = len(closing) - len(closing.lstrip())
    first = Mark(line, column - 1, max(column, len(source.line(line).rstrip())), "", sign)
    return [first, Mark(end_line, min(begin, end_column - 1), end_column, text, sign)]


def rows(source_lines: dict[int, str], found: list[Mark], room: int) -> Iterator[Row]:
    """The rows of a file's lines with their marks, each at most `room` columns wide, words after marks left aside."""
    before = None
    for number in sorted(source_lines):
        if before is not None and number > before + 1:
            yield Row()
        before = number
        here = [mark for mark in found if mark.line == number]
        text, start = _window(source_lines[number], here[0].start, max(room, _LEAST))
        yield Row(number, text)
        shown = start + len(text)
        for mark in here:
            yield _mark_row(mark, source_lines[number], start, shown, max(room, _LEAST))


def _mark_row(mark: Mark, line: str, start: int, shown: int, room: int) -> Row:
    """`start`: how many characters of the line are left out before its row, whose first column is then a `…`."""
    cut = 1 if start else 0
    indent = cut + width(visible(line[start : mark.start])) if mark.start >= start else 0
    marked = width(visible(line[max(mark.start, start) : min(mark.end, shown)])) or 1
    length = max(1, min(marked, room - indent))
    return Row(None, "", min(indent, room - 1), mark.sign * length, mark.text)


def _window(line: str, start: int, room: int) -> tuple[str, int]:
    """The line as shown, cut so that the character `start` is in sight, and how many characters are cut before it."""
    near = line[: start + room]
    if len(near) == len(line) and width(visible(line)) <= room:
        return visible(line), 0
    first = 0
    if width(visible(line[max(0, start - room) : start])) > room * 2 // 3 or start > room:
        first = _back(line, start, room // 3)
    head = _CUT if first else ""
    text, last = head, first
    while last < len(line) and width(text + visible(line[last])) < room:
        text += visible(line[last])
        last += 1
    return text + (_CUT if last < len(line) else ""), first


def _back(line: str, start: int, room: int) -> int:
    first, used = start, 0
    while first and used < room:
        first -= 1
        used += width(visible(line[first]))
    return first
