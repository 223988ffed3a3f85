"""The figures of RFC 9293, line by line, with the figures' own numbers.

A line is what the figure shows: A's state, an arrow, the segment, an arrow, B's state. `-->` on both sides: the segment
leaves and arrives; `...` in place of the second arrow: it is delayed; `...` in place of the first: it arrives now. A
state that the figure leaves out, or shows as (??), is None. Between the lines stand the calls that it names.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from quizgen.models.tcp.record import Recorder
from quizgen.models.tcp.scenario import Script
from quizgen.models.tcp.segment import PSH, Segment
from tests.models.tcp.conftest import Runs

Line = tuple[str | None, str, str, str, str | None]

SYN_SENT, SYN_RECEIVED, ESTABLISHED = "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED"
START = {"iss": {"client": "99", "server": "299"}}
"""After a handshake: A sends 100 next and B 300."""

FIGURES: dict[int, Sequence[Line | dict[str, Any] | str | tuple[str, str]]] = {
    6: (
        {"iss": {"client": "100", "server": "300"}}, {"B": "OPEN passive"}, ("CLOSED", "LISTEN"), {"A": "OPEN active"},
        (SYN_SENT, "-->", "<SEQ=100><CTL=SYN>", "-->", SYN_RECEIVED),
        (ESTABLISHED, "<--", "<SEQ=300><ACK=101><CTL=SYN,ACK>", "<--", SYN_RECEIVED),
        (ESTABLISHED, "-->", "<SEQ=101><ACK=301><CTL=ACK>", "-->", ESTABLISHED),
        {"A": "SEND 10"},
        (ESTABLISHED, "-->", "<SEQ=101><ACK=301><DATA=10><CTL=ACK>", "-->", ESTABLISHED),
    ),
    7: (
        {"iss": {"client": "100", "server": "300"}}, ("CLOSED", "CLOSED"), {"A": "OPEN active"},
        (SYN_SENT, "-->", "<SEQ=100><CTL=SYN>", "...", None), {"B": "OPEN active"},
        (SYN_RECEIVED, "<--", "<SEQ=300><CTL=SYN>", "<--", SYN_SENT),
        (None, "...", "<SEQ=100><CTL=SYN>", "-->", SYN_RECEIVED),
        (SYN_RECEIVED, "-->", "<SEQ=100><ACK=301><CTL=SYN,ACK>", "...", None),
        (ESTABLISHED, "<--", "<SEQ=300><ACK=101><CTL=SYN,ACK>", "<--", SYN_RECEIVED),
        (None, "...", "<SEQ=100><ACK=301><CTL=SYN,ACK>", "-->", ESTABLISHED),
    ),
    8: (
        {"iss": {"client": "100", "server": ["300", "400"]}}, {"B": "OPEN passive"}, ("CLOSED", "LISTEN"),
        {"A": "OPEN active"},
        (SYN_SENT, "-->", "<SEQ=100><CTL=SYN>", "...", None),
        {"old": {"from": "A", "flags": "SYN", "seq": "90"}},
        (None, "...", "<SEQ=90><CTL=SYN>", "-->", SYN_RECEIVED),
        (SYN_SENT, "<--", "<SEQ=300><ACK=91><CTL=SYN,ACK>", "<--", SYN_RECEIVED),
        (SYN_SENT, "-->", "<SEQ=91><CTL=RST>", "-->", "LISTEN"),
        (None, "...", "<SEQ=100><CTL=SYN>", "-->", SYN_RECEIVED),
        (ESTABLISHED, "<--", "<SEQ=400><ACK=101><CTL=SYN,ACK>", "<--", SYN_RECEIVED),
        (ESTABLISHED, "-->", "<SEQ=101><ACK=401><CTL=ACK>", "-->", ESTABLISHED),
    ),
    9: (
        {"iss": {"client": ["99", "400"], "server": "299"}}, "established", {"restart": "A"}, ("CLOSED", ESTABLISHED),
        {"A": "OPEN active"},
        (SYN_SENT, "-->", "<SEQ=400><CTL=SYN>", "-->", ESTABLISHED),
        (SYN_SENT, "<--", "<SEQ=300><ACK=100><CTL=ACK>", "<--", ESTABLISHED),
        (SYN_SENT, "-->", "<SEQ=100><CTL=RST>", "-->", "CLOSED"),
        (SYN_SENT, "CLOSED"), {"timeout": "A retransmission"},
        (SYN_SENT, "-->", "<SEQ=400><CTL=SYN>", "-->", None),
    ),
    10: (
        START, "established", {"restart": "A"}, {"B": "SEND 10"},
        (None, "<--", "<SEQ=300><ACK=100><DATA=10><CTL=ACK>", "<--", ESTABLISHED),
        (None, "-->", "<SEQ=100><CTL=RST>", "-->", "CLOSED"),
    ),
    11: (
        {"iss": {"server": "300"}}, {"A": "OPEN passive"}, {"B": "OPEN passive"}, ("LISTEN", "LISTEN"),
        {"old": {"from": "A", "flags": "SYN", "seq": "100"}},
        (None, "...", "<SEQ=100><CTL=SYN>", "-->", SYN_RECEIVED),
        (None, "<--", "<SEQ=300><ACK=101><CTL=SYN,ACK>", "<--", SYN_RECEIVED),
        (None, "-->", "<SEQ=101><CTL=RST>", "-->", "LISTEN"),
        ("LISTEN", "LISTEN"),
    ),
    12: (
        START, "established", (ESTABLISHED, ESTABLISHED), {"A": "CLOSE"},
        ("FIN-WAIT-1", "-->", "<SEQ=100><ACK=300><CTL=FIN,ACK>", "-->", "CLOSE-WAIT"),
        ("FIN-WAIT-2", "<--", "<SEQ=300><ACK=101><CTL=ACK>", "<--", "CLOSE-WAIT"), {"B": "CLOSE"},
        ("TIME-WAIT", "<--", "<SEQ=300><ACK=101><CTL=FIN,ACK>", "<--", "LAST-ACK"),
        ("TIME-WAIT", "-->", "<SEQ=101><ACK=301><CTL=ACK>", "-->", "CLOSED"),
        {"timeout": "A time-wait"}, ("CLOSED", "CLOSED"),
    ),
    13: (
        START, "established", (ESTABLISHED, ESTABLISHED), {"A": "CLOSE"}, {"B": "CLOSE"},
        ("FIN-WAIT-1", "-->", "<SEQ=100><ACK=300><CTL=FIN,ACK>", "...", "FIN-WAIT-1"),
        ("CLOSING", "<--", "<SEQ=300><ACK=100><CTL=FIN,ACK>", "<--", "FIN-WAIT-1"),
        ("CLOSING", "...", "<SEQ=100><ACK=300><CTL=FIN,ACK>", "-->", "CLOSING"),
        ("CLOSING", "-->", "<SEQ=101><ACK=301><CTL=ACK>", "...", "CLOSING"),
        ("TIME-WAIT", "<--", "<SEQ=301><ACK=101><CTL=ACK>", "<--", "CLOSING"),
        ("TIME-WAIT", "...", "<SEQ=101><ACK=301><CTL=ACK>", "-->", "TIME-WAIT"),
        {"timeout": "A time-wait"}, {"timeout": "B time-wait"}, ("CLOSED", "CLOSED"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("number", FIGURES, ids=lambda number: f"Figure {number}")
def test_figure(number: int) -> None:
    script = Script()
    for line in FIGURES[number]:
        if isinstance(line, tuple) and len(line) == 2:
            assert _states(script.recorder) == line
        elif isinstance(line, tuple):
            _play(script.recorder, line)
        else:
            script.take(line)


def _play(recorder: Recorder, line: Line) -> None:
    left, first, text, second, right = line
    sender = "server" if first == "<--" else "client"
    flight = next(
        one for one in recorder.network.wire if one.segment.sender == sender and _notation(one.segment) == text
    )
    before = _states(recorder)
    if second != "...":
        recorder.deliver(flight)
    after = _states(recorder)
    # A sender's state is that on sending, a receiver's that on arrival.
    shown = (before[0], after[1]) if sender == "client" else (after[0], before[1])
    assert (left or shown[0], right or shown[1]) == shown


def _states(recorder: Recorder) -> tuple[str, ...]:
    return tuple(end.state.name for end in recorder.network.ends.values())


def _notation(segment: Segment) -> str:
    """A segment as the figures write it; they leave PSH out."""
    parts = [f"SEQ={segment.seq}"]
    if segment.ack is not None:
        parts.append(f"ACK={segment.ack}")
    if segment.length:
        parts.append(f"DATA={segment.length}")
    names = [flag.name for flag in segment.flags.ordered() if flag != PSH]
    return "".join(f"<{part}>" for part in (*parts, f"CTL={','.join(names)}"))


@pytest.mark.parametrize(
    "name, figure",
    [
        ("handshake", 6), ("simultaneous_open", 7), ("old_duplicate_syn", 8), ("half_open_syn", 9), ("half_open_data", 10),
        ("half_open_listening", 11), ("normal_close", 12), ("simultaneous_close", 13),
    ],
)  # fmt: skip
def test_the_shipped_scenario_is_the_figure(name: str, figure: int, runs: Runs) -> None:
    """The shipped scenario has the figure's segments, in the order of arrival, if with symbols for numbers."""
    lines = [line for line in FIGURES[figure] if isinstance(line, tuple) and len(line) == 5 and line[3] != "..."]
    drawn = [line[2].split("CTL=")[1].rstrip(">") for line in lines]
    arrived = sorted((one for one in runs[name].sent if one.arrived is not None), key=lambda one: one.arrived or 0)
    shown = [_notation(one.segment).split("CTL=")[1].rstrip(">") for one in arrived]
    data = figure == 6  # whose last line sends data
    assert shown[: len(drawn) - data] == drawn[: len(drawn) - data]
