"""A few seconds of fuzzing; `python -m tests.models.tcp.fuzz` has more. Each invariant notices a TCB that breaks it."""

from collections.abc import Callable

import pytest

from quizgen.models.tcp.endpoint import acks, arrives, text
from quizgen.models.tcp.endpoint.tcb import Endpoint, Tcb
from quizgen.models.tcp.segment import ACK, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import CLOSE_WAIT, CLOSED, CLOSING, ESTABLISHED, FIN_WAIT_2, STATES
from tests.models.tcp.endpoints import REACH, endpoint
from tests.models.tcp.fuzz import bytes_through_decode, segments_into_endpoints
from tests.models.tcp.invariants import check, check_tcb


def test_any_bytes_are_a_header_or_a_reason() -> None:
    seen = bytes_through_decode(20_000, seed=0)
    assert seen.total() == 20_000
    assert min(seen[what] for what in ("header", "short", "Data", "The", "Option")) > 100


def test_any_segments_in_any_state_leave_a_sound_endpoint() -> None:
    seen = segments_into_endpoints(5_000, seed=0)
    assert set(seen) == set(STATES.members)
    assert min(seen.values()) > 50


@pytest.mark.parametrize("state", REACH)
def test_every_state_as_reached_is_sound(state: str) -> None:
    check(endpoint(state))


def _held(tcb: Tcb, *places: tuple[int, int]) -> None:
    tcb.held = tuple(Segment(tcb.rcv_nxt + at, tcb.snd_nxt, flags(ACK), bytes(length)) for at, length in places)


WRONG: dict[str, Callable[[Tcb], object]] = {
    "SND.UNA > SND.NXT": lambda tcb: setattr(tcb, "snd_una", tcb.snd_nxt + 1),
    "SND.NXT without a segment": lambda tcb: setattr(tcb, "snd_nxt", tcb.snd_nxt + 1),
    "nothing acknowledged": lambda tcb: setattr(tcb, "unacknowledged", (Segment(tcb.snd_una, None, flags(ACK), b"x"),)),
    "CLOSED": lambda tcb: setattr(tcb, "state", CLOSED),
    "a FIN in ESTABLISHED": lambda tcb: setattr(tcb, "fin", tcb.snd_nxt - 1),
    "a FIN that waits in ESTABLISHED": lambda tcb: setattr(tcb, "fin_queued", True),
    "FIN-WAIT-2 without a FIN": lambda tcb: setattr(tcb, "state", FIN_WAIT_2),
    "CLOSING without a FIN": lambda tcb: setattr(tcb, "state", CLOSING),
    "data wait at an open window": lambda tcb: setattr(tcb, "unsent", b"x"),
    "a probe of nothing": lambda tcb: setattr(tcb, "probed", True),
    "more unread than the buffer": lambda tcb: setattr(tcb, "unread", bytes(tcb.rcv_buff + 1)),
    "a window never given": lambda tcb: setattr(tcb, "snd_wnd", tcb.max_snd_wnd + 1),
    "no segment is short enough": lambda tcb: setattr(tcb, "snd_mss", 0),
    "a shift without scaling": lambda tcb: setattr(tcb, "snd_wind_shift", 3),
    "held at RCV.NXT": lambda tcb: _held(tcb, (0, 1)),
    "held beyond the window": lambda tcb: _held(tcb, (65534, 2)),
    "held twice": lambda tcb: _held(tcb, (5, 2), (5, 2)),
    "held one in another": lambda tcb: _held(tcb, (5, 9), (6, 2)),
    "held in disorder": lambda tcb: _held(tcb, (9, 2), (5, 2)),
    "held empty": lambda tcb: _held(tcb, (5, 0)),
    "urgent data of long ago": lambda tcb: setattr(tcb, "rcv_up", tcb.rcv_nxt - 1),
    "RCV.NXT at the IRS": lambda tcb: setattr(tcb, "rcv_nxt", tcb.irs),
    "an old TIME-WAIT in ESTABLISHED": lambda tcb: setattr(tcb, "former", endpoint("TIME-WAIT").tcb),
}  # fmt: skip


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
def test_an_invariant_notices(spoil: Callable[[Tcb], object]) -> None:
    tcb = endpoint(ESTABLISHED.name).tcb
    assert tcb is not None
    check_tcb(tcb)
    spoil(tcb)
    with pytest.raises(AssertionError):
        check_tcb(tcb)


def test_what_is_held_is_gone_after_the_fin() -> None:
    tcb = endpoint(CLOSE_WAIT.name).tcb
    assert tcb is not None
    _held(tcb, (5, 2))
    with pytest.raises(AssertionError):
        check_tcb(tcb)


def _keep_all(tcb: Tcb, segment: Segment) -> None:
    tcb.held = (*tcb.held, segment)


def _forget_nothing(end: Endpoint, tcb: Tcb, ack: Seq) -> None:
    tcb.snd_una = max(tcb.snd_una, ack)


BROKEN = {
    "holds as it comes": (text, "_hold", _keep_all),
    "forgets nothing that is acknowledged": (acks, "acknowledge", _forget_nothing),
    "believes any ACK": (acks, "_in_range", lambda end, tcb, ack: True),
    "takes what is beyond the window": (arrives, "trim", lambda tcb, segment: segment),
    "does not use a window that opens": (Endpoint, "transmit", lambda end, tcb: False),
}


@pytest.mark.parametrize("where, name, wrong", BROKEN.values(), ids=BROKEN)
def test_fuzzing_finds_an_endpoint_that(
    where: object, name: str, wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, name, wrong)
    with pytest.raises(AssertionError, match="seed"):
        segments_into_endpoints(5_000, seed=0)
