"""For each element an expression whose answer rests on it: where an author may begin an item."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from quizgen.models.tcp.header import ACCURATE_ECN, CONTROL_BITS, FIELDS
from quizgen.models.tcp.header_words import PARTS
from quizgen.models.tcp.option_words import OPTIONS
from quizgen.models.tcp.options import OPTION_KINDS
from quizgen.models.tcp.states import STATES, TABLE, Transition, rows
from quizgen.models.tcp.vocabulary import EVENTS

_EVENT_NAMES = {event: name for name, event in EVENTS.items()}

_RULES = {
    "syn-occupies-one": "acknowledges(x, 0, SYN)",
    "fin-occupies-one": "acknowledges(x, 0, FIN)",
    "cumulative-ack": "acknowledges(x, 100)",
    "acceptability": "rst_out_of_window.segment(1).dropped_because",
    "reset-without-connection": "refused.state(client)",
    "reset-of-wrong-ack": "RST in old_duplicate_syn.segment(4).flags",
    "rst-exact": "rst_exact.state(server)",
    "challenge-ack": "rst_in_window.segment(2).flags",
    "retransmission": "lost_syn.segment(2).repeats",
    "out-of-order": "out_of_order.delivered(server, after=2)",
    "in-order-delivery": "duplicate_data.delivered(server)",
    "send-window": "zero_window_probe.segment(1).length",
    "zero-window-probe": "zero_window_probe.count()",
    "window-update": "zero_window_probe.delivered(server)",
    "delayed-ack": "piggyback.count()",
    "half-close": "half_close.delivered(client)",
    "restart-2msl": "lost_last_ack.restarts_2msl(client)",
    "reopen-time-wait": "time_wait_reuse.state(server)",
    "four-tuple": "connection_identified_by()",
    "pseudo-header": "checksum_covers(SOURCE_ADDRESS)",
    "quiet-crash": "half_open_data.state(client)",
}


def _of_row(row: Transition) -> str:
    word = "next_state" if len({one.next for one in rows(row.state, row.event)}) == 1 else "next_states"
    return f"{word}({row.state.identifier}, {_EVENT_NAMES[row.event]})"


def _asks() -> Iterator[tuple[str, str]]:
    for state in STATES.terms():
        yield f"state:{state}", f"may_receive({state.identifier})"
    for row in TABLE:
        yield row.id, _of_row(row)
    for flag in CONTROL_BITS:
        yield f"flag:{flag.name}", f"flag_bit({flag.name})"
    yield f"flag:{ACCURATE_ECN.name}", f"{ACCURATE_ECN.name} in control_flags(RFC_9293)"
    for part in map(PARTS.term, (field.name for field in FIELDS)):
        yield f"field:{part}", f"field_bit({part.identifier.upper()})"
    for option, kind in zip(OPTIONS.terms(), OPTION_KINDS, strict=True):
        word = "only_in_syn" if kind.length is None else "option_length"
        yield f"option:{option}", f"{word}({option.identifier.upper()}_OPTION)"
    for rule, ask in _RULES.items():
        yield f"rule:{rule}", ask


@cache
def asks() -> dict[str, str]:
    """Element id -> expression."""
    return dict(_asks())
