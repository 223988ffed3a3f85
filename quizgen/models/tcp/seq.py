"""Sequence numbers: modulo 2^32 underneath, shown against an initial sequence number (RFC 9293 §3.4).

The client's ISS is called `x` and the server's `y`; `x2` and `y2` are those of their next connections, and so on. A
symbol stands for a fixed number, so that differences and comparisons across symbols are defined: `x2` lies 2^28 above
`x`, which is 18 minutes of the clock of §3.4.1.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from quizgen.models.values import Unreadable

SPACE = 2**32
"""How many sequence numbers there are: 0 to 2^32 - 1 (RFC 9293 §3.4)."""

_ORIGINS = {"x": 0x3A5C_1E77, "y": 0xB4D2_97C5}
NEXT_CONNECTION = 2**28
"""How far the ISS of an end's next connection lies above that of the one before, where nobody says otherwise."""
_NUMBER = re.compile(
    r"(?:(?:SEQ|ACK)\s*=\s*)?(?:(?P<base>[xy](?:[2-9])?)\s*(?P<offset>[+-]\s*\d{1,18})?|(?P<plain>-?\d{1,18}))", re.I
)

_SYMBOL = 4
"""Longer texts are no `x` or `y` with a slip of the pen."""


@lru_cache(maxsize=64)
def _origin(base: str) -> int:
    if not base:
        return 0
    return _ORIGINS[base[0]] + (int(base[1:] or 1) - 1) * NEXT_CONNECTION


@dataclass(frozen=True, slots=True, eq=False)
class Seq:
    """The number `offset` after the ISS called `base`; a plain number where `base` is "".

    Adding wraps at 2^32. Comparison is RFC 9293's, by the shorter way round: `Seq("", 2**32 - 1) < Seq("", 0)`.
    A plain Seq also equals the int of the same value.
    """

    published: ClassVar[frozenset[str]] = frozenset()
    kind: ClassVar[str] = "sequence number"
    base: str
    offset: int = 0
    value: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", (_origin(self.base) + self.offset) % SPACE)
        half = SPACE // 2
        object.__setattr__(self, "offset", (self.offset + half) % SPACE - half)

    def __add__(self, count: int) -> Seq:
        return Seq(self.base, self.offset + count)

    __radd__ = __add__

    def __sub__(self, other: Seq | int) -> Seq | int:
        """Seq - int is a Seq; Seq - Seq is how far the first lies after the second, from -2^31 to 2^31 - 1."""
        return self.after(other) if isinstance(other, Seq) else Seq(self.base, self.offset - other)

    def after(self, other: Seq) -> int:
        """How far this number lies after the other by the shorter way round; negative when it lies before."""
        return (self.value - other.value + SPACE // 2) % SPACE - SPACE // 2

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Seq):
            return self.value == other.value
        return not self.base and not isinstance(other, bool) and isinstance(other, int) and self.value == other

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: Seq) -> bool:
        return self.after(other) < 0

    def __le__(self, other: Seq) -> bool:
        return self.after(other) <= 0

    def __gt__(self, other: Seq) -> bool:
        return self.after(other) > 0

    def __ge__(self, other: Seq) -> bool:
        return self.after(other) >= 0

    def show(self, lang: str = "en") -> str:
        """`x + 1`, `y`, `x - 1000`, or a plain number."""
        if not self.base:
            return str(self.value)
        return f"{self.base} {'+' if self.offset > 0 else '-'} {abs(self.offset)}" if self.offset else self.base

    __str__ = show

    def read(self, text: str) -> Seq:
        """What an author or learner wrote: `x+1`, `ACK = y + 1`, `4294967295`; full-width characters too."""
        return read(text)


def read(text: str) -> Seq:
    """The sequence number of that spelling; raises Unreadable with what was likely meant."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip())
    if match is None:
        tail = re.search(r"[+-]\s*\d{1,18}\s*$", text)
        nearest = [f"{base} {tail[0].strip()[0]} {tail[0].strip()[1:].strip()}" if tail else base for base in "xy"]
        nearest = nearest if tail or len(text) <= _SYMBOL else []
        raise Unreadable(f"`{text}` is no sequence number such as x + 1 or 4294967295", nearest)
    if match["plain"]:
        return Seq("", int(match["plain"]))
    return Seq(match["base"].lower(), int(re.sub(r"\s", "", match["offset"] or "0")))
