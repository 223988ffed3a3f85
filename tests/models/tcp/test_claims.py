"""What textbook notes say of TCP, claim by claim: each is decided by the model, and what is wrong has a counterexample."""

from typing import Any

import pytest

from quizgen.models import load
from quizgen.models.base import recording
from tests.models.tcp.conftest import Runs

# What notes claim, as they mean it; the verdict; and what the model says. An `imprecise` claim is false as stated and
# its correction true.
RIGHT: dict[str, str] = {
    "four-tuple": "connection_identified_by() == {SOURCE_ADDRESS, SOURCE_PORT, DESTINATION_ADDRESS, DESTINATION_PORT}"
    " and connection('192.0.2.1:40000', '192.0.2.2:80') == connection('192.0.2.2:80', '192.0.2.1:40000')"
    " and connection('192.0.2.1:40000', '192.0.2.2:80') != connection('192.0.2.1:40001', '192.0.2.2:80')",
    "no-ip-in-segment": "not carries(SOURCE_ADDRESS) and not carries(DESTINATION_ADDRESS) and carries(SOURCE_PORT)"
    " and checksum_covers(SOURCE_ADDRESS)",
    "basic-header-20-bytes": "header_length(lowest(DATA_OFFSET)) == size('20 bytes')",
    "data-offset-unit": "header_length(6) - header_length(5) == size('4 bytes') and lowest(DATA_OFFSET) == 5"
    " and highest(DATA_OFFSET) == 15 and options_length(15) == size('40 bytes')",
    "piggyback-fields": "answering_fields() == {ACKNOWLEDGMENT_NUMBER, WINDOW} and answering_flags() == {ACK, ECE}"
    " and piggyback.segment(2).length > 0 and piggyback.segment(2).ack == acknowledges(x + 1, 100)",
    "window-16-bit": "field_width(WINDOW) == size('16 bits') and highest(WINDOW) == 65535",
    "window-limits-throughput": "max_throughput(65535, duration('100 ms')) < rate('5.25 Mbit/s')"
    " and max_throughput(65535, 200) < max_throughput(65535, 100)",
    "window-scale": "scaled_window(65535, 14) == size('1073725440 bytes') and scaled_window(65535, 15) == scaled_window(65535, 14)"
    " and scaled_window(65535, 7, syn=True) == size('65535 bytes')",
    "eight-flags": "count(control_flags(RFC_9293)) == 8 and count(control_flags(RFC_9768)) == 9"
    " and control_flags(RFC_9293) - control_flags(RFC_793) == {CWR, ECE}",
    "second-syn-ack": "handshake.segment(2).flags == {SYN, ACK} and handshake.segment(2).seq == y"
    " and handshake.segment(2).ack == x + 1 and handshake.segment(2).sender == server"
    " and handshake.state(server, after=1) == SYN_RECEIVED",
    "third-ack": "handshake.segment(3).ack == y + 1 and handshake.segment(3).flags == {ACK}"
    " and handshake.segment(3).seq == x + 1 and third_with_data.segment(3).length > 0",
    "then-data": "handshake.can_send(client, after=3) and handshake.can_send(server, after=3)",
    "first-fin": "FIN in normal_close.segment(1).flags and normal_close.state(client, after=0) == ESTABLISHED"
    " and next_state(ESTABLISHED, CLOSE) == FIN_WAIT_1 and FIN in server_time_wait.segment(1).flags"
    " and server_time_wait.segment(1).sender == server and not may_send(FIN_WAIT_1)",
    "second-ack": "normal_close.segment(2).ack == acknowledges(normal_close.segment(1).seq, 0, FIN)"
    " and normal_close.state(client, after=2) == FIN_WAIT_2 and normal_close.state(server, after=1) == CLOSE_WAIT",
    "third-fin": "FIN in normal_close.segment(3).flags and normal_close.segment(3).sender == server"
    " and normal_close.state(server, after=3) == LAST_ACK",
    "fourth-ack": "normal_close.segment(4).flags == {ACK} and normal_close.state(client, after=3) == TIME_WAIT"
    " and normal_close.state(server, after=4) == CLOSED",
    "knows-after-1": "count(handshake.knowledge(client, after=1)) == 0"
    " and handshake.knowledge(server, after=1) == {PEER_SEND, OWN_RECEIVE}",
    "knows-after-2": "handshake.knowledge(client, after=2) >= {OWN_SEND, OWN_RECEIVE, PEER_SEND, PEER_RECEIVE}"
    " and handshake.knowledge(server, after=2) == handshake.knowledge(server, after=1)",
    "knows-after-3": "all([handshake.knowledge(end, after=3) >= {OWN_SEND, OWN_RECEIVE, PEER_SEND, PEER_RECEIVE}"
    " for end in [client, server]])",
    "fewer-is-unreliable": "reaches_ghost(2) and not reaches_ghost(3)"
    " and not handshake_with(2).knows(server, OWN_SEND)",
    "more-is-wasteful": "not reaches_ghost(4) and handshake_with(4).count() == 4"
    " and count(handshake_with(4).learns(client, 4)) == 0 and count(handshake_with(4).learns(server, 4)) == 0",
    "either-side-may-close": "normal_close.segment(1).sender == client and server_time_wait.segment(1).sender == server"
    " and normal_close.passes(client, TIME_WAIT) and server_time_wait.passes(server, TIME_WAIT)",
    "half-close": "half_close.state(client, after=2) == FIN_WAIT_2 and half_close.can_send(server, after=2)"
    " and half_close.can_receive(client, after=2) and not half_close.can_send(client, after=2)"
    " and half_close.delivered(client) == 1500",
    "full-close": "FIN in half_close.segment(7).flags and half_close.state(server, after=7) == LAST_ACK"
    " and half_close.state(server, after=8) == CLOSED",
}  # fmt: skip
REFUTED: dict[str, tuple[str, str]] = {
    "both-established-together": (
        "handshake.enters(client, ESTABLISHED) == handshake.enters(server, ESTABLISHED)",
        "handshake.enters(client, ESTABLISHED) < handshake.enters(server, ESTABLISHED)"
        " and lost_third.state(client) == ESTABLISHED and lost_third.state(server) == SYN_RECEIVED",
    ),
    "ack-means-agree": (
        "not half_close.can_send(server, after=2)",
        "half_close.segment(3).sender == server and half_close.segment(3).length == 1000"
        " and half_close.delivered(client, after=2) == 0 and half_close.delivered(client) == 1500",
    ),
    "two-msl": (
        "not indistinguishable(client, normal_close, lost_last_ack_silence)",
        "indistinguishable(client, normal_close, lost_last_ack_silence) and normal_close.state(server) == CLOSED"
        " and lost_last_ack_silence.state(server) == LAST_ACK and lost_last_ack_silence.state(client) == CLOSED"
        " and lost_last_ack.restarts_2msl(client) == 1 and time_wait_length() == duration('4 min')",
    ),
    "always-four": (
        "three_segment_close.count() == 4",
        "three_segment_close.count() == 3 and three_segment_close.segment(2).flags == {FIN, ACK}"
        " and not three_segment_close.passes(client, FIN_WAIT_2) and simultaneous_close.passes(client, CLOSING)"
        " and simultaneous_close.passes(server, CLOSING)",
    ),
}
COUNTEREXAMPLES = {
    "both-established-together": (
        "1. client -> server SYN SEQ=x",
        "2. server -> client SYN,ACK SEQ=y ACK=x+1",
        "3. client -> server ACK SEQ=x+1 ACK=y+1",
    ),
    "ack-means-agree": (
        "1. client -> server FIN,ACK SEQ=x+1 ACK=y+1",
        "2. server -> client ACK SEQ=y+1 ACK=x+2",
        "3. server -> client PSH,ACK SEQ=y+1 ACK=x+2 LEN=1000",
        "4. client -> server ACK SEQ=x+2 ACK=y+1001",
        "5. server -> client PSH,ACK SEQ=y+1001 ACK=x+2 LEN=500",
        "6. client -> server ACK SEQ=x+2 ACK=y+1501",
        "7. server -> client FIN,ACK SEQ=y+1501 ACK=x+2",
        "8. client -> server ACK SEQ=x+2 ACK=y+1502",
    ),
    "two-msl": (
        "1. client -> server FIN,ACK SEQ=x+1 ACK=y+1",
        "2. server -> client ACK SEQ=y+1 ACK=x+2",
        "3. server -> client FIN,ACK SEQ=y+1 ACK=x+2",
        "4. client -> server ACK SEQ=x+2 ACK=y+2 (lost)",
        "5. server -> client FIN,ACK SEQ=y+1 ACK=x+2 (retransmitted) (lost)",
    ),
    "always-four": (
        "1. client -> server FIN,ACK SEQ=x+1 ACK=y+1",
        "2. server -> client FIN,ACK SEQ=y+1 ACK=x+2",
        "3. client -> server ACK SEQ=x+2 ACK=y+2",
    ),
}


