"""The states and transitions of TCP: against Figure 5 of RFC 9293, which is written down here a second time."""

import re

import pytest

from quizgen.models.base import Rfc
from quizgen.models.tcp.elements import ELEMENTS, NOTATION_ZH, graph, tables
from quizgen.models.tcp.states import EVENTS, STATES, TABLE, Transition, diagram, next_states, rows
from quizgen.models.values import Unreadable

# Figure 5, arrow by arrow from the top: state, event over the line, next state, action under the line. Entering CLOSED
# deletes the TCB also where the figure has no room to say so (LAST-ACK, §3.10.7.4).
FIGURE_5 = """
CLOSED        passive OPEN    LISTEN        create TCB
CLOSED        active OPEN     SYN-SENT      create TCB, snd SYN
LISTEN        CLOSE           CLOSED        delete TCB
LISTEN        rcv SYN         SYN-RECEIVED  snd SYN,ACK
LISTEN        SEND            SYN-SENT      snd SYN
SYN-SENT      CLOSE           CLOSED        delete TCB
SYN-SENT      rcv SYN         SYN-RECEIVED  snd SYN,ACK
SYN-SENT      rcv SYN,ACK     ESTABLISHED   snd ACK
SYN-RECEIVED  rcv RST         LISTEN
SYN-RECEIVED  rcv ACK of SYN  ESTABLISHED
SYN-RECEIVED  CLOSE           FIN-WAIT-1    snd FIN
ESTABLISHED   CLOSE           FIN-WAIT-1    snd FIN
ESTABLISHED   rcv FIN         CLOSE-WAIT    snd ACK
FIN-WAIT-1    rcv FIN         CLOSING       snd ACK
FIN-WAIT-1    rcv ACK of FIN  FIN-WAIT-2
CLOSE-WAIT    CLOSE           LAST-ACK      snd FIN
FIN-WAIT-2    rcv FIN         TIME-WAIT     snd ACK
CLOSING       rcv ACK of FIN  TIME-WAIT
LAST-ACK      rcv ACK of FIN  CLOSED        delete TCB
TIME-WAIT     2MSL timeout    CLOSED        delete TCB
"""


def test_drawn_rows_are_figure_5() -> None:
    lines = [re.split(r"  +", line) for line in FIGURE_5.strip().split("\n")]
    figure = {(line[0], line[1], line[2], "".join(line[3:])) for line in lines}
    assert {(str(row.state), str(row.event), str(row.next)) for row in TABLE if row.drawn} == {
        one[:3] for one in figure
    }
    assert {(arc.source, arc.event, arc.target, arc.action) for arc in diagram().arcs} == figure
    assert diagram().states == STATES.members
    assert [arc.id for arc in diagram().arcs] == [row.id for row in TABLE if row.drawn]


BEYOND_FIGURE_5 = {
    "note-1-and-may-2": ("SYN-RECEIVED", "rcv RST", {"LISTEN", "CLOSED", "TIME-WAIT"}),
    "note-2": ("FIN-WAIT-1", "rcv FIN,ACK of FIN", {"TIME-WAIT"}),
    "reset": ("ESTABLISHED", "rcv RST", {"CLOSED"}),
    "refused": ("SYN-SENT", "rcv RST", {"CLOSED"}),
    "reset-in-time-wait": ("TIME-WAIT", "rcv RST", {"CLOSED"}),
    "listen-ignores-reset": ("LISTEN", "rcv RST", {"LISTEN"}),
    "passive-to-active": ("LISTEN", "active OPEN", {"SYN-SENT"}),
    "second-syn": ("SYN-RECEIVED", "rcv SYN", {"LISTEN", "TIME-WAIT"}),
    "reopen": ("TIME-WAIT", "rcv SYN", {"SYN-RECEIVED"}),
    "repeated-fin": ("TIME-WAIT", "rcv FIN", {"TIME-WAIT"}),
    "close-twice": ("FIN-WAIT-1", "CLOSE", {"FIN-WAIT-1"}),
    "abort": ("CLOSE-WAIT", "ABORT", {"CLOSED"}),
    "no-user-timeout-in-fin-wait-2": ("FIN-WAIT-2", "user timeout", {"FIN-WAIT-2"}),
}


@pytest.mark.parametrize(("state", "event", "expected"), BEYOND_FIGURE_5.values(), ids=BEYOND_FIGURE_5)
def test_beyond_figure_5(state: str, event: str, expected: set[str]) -> None:
    assert {str(term) for term in next_states(STATES.term(state), EVENTS.term(event))} == expected


