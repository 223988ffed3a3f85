"""A header cut into rows of 32 bits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quizgen.figures.words import MASK, named, word
from quizgen.models.figure import Box, HeaderLayout

BITS = 32


@dataclass(frozen=True)
class Piece:
    """A field, or the part of it that lies in one row: its first column and its width in bits.

    `first` and `last` say whether the field begins and ends here; `open` that its length varies; `short` is the
    name where there is no room for it.
    """

    name: str
    short: str
    column: int
    width: int
    first: bool
    last: bool
    masked: bool
    open: bool = False


def _shown(box: Box, mask: Collection[str], lang: str) -> tuple[str, bool]:
    masked = f"field:{box.name}" in mask
    name = MASK if masked else named(lang, "field", box.name)
    return (name + word(lang, "variable") if box.width is None else name), masked


def header_rows(layout: HeaderLayout, mask: Collection[str], lang: str) -> dict[int, list[Piece]]:
    """The pieces of each row, by the row's first bit."""
    rows: dict[int, list[Piece]] = {}
    for box in sorted(layout.boxes, key=lambda box: box.bit):
        name, masked = _shown(box, mask, lang)
        end = box.bit + (box.width if box.width is not None else BITS - box.bit % BITS)
        at = box.bit
        while at < end:
            column = at % BITS
            width = min(end - at, BITS - column)
            piece = Piece(
                name,
                name if masked else named(lang, "short", name),
                column,
                width,
                at == box.bit,
                at + width == end,
                masked,
                box.width is None,
            )
            rows.setdefault(at - column, []).append(piece)
            at += width
    return rows


def header_sentences(layout: HeaderLayout, mask: Collection[str], lang: str) -> list[str]:
    """The fields with their bits, a line each."""
    told = []
    for box in sorted(layout.boxes, key=lambda box: box.bit):
        name, _ = _shown(box, mask, lang)
        last = "" if box.width is None else f"–{box.bit + box.width - 1}"
        told.append(f"{word(lang, 'bit')} {box.bit}{'' if box.width == 1 else last}: {name}")
    return told