class Names(dict[str, Any]):
    """The vocabulary, the words common to all models, and the shipped scenarios."""

    def __init__(self, runs: Runs) -> None:
        from quizgen.claims.names import COMMON

        words = {**COMMON, **load("tcp").vocabulary}
        super().__init__({name: word.value for name, word in words.items()})
        self.runs = runs

    def __missing__(self, name: str) -> Any:
        return self.runs[name]


@pytest.fixture(scope="module")
def names(runs: Runs) -> Names:
    return Names(runs)


def ask(expression: str, names: Names) -> Any:
    # A list comprehension's own scope sees only real globals.
    return eval(
        expression, {**names, "__builtins__": {}} | {name: names[name] for name in _scenarios(expression, names)}
    )


def _scenarios(expression: str, names: Names) -> list[str]:
    import ast

    used = {node.id for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Name)}
    return [name for name in used if name not in names and name != "end"]


@pytest.mark.parametrize("claim", RIGHT)
def test_right_claims_are_proved(claim: str, names: Names) -> None:
    assert ask(RIGHT[claim], names) is True


@pytest.mark.parametrize("claim", RIGHT)
def test_a_proof_rests_on_known_elements(claim: str, names: Names) -> None:
    with recording() as record:
        ask(RIGHT[claim], names)
    assert record.elements
    assert record.elements <= set(load("tcp").elements)
    assert record.reasons


