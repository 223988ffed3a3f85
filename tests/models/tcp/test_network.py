"""Two endpoints and a wire, recorded: segments and their fates, moments, what each end knows, the ladder."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.models.base import ModelError, ScenarioError, recording
from quizgen.models.figure import Ladder, Message
from quizgen.models.tcp import faults
from quizgen.models.tcp.network import ENDS
from quizgen.models.tcp.run import FACTS, Trace
from quizgen.models.tcp.scenario import run
from quizgen.models.tcp.states import STATES
from quizgen.models.values import Term, TermSet, Unreadable
from tests.models.tcp.conftest import Runs, shipped

client, server = ENDS.terms()
ESTABLISHED, TIME_WAIT, SYN_SENT, LISTEN = map(STATES.term, ("ESTABLISHED", "TIME-WAIT", "SYN-SENT", "LISTEN"))


def facts(*names: str) -> TermSet:
    return TermSet(FACTS, names)


ALL = facts(*FACTS.members)


# Scenario, end, after segment n, what the end may conclude.
KNOWLEDGE = [
    ("handshake", client, 0, facts()),
    ("handshake", client, 1, facts()),
    ("handshake", server, 1, facts("OWN-RECEIVE", "PEER-SEND")),
    ("handshake", client, 2, ALL),
    ("handshake", server, 2, facts("OWN-RECEIVE", "PEER-SEND")),
    ("handshake", server, 3, ALL),
    ("lost_third", server, 3, facts("OWN-RECEIVE", "PEER-SEND")),
    ("lost_synack", client, 2, facts()),
    ("old_duplicate_syn", server, 2, facts("OWN-RECEIVE", "PEER-SEND")),
    ("old_duplicate_syn", client, 3, facts()),
    ("old_duplicate_syn", server, 4, facts()),
    ("old_duplicate_syn", server, 6, ALL),
    ("simultaneous_open", client, 2, facts("OWN-RECEIVE", "PEER-SEND")),
    ("simultaneous_open", client, 4, ALL),
    ("half_open_syn", client, 0, ALL),
    ("half_open_syn", client, 1, facts()),
    ("time_wait_reuse", server, 4, ALL),
    ("time_wait_reuse", server, 5, facts("OWN-RECEIVE", "PEER-SEND")),
    ("normal_close", server, 0, ALL),
]


@pytest.mark.parametrize("name, end, n, known", KNOWLEDGE, ids=[f"{row[0]} {row[1]} {row[2]}" for row in KNOWLEDGE])
def test_what_an_end_may_conclude(name: str, end: Term, n: int, known: TermSet, runs: Runs) -> None:
    assert runs[name].knowledge(end, after=n) == known
    assert all(runs[name].knows(end, fact, after=n) is (fact in known) for fact in FACTS.terms())


def test_knowledge_follows_causes(runs: Runs) -> None:
    """What is concluded from an acknowledgment is so: a segment of that end had arrived before the acknowledging one left."""
    for name in ("handshake", "lost_synack", "lost_third_repaired", "simultaneous_open", "third_with_data"):
        trace = runs[name]
        for end in (client, server):
            for segment in trace.sent:
                if segment.arrived is None or not {fact.name for fact in trace.learns(end, segment.number)} & {
                    "OWN-SEND"
                }:
                    continue
                mine = [one for one in trace.sent if one.sender == end and one.arrived is not None]
                assert any((one.arrived or 0) <= segment.sent for one in mine)


def test_segments_of_a_run(runs: Runs) -> None:
    trace = runs["lost_third_repaired"]
    assert [one.fate.name for one in trace.segments] == ["DELIVERED", "DELIVERED", "LOST", "DROPPED", "DELIVERED"]
    assert [one.origin.name for one in trace.segments] == ["SENT", "SENT", "SENT", "RETRANSMITTED", "SENT"]
    assert [one.repeats for one in trace.segments] == [0, 0, 0, 2, 0]
    reason = trace.segment(4).dropped_because
    assert reason is not None
    assert reason.show("zh") == "它完全落在接收窗口之外"
    assert trace.segment(1).receiver == trace.segment(2).sender == server
    assert (trace.segment(1).window, trace.segment(1).occupies, trace.segment(1).length) == (65535, 1, 0)


def test_lines(runs: Runs) -> None:
    assert runs["lost_third_repaired"].lines() == (
        "1. client -> server SYN SEQ=x",
        "2. server -> client SYN,ACK SEQ=y ACK=x+1",
        "3. client -> server ACK SEQ=x+1 ACK=y+1 (lost)",
        "4. server -> client SYN,ACK SEQ=y ACK=x+1 (retransmitted) (dropped: none of it lies in the receive window)",
        "5. client -> server ACK SEQ=x+1 ACK=y+1",
    )


def test_counting_by_flags(runs: Runs) -> None:
    from quizgen.models.tcp.segment import ACK, FIN, SYN

    assert (runs["handshake"].count(), runs["handshake"].count(SYN), runs["handshake"].count(SYN, ACK)) == (3, 2, 1)
    assert runs["handshake"].count(FIN) == 0


def test_data_arrive_once_and_in_order(runs: Runs) -> None:
    assert runs["duplicate_data"].delivered(server) == 100
    assert runs["out_of_order"].delivered(server, after=2) == 0
    assert runs["out_of_order"].delivered(server, after=1) == 150


def test_sending_and_receiving_follow_the_state(runs: Runs) -> None:
    close = runs["half_close"]
    assert [close.can_send(client, n) for n in (0, 2)] == [True, False]
    assert [close.can_receive(client, n) for n in (0, 2, 7)] == [True, True, False]
    assert [close.can_send(server, n) for n in (2, 7)] == [True, False]


def test_signals_and_2msl(runs: Runs) -> None:
    assert [signal.name for signal in runs["send_after_close"].signals(client)] == ["connection closing"]
    assert [signal.name for signal in runs["refused"].signals(client)] == ["connection reset"]
    assert runs["lost_last_ack"].restarts_2msl(client) == 1
    assert runs["normal_close"].restarts_2msl(client) == 0


# Moments


def test_moments_compare_by_time(runs: Runs) -> None:
    trace = runs["handshake"]
    first, last = trace.enters(client, ESTABLISHED), trace.enters(server, ESTABLISHED)
    assert first < last
    assert first <= last
    assert first != last
    assert trace.enters(server, LISTEN) < trace.enters(client, SYN_SENT) < first
    assert len({first, last, trace.enters(client, ESTABLISHED)}) == 2
    with pytest.raises(ModelError, match="two runs"):
        assert first < runs["lost_syn"].enters(client, ESTABLISHED)


@pytest.mark.parametrize(
    "name, end, state, en, zh",
    [
        ("handshake", client, ESTABLISHED, "when segment 2 arrives", "第 2 个报文段到达时"),
        ("handshake", server, LISTEN, "when the server calls OPEN passive", "服务器调用 OPEN passive 时"),
        ("normal_close", client, STATES.term("CLOSED"), "when the client's 2MSL timeout expires", "客户端的 2MSL 计时器到期时"),
        ("half_open_data", client, STATES.term("CLOSED"), "when the client restarts", "客户端重启时"),
    ],
)  # fmt: skip
def test_moments_show_and_read(name: str, end: Term, state: Term, en: str, zh: str, runs: Runs) -> None:
    moment = runs[name].enters(end, state)
    assert (moment.show(), moment.show("zh")) == (en, zh)
    assert moment.read(en) == moment.read(zh) == moment


def test_a_moment_has_more_than_one_name(runs: Runs) -> None:
    moment = runs["handshake"].enters(client, ESTABLISHED)
    assert moment.read("when segment 3 is sent") == moment
    assert moment.read("第 3 个报文段发出时") == moment
    with pytest.raises(Unreadable) as error:
        moment.read("later")
    assert error.value.nearest == ("when segment 1 arrives", "when segment 2 arrives", "when segment 3 arrives")


# Questions that make no sense


@pytest.mark.parametrize(
    "ask, message",
    [
        (lambda trace: trace.segment(9), "this run has 3 segments, numbered from 1; there is no segment 9"),
        (lambda trace: trace.segment(0), "this run has 3 segments, numbered from 1; there is no segment 0"),
        (lambda trace: trace.state(client, after=4), "this run has 3 segments, numbered from 1; there is no segment 4"),
        (lambda trace: trace.enters(client, TIME_WAIT), "the client never enters TIME-WAIT in this run; ask `passes` whether it does"),
        (lambda trace: trace.state(ESTABLISHED), "an end is `client` or `server`"),
        (lambda trace: trace.passes("client", ESTABLISHED), "an end is `client` or `server`"),
    ],
)  # fmt: skip
def test_questions_without_an_answer(ask: Callable[[Trace], object], message: str, runs: Runs) -> None:
    with pytest.raises(ModelError) as error:
        ask(runs["handshake"])
    assert str(error.value) == message


def test_a_segment_still_on_the_wire_has_no_after() -> None:
    trace = run([{"client": "OPEN active"}])
    with pytest.raises(ModelError, match="segment 1 is still on the wire"):
        trace.state(client, after=1)
    with pytest.raises(ModelError, match="segment 1 is still on the wire"):
        trace.learns(server, 1)


# Evidence


def test_answers_say_what_they_rest_on(runs: Runs) -> None:
    with recording() as record:
        runs["handshake"].state(client, after=2)
    assert "transition:SYN-SENT:rcv SYN,ACK" in record.elements
    assert record.traces == [runs["handshake"]]
    reason = "segment 2 (SYN,ACK SEQ=y ACK=x+1) arrives at the client, which goes to ESTABLISHED"
    assert str(record.reasons[reason]) == "RFC 9293 §3.10.7.3"


def test_a_drop_is_cited(runs: Runs) -> None:
    with recording() as record:
        runs["rst_in_window"].state(server, after=1)
    assert list(map(str, record.reasons.values())) == ["RFC 9293 §3.10.7.4"]


# Drawing


def test_ladder(runs: Runs) -> None:
    ladder = runs["handshake"].ladder()
    assert isinstance(ladder, Ladder)
    assert [dict(moment.events) for moment in ladder.moments] == [
        {},
        {"server": "OPEN passive"},
        {"client": "OPEN active"},
        {},
        {},
        {},
    ]
    assert ladder.messages == (
        Message("client", "SYN SEQ=x", 2, 3),
        Message("server", "SYN,ACK SEQ=y ACK=x+1", 3, 4),
        Message("client", "ACK SEQ=x+1 ACK=y+1", 4, 5),
    )
    assert ladder.moments[4].states == {"client": "ESTABLISHED", "server": "SYN-RECEIVED"}


@pytest.mark.parametrize(
    "name, n, fate", [("lost_third", 3, "arrives"), ("duplicate_data", 2, "duplicate"), ("rst_exact", 1, "forged"), ("old_duplicate_syn", 2, "old")]
)  # fmt: skip
def test_fates_in_the_ladder(name: str, n: int, fate: str, runs: Runs) -> None:
    message = runs[name].ladder().messages[n - 1]
    assert message.fate == fate
    assert message.lost == (message.arrived is None) == (name == "lost_third")


def test_a_forged_segment_or_copy_that_is_lost_is_drawn_as_both() -> None:
    for name, fate in (("rst_exact", "forged"), ("duplicate_data", "duplicate"), ("old_duplicate_syn", "old")):
        run = faults.run(shipped()[name]["run"], [1 if fate == "forged" else 2])
        [message] = [one for one in run.trace.ladder().messages if one.lost]
        assert (message.fate, message.arrived) == (fate, None)


# Whatever the script

calls = st.sampled_from(["OPEN passive", "OPEN active", "SEND 3", "RECEIVE", "CLOSE", "ABORT"])
ends = st.sampled_from(["client", "server"])
steps = st.one_of(
    st.tuples(ends, calls).map(lambda pair: {pair[0]: pair[1]}),
    st.sampled_from(["deliver", "deliver", "deliver", "lose", "duplicate", "delay", {"deliver": "all"}]),
    st.tuples(ends, st.sampled_from(["retransmission", "time-wait", "user", "delayed-ack"])).map(lambda pair: {"timeout": " ".join(pair)}),
    st.tuples(ends, st.sampled_from(["delayed-ack", "not-reading"])).map(lambda pair: {"policy": " ".join(pair)}),
    ends.map(lambda end: {"restart": end}),
)  # fmt: skip


@given(st.booleans(), st.lists(steps, max_size=20))
def test_any_script_runs_or_says_which_step_cannot_happen(established: bool, script: list[Any]) -> None:
    todo = (["established"] if established else []) + script
    while True:
        try:
            trace = run(todo)
            break
        except ScenarioError as error:
            assert error.message
            del todo[error.step]
    _consistent(trace)


def _consistent(trace: Trace) -> None:
    """Nothing is delivered that was not sent, and what the trace says of a segment fits with its steps."""
    for end, peer in ((client, server), (server, client)):
        given_away = sum(one.length for one in trace.sent if one.sender == peer)
        assert trace.delivered(end) <= given_away
    for segment in trace.sent:
        assert (segment.arrived is not None) == (segment.fate.name in ("DELIVERED", "DROPPED"))
        assert (segment.dropped_because is not None) == (segment.fate.name == "DROPPED")
        assert segment.arrived is None or segment.arrived > segment.sent
    rows = len(trace.ladder().moments)
    assert all(0 <= message.sent < rows for message in trace.ladder().messages)
