"""How wide text is: in cells of a terminal, and in pixels of a drawing before any font is there to measure it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from unicodedata import combining, east_asian_width

# Widths of Helvetica, of which Arial and Liberation Sans are metric copies, in thousandths of the size.
_WIDTHS = {
    char: width / 1000
    for width, chars in (
        (222, "ijl'"), (278, "ft.,:;!/\\[] I|"), (333, "r()-`"), (389, "*\""), (500, "cksvxyzJ"), (556, "abdeghnopquL?_$#0123456789–"),
        (584, "+=<>~"), (611, "FTZ"), (667, "ABEKPSVXY&"), (722, "CDHNRUw"), (778, "GOQ"), (833, "mM"), (889, "%"), (944, "W"),
        (1000, "@—→←…"),
    )
    for char in chars
}  # fmt: skip
_OTHER, _SAFETY, _BOLD = 0.62, 1.05, 1.06
_OPENING, _CLOSING = frozenset("（“‘《〈「『【([{«"), frozenset("，。、；：？！）”’》〉」』】…％%,.;:?!)]}»")


def cells(text: str) -> int:
    """Columns that the text takes in a terminal: two for each East Asian wide character."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def clip(text: str, width: int) -> str:
    """The text, shortened with an ellipsis to at most `width` columns."""
    if cells(text) <= width:
        return text
    kept = ""
    for char in text:
        if cells(kept + char) >= width:
            break
        kept += char
    return f"{kept}…" if width > 0 else ""


def pad(text: str, width: int, align: str = "<") -> str:
    """The text in exactly `width` columns; `align` as in a format specification: <, > or ^."""
    text = clip(text, width)
    room = width - cells(text)
    left = {"<": 0, ">": room, "^": room // 2}[align]
    return " " * left + text + " " * (room - left)


@lru_cache(maxsize=8192)  # each plan of a drawing measures the same texts again
def pixels(text: str, size: float, bold: bool = False) -> float:
    """About how wide the text is in a sans serif of that size; rather too wide than too narrow."""
    ems = (1.0 if east_asian_width(char) in "WF" else _WIDTHS.get(char, _OTHER) for char in text)
    return sum(ems) * size * _SAFETY * (_BOLD if bold else 1.0)


def _pieces(text: str) -> list[str]:
    """The text cut where a line may break."""
    found: list[str] = []
    for char in text:
        if not found or may_break(found[-1][-1], char):
            found.append(char)
        else:
            found[-1] += char
    return found


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters: after spaces, and around a wide one, but neither before a mark
    that closes nor after one that opens."""
    if " " in (before, after):
        return after != " "
    if before in _OPENING or after in _CLOSING:
        return False
    return bool({east_asian_width(before), east_asian_width(after)} & {"W", "F"})


def wrap(text: str, width: float, measure: Callable[[str], float] = cells) -> list[str]:
    """The text in lines of at most `width`, whatever `measure` counts; a longer word keeps a line of its own."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and measure((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]
