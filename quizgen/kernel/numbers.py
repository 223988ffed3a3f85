"""Sequence numbers of the model's run and of Linux, which chooses ISSs of its own, one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quizgen.kernel.oracle import Model
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.segment import Segment
from quizgen.models.tcp.seq import Seq

_LETTERS = {"client": "x", "server": "y"}
_NEAR = 2**21
"""How far from an ISS a number counts as one of its connection; a scenario's SENDs have a million octets at most."""


@dataclass(frozen=True)
class Numbers:
    """`planned` are the ISSs of the model's run; those of Linux are what the model beside it has taken over."""

    planned: Mapping[str, Sequence[Seq]]
    model: Model

    def to_linux(self, segment: Segment) -> Segment:
        """A segment of the model's run with the numbers that it has at Linux."""
        seq = self._to_linux(segment.seq, segment.sender)
        return replace(segment, seq=seq, ack=segment.ack and self._to_linux(segment.ack, PEER[segment.sender]))

    def _to_linux(self, number: Seq, owner: str) -> Seq:
        index, offset = _nearest(number, self.planned[owner])
        isses = self._isses(owner)
        return isses[index] + offset if abs(offset) <= _NEAR and index < len(isses) else Seq("", number.value)

    def relative(self, segment: Segment) -> Segment:
        """A segment at Linux with its numbers shown against x, y, x2, ..."""
        peer = PEER[segment.sender]
        seq = self._relative(segment.seq, (segment.sender, peer))
        return replace(segment, seq=seq, ack=segment.ack and self._relative(segment.ack, (peer, segment.sender)))

    def _relative(self, number: Seq, owners: Sequence[str]) -> Seq:
        for owner in owners:
            index, offset = _nearest(number, self._isses(owner))
            if abs(offset) <= _NEAR:
                return Seq(f"{_LETTERS[owner]}{index + 1 if index else ''}", offset)
        return number

    def _isses(self, owner: str) -> Sequence[Seq]:
        """The ISSs of an end's connections so far; before the first one, what the model's run would have."""
        end = self.model.ends[owner]
        return end.isses[: end.opened] or [Seq("", one.value) for one in self.planned[owner][:1]]


def _nearest(number: Seq, isses: Sequence[Seq]) -> tuple[int, int]:
    """Which ISS the number is nearest to, and how far it lies beyond."""
    offsets = [number.after(iss) for iss in isses]
    index = min(range(len(offsets)), key=lambda one: abs(offsets[one]))
    return index, offsets[index]
