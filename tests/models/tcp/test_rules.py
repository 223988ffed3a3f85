"""The rules that an endpoint says it went by: each where RFC 9293 has it apply, and not elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest

from quizgen.models.base import Rfc
from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.reasons import RULES
from quizgen.models.tcp.endpoint.tcb import Endpoint
from tests.models.tcp.endpoints import after, endpoint, rcv

Step = Callable[[Endpoint], Any]


def send(end: Endpoint) -> None:
    calls.send(end, b"abc")


DATA, FIN, AHEAD = rcv("PSH,ACK", data=10), rcv("FIN,ACK"), rcv("PSH,ACK", 5011, data=10)
CLOSED_WINDOW = rcv("ACK", window=0)

# Rule: a state and what happens there, by which it goes.
APPLIES: dict[str, list[tuple[str, tuple[Step, ...], dict[str, Any]]]] = {
    "syn-occupies-one": [("CLOSED", (calls.open_active,), {}), ("LISTEN", (rcv("SYN", 5000),), {})],
    "fin-occupies-one": [("ESTABLISHED", (calls.close,), {}), ("ESTABLISHED", (FIN,), {}), ("CLOSE-WAIT", (calls.close,), {})],
    "cumulative-ack": [("SYN-RECEIVED", (rcv("ACK"),), {}), ("ESTABLISHED", (rcv("ACK"),), {})],
    "acceptability": [("ESTABLISHED", (rcv("ACK", 4000),), {}), ("TIME-WAIT", (rcv("ACK", 5000, 1002),), {})],
    "reset-without-connection": [("CLOSED", (rcv("SYN"),), {}), ("CLOSED", (rcv("ACK"),), {})],
    "reset-of-wrong-ack": [("LISTEN", (rcv("ACK"),), {}), ("SYN-SENT", (rcv("SYN,ACK", 5000, 1002),), {}), ("SYN-RECEIVED", (rcv("ACK", ack=1002),), {})],
    "rst-exact": [("ESTABLISHED", (rcv("RST"),), {}), ("SYN-RECEIVED", (rcv("RST"),), {}), ("ESTABLISHED", (rcv("RST", 5002),), {})],
    "challenge-ack": [("ESTABLISHED", (rcv("RST", 5002),), {}), ("ESTABLISHED", (rcv("SYN"),), {})],
    "retransmission": [("SYN-SENT", (timeouts.retransmission,), {}), ("FIN-WAIT-1", (timeouts.retransmission,), {})],
    "out-of-order": [("ESTABLISHED", (AHEAD,), {})],
    "in-order-delivery": [("ESTABLISHED", (DATA,), {}), ("FIN-WAIT-2", (rcv("ACK", ack=1002, data=3),), {})],
    "send-window": [("ESTABLISHED", (send,), {}), ("ESTABLISHED", (CLOSED_WINDOW, send), {})],
    "zero-window-probe": [("ESTABLISHED", (CLOSED_WINDOW, send, timeouts.persist), {})],
    "window-update": [("ESTABLISHED", (rcv("ACK", data=65535), calls.receive), {"reads": False})],
    "delayed-ack": [("ESTABLISHED", (DATA,), {"delayed_ack": True})],
    "half-close": [("ESTABLISHED", (calls.close,), {}), ("CLOSE-WAIT", (calls.close,), {})],
    "restart-2msl": [("TIME-WAIT", (rcv("FIN,ACK", ack=1002),), {})],
    "reopen-time-wait": [("TIME-WAIT", (rcv("SYN", 6000),), {})],
}  # fmt: skip
OUTSIDE = {"four-tuple", "pseudo-header", "quiet-crash"}
"""Of the header's words, and of an end that crashes; an endpoint alone goes by none of them."""

# Rule: nearly the same, by which it does not go.
ELSEWHERE: dict[str, list[tuple[str, tuple[Step, ...], dict[str, Any]]]] = {
    "fin-occupies-one": [("ESTABLISHED", (DATA,), {}), ("ESTABLISHED", (send,), {})],
    "syn-occupies-one": [("ESTABLISHED", (send,), {})],
    "acceptability": [("ESTABLISHED", (DATA,), {})],
    "reset-without-connection": [("CLOSED", (rcv("RST"),), {})],
    "reset-of-wrong-ack": [("LISTEN", (rcv("RST,ACK"),), {}), ("SYN-SENT", (rcv("RST,ACK", 5000, 1002),), {})],
    "rst-exact": [("ESTABLISHED", (rcv("RST", 4000),), {})],
    "challenge-ack": [("ESTABLISHED", (rcv("RST"),), {}), ("ESTABLISHED", (rcv("RST", 4000),), {})],
    "out-of-order": [("ESTABLISHED", (DATA,), {}), ("ESTABLISHED", (AHEAD, DATA), {})],
    "in-order-delivery": [("ESTABLISHED", (rcv("ACK"),), {}), ("ESTABLISHED", (AHEAD,), {})],
    "send-window": [("ESTABLISHED", (calls.close,), {})],
    "window-update": [("ESTABLISHED", (DATA, calls.receive), {"reads": False})],
    "delayed-ack": [("ESTABLISHED", (DATA,), {}), ("ESTABLISHED", (DATA, DATA), {"delayed_ack": True}), ("ESTABLISHED", (send,), {"delayed_ack": True}), ("ESTABLISHED", (DATA, rcv("ACK", 5011)), {"delayed_ack": True})],
    "half-close": [("SYN-SENT", (calls.close,), {}), ("FIN-WAIT-1", (calls.close,), {})],
    "restart-2msl": [("TIME-WAIT", (rcv("ACK", 5000, 1002),), {}), ("LAST-ACK", (rcv("FIN,ACK"),), {})],
    "reopen-time-wait": [("TIME-WAIT", (rcv("SYN", 5001),), {})],
}  # fmt: skip


def cases(table: dict[str, list[tuple[str, tuple[Step, ...], dict[str, Any]]]]) -> list[Any]:
    return [
        pytest.param(rule, *case, id=f"{rule}-{case[0]}-{n}") for rule in table for n, case in enumerate(table[rule])
    ]


def rules(state: str, steps: tuple[Step, ...], policy: dict[str, Any]) -> set[str]:
    """The rules by which the last of these steps went."""
    end = endpoint(state, **policy)
    for step in steps:
        after(end, step)
    return {id for id in end.out.elements if id.startswith("rule:")}


def test_every_rule_is_below() -> None:
    assert set(RULES) == set(APPLIES) | OUTSIDE
    assert all(title["en"] and title["zh"] and cite == Rfc(9293, cite.section) for title, cite in RULES.values())


@pytest.mark.parametrize("rule, state, steps, policy", cases(APPLIES))
def test_goes_by_a_rule(rule: str, state: str, steps: tuple[Step, ...], policy: dict[str, Any]) -> None:
    found = rules(state, steps, policy)
    assert f"rule:{rule}" in found
    assert found <= {f"rule:{name}" for name in RULES}


@pytest.mark.parametrize("rule, state, steps, policy", cases(ELSEWHERE))
def test_does_not_go_by_a_rule(rule: str, state: str, steps: tuple[Step, ...], policy: dict[str, Any]) -> None:
    assert f"rule:{rule}" not in rules(state, steps, policy)
