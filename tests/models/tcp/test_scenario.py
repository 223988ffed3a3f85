"""The steps of scenarios: what they do, what is wrong with a wrong one, and the shipped ones."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizgen.models.base import ScenarioError
from quizgen.models.tcp import scenario, scenario_steps
from quizgen.models.tcp.network import ENDS, TIMEOUTS
from quizgen.models.tcp.scenario import MAX_STEPS, payload, run
from quizgen.models.tcp.seq import Seq
from tests.models.tcp.conftest import Runs, shipped

client, server = ENDS.terms()
PASSIVE, ACTIVE = {"server": "OPEN passive"}, {"client": "OPEN active"}

# A shipped scenario, its segments, and the states that client and server go through.
SHIPPED = {
    "handshake": ("SYN / SYN,ACK / ACK", "CLOSED SYN-SENT ESTABLISHED", "CLOSED LISTEN SYN-RECEIVED ESTABLISHED"),
    "simultaneous_open": ("SYN / SYN / SYN,ACK / SYN,ACK / ACK / ACK", "CLOSED SYN-SENT SYN-RECEIVED ESTABLISHED", "CLOSED SYN-SENT SYN-RECEIVED ESTABLISHED"),
    "old_duplicate_syn": ("SYN / SYN / SYN,ACK / RST / SYN,ACK / ACK", "CLOSED SYN-SENT ESTABLISHED", "CLOSED LISTEN SYN-RECEIVED LISTEN SYN-RECEIVED ESTABLISHED"),
    "ghost_with_two_messages": ("SYN / SYN,ACK", "CLOSED", "CLOSED LISTEN ESTABLISHED"),
    "third_with_data": ("SYN / SYN,ACK / PSH,ACK+100 / ACK", "CLOSED SYN-SENT ESTABLISHED", "CLOSED LISTEN SYN-RECEIVED ESTABLISHED"),
    "refused": ("SYN / RST,ACK", "CLOSED SYN-SENT CLOSED", "CLOSED"),
    "lost_syn": ("SYN / SYN / SYN,ACK / ACK", "CLOSED SYN-SENT ESTABLISHED", "CLOSED LISTEN SYN-RECEIVED ESTABLISHED"),
    "lost_synack": ("SYN / SYN,ACK / SYN,ACK / ACK", "CLOSED SYN-SENT ESTABLISHED", "CLOSED LISTEN SYN-RECEIVED ESTABLISHED"),
    "lost_third": ("SYN / SYN,ACK / ACK", "CLOSED SYN-SENT ESTABLISHED", "CLOSED LISTEN SYN-RECEIVED"),
    "lost_third_repaired": ("SYN / SYN,ACK / ACK / SYN,ACK / ACK", "CLOSED SYN-SENT ESTABLISHED", "CLOSED LISTEN SYN-RECEIVED ESTABLISHED"),
    "lost_third_then_data": ("SYN / SYN,ACK / ACK / PSH,ACK+100 / ACK", "CLOSED SYN-SENT ESTABLISHED", "CLOSED LISTEN SYN-RECEIVED ESTABLISHED"),
    "half_open_syn": ("SYN / ACK / RST / SYN / SYN,ACK / ACK", "ESTABLISHED CLOSED SYN-SENT ESTABLISHED", "ESTABLISHED CLOSED LISTEN SYN-RECEIVED ESTABLISHED"),
    "half_open_data": ("PSH,ACK+10 / RST", "ESTABLISHED CLOSED", "ESTABLISHED CLOSED"),
    "half_open_listening": ("SYN / SYN,ACK / RST", "CLOSED LISTEN", "CLOSED LISTEN SYN-RECEIVED LISTEN"),
    "data_both_ways": ("PSH,ACK+100 / ACK / PSH,ACK+200 / ACK", "ESTABLISHED", "ESTABLISHED"),
    "piggyback": ("PSH,ACK+100 / PSH,ACK+200 / ACK", "ESTABLISHED", "ESTABLISHED"),
    "lost_data": ("PSH,ACK+100 / PSH,ACK+100 / ACK", "ESTABLISHED", "ESTABLISHED"),
    "out_of_order": ("PSH,ACK+100 / PSH,ACK+50 / ACK / ACK", "ESTABLISHED", "ESTABLISHED"),
    "duplicate_data": ("PSH,ACK+100 / PSH,ACK+100 / ACK / ACK", "ESTABLISHED", "ESTABLISHED"),
    "zero_window_probe": ("ACK+1000 / ACK / ACK+1 / ACK / ACK / ACK+1 / ACK / PSH,ACK+499 / ACK", "ESTABLISHED", "ESTABLISHED"),
    "normal_close": ("FIN,ACK / ACK / FIN,ACK / ACK", "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED", "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"),
    "server_time_wait": ("FIN,ACK / ACK / FIN,ACK / ACK", "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED", "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED"),
    "simultaneous_close": ("FIN,ACK / FIN,ACK / ACK / ACK", "ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT CLOSED", "ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT CLOSED"),
    "three_segment_close": ("FIN,ACK / FIN,ACK / ACK", "ESTABLISHED FIN-WAIT-1 TIME-WAIT CLOSED", "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"),
    "half_close": ("FIN,ACK / ACK / PSH,ACK+1000 / ACK / PSH,ACK+500 / ACK / FIN,ACK / ACK", "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT", "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"),
    "send_after_close": ("FIN,ACK / ACK", "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2", "ESTABLISHED CLOSE-WAIT"),
    "lost_fin": ("FIN,ACK / FIN,ACK / ACK / FIN,ACK / ACK", "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT", "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"),
    "lost_last_ack": ("FIN,ACK / ACK / FIN,ACK / ACK / FIN,ACK / ACK", "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED", "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"),
    "lost_last_ack_silence": ("FIN,ACK / ACK / FIN,ACK / ACK / FIN,ACK", "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED", "ESTABLISHED CLOSE-WAIT LAST-ACK"),
    "time_wait_repeated_fin": ("FIN,ACK / ACK / FIN,ACK / FIN,ACK / ACK / ACK", "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT", "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"),
    "time_wait_reuse": ("FIN,ACK / ACK / FIN,ACK / ACK / SYN / SYN,ACK / ACK", "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED SYN-SENT ESTABLISHED", "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT SYN-RECEIVED ESTABLISHED"),
    "abort": ("RST", "ESTABLISHED CLOSED", "ESTABLISHED CLOSED"),
    "rst_exact": ("RST", "ESTABLISHED", "ESTABLISHED CLOSED"),
    "rst_in_window": ("RST / ACK", "ESTABLISHED", "ESTABLISHED"),
    "rst_out_of_window": ("RST", "ESTABLISHED", "ESTABLISHED"),
    "syn_in_established": ("SYN / ACK", "ESTABLISHED", "ESTABLISHED"),
}  # fmt: skip


def test_every_shipped_scenario_is_below() -> None:
    assert set(shipped()) == set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenario(name: str, runs: Runs) -> None:
    segments, of_client, of_server = SHIPPED[name]
    trace = runs[name]
    shown = [
        one.segment.flags.show().replace(", ", ",") + (f"+{one.length}" if one.length else "") for one in trace.sent
    ]
    assert " / ".join(shown) == segments
    assert " ".join(map(str, trace.states(client))) == of_client
    assert " ".join(map(str, trace.states(server))) == of_server


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenario_is_whole(name: str) -> None:
    entry = shipped()[name]
    assert set(entry) == {"title", "source", "run"}
    assert set(entry["title"]) == {"en", "zh"}
    assert re.fullmatch(r"RFC 9293 (§[\d.]+|Figure \d+)", entry["source"])
    assert name.isidentifier()


# What is wrong, the index of the step, what is said, and what is offered.
WRONG: list[tuple[list[Any], int, str, tuple[str, ...]]] = [
    ([PASSIVE, {"cleint": "CLOSE"}], 1, "`cleint` is no step of a scenario", ("client",)),
    ([PASSIVE, "delivr"], 1, "`delivr` is no step of a scenario", ("deliver",)),
    ([{"client": "OPEN activ"}], 0, "`OPEN activ` is not a call of RFC 9293", ("OPEN active", "OPEN passive")),
    ([{"client": "SHUT"}], 0, "`SHUT` is not a call of RFC 9293", ()),
    ([{"server": "listen"}], 0, "`listen` is not a call of RFC 9293", ("OPEN passive",)),
    ([{"client": "WRITE 100"}], 0, "`WRITE` is not a call of RFC 9293", ("SEND",)),
    ([{"client": "CLOSE now"}], 0, "`now` means nothing after this call", ()),
    ([{"client": "SEND lots"}], 0, "`lots` is not a number of octets: a whole number from 1 to 1000000", ()),
    ([{"client": "SEND 0"}], 0, "`0` is not a number of octets: a whole number from 1 to 1000000", ()),
    ([{"client": "OPEN passive client"}], 0, "an end cannot wait for itself", ()),
    (["deliver"], 0, "nothing is on the wire", ()),
    ([PASSIVE, ACTIVE, {"deliver": "2"}], 2, "segment 2 is not on the wire", ("1",)),
    ([PASSIVE, ACTIVE, {"deliver": "server"}], 2, "nothing that the server sent is on the wire", ()),
    ([PASSIVE, ACTIVE, {"lose": "sever"}], 2, "`sever` is no end of the connection", ("server",)),
    ([{"duplicate": "1"}], 0, "no segment has been sent yet", ()),
    ([{"timeout": "client retransmision"}], 0, "`retransmision` is not a timeout", ("retransmission",)),
    ([{"timeout": "client time-wait"}], 0, "the client has no time-wait timer running in CLOSED", ()),
    ([{"timeout": "client 2msl"}], 0, "the client has no time-wait timer running in CLOSED", ()),
    ([{"timeout": None}], 0, "an end of the connection is missing", ("client", "server")),
    ([{"policy": "server delayed"}], 0, "`delayed` is not a policy", ("delayed-ack",)),
    ([{"restart": "both"}], 0, "`both` is no end of the connection", ("client", "server")),
    ([{"forge": "RST"}], 0, "describe the segment: {from: client, flags: RST, seq: x + 5}", ()),
    ([{"forge": {"from": "client", "flags": "RTS", "seq": "x"}}], 0, "`RTS` is no TCP flag", ("RST",)),
    ([{"forge": {"from": "client", "flags": "RST", "seq": "z"}}], 0, "`z` is no sequence number such as x + 1 or 4294967295", ("x", "y")),
    ([{"forge": {"from": "client", "flags": "RST", "sqe": "x"}}], 0, "`sqe` is not a part of a segment", ("seq",)),
    ([{"forge": {"from": "client", "flags": "RST"}}], 0, "the client has no connection to take numbers from: give `seq`", ()),
    ([{"forge": {"from": "client", "flags": "ACK", "seq": "x"}}], 0, "the client has no connection to take numbers from: give `seq` and `ack`", ()),
    ([PASSIVE, "established"], 1, "`established` comes before all other steps", ()),
    ([PASSIVE, {"iss": {"client": "1"}}], 1, "this step comes before all others", ()),
    ([{"iss": "100"}], 0, 'give the numbers: {client: "100", server: "300"}', ()),
    ([{"iss": {"client": "many"}}], 0, "`many` is no sequence number such as x + 1 or 4294967295", ("x", "y")),
    ([{"messages": "5"}], 0, "`5` is not a number of messages: a whole number from 2 to 4", ()),
    ([{"client": "CLOSE", "server": "CLOSE"}], 0, "a step is a word such as `deliver`, or one key with its value such as `client: CLOSE`", ()),
    ([PASSIVE, ACTIVE, {"duplicate": "2"}], 2, "`2` is not a segment of this run so far: a whole number from 1 to 1", ()),
    ([{"iss": {"client": "4294967296"}}], 0, "`4294967296` is not a sequence number: a whole number from 0 to 4294967295", ()),
    ([["deliver"]], 0, "a step is a word such as `deliver`, or one key with its value such as `client: CLOSE`", ()),
]  # fmt: skip


# Values of a shape that no step has. What is said names neither a Python type nor a Python value.
MISSHAPEN: dict[str, tuple[Any, str]] = {
    "an empty step": ("", "this step is empty"),
    "an empty map": ({}, "a step is a word such as `deliver`, or one key with its value such as `client: CLOSE`"),
    "no step": (None, "a step is a word such as `deliver`, or one key with its value such as `client: CLOSE`"),
    "an end without a call": ({"client": ""}, "a call of RFC 9293 is missing"),
    "an end alone": ("client", "a call of RFC 9293 is missing"),
    "a call in a list": ({"client": ["CLOSE"]}, "a list stands where a call of RFC 9293 is expected"),
    "a call in a map": ({"client": {"SEND": "10"}}, "a map stands where a call of RFC 9293 is expected"),
    "SEND of nothing": ({"client": "SEND"}, "`` is not a number of octets: a whole number from 1 to 1000000"),
    "SEND of too many digits": ({"client": "SEND " + "9" * 5000}, "a text of 5005 characters stands where a call of RFC 9293 is expected"),
    "digits of another script": ({"client": "SEND ٣"}, "`٣` is not a number of octets: a whole number from 1 to 1000000"),
    "deliver a map": ({"deliver": {"a": "b"}}, "a map stands where an end or a segment's number is expected"),
    "deliver an empty map": ({"deliver": {}}, "a map stands where an end or a segment's number is expected"),
    "deliver a list": ({"deliver": ["1"]}, "a list stands where an end or a segment's number is expected"),
    "deliver an empty list": ({"deliver": []}, "a list stands where an end or a segment's number is expected"),
    "lose a map": ({"lose": {"a": "b"}}, "a map stands where an end or a segment's number is expected"),
    "delay a list": ({"delay": ["1"]}, "a list stands where an end or a segment's number is expected"),
    "duplicate a list": ({"duplicate": ["1"]}, "a list stands where a segment's number is expected"),
    "forge a list": ({"forge": ["RST"]}, "describe the segment: {from: client, flags: RST, seq: x + 5}"),
    "forge flags of a map": ({"forge": {"from": "client", "flags": {"RST": "1"}, "seq": "x"}}, "a map stands where a flag is expected"),
    "forge a seq of a list": ({"forge": {"from": "client", "flags": "RST", "seq": ["x"]}}, "a list stands where a sequence number is expected"),
    "forge from two": ({"forge": {"from": ["client", "server"], "flags": "RST", "seq": "x"}}, "a list stands where an end of the connection is expected"),
    "timeout of a map": ({"timeout": {"client": "retransmission"}}, "a map stands where an end and its timer, as in `client retransmission`, is expected"),
    "policy of a map": ({"policy": {"server": "delayed-ack"}}, "a map stands where an end and its policy, as in `server delayed-ack`, is expected"),
    "restart a list": ({"restart": ["client"]}, "a list stands where an end of the connection is expected"),
    "established with a value": ({"established": "1"}, "`established` stands alone, without a value"),
    "established with a list": ({"established": []}, "`established` stands alone, without a value"),
    "iss of nothing": ({"iss": {}}, 'give the numbers: {client: "100", server: "300"}'),
    "iss without numbers": ({"iss": {"client": []}}, "the numbers of the client are missing"),
    "iss with an empty number": ({"iss": {"client": ""}}, "the numbers of the client are missing"),
    "iss of a map": ({"iss": {"client": {"x": "1"}}}, "a map stands where a sequence number is expected"),
    "iss of lists in a list": ({"iss": {"client": [["1"]]}}, "a list stands where a sequence number is expected"),
    "iss of one end twice": ({"iss": {"client": "1", "A": "2"}}, "the numbers of the client are given twice"),
    "messages of a list": ({"messages": ["2"]}, "a list stands where a number of messages is expected"),
}  # fmt: skip


@pytest.mark.parametrize("step, message", MISSHAPEN.values(), ids=MISSHAPEN)
def test_misshapen_steps(step: Any, message: str) -> None:
    with pytest.raises(ScenarioError) as error:
        run(
            ["established", step]
            if not (isinstance(step, dict) and step.keys() & {"iss", "messages", "established"})
            else [step]
        )
    assert error.value.message == message


def test_flags_may_be_a_list_and_established_may_end_in_a_colon() -> None:
    trace = run([{"established": ""}, {"forge": {"from": "client", "flags": ["RST", "ACK"]}}])
    assert trace.lines() == ("1. client -> server RST,ACK SEQ=x+1 ACK=y+1 (forged) (still on the wire)",)


@pytest.mark.parametrize("steps, index, message, nearest", WRONG, ids=[str(row[0][-1]) for row in WRONG])
def test_wrong_steps(steps: list[Any], index: int, message: str, nearest: tuple[str, ...]) -> None:
    with pytest.raises(ScenarioError) as error:
        run(steps)
    assert (error.value.step, error.value.message) == (index, message)
    assert error.value.nearest[: len(nearest)] == nearest


def test_too_many_steps() -> None:
    with pytest.raises(ScenarioError, match="at most 1000 steps"):
        run([{"client": "CLOSE"}] * (MAX_STEPS + 1))


def test_a_wire_that_does_not_fall_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenario, "MAX_STEPS", 3)
    with pytest.raises(ScenarioError, match="the wire does not fall silent"):
        run([PASSIVE, ACTIVE, {"deliver": "all"}])


@pytest.mark.parametrize("left, right", [("host 1", "host 2"), ("A", "B"), ("CLIENT", "SERVER")])
def test_other_names_of_the_ends(left: str, right: str, runs: Runs) -> None:
    steps = [{right: "OPEN passive"}, {left: "OPEN active"}, {"deliver": left}, {"deliver": right}, "deliver"]
    assert run(steps).lines() == runs["handshake"].lines()


def test_policies_may_come_first_and_stay_through_the_beginning() -> None:
    steps = [{"policy": "server delayed-ack"}, {"iss": {"client": "7"}}, "established", {"client": "CLOSE"}, "deliver"]
    trace = run(steps)
    assert trace.lines() == ("1. client -> server FIN,ACK SEQ=8 ACK=y+1",)


FORGED = [
    {"forge": {"from": "client", "flags": "RST", "seq": "x + 6"}},
    {"forge": {"from": "server", "flags": "ACK", "seq": "y - 1", "ack": "x2"}},
]


# Numbers of the scenario's own, numbers asked for, and how the two forged segments then begin.
NUMBERINGS: dict[str, tuple[list[Any], dict[str, Seq], str, str]] = {
    "symbols": ([], {}, "RST SEQ=x+6", "ACK SEQ=y-1 ACK=x2"),
    "its own": ([{"iss": {"client": ["99", "500"], "server": "299"}}], {}, "RST SEQ=105", "ACK SEQ=298 ACK=500"),
    "its own, but no second connection": ([{"iss": {"client": "99"}}], {}, "RST SEQ=105", "ACK SEQ=y-1 ACK=268435555"),
    "asked for": ([], {"client": Seq("", 2**32 - 1), "server": Seq("", 0)}, "RST SEQ=5", "ACK SEQ=4294967295 ACK=268435455"),
    "both": ([{"iss": {"client": ["99", "500"]}}], {"client": Seq("", 0)}, "RST SEQ=6", "ACK SEQ=y-1 ACK=401"),
}  # fmt: skip


@pytest.mark.parametrize("own, wanted, first, second", NUMBERINGS.values(), ids=NUMBERINGS)
def test_numbers_are_relative_to_the_iss(own: list[Any], wanted: dict[str, Seq], first: str, second: str) -> None:
    trace = run([*own, "established", *FORGED], wanted)
    assert [one.show() for one in trace.sent] == [first, second]


def test_plain_numbers_move_along() -> None:
    steps = [
        {"iss": {"client": "99", "server": "299"}},
        "established",
        {"forge": {"from": "client", "flags": "ACK", "seq": "105", "ack": "301"}},
    ]
    assert run(steps, {"client": Seq("", 2**32 - 3), "server": Seq("", 7)}).sent[0].show() == "ACK SEQ=3 ACK=9"


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("x, y", [(2**32 - 1, 0), (0, 2**32 - 1), (2**32 - 101, 2**31), (2**32 - 1, 2**32 - 2)])
def test_other_initial_numbers_change_nothing_else(name: str, x: int, y: int, runs: Runs) -> None:
    usual, moved = runs[name], run(shipped()[name]["run"], {"client": Seq("", x), "server": Seq("", y)})
    origins = {"client": Seq("x").value - x, "server": Seq("y").value - y}
    assert [(step.states, step.delivered, step.event) for step in moved.steps] == [
        (step.states, step.delivered, step.event) for step in usual.steps
    ]
    for one, other in zip(usual.sent, moved.sent, strict=True):
        sender, receiver = one.segment.sender, str(one.receiver)
        assert (one.fate, one.reason, one.flags, one.length) == (other.fate, other.reason, other.flags, other.length)
        if name != "refused" or sender == "client":  # the RST of an end without a connection is SEQ=0 (§3.10.7.1)
            assert one.seq.value == (other.seq.value + origins[sender]) % 2**32
        assert (one.ack is None) is (other.ack is None)
        if one.ack is not None and other.ack is not None:
            assert one.ack.value == (other.ack.value + origins[receiver]) % 2**32


def test_duplicates_of_what_has_arrived() -> None:
    trace = run([PASSIVE, ACTIVE, "deliver", {"duplicate": "1"}, {"lose": "2"}, {"deliver": "3"}])
    assert trace.segment(3).repeats == 1
    assert str(trace.segment(3).dropped_because) == "not acceptable"


def test_payload_tells_its_place() -> None:
    assert payload(0, 10) + payload(10, 300) == payload(0, 310)
    assert payload(3, 5) != payload(4, 5)


def _documented() -> list[Any]:
    text = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text("utf-8")
    blocks = [yaml.load(block, yaml.BaseLoader) for block in re.findall(r"```yaml\n(.*?)```", text, re.S)]
    return [block["run"] if "run" in block else block["scenarios"]["my_handshake"]["run"] for block in blocks]


@pytest.mark.parametrize("steps", _documented(), ids=str)
def test_examples_of_the_documentation_run(steps: list[Any]) -> None:
    assert len(run(steps).sent) >= 2


def test_every_step_is_documented() -> None:
    text = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text("utf-8")
    words = [*scenario_steps.STEPS, *scenario_steps.CALLS, *scenario_steps.POLICIES, *TIMEOUTS]
    assert [word for word in words if word not in text] == []


def test_a_step_through_several_states_cites_what_led_to_the_first() -> None:
    """The server's CLOSE has waited for the connection (§3.10.4), which the ACK opens (§3.10.7.4)."""
    steps = [
        {"server": "OPEN passive"},
        {"client": "OPEN active"},
        "deliver",
        {"server": "SEND 3"},
        {"server": "CLOSE"},
    ]
    last = run([*steps, "deliver", "deliver"]).steps[-1]
    assert [str(state) for state in last.path] == ["ESTABLISHED", "FIN-WAIT-1"]
    assert str(last.cite) == "RFC 9293 §3.10.7.4"
