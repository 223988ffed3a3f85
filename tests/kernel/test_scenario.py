"""Scenarios on Linux and on the model. Every shipped one runs, or there is a reason why it cannot."""

from typing import Any

import pytest

from quizgen.check.compile import shipped_scenarios
from quizgen.kernel import scenario
from quizgen.kernel.plan import Plan, Unable
from quizgen.kernel.scenario import Comparison, compare
from tests.models.tcp.kernel.marks import live

SHIPPED = {name: entry.spec.run for name, entry in shipped_scenarios(["tcp"]).items()}
CANNOT = {
    "ghost_with_two_messages": "three messages",
    "zero_window_probe": "Linux sizes its buffers",
}
DIFFER = {
    "old_duplicate_syn": ["SYN repeated"],
    "half_open_syn": ["SYN repeated"],
    "refused": ["refused, not reset"],
    "abort": ["RST,ACK on ABORT"],
}


@live
@pytest.mark.parametrize("name", [name for name in SHIPPED if name not in CANNOT])
def test_every_shipped_scenario_goes_the_same_way(name: str) -> None:
    steps = SHIPPED[name]
    comparison = compare(steps)
    assert not comparison.unknown, comparison.unknown
    assert [one.name for one in comparison.known] == DIFFER.get(name, [])
    assert len(comparison.left_out) == sum("time-wait" in str(step) for step in steps)
    assert comparison.unreached == 0
    assert len(comparison.rows) >= len(steps)


@pytest.mark.parametrize("name", CANNOT)
def test_what_linux_cannot_run_has_a_reason(name: str) -> None:
    with pytest.raises(Unable, match=CANNOT[name]):
        compare(SHIPPED[name])


def test_the_tables_name_shipped_scenarios() -> None:
    assert CANNOT.keys() | DIFFER.keys() <= SHIPPED.keys()


CLOSE = ["established", {"client": "CLOSE"}, "deliver", "deliver", {"server": "CLOSE"}, "deliver", "deliver"]
OWN: dict[str, tuple[list[Any], list[str], list[str], int]] = {
    "numbers of its own": ([{"iss": {"client": "99", "server": "299"}}, "established",
        {"forge": {"from": "client", "flags": "RST", "seq": "105"}}, "deliver", "deliver"], [], [], 0),
    "data that wait in the buffer": (["established", {"policy": "server not-reading"}, {"client": "SEND 100"}, "deliver",
        "deliver", {"server": "RECEIVE 40"}, {"server": "RECEIVE"}, {"server": "RECEIVE"}], [], [], 0),
    "RECEIVE of what ends": (["established", {"client": "CLOSE"}, "deliver", "deliver", {"server": "RECEIVE"}], [], [], 0),
    "a delayed ACK that comes due": (["established", {"policy": "server delayed-ack"}, {"client": "SEND 100"}, "deliver",
        {"timeout": "server delayed-ack"}, "deliver"], [], [], 0),
    "ACKs that are delayed no more": (["established", {"policy": "server delayed-ack"}, {"client": "SEND 100"}, "deliver",
        {"policy": "server immediate-ack"}, {"client": "SEND 50"}, "deliver"], [], [], 0),
    "both delay ACKs, of data only": ([{"policy": "server delayed-ack"}, {"policy": "client delayed-ack"},
        {"server": "OPEN passive"}, {"client": "OPEN active"}, {"deliver": "all"}], [], [], 0),
    "fourteen segments at once": (["established", {"client": "SEND 20000"}, {"deliver": "all"}], [], [], 0),
    "timers of both ends": (["established", {"client": "CLOSE"}, {"server": "CLOSE"}, "lose", "lose",
        {"timeout": "client retransmission"}, {"timeout": "server retransmission"}, {"deliver": "all"}], [], [], 0),
    "a second connection": ([{"server": "open  passive"}, {"client": "OPEN active"}, {"deliver": "all"}, {"client": "ABORT"},
        "deliver", {"server": "OPEN passive"}, {"client": "OPEN active"}, {"deliver": "all"}], ["RST,ACK on ABORT"], [], 0),
    "an old SYN where one listened": ([*CLOSE, {"old": {"from": "client", "flags": "SYN", "seq": "x"}}, "deliver"], [], [], 0),
    "a restart in between": ([{"server": "OPEN passive"}, {"client": "OPEN active"}, "deliver", {"restart": "server"},
        "deliver", "deliver"], [], [], 0),
    "where the two part": ([{"client": "OPEN active"}, {"server": "OPEN active"}, {"deliver": "client"},
        {"deliver": "server"}, {"client": "CLOSE"}, "deliver", "deliver"], ["CLOSE deferred"], [], 2),
    "calls without a socket": ([{"client": "SEND 5"}, {"client": "CLOSE"}], [], ["SEND in CLOSED", "CLOSE in CLOSED"], 0),
    "CLOSE twice": (["established", {"client": "CLOSE"}, {"client": "CLOSE"}], [], ["CLOSE in FIN-WAIT-1"], 0),
    "ABORT in TIME-WAIT": ([*CLOSE, {"client": "ABORT"}], [], ["ABORT in TIME-WAIT"], 0),
    "a user without a socket yet": ([{"server": "OPEN passive"}, {"client": "OPEN active"}, "deliver", {"server": "CLOSE"},
        {"deliver": "3"}], [], ["no socket before ESTABLISHED", "it was never sent"], 0),
    "a copy of what was never sent": ([{"server": "OPEN passive"}, {"client": "OPEN active"}, "deliver", {"server": "CLOSE"},
        {"duplicate": "3"}], [], ["no socket before ESTABLISHED", "that one was never sent"], 0),
    "the user timeout": ([{"client": "OPEN active"}, {"timeout": "client user"}], [], ["15 minutes"], 0),
}  # fmt: skip


