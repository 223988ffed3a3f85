"""The words that claims about TCP may use; see also header_words.py. Runs (scenarios) bring their own, see run.py."""

from __future__ import annotations

from fractions import Fraction

from quizgen.models.base import ModelError, Rfc, Vocabulary, because, shows, touch
from quizgen.models.binding import Words
from quizgen.models.tcp import explore, states
from quizgen.models.tcp.endpoint.reasons import REASON_CITES, REASONS, SIGNALS
from quizgen.models.tcp.network import client, server
from quizgen.models.tcp.run import FACTS, Trace
from quizgen.models.tcp.segment import FIN, FLAGS, SYN
from quizgen.models.tcp.seq import SPACE, Seq
from quizgen.models.tcp.spec import Spec
from quizgen.models.tcp.traced import FATES, ORIGINS
from quizgen.models.values import Quantity, Term, TermSet

WORDS = Words()
_FORMAT, _FIGURE_5, _FIGURE_6 = Rfc(9293, "3.1"), Rfc(9293, "Figure 5"), Rfc(9293, "Figure 6")


def add_constants(words: Vocabulary, spec: Spec) -> None:
    """Add the names of states, flags, ends, events and the like."""
    for state in states.STATES.terms():
        words.constant(state.identifier, state, f"The state {state}.", Rfc(9293, "3.3.2"))
    for flag in FLAGS.terms():
        words.constant(
            flag.identifier, flag, f"The control bit {flag}.", Rfc(9768, "3.1") if flag.name == "AE" else _FORMAT
        )
    for end, other in ((client, "host_1"), (server, "host_2")):
        for name in (end.name, other):
            words.constant(name, end, f"The {end}, called {other} where neither end is client or server.", _FIGURE_6)
    for base, whose in (("x", "client"), ("y", "server")):
        words.constant(base, Seq(base), f"The {whose}'s initial sequence number.", Rfc(9293, "3.4.1"))
        words.constant(f"{base}2", Seq(f"{base}2"), f"The {whose}'s ISS in its next connection.", Rfc(9293, "3.4.1"))
    for fact in FACTS.terms():
        words.constant(fact.identifier, fact, f"The fact that {fact.show()}, for `knows`.", _FIGURE_6)
    for fate in FATES.terms():
        words.constant(fate.identifier, fate, f"What became of a segment: {fate.show()}.")
    for origin in ORIGINS.terms():
        words.constant(origin.identifier, origin, f"Where a segment came from: {origin.show()}.")
    for reason in REASONS.terms():
        words.constant(
            reason.identifier, reason, f"Why a segment is dropped: {reason.show()}.", REASON_CITES[reason.name]
        )
    for signal in SIGNALS.terms():
        words.constant(signal.identifier, signal, f'What TCP tells its user: "{signal.show()}".', Rfc(9293, "3.10"))
    for name, event in EVENTS.items():
        words.constant(name, event, f"The event `{event.show()}`, for `next_state` and its like.", _FIGURE_5)
    words.constant("MSL", _msl(spec), "The maximum segment lifetime, 2 minutes.", Rfc(9293, "3.4.2"))


EVENTS = {
    "PASSIVE_OPEN": states.PASSIVE_OPEN, "ACTIVE_OPEN": states.ACTIVE_OPEN, "SEND": states.SEND, "CLOSE": states.CLOSE,
    "ABORT": states.ABORT, "RCV_SYN": states.RCV_SYN, "RCV_SYN_ACK": states.RCV_SYN_ACK,
    "RCV_ACK_OF_SYN": states.RCV_ACK_OF_SYN, "RCV_FIN": states.RCV_FIN, "RCV_ACK_OF_FIN": states.RCV_ACK_OF_FIN,
    "RCV_FIN_ACK_OF_FIN": states.RCV_FIN_ACK_OF_FIN, "RCV_RST": states.RCV_RST, "TIMEOUT_2MSL": states.TIMEOUT_2MSL,
    "USER_TIMEOUT": states.USER_TIMEOUT,
}  # fmt: skip
"""The events of the table, under the names that claims use."""


def _msl(spec: Spec) -> Quantity:
    return Quantity(Fraction(spec.msl, 60), "min")