def test_abort_and_reset_lead_out_of_every_state_with_a_tcb() -> None:
    for state in STATES.terms()[1:]:
        assert {row.next.name for row in rows(state, EVENTS.term("ABORT"))} == {"CLOSED"}
        if state.name != "LISTEN":
            assert "CLOSED" in {row.next.name for row in rows(state, EVENTS.term("rcv RST"))}


def test_a_reset_is_sent_by_abort_only_where_the_peer_may_hold_a_connection() -> None:
    sends = {row.state.name for row in TABLE if row.event.name == "ABORT" and "snd RST" in row.actions}
    assert sends == {"SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"}


def test_rows_are_told_apart() -> None:
    assert len({row.id for row in TABLE}) == len(TABLE)
    assert all(row.state != row.next for row in TABLE)
    for row in TABLE:
        alike = [other for other in rows(row.state, row.event) if other is not row]
        assert not alike or (row.guard and all(other.guard != row.guard for other in alike))


def test_the_tcb_is_made_and_deleted_exactly_on_the_way_out_of_and_into_closed() -> None:
    assert all(("create TCB" in row.actions) == (row.state.name == "CLOSED") for row in TABLE)
    assert all(("delete TCB" in row.actions) == (row.next.name == "CLOSED") for row in TABLE)


def test_2msl_begin_when_the_last_ack_is_sent_or_comes() -> None:
    """Not on the way back to TIME-WAIT from a SYN that proved an old duplicate: it returns there (MAY-2)."""
    for row in TABLE:
        assert ("start 2MSL timer" in row.actions) == (
            row.next.name == "TIME-WAIT" and row.state.name != "SYN-RECEIVED"
        )


