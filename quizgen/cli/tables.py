"""Rows in columns of text: as wide as the terminal, each row on one line where there is none."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from itertools import groupby

from quizgen.cli.compile import colored
from quizgen.figures.widths import cells, pad, wrap

_GAP = "  "
Row = Sequence[str]


def width() -> int | None:
    """The columns of the terminal that reads standard output; None where none does."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def strong(text: str) -> str:
    """The text in bold on a terminal that shows it."""
    return f"\x1b[1m{text}\x1b[0m" if colored(sys.stdout) else text


def paragraph(label: str, text: str, room: int, columns: int | None) -> list[str]:
    """The text in lines behind a label of `room` columns."""
    lines = [text] if columns is None else wrap(text, max(columns - room, 20))
    return [pad(label if number == 0 else "", room) + line for number, line in enumerate(lines)]


def grouped(heading: Row, rows: Sequence[Row], about: dict[str, str], columns: int) -> list[str]:
    """Rows that share their first cell stand below it, or below what `about` has for it; all have the same columns."""
    fit = _Columns([heading[1:], *(row[1:] for row in rows)], columns - len(_GAP))
    lines = [strong(_GAP + line) for line in fit.lines(heading[1:])]
    for first, group in groupby(rows, key=lambda row: row[0]):
        lines += ["", *map(strong, wrap(about.get(first, first), columns))]
        lines += [_GAP + line for row in group for line in fit.lines(row[1:])]
    return lines


def table(heading: Row, rows: Sequence[Row], columns: int | None) -> list[str]:
    """The rows below their heading, in lines of at most `columns`."""
    fit = _Columns([heading, *rows], columns)
    return [*map(strong, fit.lines(heading)), *(line for row in rows for line in fit.lines(row))]


class _Columns:
    """Widths under which the rows fit; None where the longest words alone are too wide."""

    def __init__(self, rows: Sequence[Row], columns: int | None) -> None:
        self._all = columns
        self._widths: list[int] | None = [max(map(cells, column)) for column in zip(*rows, strict=True)]
        if columns is not None:
            least = [max(_longest_word(cell) for cell in column) for column in zip(*rows, strict=True)]
            self._widths = _shrunk(self._widths, least, columns - len(_GAP) * (len(least) - 1))

    def lines(self, row: Row) -> list[str]:
        """The row; in a terminal that is too narrow for columns, its cells one after the other."""
        if self._widths is None:
            told = wrap(" · ".join(cell for cell in row if cell != "–"), (self._all or 0) - len(_GAP))
            return [line if number == 0 else _GAP + line for number, line in enumerate(told)]
        blocks = [wrap(cell, room) if self._all else [cell] for cell, room in zip(row, self._widths, strict=True)]
        height = max(map(len, blocks))
        return [
            _GAP.join(
                pad(block[at] if at < len(block) else "", room)
                for block, room in zip(blocks, self._widths, strict=True)
            ).rstrip()
            for at in range(height)
        ]


def _longest_word(text: str) -> int:
    return max(cells(line) for line in wrap(text, 1))


def _shrunk(widths: list[int], least: list[int], room: int) -> list[int] | None:
    """The widths, the widest made narrower until they fit, none below its longest word; None where that is not enough."""
    if sum(least) > room:
        return None
    widths = list(widths)
    while sum(widths) > room:
        widest = max((at for at in range(len(widths)) if widths[at] > least[at]), key=lambda at: widths[at])
        widths[widest] -= 1
    return widths
