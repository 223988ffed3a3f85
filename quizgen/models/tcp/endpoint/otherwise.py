"""Actions of a table other than RFC 9293's: a row that does not send its ACK, or sends something else instead."""

from __future__ import annotations

from dataclasses import replace

from quizgen.models.tcp.endpoint.tcb import ZERO, Endpoint
from quizgen.models.tcp.segment import ACK, FIN, FLAGS, PSH, Segment
from quizgen.models.values import TermSet


def act_otherwise(end: Endpoint) -> None:
    """Change what the last event led to, where it took rows whose actions are not those of RFC 9293."""
    out = end.out
    for row, (action, other) in end.rules.instead.items():
        if row in out.elements:
            verb, _, what = action.partition(" ")
            if not action:
                flags = TermSet(FLAGS).read(other.removeprefix("snd "))
                out.segments.append(Segment(ZERO, None, flags, sender=end.name))
            elif verb == "snd":
                out.segments = [
                    one for segment in out.segments if (one := _sent(end, segment, what, other)) is not None
                ]
            else:
                out.signals = [signal for signal in out.signals if f'"{signal}"' != what]


def _sent(end: Endpoint, segment: Segment, what: str, other: str) -> Segment | None:
    """The segment, or what goes in the place of one with these flags."""
    # Once a connection is open, every FIN also acknowledges; data say PSH.
    wanted = TermSet(FLAGS).read(what)
    if segment.flags - {PSH} != wanted | ({ACK} & segment.flags if FIN in wanted else frozenset()):
        return segment
    if not other:
        return None
    flags = TermSet(FLAGS).read(other.removeprefix("snd "))
    assert end.tcb is not None
    return replace(segment, flags=flags, ack=end.tcb.rcv_nxt if ACK in flags else None)
