"""The table against the endpoint: exploring the endpoint takes every row of the table, and no other transition.

One endpoint is explored, breadth first, and everything may happen to it: every call, every timeout, and segments with
every combination of flags that matters, at, before and after RCV.NXT, acknowledging too little, all or too much.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.tcb import Endpoint
from quizgen.models.tcp.segment import ACK, FLAGS, Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import EVENTS, STATES, TABLE, Transition
from quizgen.models.values import Term, TermSet

ISS, PEER_ISS, DEPTH = Seq("", 1000), Seq("", 5000), 8
HAPPENINGS: tuple[Callable[[Endpoint], Any], ...] = (
    calls.open_passive, lambda end: calls.open_passive(end, True), calls.open_active, lambda end: calls.send(end, b"x"),
    calls.close, calls.abort, timeouts.retransmission, timeouts.time_wait, timeouts.user,
)  # fmt: skip
KINDS = {text: TermSet(FLAGS).read(text) for text in ("SYN", "SYN,ACK", "ACK", "FIN,ACK", "RST", "RST,ACK", "FIN,SYN", "FIN,SYN,ACK")}  # fmt: skip
AROUND = {"SYN": (-1, 0, 1), "FIN,ACK": (-1, 0), "RST": (-1, 0, 1)}
"""Where a segment begins, against RCV.NXT; the other kinds begin there."""

Move = tuple[Term, Term, Term]
Said = tuple[frozenset[str], frozenset[str]]
Explored = tuple[dict[Move, list[Said]], int]


def arrivals(end: Endpoint) -> Iterator[Segment]:
    """Segments about the numbers that the endpoint expects."""
    tcb = end.tcb
    base = PEER_ISS if tcb is None or tcb.rcv_nxt == 0 else tcb.rcv_nxt
    for text, kinds in KINDS.items():
        for shift in AROUND.get(text, (0,)):
            for ack in [tcb.snd_una, tcb.snd_nxt, tcb.snd_nxt + 1] if tcb and ACK in kinds else [ISS]:
                yield Segment(base + shift, ack if ACK in kinds else None, kinds, sender="peer")


@pytest.fixture(scope="module")
def explored() -> Explored:
    """Every transition taken, with the flags sent and the signals given where it was the event's only one; how many
    states of the endpoint were seen."""
    start = Endpoint("end", (ISS,))
    seen, level = {start.key()}, [start]
    taken: dict[Move, list[Said]] = {}
    for _ in range(DEPTH):
        following = []
        for end, out in ((end, end.out) for one in level for end in _after(one)):
            for move in out.moves:
                taken.setdefault(move, [])
            if len(out.moves) == 1:
                flags = frozenset(segment.flags.show().replace(", ", ",") for segment in out.segments)
                taken[out.moves[0]].append((flags, frozenset(signal.name for signal in out.signals)))
            key = end.key()
            if key not in seen and end.tcb is not None and end.opened <= 2 and len(end.tcb.unsent) <= 1:
                seen.add(key)
                following.append(end)
        level = following
    return taken, len(seen)


def _after(end: Endpoint) -> Iterator[Endpoint]:
    for happening in HAPPENINGS:
        yield _with(end, happening)
    for segment in arrivals(end):
        yield _with(end, segment_arrives, segment)


def _with(end: Endpoint, happening: Callable[..., Any], *args: Segment) -> Endpoint:
    one = end.clone()
    happening(one, *args)
    return one


def differences(taken: Iterable[Move], table: Iterable[Transition]) -> tuple[list[str], list[str]]:
    """Transitions without a row; rows never taken."""
    rows = {(row.state, row.event, row.next): row.id for row in table}
    moves = set(taken)
    unlisted = [f"{state} {event} {next}" for state, event, next in moves - set(rows)]
    return sorted(unlisted), sorted(rows[move] for move in set(rows) - moves)


def test_the_endpoint_takes_exactly_the_rows_of_the_table(explored: Explored) -> None:
    taken, states = explored
    assert differences(taken, TABLE) == ([], [])
    assert states > 2000


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_a_row_lost_is_noticed(row: Transition, explored: Explored) -> None:
    assert differences(explored[0], [one for one in TABLE if one is not row]) == (
        [f"{row.state} {row.event} {row.next}"],
        [],
    )


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_a_branch_lost_is_noticed(row: Transition, explored: Explored) -> None:
    taken = [move for move in explored[0] if move != (row.state, row.event, row.next)]
    assert differences(taken, TABLE) == ([], [row.id])


GAINED = [("SYN-RECEIVED", "rcv FIN", "CLOSE-WAIT"), ("FIN-WAIT-2", "user timeout", "CLOSED"), ("LISTEN", "rcv RST", "CLOSED")]  # fmt: skip


@pytest.mark.parametrize("state, event, next", GAINED, ids=["-".join(one) for one in GAINED])
def test_a_row_or_branch_gained_is_noticed(state: str, event: str, next: str, explored: Explored) -> None:
    extra = replace(TABLE[0], id="extra", state=STATES.term(state), event=EVENTS.term(event), next=STATES.term(next))
    assert differences(explored[0], [*TABLE, extra]) == ([], ["extra"])
    taken = [*explored[0], (extra.state, extra.event, extra.next)]
    assert differences(taken, TABLE) == ([f"{state} {event} {next}"], [])


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_a_row_says_what_the_endpoint_sends_and_signals(row: Transition, explored: Explored) -> None:
    """Where nothing else happens at once, exactly that; a FIN always carries ACK, and FIN is not written twice."""
    sends = frozenset(action.removeprefix("snd ") for action in row.actions if action.startswith("snd "))
    signals = frozenset(action.split('"')[1] for action in row.actions if action.startswith("signal"))
    said = {(frozenset(_as_written(one) for one in sent), told - {"remote end closes"}) for sent, told in explored[0][_move(row)]}  # fmt: skip
    assert (sends, signals) in said
    assert all(told == signals for _, told in said)


def _move(row: Transition) -> Move:
    return (row.state, row.event, row.next)


def _as_written(flags: str) -> str:
    return "FIN" if flags == "FIN,ACK" else flags
