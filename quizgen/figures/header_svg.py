"""A header layout as SVG: rows of 32 bits below a ruler, names turned where a field is narrow."""

from __future__ import annotations

from collections.abc import Collection

from quizgen.figures.header_rows import BITS, Piece, header_rows
from quizgen.figures.svg import Canvas
from quizgen.figures.widths import pixels, wrap
from quizgen.figures.words import word
from quizgen.models.figure import HeaderLayout

_BIT, _SIZE, _RULER = 21.0, 12.5, 28.0
_LEFT, _RIGHT = 44.0, 8.0
_ROW, _LINE = 34.0, 15.0


def _lines(piece: Piece) -> list[str] | None:
    """The name in one or two lines that fit the piece, or None when it has to be turned."""
    room = piece.width * _BIT - 6
    lines = wrap(piece.name, room, lambda text: pixels(text, _SIZE))
    return lines if all(pixels(line, _SIZE) <= room for line in lines) else None


def _height(pieces: list[Piece]) -> float:
    needs = [_ROW]
    for piece in pieces:
        lines = _lines(piece)
        needs.append(pixels(piece.name, _SIZE) + 12 if lines is None else len(lines) * _LINE + 10)
    return max(needs)


def _ruler(canvas: Canvas, lang: str) -> None:
    canvas.text(word(lang, "byte"), _LEFT - 8, _RULER - 9, size=10, anchor="end", italic=True)
    for bit in range(BITS):
        x = _LEFT + (bit + 0.5) * _BIT
        canvas.text(str(bit), x, _RULER - 9, size=10, anchor="middle", bold=bit % 8 == 0)
        canvas.line([(x - _BIT / 2, _RULER - (7 if bit % 8 == 0 else 3)), (x - _BIT / 2, _RULER)], width=1)


def _border(canvas: Canvas, piece: Piece, x: float, y: float, width: float, height: float) -> None:
    """The left and the lower side, each drawn once; below a field of variable length a broken line."""
    canvas.line([(x, y), (x, y + height)])
    if piece.last:
        canvas.line([(x, y + height), (x + width, y + height)], dash="8 5" if piece.open else None)


def _name(canvas: Canvas, piece: Piece, x: float, y: float, width: float, height: float) -> None:
    centre = (x + width / 2, y + height / 2)
    if piece.masked:
        wide = min(width - 5, 40)
        canvas.mask(centre[0] - wide / 2, centre[1] - 10, wide, 20, size=_SIZE)
        return
    lines = _lines(piece)
    if lines is None:
        canvas.text(piece.name, *centre, size=_SIZE, anchor="middle", turn=(-90, centre))
        return
    top = centre[1] - (len(lines) - 1) * _LINE / 2
    for index, line in enumerate(lines):
        canvas.text(line, centre[0], top + index * _LINE, size=_SIZE, anchor="middle")


def header_svg(layout: HeaderLayout, mask: Collection[str], lang: str) -> tuple[Canvas, tuple[float, float]]:
    """The drawing and its size. A field of several rows has its name in the first."""
    canvas, y = Canvas(), _RULER
    _ruler(canvas, lang)
    canvas.line([(_LEFT, y), (_LEFT + BITS * _BIT, y)])
    for bit, pieces in header_rows(layout, mask, lang).items():
        height = _height([piece for piece in pieces if piece.first])
        canvas.text(str(bit // 8), _LEFT - 8, y + height / 2, size=10, anchor="end")
        for piece in pieces:
            x, width = _LEFT + piece.column * _BIT, piece.width * _BIT
            _border(canvas, piece, x, y, width, height)
            if piece.first:
                _name(canvas, piece, x, y, width, height)
        right = _LEFT + (pieces[-1].column + pieces[-1].width) * _BIT
        canvas.line([(right, y), (right, y + height)])
        y += height
    return canvas, (_LEFT + BITS * _BIT + _RIGHT, y + 6)