# The rows that need more than their event, and of what kind that is. Every other row holds always.
GUARDS = {
    ("LISTEN", "SEND", "SYN-SENT"): "the remote socket is specified",
    ("SYN-SENT", "rcv SYN", "SYN-RECEIVED"): "no ACK bit",
    ("SYN-SENT", "rcv SYN,ACK", "ESTABLISHED"): "the ACK acknowledges our SYN",
    ("SYN-SENT", "rcv RST", "CLOSED"): "the ACK acknowledges our SYN",
    ("SYN-RECEIVED", "rcv ACK of SYN", "ESTABLISHED"): "SND.UNA < SEG.ACK =< SND.NXT",
    ("SYN-RECEIVED", "CLOSE", "FIN-WAIT-1"): "no SEND is pending",
    ("SYN-RECEIVED", "rcv SYN", "LISTEN"): "after passive OPEN",
    ("SYN-RECEIVED", "rcv RST", "LISTEN"): "after passive OPEN",
    ("SYN-RECEIVED", "rcv RST", "CLOSED"): "after active OPEN",
    ("SYN-RECEIVED", "rcv SYN", "TIME-WAIT"): "after TIME-WAIT",
    ("SYN-RECEIVED", "rcv RST", "TIME-WAIT"): "after TIME-WAIT",
    ("TIME-WAIT", "rcv SYN", "SYN-RECEIVED"): "after passive OPEN, the SYN is new (optional)",
    ("FIN-WAIT-1", "rcv FIN", "CLOSING"): "our FIN is not acknowledged",
    **{(state, "rcv RST", "CLOSED"): "SEG.SEQ = RCV.NXT" for state in
       ("ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT")},
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_a_row_has_the_guard_of_the_text(row: Transition) -> None:
    assert row.guard == GUARDS.get((row.state.name, row.event.name, row.next.name), "")


# Where §3.10 treats an event: a call and a timeout each in their own section, a segment in that of the state.
SECTIONS = {
    "passive OPEN": "3.10.1", "active OPEN": "3.10.1", "SEND": "3.10.2", "CLOSE": "3.10.4", "ABORT": "3.10.5",
    "2MSL timeout": "3.10.8", "user timeout": "3.10.8", "rcv FIN,ACK of FIN": "Figure 5, note 2",
}  # fmt: skip
OF_SEGMENTS = {"LISTEN": "3.10.7.2", "SYN-SENT": "3.10.7.3"}
MAY_2 = {("TIME-WAIT", "rcv SYN", "SYN-RECEIVED"), ("SYN-RECEIVED", "rcv SYN", "TIME-WAIT"), ("SYN-RECEIVED", "rcv RST", "TIME-WAIT")}  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_a_row_cites_the_section_of_its_event(row: Transition) -> None:
    section = SECTIONS.get(row.event.name, OF_SEGMENTS.get(row.state.name, "3.10.7.4"))
    may_2 = (row.state.name, row.event.name, row.next.name) in MAY_2
    assert row.cite == Rfc(9293, "3.6.1" if may_2 else section)


def test_an_id_names_state_and_event_and_where_it_must_the_guard() -> None:
    """Learners' records hang on these."""
    more = {row.id: row.id.removeprefix(f"transition:{row.state}:{row.event}") for row in TABLE}
    assert {id for id, rest in more.items() if rest} == {
        "transition:SYN-RECEIVED:rcv RST:after passive OPEN", "transition:SYN-RECEIVED:rcv RST:after active OPEN",
        "transition:SYN-RECEIVED:rcv RST:after TIME-WAIT", "transition:SYN-RECEIVED:rcv SYN:after TIME-WAIT",
    }  # fmt: skip
    assert {rest for rest in more.values() if rest} == {f":{row.guard}" for row in TABLE if row.guard.startswith("after") and more[row.id]}  # fmt: skip
    assert ELEMENTS["transition:SYN-RECEIVED:rcv RST:after active OPEN"].title == {
        "en": "SYN-RECEIVED, rcv RST (after active OPEN) → CLOSED", "zh": "SYN-RECEIVED, 收到 RST（经由主动 OPEN 进入） → CLOSED",
    }  # fmt: skip


ALIASES = {
    "SYN_SENT": "SYN-SENT", "SYN_RECV": "SYN-RECEIVED", "SYN_RCVD": "SYN-RECEIVED", "syn-rcvd": "SYN-RECEIVED", "ESTAB": "ESTABLISHED",
    "FIN_WAIT1": "FIN-WAIT-1", "FIN-WAIT1": "FIN-WAIT-1", "FINWAIT-2": "FIN-WAIT-2", "FIN_WAIT_2": "FIN-WAIT-2",
    "CLOSE_WAIT": "CLOSE-WAIT", "LAST_ACK": "LAST-ACK", "TIME_WAIT": "TIME-WAIT", "LISTENING": "LISTEN", "UNCONN": "CLOSED",
}  # fmt: skip


@pytest.mark.parametrize(("alias", "state"), ALIASES.items(), ids=ALIASES)
def test_names_of_netstat_ss_and_kernels(alias: str, state: str) -> None:
    assert STATES.term(alias).name == state


@pytest.mark.parametrize("name", ["SYN_SEND", "FIN_WAIT", "ESTABLISH", "WAIT"])
def test_names_of_no_state(name: str) -> None:
    with pytest.raises(Unreadable) as error:
        STATES.term(name)
    assert error.value.nearest


def test_every_state_is_entered_and_left() -> None:
    assert {row.state for row in TABLE} == {row.next for row in TABLE} == set(STATES.terms())


def test_elements_cover_states_rows_fields_flags_and_options() -> None:
    assert {group: sum(one.group == group for one in ELEMENTS.values()) for group in ("states", "transitions", "fields", "flags", "options")} == {
        "states": 11, "transitions": len(TABLE), "fields": 10, "flags": 9, "options": 7,
    }  # fmt: skip
    assert all(one.title["en"] and one.title["zh"] and one.cite.section for one in ELEMENTS.values())


def test_guards_and_actions_are_said_in_chinese() -> None:
    formulas = {"", "SEG.SEQ = RCV.NXT", "SND.UNA < SEG.ACK =< SND.NXT"}
    said = {text for row in TABLE for text in (row.guard, *row.actions)}
    assert said - formulas == set(NOTATION_ZH)


@pytest.mark.parametrize("name", ["states", "transitions", "flags", "fields", "options"])
def test_tables_are_full_in_both_languages(name: str) -> None:
    heading, *body = tables()[name]
    assert body
    assert all(len(row) == len(heading) and all(cell["en"] and cell["zh"] for cell in row) for row in body)


def test_the_table_of_transitions_goes_by_state_then_by_event() -> None:
    shown = [(row[0]["en"], row[1]["en"]) for row in tables()["transitions"][1:]]
    assert shown == sorted(shown, key=lambda row: (STATES.members.index(row[0]), EVENTS.members.index(row[1])))
    assert sorted(shown) == sorted((str(row.state), str(row.event)) for row in TABLE)


def test_the_graph_has_every_row_and_the_figure_those_that_figure_5_draws() -> None:
    arcs = [(arc.source, arc.event, arc.guard.get("en", ""), arc.target) for arc in graph().arcs]
    assert arcs == [(str(row.state), str(row.event), row.guard, str(row.next)) for row in TABLE]
    drawn = [(arc.source, arc.event, arc.target) for arc in graph().arcs if arc.drawn]
    assert drawn == [(arc.source, arc.event, arc.target) for arc in diagram().arcs]