@live
@pytest.mark.parametrize(("steps", "known", "left_out", "unreached"), OWN.values(), ids=OWN)
def test_scenarios_of_ones_own(steps: list[Any], known: list[str], left_out: list[str], unreached: int) -> None:
    comparison = compare(steps)
    assert not comparison.unknown, comparison.unknown
    assert [one.name for one in comparison.known] == known
    reasons = [row.left_out for row in comparison.left_out]
    assert len(reasons) == len(left_out)
    assert all(part in reason for part, reason in zip(left_out, reasons, strict=True))
    assert comparison.unreached == unreached


@live
def test_a_row_says_what_both_did() -> None:
    rows = {row.what: row for row in compare(SHIPPED["handshake"]).rows}
    answered = rows["segment 1 (SYN SEQ=x) arrives at the server"]
    for side in (answered.model, answered.kernel):
        assert side is not None
        assert [(n, one.show()) for n, one in side.sent] == [(2, "SYN,ACK SEQ=y ACK=x+1")]
        assert side.states == {"client": "SYN-SENT", "server": "SYN-RECEIVED"}
    assert answered.agrees


@live
def test_what_linux_sends_beside_has_no_number() -> None:
    (row,) = (row for row in compare(SHIPPED["old_duplicate_syn"]).rows if not row.agrees)
    assert row.kernel is not None
    assert [n for n, _ in row.kernel.sent] == [4, 0]


@live
def test_timers_that_are_not_meant_are_told_of() -> None:
    (row,) = (row for row in compare(SHIPPED["lost_synack"]).rows if row.remark)
    assert row.remark.startswith("waited 1.")
    assert "the client's own timer sent meanwhile is lost (SYN SEQ=x)" in row.remark


@live
def test_a_difference_off_the_list_is_looked_at_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[Comparison] = []
    run = scenario._run

    def counted(planned: Plan) -> Comparison:
        runs.append(run(planned))
        return runs[-1]

    monkeypatch.setattr(scenario, "_run", counted)
    monkeypatch.setattr(scenario, "explain", lambda step: None)
    assert [row.what for row in compare(SHIPPED["abort"]).unknown] == ["client: ABORT"]
    assert len(runs) == 2