@pytest.mark.parametrize("claim", REFUTED)
def test_wrong_claims_are_refuted_with_a_counterexample(claim: str, names: Names) -> None:
    wrong, correction = REFUTED[claim]
    with recording() as record:
        assert ask(wrong, names) is False
    assert COUNTEREXAMPLES[claim] in [trace.lines() for trace in record.traces]
    assert ask(correction, names) is True


def test_syn_send_is_the_name_of_no_state(names: Names) -> None:
    """`first-syn`: right but for the name of the state, which the reader of states does not know."""
    from quizgen.models.values import Unreadable

    assert ask("handshake.segment(1).flags == {SYN} and handshake.segment(1).seq == x", names)
    assert ask("handshake.segment(1).ack == None", names)
    state = ask("handshake.states(client)", names)[1]
    assert state == state.read("SYN_SENT") == state.read("syn-sent")
    with pytest.raises(Unreadable) as error:
        state.read("SYN_SEND")
    assert "SYN-SENT" in error.value.nearest
    assert ask("handshake.state(server, after=1)", names).read("SYN_RECV").name == "SYN-RECEIVED"


def test_the_ghost_is_the_shortest(names: Names) -> None:
    assert ask("ghost(2)", names).lines() == (
        "1. client -> server SYN SEQ=x-1000 (old duplicate)",
        "2. server -> client SYN,ACK SEQ=y ACK=x-999 (still on the wire)",
    )


def test_a_question_on_a_segment_touches_only_what_came_before(names: Names) -> None:
    with recording() as early:
        ask("handshake.segment(2).ack", names)
    with recording() as late:
        ask("handshake.state(server, after=3)", names)
    assert "transition:LISTEN:rcv SYN" in early.elements
    assert "transition:SYN-RECEIVED:rcv ACK of SYN" not in early.elements
    assert "transition:SYN-RECEIVED:rcv ACK of SYN" in late.elements
