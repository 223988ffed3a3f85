"""Scenarios on a worse network: what is lost comes again, what is copied is met, and the run ends where it would have."""

from typing import Any

import pytest

from quizgen.models.base import ModelError, ScenarioError
from quizgen.models.tcp import faults
from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.seq import Seq
from tests.models.tcp.conftest import Runs, shipped

OPENING: list[Any] = [{"server": "OPEN passive"}, {"client": "OPEN active"}, "deliver", "deliver", "deliver"]
CLOSING: list[Any] = [
    "established",
    {"client": "CLOSE"},
    "deliver",
    "deliver",
    {"server": "CLOSE"},
    "deliver",
    "deliver",
]


def told(trace: Trace) -> list[str]:
    """`2 SYN,ACK (lost)`: the segments by number, flags and what became of them."""
    return [
        f"{one.number} {one.flags.show().replace(', ', ',')}"
        + {"SENT": "", "RETRANSMITTED": " again", "DUPLICATED": " copy"}.get(one.origin.name, " forged")
        + {"LOST": " (lost)", "ON-THE-WIRE": " (under way)"}.get(one.fate.name, "")
        for one in trace.sent
    ]


CLOSED_WINDOW: list[Any] = [{"policy": "server small-buffer"}, {"policy": "server not-reading"}, "established",
                            {"client": "SEND 1001"}, "deliver", "deliver", {"timeout": "client persist"}, "deliver"]  # fmt: skip
PROBED = "1 ACK / 2 ACK / 3 PSH,ACK"

# Steps, segments lost, segments copied, and the run that comes of it.
RUNS: dict[str, tuple[list[Any], list[int], list[int], str]] = {
    "SYN": (OPENING, [1], [], "1 SYN (lost) / 2 SYN again / 3 SYN,ACK / 4 ACK"),
    "SYN,ACK": (OPENING, [2], [], "1 SYN / 2 SYN,ACK (lost) / 3 SYN,ACK again / 4 ACK"),
    "third": (OPENING, [3], [], "1 SYN / 2 SYN,ACK / 3 ACK (lost) / 4 SYN,ACK again / 5 ACK"),
    "SYN,ACK and its repetition": (OPENING, [2, 3], [], "1 SYN / 2 SYN,ACK (lost) / 3 SYN,ACK again (lost) / 4 SYN,ACK again / 5 ACK"),
    "SYN and SYN,ACK": (OPENING, [1, 3], [], "1 SYN (lost) / 2 SYN again / 3 SYN,ACK (lost) / 4 SYN,ACK again / 5 ACK"),
    "copy of the SYN": (OPENING, [], [1], "1 SYN / 2 SYN,ACK / 3 SYN copy / 4 ACK / 5 ACK"),
    "copy of the SYN,ACK": (OPENING, [], [2], "1 SYN / 2 SYN,ACK / 3 ACK / 4 SYN,ACK copy / 5 ACK"),
    "a copy makes good the loss": (OPENING, [2], [2], "1 SYN / 2 SYN,ACK (lost) / 3 SYN,ACK copy / 4 ACK"),
    "the copy is lost": (OPENING, [4], [2], "1 SYN / 2 SYN,ACK / 3 ACK / 4 SYN,ACK copy (lost)"),
    "FIN": (CLOSING, [1], [], "1 FIN,ACK (lost) / 2 FIN,ACK again / 3 ACK / 4 FIN,ACK / 5 ACK"),
    "ACK made good by the next": (CLOSING, [2], [], "1 FIN,ACK / 2 ACK (lost) / 3 FIN,ACK / 4 ACK"),
    "last ACK": (CLOSING, [4], [], "1 FIN,ACK / 2 ACK / 3 FIN,ACK / 4 ACK (lost) / 5 FIN,ACK again / 6 ACK"),
    "data before a call that answers them": (["established", {"client": "SEND 10"}, "deliver", "deliver", {"server": "SEND 20"}, "deliver", "deliver"], [1], [], "1 PSH,ACK (lost) / 2 PSH,ACK again / 3 ACK / 4 PSH,ACK / 5 ACK"),
    "one of two": (["established", {"client": "SEND 10"}, {"client": "SEND 20"}, {"deliver": "all"}], [1], [], "1 PSH,ACK (lost) / 2 PSH,ACK / 3 ACK / 4 PSH,ACK again / 5 ACK"),
    "everything of a burst": (["established", {"client": "SEND 10"}, {"client": "SEND 20"}, {"deliver": "all"}], [1, 2], [], "1 PSH,ACK (lost) / 2 PSH,ACK (lost) / 3 PSH,ACK again / 4 ACK / 5 PSH,ACK again / 6 ACK"),
    "a delayed ACK is due before a retransmission": (["established", {"policy": "server delayed-ack"}, {"client": "SEND 10"}, "deliver", {"timeout": "server delayed-ack"}, "deliver"], [2], [], "1 PSH,ACK / 2 ACK (lost) / 3 PSH,ACK again / 4 ACK"),
    "what is never delivered": ([{"client": "OPEN active"}], [1], [], "1 SYN (lost) / 2 SYN again (under way)"),
    "copy of what is never delivered": ([{"client": "OPEN active"}], [], [1], "1 SYN (under way) / 2 SYN copy / 3 RST,ACK"),
    "a RST is not sent again": (["established", {"client": "ABORT"}, "deliver"], [1], [], "1 RST (lost)"),
    "a RST that a repetition draws again": ([{"client": "OPEN active"}, "deliver", "deliver"], [2], [], "1 SYN / 2 RST,ACK (lost) / 3 SYN again / 4 RST,ACK"),
    "a forged segment": (["established", {"forge": {"from": "client", "flags": "RST", "seq": "x + 1"}}, "deliver"], [1], [], "1 RST forged (lost)"),
    "2MSL is longer than any retransmission": ([*CLOSING, {"timeout": "client time-wait"}], [4], [], "1 FIN,ACK / 2 ACK / 3 FIN,ACK / 4 ACK (lost) / 5 FIN,ACK again / 6 ACK"),
    "a probe": (CLOSED_WINDOW, [3], [], f"{PROBED} (lost) / 4 PSH,ACK / 5 ACK (under way)"),
    "the answer to a probe": ([*CLOSED_WINDOW, "deliver"], [4], [], f"{PROBED} / 4 ACK (lost) / 5 PSH,ACK / 6 ACK"),
    "the news of an open window": ([*CLOSED_WINDOW, "deliver", {"server": "RECEIVE"}, {"deliver": "all"}], [5], [], f"{PROBED} / 4 ACK / 5 ACK (lost) / 6 PSH,ACK / 7 ACK"),
    "the ACK that closes the window": (CLOSED_WINDOW, [2], [], "1 ACK / 2 ACK (lost) / 3 ACK again / 4 ACK / 5 PSH,ACK / 6 ACK (under way)"),
    "a scripted copy": ([*OPENING[:2], "deliver", {"duplicate": "1"}, {"deliver": "2"}, {"deliver": "all"}], [2], [], "1 SYN / 2 SYN,ACK (lost) / 3 SYN copy / 4 ACK / 5 SYN,ACK again / 6 ACK"),
}  # fmt: skip


