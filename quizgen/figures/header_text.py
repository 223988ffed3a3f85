"""A header layout in characters, two columns a bit; the letters of a narrow field's name stand one below the other."""

from __future__ import annotations

from collections.abc import Collection

from quizgen.figures.header_rows import BITS, Piece, header_rows, header_sentences
from quizgen.figures.widths import cells, pad, wrap
from quizgen.models.figure import HeaderLayout

_WIDTH = 2 * BITS + 1


def _stack(piece: Piece) -> list[str]:
    """The name in lines as wide as the piece: in words, shortened, or in single letters."""
    room = 2 * piece.width - 1
    if not piece.first:
        return []
    for name in (piece.name, piece.short):
        lines = wrap(name, room)
        if all(cells(line) <= room for line in lines):
            return lines
    return [char for char in piece.name if cells(char) <= room]


def _edge(above: list[Piece], below: list[Piece]) -> str:
    """The line between two rows, with a joint where a side meets it."""
    ends = [
        {2 * piece.column for piece in row} | {2 * (piece.column + piece.width) for piece in row}
        for row in (above, below)
    ]
    joints = {(True, True): "┼", (True, False): "┴", (False, True): "┬", (False, False): "─"}
    continued = {
        x for piece in below if not piece.first for x in range(2 * piece.column + 1, 2 * (piece.column + piece.width))
    }
    open_ = {x for piece in above if piece.open for x in range(2 * piece.column + 1, 2 * (piece.column + piece.width))}
    line = [joints[x in ends[0], x in ends[1]] for x in range(_WIDTH)]
    line = [" " if x in continued else "╌" if x in open_ else char for x, char in enumerate(line)]
    line[0] = "┌" if not above else "└" if not below else "├"
    line[-1] = "┐" if not above else "┘" if not below else "┤"
    return "".join(line).rstrip()


def _row(pieces: list[Piece]) -> list[str]:
    stacks = [_stack(piece) for piece in pieces]
    height = max(1, *(len(stack) for stack in stacks))
    lines = []
    for index in range(height):
        line, at = "", 0
        for piece, stack in zip(pieces, stacks, strict=True):
            line += " " * (2 * piece.column - at)
            top = (height - len(stack)) // 2
            shown = stack[index - top] if top <= index < top + len(stack) else ""
            line += "│" + pad(shown, 2 * piece.width - 1, "^")
            at = 2 * (piece.column + piece.width)
        lines.append(f"{line}│")
    return lines


def header_text(layout: HeaderLayout, mask: Collection[str], lang: str, width: int) -> list[str]:
    """The header in lines of at most `width` columns: drawn where 65 columns are to be had, else as a list."""
    if width < _WIDTH:
        return [line for told in header_sentences(layout, mask, lang) for line in wrap(told, width)]
    rows = list(header_rows(layout, mask, lang).values())
    lines = [
        "".join(f" {bit // 10}" if bit % 10 == 0 else "  " for bit in range(BITS)).rstrip(),
        "".join(f" {bit % 10}" for bit in range(BITS)),
    ]
    for above, below in zip([[], *rows], [*rows, []], strict=True):
        lines += [_edge(above, below), *(_row(below) if below else [])]
    return lines
