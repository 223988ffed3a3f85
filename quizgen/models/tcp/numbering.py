"""The numbers that a scenario's sequence numbers stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizgen.models.tcp.network import ISSES, PEER
from quizgen.models.tcp.seq import NEXT_CONNECTION, Seq


class Numbering:
    """The initial sequence numbers of both ends, and the numbers of a scenario in terms of them.

    A scenario writes `x + 1` or, under numbers of its own, 101. `wanted` are the numbers that each end shall begin at
    whatever the scenario says: all numbers that this end counts its octets with move along, so that the run stays the
    same.
    """

    def __init__(self, wanted: Mapping[str, Seq]) -> None:
        self._wanted = wanted
        self._written: dict[str, Sequence[Seq]] = dict(ISSES)
        self.isses: dict[str, Sequence[Seq]] = {}
        for end in PEER:
            self.give(end, ISSES[end])

    def give(self, end: str, numbers: Sequence[Seq]) -> None:
        """Take the numbers that the scenario gives an end's connections, one after the other."""
        self._written[end] = numbers
        self.isses[end] = [self._moved(end, number) for number in numbers]

    def place(self, end: str, number: Seq) -> Seq:
        """A number as the scenario writes it. `end` counts its octets with it; that is in doubt for plain ones only."""
        if not number.base:
            return self._moved(end, number)
        letters = dict(zip("xy", PEER, strict=True))
        isses, connection = self.isses[letters[number.base[0]]], int(number.base[1:] or 1)
        spare = max(connection - len(isses), 0)
        return isses[connection - spare - 1] + (spare * NEXT_CONNECTION + number.offset)

    def _moved(self, end: str, number: Seq) -> Seq:
        if end not in self._wanted:
            return number
        return self._wanted[end] + number.after(self._written[end][0])