@WORDS.word(Rfc(9293, "3.4"))
def acknowledges(spec: Spec, seq: Seq | int, length: int = 0, *flags: Term) -> Seq | int:
    """The ACK that answers a segment with this SEQ, so many octets of data, and SYN or FIN where given.

    SYN and FIN occupy one sequence number each. Numbers wrap at 2^32. A plain number gives a plain number.
    """
    if length < 0:
        raise ModelError("a segment has 0 octets of data or more")
    touch("field:Sequence Number", "field:Acknowledgment Number", "rule:cumulative-ack")
    touch(*(f"rule:{flag.name.lower()}-occupies-one" for flag in flags if flag in (SYN, FIN)))
    count = length + spec.endpoint.counted(frozenset(flags))
    because(f"sequence numbers that the segment occupies: {count}; ACK names the next one", Rfc(9293, "3.4"))
    # An ACK that is not cumulative names what has come, not what is expected next.
    after = count if spec.applies("cumulative-ack") else count - 1
    return seq + after if isinstance(seq, Seq) else (seq + after) % SPACE


@WORDS.word(Rfc(9293, "3.6.1"))
def time_wait_length(spec: Spec) -> Quantity:
    """How long TIME-WAIT lasts: 2 MSL, 4 minutes."""
    touch("state:TIME-WAIT")
    because("TIME-WAIT lasts 2 MSL, and MSL is 2 minutes", Rfc(9293, "3.6.1"))
    return Quantity(spec.time_wait * _msl(spec).amount, "min")


def _row(row: states.Transition) -> None:
    touch(row.id, f"state:{row.state}", f"state:{row.next}")
    guard = f" ({row.guard})" if row.guard else ""
    because(f"{row.state}: {row.event.show()}{guard} -> {', '.join((*row.actions, str(row.next)))}", row.cite)


def _rows(spec: Spec, state: Term, event: Term) -> list[states.Transition]:
    """The rows of the event in the state, on which the answer rests."""
    _check_states(state)
    _check_event(event)
    touch(f"state:{state}")
    rows = list(states.rows(state, event, spec.table))
    for row in rows:
        _row(row)
    return rows


@WORDS.word(_FIGURE_5)
def next_state(spec: Spec, state: Term, event: Term) -> Term:
    """The state after an event: the same one where the event changes nothing. Asks for `next_states` where a guard decides."""
    found: TermSet = next_states(spec, state, event)
    if len(found) > 1:
        raise ModelError(f"{event.show()} in {state} leads to {_either(found)}, as the case may be; ask `next_states`")
    return found.ordered()[0]


def _either(found: frozenset[Term]) -> str:
    return " or ".join(sorted(map(str, found)))


@WORDS.word(_FIGURE_5)
def next_states(spec: Spec, state: Term, event: Term) -> TermSet:
    """All states that an event may lead to from a state, whatever the guards."""
    _rows(spec, state, event)
    return TermSet(states.STATES, states.next_states(state, event, spec.table))


@WORDS.word(_FIGURE_5)
def sends(spec: Spec, state: Term, event: Term) -> TermSet:
    """The flags of the segment that TCP sends when the event happens in the state; the empty set where it sends none."""
    found = TermSet(FLAGS)
    for row in _rows(spec, state, event):
        kinds = [action.removeprefix("snd ") for action in row.actions if action.startswith("snd ")]
        found = TermSet(FLAGS, found | TermSet(FLAGS).read(",".join(kinds)))
    touch(*(f"flag:{flag}" for flag in found))
    return found


@WORDS.word(Rfc(9293, "3.10"))
def tells(spec: Spec, state: Term, event: Term) -> TermSet:
    """What TCP tells its user when the event happens in the state, as `connection_reset`; the empty set for nothing."""
    found = TermSet(SIGNALS)
    for row in _rows(spec, state, event):
        told = (action.split('"')[1] for action in row.actions if action.startswith("signal "))
        found = TermSet(SIGNALS, found | set(map(SIGNALS.term, told)))
    return found


@WORDS.word(_FIGURE_5)
def events(spec: Spec, state: Term, next: Term) -> frozenset[Term]:
    """The events that lead from one state straight to another."""
    _check_states(state, next)
    touch(f"state:{state}", f"state:{next}")
    rows = [row for row in spec.table if row.state == state and row.next == next]
    for row in rows:
        _row(row)
    return TermSet(states.EVENTS, (row.event for row in rows))


@WORDS.word(_FIGURE_5)
def leads_to(spec: Spec, state: Term, next: Term) -> bool:
    """Whether some event leads from one state straight to another."""
    return bool(events(spec, state, next))


