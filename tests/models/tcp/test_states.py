"""The states and transitions of TCP: against Figure 5 of RFC 9293, which is written down here a second time."""

import pytest

from quizgen.models.tcp.elements import ELEMENTS, NOTATION_ZH, graph, tables
from quizgen.models.tcp.states import EVENTS, STATES, TABLE, diagram, next_states, rows
from quizgen.models.values import Unreadable

# Figure 5, arrow by arrow from the top: state, event over the line, next state.
FIGURE_5 = """
CLOSED        passive OPEN    LISTEN
CLOSED        active OPEN     SYN-SENT
LISTEN        CLOSE           CLOSED
LISTEN        rcv SYN         SYN-RECEIVED
LISTEN        SEND            SYN-SENT
SYN-SENT      CLOSE           CLOSED
SYN-SENT      rcv SYN         SYN-RECEIVED
SYN-SENT      rcv SYN,ACK     ESTABLISHED
SYN-RECEIVED  rcv RST         LISTEN
SYN-RECEIVED  rcv ACK of SYN  ESTABLISHED
SYN-RECEIVED  CLOSE           FIN-WAIT-1
ESTABLISHED   CLOSE           FIN-WAIT-1
ESTABLISHED   rcv FIN         CLOSE-WAIT
FIN-WAIT-1    rcv FIN         CLOSING
FIN-WAIT-1    rcv ACK of FIN  FIN-WAIT-2
CLOSE-WAIT    CLOSE           LAST-ACK
FIN-WAIT-2    rcv FIN         TIME-WAIT
CLOSING       rcv ACK of FIN  TIME-WAIT
LAST-ACK      rcv ACK of FIN  CLOSED
TIME-WAIT     2MSL timeout    CLOSED
"""


def test_drawn_rows_are_figure_5() -> None:
    figure = {tuple(part.strip() for part in line.split("  ") if part.strip()) for line in FIGURE_5.strip().split("\n")}
    assert {(str(row.state), str(row.event), str(row.next)) for row in TABLE if row.drawn} == figure
    assert {(arc.source, arc.event, arc.target) for arc in diagram().arcs} == figure


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


def test_the_tcb_is_deleted_exactly_on_the_way_to_closed() -> None:
    assert all(("delete TCB" in row.actions) == (row.next.name == "CLOSED") for row in TABLE)


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
