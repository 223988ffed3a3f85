"""What exploring proves of TCP, and that each property fails, shortest run first, where an endpoint is wrong."""

import time
from dataclasses import replace

import pytest

from quizgen.models.tcp import explore, verify
from quizgen.models.tcp.endpoint import arrives, text
from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
from quizgen.models.tcp.endpoint.tcb import Endpoint, Tcb
from quizgen.models.tcp.explore import Bounds, Place
from quizgen.models.tcp.network import Network
from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.segment import Segment


def test_what_is_shipped_holds() -> None:
    report = verify.report(time.process_time)
    assert {(one.setting, one.name): one.counterexample for one in report.verdicts if one.counterexample} == {}
    assert len(report.verdicts) == len(verify.settings()) * len(verify.properties())
    assert all(1000 < states < 20_000 for states in report.states.values())  # so many are seconds
    assert report.states_per_second > 0


def test_every_setting_has_a_title_in_both_languages() -> None:
    assert list(verify.SETTINGS) == list(verify.settings())
    assert all(set(title) == {"en", "zh"} for title in verify.SETTINGS.values())


def broken(setting: str, name: str, rules: Rules = STANDARD) -> Trace:
    wanted = [one for one in verify.properties() if one.name == name]
    found = verify.check(verify.settings(rules)[setting], wanted)[0][name]
    assert found is not None
    return found


def test_with_two_messages_there_is_a_ghost() -> None:
    trace = broken("old SYN", "no-ghost", Rules(messages=2))
    assert [segment.show() for segment in trace.sent] == ["SYN SEQ=x-1000", "SYN,ACK SEQ=y ACK=x-999"]


def test_with_three_messages_there_is_none() -> None:
    assert verify.check(verify.settings()["old SYN"], verify.properties())[0]["no-ghost"] is None


def test_who_takes_any_ack_for_its_syn_ends_up_in_two_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """MUST: SEG.ACK is checked in SYN-SENT (§3.10.7.3), or Figure 8 goes wrong."""
    right = arrives._in_syn_sent

    def credulous(end: Endpoint, tcb: Tcb, segment: Segment) -> None:
        right(end, tcb, segment if segment.ack is None else replace(segment, ack=tcb.snd_nxt))

    monkeypatch.setattr(arrives, "_in_syn_sent", credulous)
    trace = broken("old SYN", "ends-agree")
    assert [segment.show() for segment in trace.sent if segment.fate.name == "DELIVERED"] == [
        "SYN SEQ=x-1000", "SYN,ACK SEQ=y ACK=x-999", "ACK SEQ=x+1 ACK=y+1",
    ]  # fmt: skip


def test_who_does_not_cut_off_what_it_has_delivers_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrives, "_acceptable", lambda tcb, segment: True)
    for module in (arrives, text):
        monkeypatch.setattr(module, "trim", lambda tcb, segment: segment)
    trace = broken("data", "data-in-order")
    data = [segment for segment in trace.sent if segment.length]
    assert [segment.origin.name for segment in data] in (["SENT", "DUPLICATED"], ["SENT", "RETRANSMITTED"])


def test_who_is_silent_on_a_repeated_fin_keeps_the_peer_from_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    """§3.10.7.4 answers what is not acceptable; LAST-ACK depends on it when the last ACK is lost."""
    monkeypatch.setattr(arrives, "_not_acceptable", lambda end, tcb, segment: True)
    trace = broken("closing", "closes")
    assert [segment.fate.name for segment in trace.sent].count("LOST") == 1
    assert {trace.steps[-1].states[end].name for end in ("client", "server")} & {"LAST-ACK", "CLOSING", "FIN-WAIT-1"}


def test_an_abort_whose_rst_is_lost_leaves_the_peer_in_fin_wait_2_for_ever() -> None:
    """True of TCP as RFC 9293 has it: FIN-WAIT-2 has no timeout. So the settings are without ABORT."""
    start = verify.settings()["closing"]
    calls = frozenset({("client", "CLOSE"), ("server", "ABORT")})
    found, _ = verify.check(Place(start.network, Bounds(calls, losses=1), start.path), verify.properties())
    trace = found.pop("closes")
    assert trace is not None
    assert [state.name for state in trace.steps[-1].states.values()] == ["FIN-WAIT-2", "CLOSED"]
    assert [segment.show() for segment in trace.sent if segment.fate.name == "LOST"] == ["RST SEQ=y+1"]
    assert set(found.values()) == {None}


def test_two_listeners_and_two_callers_close() -> None:
    closes = verify.Closes()
    for calls in (("OPEN passive", "OPEN passive"), ("OPEN active", "OPEN active"), ("OPEN passive", "OPEN active")):
        place = Place(Network(), Bounds(), ())
        for end, name in zip(("client", "server"), calls, strict=True):
            place = explore.call(place, end, name)
        assert closes(place)