@pytest.mark.parametrize("steps, lost, copied, run", RUNS.values(), ids=RUNS)
def test_run(steps: list[Any], lost: list[int], copied: list[int], run: str) -> None:
    altered = faults.run(steps, lost, copied)
    assert " / ".join(told(altered.trace)) == run
    assert altered.left_out == ()


@pytest.mark.parametrize("name", shipped())
def test_without_faults_it_is_the_scenario(name: str, runs: Runs) -> None:
    altered = faults.run(shipped()[name]["run"])
    assert altered.trace.lines() == runs[name].lines()
    assert [step.label for step in altered.trace.steps] == [step.label for step in runs[name].steps]
    assert altered.left_out == ()


# Where a loss leads to another end, and why.
ELSEWHERE = {
    ("ghost_with_two_messages", 1): "the old SYN is what opens the ghost connection",
    ("abort", 1): "a RST is not sent again: the server keeps a half-open connection",
    ("rst_exact", 1): "the forged RST is all that closes the connection",
}
# Where a loss makes steps impossible, and why.
LEFT_OUT = {
    ("simultaneous_open", 1): "one SYN is lost, so that the other one is answered by a handshake",
    ("simultaneous_open", 2): "the same the other way round",
    ("old_duplicate_syn", 2): "the old SYN is not answered",
    ("half_open_listening", 1): "the old SYN is not answered",
    ("time_wait_repeated_fin", 3): "the copy arrives as the first, and is not answered in TIME-WAIT",
    ("time_wait_repeated_fin", 4): "the lost copy draws no second ACK",
    ("rst_in_window", 1): "the forged RST draws no challenge ACK",
    ("syn_in_established", 1): "the forged SYN draws no challenge ACK",
}


def _end(trace: Trace) -> tuple[Any, ...]:
    return trace.steps[-1].states, trace.steps[-1].delivered