@WORDS.word(_FIGURE_5)
def successors(spec: Spec, state: Term) -> TermSet:
    """The states that follow a state directly."""
    _check_states(state)
    rows = [row for row in spec.table if row.state == state]
    for row in rows:
        _row(row)
    return TermSet(states.STATES, (row.next for row in rows))


@WORDS.word(_FIGURE_5)
def predecessors(spec: Spec, state: Term) -> TermSet:
    """The states from which a state is entered directly."""
    _check_states(state)
    rows = [row for row in spec.table if row.next == state]
    for row in rows:
        _row(row)
    return TermSet(states.STATES, (row.state for row in rows))


@WORDS.word(Rfc(9293, "3.3.2"))
def all_states(spec: Spec) -> TermSet:
    """The eleven states, CLOSED among them, which is fictional: it has no TCB."""
    touch(*(f"state:{state}" for state in states.STATES.members))
    return TermSet(states.STATES, states.STATES.terms())


@WORDS.word(Rfc(9293, "3.10.2"))
def may_send(spec: Spec, state: Term) -> bool:
    """Whether a SEND in that state sends at once."""
    _check_states(state)
    touch(f"state:{state}")
    because("SEND sends in ESTABLISHED and CLOSE-WAIT, queues before, and is an error after CLOSE", Rfc(9293, "3.10.2"))
    return state in spec.sending


@WORDS.word(Rfc(9293, "3.10.7.4"))
def may_receive(spec: Spec, state: Term) -> bool:
    """Whether data that arrive in that state reach the user."""
    _check_states(state)
    touch(f"state:{state}")
    because("text is taken in ESTABLISHED, FIN-WAIT-1 and FIN-WAIT-2", Rfc(9293, "3.10.7.4"))
    return state in spec.endpoint.receiving


def _check_states(*terms: Term) -> None:
    for term in terms:
        if not isinstance(term, Term) or term.domain is not states.STATES:
            raise ModelError(f"`{term}` is no TCP state, such as SYN_SENT")


def _check_event(term: Term) -> None:
    if not isinstance(term, Term) or term.domain is not states.EVENTS:
        raise ModelError(f"`{term}` is no event of Figure 5, such as RCV_FIN")


def _messages(messages: int) -> None:
    if messages not in (2, 3, 4):
        raise ModelError("the model can open a connection with 2, 3 or 4 messages")


@WORDS.word(_FIGURE_6)
def handshake_with(spec: Spec, messages: int) -> Trace:
    """The run of a handshake that takes 2, 3 or 4 messages; TCP's takes 3.

    With 2, the server is ESTABLISHED when it answers the SYN; with 4, it acknowledges the third message.
    """
    _messages(messages)
    return explore.handshake(messages, spec.endpoint)


@WORDS.word(Rfc(9293, "Figure 8"))
def reaches_ghost(spec: Spec, messages: int) -> bool:
    """Whether an old duplicate SYN can give the server a connection that the client never asked for.

    Decided by going through every order of events with at most one loss, one duplication and one retransmission.
    """
    _messages(messages)
    search = explore.search_ghost(messages, spec.endpoint)
    touch("state:SYN-RECEIVED", "transition:LISTEN:rcv SYN", "rule:reset-without-connection", "rule:reset-of-wrong-ack")
    if search.found is not None:
        shows(search.found)
        because(f"with {messages} messages the server takes an old duplicate SYN for a new one", Rfc(9293, "Figure 8"))
        return True
    because(f"with {messages} messages none of {search.states} reachable states has a ghost", Rfc(9293, "3.5"))
    return False


@WORDS.word(Rfc(9293, "Figure 8"))
def ghost(spec: Spec, messages: int) -> Trace:
    """The shortest run in which an old duplicate SYN opens a ghost connection, where there is one (2 messages)."""
    _messages(messages)
    found = explore.search_ghost(messages, spec.endpoint).found
    if found is None:
        raise ModelError(f"with {messages} messages no run opens a ghost connection")
    return found


@WORDS.word(Rfc(9293, "3.6.1"))
def indistinguishable(spec: Spec, end: Term, first: Trace, second: Trace) -> bool:
    """Whether two runs look the same to one end: the same calls, arrivals, timeouts and answers, in the same order.

    What differs between such runs is what the end cannot know.
    """
    same = first.view(end) == second.view(end)
    because(f"the {end} sees {'the same' if same else 'different things'} in the two runs")
    return same
