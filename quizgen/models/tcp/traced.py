"""A segment of a run: what was on the wire, where it came from and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from quizgen.models.base import touch
from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
from quizgen.models.tcp.network import ENDS, PEER
from quizgen.models.tcp.segment import Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import Domain, Term, TermSet

FATES = Domain(
    "fate",
    ("DELIVERED", "DROPPED", "LOST", "ON-THE-WIRE"),
    labels={
        "DELIVERED": {"en": "delivered", "zh": "送达"},
        "DROPPED": {"en": "dropped by the receiver", "zh": "被接收方丢弃"},
        "LOST": {"en": "lost", "zh": "丢失"},
        "ON-THE-WIRE": {"en": "on the wire", "zh": "仍在途中"},
    },
)
ORIGINS = Domain(
    "origin of a segment",
    ("SENT", "RETRANSMITTED", "DUPLICATED", "FORGED", "OLD-DUPLICATE"),
    labels={
        "SENT": {"en": "sent", "zh": "首次发送"},
        "RETRANSMITTED": {"en": "retransmitted", "zh": "重传"},
        "DUPLICATED": {"en": "duplicated by the network", "zh": "网络复制"},
        "FORGED": {"en": "forged", "zh": "伪造"},
        "OLD-DUPLICATE": {"en": "old duplicate", "zh": "旧的重复报文段"},
    },
)


@dataclass(eq=False)
class TracedSegment:
    """A segment of a run: what was on the wire, and what became of it."""

    published: ClassVar[frozenset[str]] = frozenset(
        {"number", "seq", "ack", "flags", "length", "window", "occupies", "sender", "receiver", "fate", "origin",
         "dropped_because", "repeats"}
    )  # fmt: skip
    kind: ClassVar[str] = "segment"
    number: int = field(metadata={"doc": "Its number, counted from 1 in the order of sending."})
    segment: Segment
    origin: Term = field(
        metadata={"doc": "Why it was on the wire: SENT, RETRANSMITTED, DUPLICATED, FORGED, OLD_DUPLICATE."}
    )
    sent: int
    """Index of the step in which it was sent."""
    copied: int = 0
    rules: Rules = STANDARD
    arrived: int | None = None
    became: Term = field(default_factory=lambda: FATES.term("ON-THE-WIRE"))
    reason: Term | None = None
    rests_on: frozenset[str] = frozenset()
    """The elements that its fate rests on: all that happened up to its arrival."""

    @property
    def seq(self) -> Seq:
        """SEG.SEQ"""
        touch("field:Sequence Number")
        return self.segment.seq

    @property
    def ack(self) -> Seq | None:
        """SEG.ACK; None where the ACK flag is off."""
        touch("field:Acknowledgment Number")
        return self.segment.ack

    @property
    def flags(self) -> TermSet:
        """The control bits that are set."""
        touch(*(f"flag:{flag}" for flag in self.segment.flags))
        return self.segment.flags

    @property
    def length(self) -> int:
        """Octets of data."""
        return self.segment.length

    @property
    def occupies(self) -> int:
        """How many sequence numbers it takes up."""
        touch(*(f"rule:{name.lower()}-occupies-one" for name in ("SYN", "FIN") if name in map(str, self.segment.flags)))
        return self.segment.length + self.rules.counted(self.segment.flags)

    @property
    def window(self) -> int:
        """SEG.WND, the field as sent."""
        touch("field:Window")
        return self.segment.window

    @property
    def sender(self) -> Term:
        """The end that sent it, or whose name a forged one bears."""
        return ENDS.term(self.segment.sender)

    @property
    def receiver(self) -> Term:
        """The end that it goes to."""
        return ENDS.term(PEER[self.segment.sender])

    @property
    def repeats(self) -> int:
        """The number of the segment that this one repeats, by retransmission or duplication; 0 for none."""
        return self.copied

    @property
    def fate(self) -> Term:
        """What became of it: DELIVERED, DROPPED, LOST, ON_THE_WIRE."""
        touch(*self.rests_on)
        return self.became

    @property
    def dropped_because(self) -> Term | None:
        """Why its receiver dropped it; None where it did not."""
        touch(*self.rests_on)
        return self.reason

    def show(self, lang: str = "en") -> str:
        """`SYN,ACK SEQ=y ACK=x+1`"""
        return self.segment.show(lang)

    def line(self) -> str:
        """`2. server -> client SYN,ACK SEQ=y ACK=x+1`, with what became of it where that is not arrival."""
        sender = self.segment.sender
        origin = "" if self.origin.name == "SENT" else f" ({self.origin.show()})"
        fate = {"LOST": " (lost)", "ON-THE-WIRE": " (still on the wire)"}.get(self.became.name, "")
        fate = f" (dropped: {self.reason.show()})" if self.reason else fate
        return f"{self.number}. {sender} -> {PEER[sender]} {self.show()}{origin}{fate}"
