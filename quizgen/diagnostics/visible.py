"""Text that others wrote, made fit for a terminal: what does not print is spelt out, and widths are known."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width

TAB = "    "


@lru_cache(maxsize=4096)
def visible_char(char: str) -> str:
    """The character; a tab as spaces; controls, escapes and invisible marks (bidi overrides too) as `\\x1b`."""
    if char == "\t":
        return TAB
    if category(char) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"):
        return ascii(char)[1:-1]
    return char


def visible(text: str) -> str:
    """The text on one line, safe to write to a terminal."""
    return text if text.isascii() and text.isprintable() else "".join(map(visible_char, text))


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """How many columns a terminal gives the text, which is visible: two for each East Asian wide character."""
    return len(text) if text.isascii() else sum(map(_char_width, text))