@pytest.mark.parametrize("name", shipped())
def test_losing_any_segment_of_a_shipped_scenario(name: str, runs: Runs) -> None:
    for one in runs[name].sent:
        lose = [one.number]
        if one.fate.name == "LOST":
            with pytest.raises(ModelError, match=f"segment {one.number} is lost in this scenario anyway"):
                faults.run(shipped()[name]["run"], lose)
            continue
        altered = faults.run(shipped()[name]["run"], lose)
        assert altered.trace.sent[one.number - 1].fate.name == "LOST"
        if (name, one.number) != ("lost_third", 2):
            same = _end(altered.trace) == _end(runs[name])
            assert same is ((name, one.number) not in ELSEWHERE), (one.number, told(altered.trace))
        assert bool(altered.left_out) is ((name, one.number) in LEFT_OUT), altered.left_out


@pytest.mark.parametrize("name", shipped())
def test_copying_any_segment_of_a_shipped_scenario(name: str, runs: Runs) -> None:
    for one in runs[name].sent:
        trace = faults.run(shipped()[name]["run"], duplicate=[one.number]).trace
        copy = next(other for other in trace.sent[one.number :] if other.repeats == one.number)
        assert copy.origin.name == "DUPLICATED"
        assert copy.arrived is not None
        assert trace.steps[-1].delivered == runs[name].steps[-1].delivered


def test_a_step_that_cannot_happen_any_more_is_named() -> None:
    altered = faults.run(
        ["established", {"old": {"from": "client", "flags": "SYN", "seq": "x"}}, "deliver", "deliver"], [1]
    )
    assert altered.left_out == (faults.LeftOut(3, "what is segment 2 without the loss or copy is not on the wire"),)


def test_a_timer_that_does_not_run_any_more_is_named() -> None:
    steps = ["established", {"client": "CLOSE"}, "lose", {"timeout": "client retransmission"}, "deliver", "deliver"]
    altered = faults.run(steps, duplicate=[1])
    assert altered.left_out[0] == faults.LeftOut(3, "the client has no retransmission timer running in FIN-WAIT-2")


def test_a_copy_of_what_is_not_sent_any_more() -> None:
    steps = [
        "established",
        {"forge": {"from": "client", "flags": "SYN", "seq": "x + 1"}},
        "deliver",
        "deliver",
        {"duplicate": "2"},
        "deliver",
    ]
    altered = faults.run(steps, [1])
    assert [one.step for one in altered.left_out] == [3, 4, 5]
    assert altered.left_out[1].why == "what is segment 2 without the loss or copy is not sent"


@pytest.mark.parametrize(
    "lost, copied, n, count", [([4], [], 4, 3), ([], [9], 9, 3), ([2, 6], [], 6, 4), ([0], [], 0, 3)]
)
def test_a_number_that_no_segment_has(lost: list[int], copied: list[int], n: int, count: int) -> None:
    message = f"this run has {count} segments, numbered from 1; there is no segment {n}"
    with pytest.raises(ModelError, match=message):
        faults.run(OPENING, lost, copied)


def test_a_faulty_scenario_stays_faulty() -> None:
    with pytest.raises(ScenarioError, match="nothing is on the wire") as error:
        faults.run([*OPENING, "deliver"], [2])
    assert error.value.step == 5


def test_an_end_that_crashed_answers_by_a_reset() -> None:
    steps = ["established", {"restart": "server"}, {"client": "SEND 10"}, "deliver", {"lose": "server"}]
    assert told(faults.run(steps, [1]).trace) == ["1 PSH,ACK (lost)", "2 PSH,ACK again", "3 RST (lost)"]


def test_an_end_is_left_alone_after_so_many_retransmissions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_PATIENCE", -1)
    altered = faults.run(OPENING, [2])
    assert told(altered.trace) == ["1 SYN", "2 SYN,ACK (lost)"]
    assert [one.step for one in altered.left_out] == [4]


@pytest.mark.parametrize("most, steps, copied", [(2, [*OPENING[:2], {"deliver": "all"}], []), (1, OPENING, [1])])
def test_a_wire_that_does_not_fall_silent(
    most: int, steps: list[Any], copied: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "MAX_STEPS", most)
    try:
        said = [one.why for one in faults.run(steps, [], copied).left_out]
    except ScenarioError as error:
        said = [error.message]
    assert "the wire does not fall silent" in said


def test_numbers_wrap_around() -> None:
    trace = faults.run(OPENING, [2], isses={"client": Seq("", 2**32 - 1), "server": Seq("", 0)}).trace
    assert [one.show() for one in trace.sent] == [
        "SYN SEQ=4294967295", "SYN,ACK SEQ=0 ACK=0", "SYN,ACK SEQ=0 ACK=0", "ACK SEQ=0 ACK=1",
    ]  # fmt: skip
