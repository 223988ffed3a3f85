"""A segment: what one TCP endpoint hands to the network and the other gets (RFC 9293 §3.1, §3.3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quizgen.models.tcp.seq import Seq
from quizgen.models.values import Domain, Term, TermSet

FLAGS = Domain(
    "TCP flag",
    ("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"),
    aliases={"RESET": "RST", "PUSH": "PSH", "URGENT": "URG", "ECN-Echo": "ECE"},
)
"""The control bits from the least significant one up, which is also the order of `SYN,ACK` and `FIN,ACK`. RFC 9293 has
eight of them; AE is RFC 9768's."""

FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, AE = FLAGS.terms()


WIDEST = 65535
"""The largest number that the window field holds (RFC 9293 §3.1)."""
MSS = 1460
"""Octets of data in the longest segment that fits: an Ethernet frame less the IPv4 and TCP headers (RFC 9293 §3.7.1)."""


def flags(*terms: Term | str) -> TermSet:
    """The set of these flags: flags(SYN, ACK), flags("SYN", "ACK")."""
    return TermSet(FLAGS, terms)


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment. `ack` is None where the ACK flag is off; `window` is the field as sent, not scaled."""

    seq: Seq
    ack: Seq | None
    flags: TermSet
    data: bytes = b""
    window: int = WIDEST
    sender: str = ""
    options: tuple[Any, ...] = ()
    urgent_pointer: int = 0
    source_port: int = 0
    destination_port: int = 0

    def __hash__(self) -> int:
        return hash((self.seq.value, self.ack is None or self.ack.value, self.flags, self.data, self.sender))

    @property
    def length(self) -> int:
        """Octets of data. SYN and FIN occupy a sequence number each but are no data."""
        return len(self.data)

    @property
    def occupies(self) -> int:
        """SEG.LEN: the sequence numbers that the segment takes up, data and SYN and FIN (RFC 9293 §3.4)."""
        return len(self.data) + (SYN in self.flags) + (FIN in self.flags)

    @property
    def end(self) -> Seq:
        """The first sequence number after the segment, which is what acknowledges all of it."""
        return self.seq + self.occupies

    def show(self, lang: str = "en") -> str:
        """`SYN,ACK SEQ=y ACK=x+1`, with the length of data where there is any, and the window where it leaves no room for the
        longest segment. That of a RST holds nobody back.
        """
        parts = [self.flags.show().replace(", ", ","), f"SEQ={_tight(self.seq)}"]
        if self.ack is not None:
            parts.append(f"ACK={_tight(self.ack)}")
        if self.data:
            parts.append(f"LEN={len(self.data)}")
        if self.window < MSS and RST not in self.flags:
            parts.append(f"WIN={self.window}")
        return " ".join(parts)


def _tight(number: Seq) -> str:
    return number.show().replace(" ", "")
