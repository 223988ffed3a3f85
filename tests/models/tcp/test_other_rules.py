"""Endpoints that do not go by RFC 9293: a rule switched off, a row that leads elsewhere or does something else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from quizgen.models.base import ModelError
from quizgen.models.tcp import states
from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.otherwise import act_otherwise
from quizgen.models.tcp.endpoint.rules import moves
from quizgen.models.tcp.endpoint.tcb import Endpoint, Outcome
from quizgen.models.tcp.header_words import window_needed
from quizgen.models.tcp.network import Network
from quizgen.models.tcp.spec import SPEC, Spec
from quizgen.models.tcp.states import TABLE, Transition
from quizgen.models.values import Quantity, Term
from tests.models.tcp.endpoints import endpoint, rcv, sent

Step = Callable[[Endpoint], Any]


def sends(count: int) -> Step:
    return lambda end: calls.send(end, bytes(count))


def in_turn(*steps: Step) -> Step:
    def all_steps(end: Endpoint) -> None:
        for step in steps:
            step(end)

    return all_steps


def goes(spec: Spec, state: str, *steps: Step, **policy: bool) -> str:
    """What an endpoint comes to: state, segments, octets for the user, signals, and what the last step returned."""
    end, answer = endpoint(state, **policy), None
    end.rules = spec.endpoint
    end.out = Outcome()
    for step in steps:
        answer = step(end)
    act_otherwise(end)
    told = [end.state.name, *sent(end), *map(str, end.out.signals)]
    told += [f"{len(end.out.delivered)} octets"] if end.out.delivered else []
    told += ["2MSL again"] if end.out.restarted_2msl else []
    return " / ".join([*told, *([str(answer)] if isinstance(answer, bool) else [])])


DATA, AHEAD, CLOSED_WINDOW = rcv("ACK", data=10), rcv("ACK", 5011, data=10), rcv("ACK", window=0)

# Rule: a state and what happens there; what comes of it, and what without the rule.
RULES: dict[str, tuple[str, tuple[Step, ...], str, str]] = {
    "syn-occupies-one": ("LISTEN", (rcv("SYN", 5000),), "SYN-RECEIVED / SYN,ACK SEQ=1000 ACK=5001", "SYN-RECEIVED / SYN,ACK SEQ=1000 ACK=5000"),
    "syn-occupies-one of one's own": ("CLOSED", (calls.open_active, calls.abort, calls.open_passive, calls.open_active, rcv("SYN,ACK", 5000, 268436457)), "ESTABLISHED / SYN SEQ=1000 / SYN SEQ=268436456 / ACK SEQ=268436457 ACK=5001", "SYN-SENT / SYN SEQ=1000 / SYN SEQ=268436456 / RST SEQ=268436457"),
    "fin-occupies-one": ("ESTABLISHED", (rcv("FIN,ACK"),), "CLOSE-WAIT / ACK SEQ=1001 ACK=5002 / remote end closes", "CLOSE-WAIT / remote end closes"),
    "fin-occupies-one of one's own": ("ESTABLISHED", (calls.close, rcv("ACK", 4000)), "FIN-WAIT-1 / FIN,ACK SEQ=1001 ACK=5001 / ACK SEQ=1002 ACK=5001", "FIN-WAIT-1 / FIN,ACK SEQ=1001 ACK=5001 / ACK SEQ=1001 ACK=5001"),
    "cumulative-ack": ("ESTABLISHED", (sends(3), sends(3), rcv("ACK", ack=1007), timeouts.retransmission), "ESTABLISHED / PSH,ACK SEQ=1001 ACK=5001 LEN=3 / PSH,ACK SEQ=1004 ACK=5001 LEN=3 / False", "ESTABLISHED / PSH,ACK SEQ=1001 ACK=5001 LEN=3 / PSH,ACK SEQ=1004 ACK=5001 LEN=3 / PSH,ACK SEQ=1001 ACK=5001 LEN=3 / True"),
    "acceptability": ("ESTABLISHED", (rcv("ACK", 4000),), "ESTABLISHED / ACK SEQ=1001 ACK=5001", "ESTABLISHED"),
    "reset-without-connection": ("CLOSED", (rcv("SYN"),), "CLOSED / RST,ACK SEQ=0 ACK=5002", "CLOSED"),
    "reset-of-wrong-ack": ("LISTEN", (rcv("ACK"),), "LISTEN / RST SEQ=1001", "LISTEN"),
    "rst-exact": ("ESTABLISHED", (rcv("RST", 5002),), "ESTABLISHED / ACK SEQ=1001 ACK=5001", "CLOSED / connection reset"),
    "challenge-ack": ("ESTABLISHED", (rcv("RST", 5002),), "ESTABLISHED / ACK SEQ=1001 ACK=5001", "ESTABLISHED"),
    "retransmission": ("SYN-SENT", (timeouts.retransmission,), "SYN-SENT / SYN SEQ=1000 / True", "SYN-SENT / False"),
    "zero-window-probe": ("ESTABLISHED", (CLOSED_WINDOW, sends(3), timeouts.persist), "ESTABLISHED / ACK SEQ=1001 ACK=5001 LEN=1 / True", "ESTABLISHED / False"),
    "out-of-order": ("ESTABLISHED", (AHEAD, DATA), "ESTABLISHED / ACK SEQ=1001 ACK=5001 / ACK SEQ=1001 ACK=5021 / 20 octets", "ESTABLISHED / ACK SEQ=1001 ACK=5001 / ACK SEQ=1001 ACK=5011 / 10 octets"),
    "in-order-delivery": ("ESTABLISHED", (AHEAD, rcv("ACK", 5031, data=5)), "ESTABLISHED / ACK SEQ=1001 ACK=5001 / ACK SEQ=1001 ACK=5001", "ESTABLISHED / ACK SEQ=1001 ACK=5001 / ACK SEQ=1001 ACK=5001 / 15 octets"),
    "send-window": ("ESTABLISHED", (CLOSED_WINDOW, sends(3000)), "ESTABLISHED", "ESTABLISHED / ACK SEQ=1001 ACK=5001 LEN=1460 / ACK SEQ=2461 ACK=5001 LEN=1460 / PSH,ACK SEQ=3921 ACK=5001 LEN=80"),
    "restart-2msl": ("TIME-WAIT", (rcv("FIN,ACK", ack=1002),), "TIME-WAIT / ACK SEQ=1002 ACK=5002 / 2MSL again", "TIME-WAIT / ACK SEQ=1002 ACK=5002"),
    "reopen-time-wait": ("TIME-WAIT", (rcv("SYN", 6000),), "SYN-RECEIVED / SYN,ACK SEQ=268436456 ACK=6001", "TIME-WAIT / ACK SEQ=1002 ACK=5002"),
    "half-close": ("FIN-WAIT-2", (rcv("ACK", ack=1002, data=10),), "FIN-WAIT-2 / ACK SEQ=1002 ACK=5011 / 10 octets", "FIN-WAIT-2"),
}  # fmt: skip


@pytest.mark.parametrize("rule, case", RULES.items(), ids=RULES)
def test_without_a_rule(rule: str, case: tuple[str, tuple[Step, ...], str, str]) -> None:
    state, steps, usual, without = case
    assert goes(SPEC, state, *steps) == usual
    assert goes(replace(SPEC, rules=SPEC.rules - {rule.partition(" ")[0]}), state, *steps) == without


def test_text_ahead_of_a_gap_rests_on_the_rule_that_is_off() -> None:
    end = endpoint("ESTABLISHED")
    end.rules = replace(SPEC, rules=SPEC.rules - {"out-of-order"}).endpoint
    AHEAD(end)
    assert "rule:out-of-order" in end.out.elements


def test_without_windows_none_is_needed() -> None:
    with pytest.raises(ModelError, match="no window is needed"):
        window_needed(replace(SPEC, rules=SPEC.rules - {"send-window"}), Quantity(1, "Mbit/s"), Quantity(1, "ms"))


def test_without_delayed_ack() -> None:
    assert goes(SPEC, "ESTABLISHED", DATA, delayed_ack=True) == "ESTABLISHED / 10 octets"
    without = replace(SPEC, rules=SPEC.rules - {"delayed-ack"})
    assert goes(without, "ESTABLISHED", DATA, delayed_ack=True) == "ESTABLISHED / ACK SEQ=1001 ACK=5011 / 10 octets"


def test_without_window_updates() -> None:
    filled = "ESTABLISHED / ACK SEQ=1001 ACK=70536 WIN=0"
    steps = rcv("ACK", data=65535), calls.receive
    assert goes(SPEC, "ESTABLISHED", *steps, reads=False) == f"{filled} / ACK SEQ=1001 ACK=70536 / 65535 octets"
    without = replace(SPEC, rules=SPEC.rules - {"window-update"})
    assert goes(without, "ESTABLISHED", *steps, reads=False) == f"{filled} / 65535 octets"


def row(state: Term, event: Term) -> Transition:
    [found] = states.rows(state, event)
    return found


def altered(old: Transition, new: Transition | None) -> Spec:
    """RFC 9293 with another row in place of one, or none."""
    table = tuple(one if one is not old else new for one in TABLE)
    return replace(SPEC, table=tuple(one for one in table if one is not None))


def test_a_row_that_is_missing_leads_nowhere() -> None:
    fin = row(states.ESTABLISHED, states.RCV_FIN)
    found = moves(one for one in TABLE if one is not fin)
    nowhere = replace(fin, actions=(), next=states.ESTABLISHED)
    assert found == {(one.state, one.event, one.next): nowhere if one is fin else one for one in TABLE}
    rest = altered(fin, None).table
    assert states.next_states(states.ESTABLISHED, states.RCV_FIN, rest) == {states.ESTABLISHED}
    assert len(states.diagram(rest).arcs) == len(states.diagram().arcs) - 1
    assert (
        goes(altered(fin, None), "ESTABLISHED", rcv("FIN,ACK"))
        == "ESTABLISHED / ACK SEQ=1001 ACK=5002 / remote end closes"
    )


def test_a_row_that_leads_elsewhere() -> None:
    fin = row(states.ESTABLISHED, states.RCV_FIN)
    spec = altered(fin, replace(fin, next=states.CLOSING))
    assert goes(spec, "ESTABLISHED", rcv("FIN,ACK")) == "CLOSING / ACK SEQ=1001 ACK=5002 / remote end closes"


def test_time_wait_without_its_timer_lasts() -> None:
    fin = row(states.FIN_WAIT_2, states.RCV_FIN)
    steps, told = (rcv("FIN,ACK", ack=1002), timeouts.time_wait), "ACK SEQ=1002 ACK=5002 / remote end closes"
    assert goes(SPEC, "FIN-WAIT-2", *steps) == f"CLOSED / {told} / True"
    assert (
        goes(altered(fin, replace(fin, actions=(states.SEND_ACK,))), "FIN-WAIT-2", *steps)
        == f"TIME-WAIT / {told} / False"
    )


# State, event, the actions of its row, what happens, and what comes of it.
ACTIONS: dict[str, tuple[Term, Term, tuple[str, ...], Step, str]] = {
    "no SYN,ACK": (states.LISTEN, states.RCV_SYN, (), rcv("SYN", 5000), "SYN-RECEIVED"),
    "ACK for SYN,ACK": (states.LISTEN, states.RCV_SYN, (states.SEND_ACK,), rcv("SYN", 5000), "SYN-RECEIVED / ACK SEQ=1000 ACK=5001"),
    "SYN for SYN,ACK": (states.LISTEN, states.RCV_SYN, (states.SEND_SYN,), rcv("SYN", 5000), "SYN-RECEIVED / SYN SEQ=1000"),
    "no ACK": (states.ESTABLISHED, states.RCV_FIN, (), rcv("FIN,ACK"), "CLOSE-WAIT / remote end closes"),
    "no FIN": (states.ESTABLISHED, states.CLOSE, (), calls.close, "FIN-WAIT-1"),
    "no ACK with data": (states.SYN_SENT, states.RCV_SYN_ACK, (), in_turn(sends(2), rcv("SYN,ACK", 5000)), "ESTABLISHED"),
    "SYN,ACK is no SYN": (states.LISTEN, states.ACTIVE_OPEN, (), in_turn(calls.open_active, rcv("SYN", 5000)), "SYN-RECEIVED / SYN,ACK SEQ=1000 ACK=5001"),
    "no FIN with data": (states.CLOSE_WAIT, states.CLOSE, (), in_turn(rcv("ACK", 5002, window=0), sends(3), calls.close, rcv("ACK", 5002)), "LAST-ACK"),
    "a RST as well": (states.CLOSING, states.RCV_RST, (states.DELETE, states.SEND_RST), rcv("RST", 5002), "CLOSED / RST SEQ=0"),
    "no signal": (states.ESTABLISHED, states.RCV_RST, (states.DELETE,), rcv("RST"), "CLOSED"),
    "of another row": (states.ESTABLISHED, states.RCV_RST, (states.DELETE,), rcv("RST", 5002), "ESTABLISHED / ACK SEQ=1001 ACK=5001"),
    "other segments stay": (states.ESTABLISHED, states.CLOSE, (), in_turn(sends(2), calls.close), "FIN-WAIT-1 / PSH,ACK SEQ=1001 ACK=5001 LEN=2"),
    "other signals stay": (states.ESTABLISHED, states.RCV_RST, (states.DELETE,), in_turn(calls.open_passive, rcv("RST")), "CLOSED / connection already exists"),
}  # fmt: skip


@pytest.mark.parametrize("state, event, actions, step, comes", ACTIONS.values(), ids=ACTIONS)
def test_a_row_that_does_something_else(
    state: Term, event: Term, actions: tuple[str, ...], step: Step, comes: str
) -> None:
    old = row(state, event)
    assert goes(altered(old, replace(old, actions=actions)), state.name, step) == comes


def test_an_answer_to_a_syn_that_leads_elsewhere_does_so_with_two_messages_too() -> None:
    syn = row(states.LISTEN, states.RCV_SYN)
    spec = replace(altered(syn, replace(syn, next=states.CLOSE_WAIT)), messages=2)
    assert goes(spec, "LISTEN", rcv("SYN", 5000)).partition(" / ")[0] == "CLOSE-WAIT"
    assert goes(replace(SPEC, messages=2), "LISTEN", rcv("SYN", 5000)).partition(" / ")[0] == "ESTABLISHED"


def test_ends_of_a_network_act_as_their_rows_say() -> None:
    syn = row(states.CLOSED, states.ACTIVE_OPEN)
    network = Network(altered(syn, replace(syn, actions=(states.CREATE,))).endpoint)
    network.call("client", calls.open_active)
    assert (network.ends["client"].state, network.wire) == (states.SYN_SENT, [])


def test_what_a_row_sends_besides_goes_to_the_peer() -> None:
    opening = row(states.CLOSED, states.PASSIVE_OPEN)
    network = Network(altered(opening, replace(opening, actions=(states.CREATE, states.SEND_RST))).endpoint)
    network.call("server", calls.open_passive)
    [flight] = network.wire
    assert (flight.segment.sender, flight.segment.show()) == ("server", "RST SEQ=0")


@pytest.mark.parametrize("rules, state", [(SPEC.rules, "CLOSED"), (SPEC.rules - {"quiet-crash"}, "LISTEN")])
def test_a_crash_without_its_rule_forgets_nothing(rules: frozenset[str], state: str) -> None:
    network = Network(replace(SPEC, rules=rules).endpoint)
    network.call("server", calls.open_passive)
    network.restart("server")
    assert network.ends["server"].state.name == state
