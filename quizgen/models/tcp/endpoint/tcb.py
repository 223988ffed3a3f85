"""What an endpoint remembers, the TCB (RFC 9293 §3.3.1), and the few ways in which it acts on the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from quizgen.models.tcp.endpoint.reasons import REASONS, SIGNALS
from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
from quizgen.models.tcp.options import Mss, Option, WindowScale
from quizgen.models.tcp.segment import ACK, FIN, MSS, PSH, SYN, WIDEST, Segment, flags
from quizgen.models.tcp.seq import NEXT_CONNECTION, Seq
from quizgen.models.tcp.states import CLOSE, CLOSE_WAIT, CLOSED, LAST_ACK, START_2MSL, TIME_WAIT
from quizgen.models.values import Term, TermSet

BUFFER = WIDEST
"""Octets that an endpoint can hold for its user, where its policy says nothing else."""
DEFAULT_SEND_MSS = 536
"""What to send at most to an IPv4 peer whose SYN had no MSS option (MUST-15)."""

ZERO = Seq("", 0)

_REASONS = {term.name: term for term in REASONS.terms()}
_SIGNALS = {term.name: term for term in SIGNALS.terms()}


@dataclass(frozen=True, slots=True)
class Policy:
    """What RFC 9293 leaves to an implementation or its user.

    `delayed_ack`: an ACK of data or FIN waits for something to ride on, or for a timeout (§3.8.6.3).
    `reads`: the user takes data at once; otherwise they fill the buffer and the window shrinks.
    `buffer`: octets that it can hold for its user, from the next OPEN on, since a window is not to shrink (SHLD-14).
    `mss`: what the MSS option announces (§3.7.1).
    `window_scale`: the shift that it offers for its own windows, None for no such option (RFC 7323 §2).
    """

    delayed_ack: bool = False
    reads: bool = True
    buffer: int = BUFFER
    mss: int = MSS
    window_scale: int | None = None


_PLAIN = Policy()


@dataclass(slots=True)
class Tcb:
    """The variables of one connection, under RFC 9293's names. Every field is immutable, so that a copy is independent."""

    state: Term
    iss: Seq = ZERO
    irs: Seq = ZERO
    snd_una: Seq = ZERO
    snd_nxt: Seq = ZERO
    snd_wnd: int = 0
    snd_wl1: Seq = ZERO
    snd_wl2: Seq = ZERO
    max_snd_wnd: int = 0
    """The largest window that the peer has given (RFC 5961 §5.2)."""
    rcv_buff: int = BUFFER
    rcv_nxt: Seq = ZERO
    rcv_up: Seq = ZERO
    snd_mss: int = DEFAULT_SEND_MSS
    """The effective send MSS (§3.7.1, MUST-16)."""
    scaling: bool = False
    """Whether both SYNs carried the window scale option; without that the shifts stay 0."""
    snd_wind_shift: int = 0
    rcv_wind_shift: int = 0
    passive: bool = False
    """Whether LISTEN came first, so that a failed attempt returns there."""
    remote_specified: bool = False
    unsent: bytes = b""
    fin_queued: bool = False
    """CLOSE was called, and the FIN waits for the data before it or for the window."""
    probed: bool = False
    """A zero-window probe has taken what waits at SND.NXT to the peer, without advancing SND.NXT."""
    fin: Seq | None = None
    """The number that our FIN occupies, once sent."""
    unacknowledged: tuple[Segment, ...] = ()
    """The retransmission queue."""
    held: tuple[Segment, ...] = ()
    """Segments ahead of a gap, or that came with the SYN."""
    unread: bytes = b""
    ack_due: bool = False
    """A delayed ACK waits."""
    timed: bool = True
    """In TIME-WAIT, whether the 2MSL timer runs: the rows that lead there start it."""
    former: Tcb | None = None
    """The TIME-WAIT that a new SYN reopened, to return to should that SYN prove old (MAY-2)."""

    @property
    def rcv_wnd(self) -> int:
        """The free part of the buffer."""
        return self.rcv_buff - len(self.unread)

    @property
    def usable_window(self) -> int:
        """How many more sequence numbers the peer takes: U = SND.UNA + SND.WND - SND.NXT (§3.8.6.2.1)."""
        return self.snd_wnd - self.snd_nxt.after(self.snd_una)

    def window_field(self, kinds: TermSet) -> int:
        """SEG.WND of a segment with these flags, in 16 bits; never scaled in a SYN (RFC 7323 §2.2)."""
        return min(self.rcv_wnd >> (0 if SYN in kinds else self.rcv_wind_shift), WIDEST)

    def offered(self, segment: Segment) -> int:
        """The window that a segment of the peer gives, in octets."""
        return segment.window if SYN in segment.flags else segment.window << self.snd_wind_shift

    def take_window(self, segment: Segment, ack: Seq) -> None:
        """SND.WND <- SEG.WND, SND.WL1 <- SEG.SEQ, SND.WL2 <- SEG.ACK."""
        self.snd_wnd, self.snd_wl1, self.snd_wl2 = self.offered(segment), segment.seq, ack
        self.max_snd_wnd = max(self.max_snd_wnd, self.snd_wnd)

    @property
    def fin_acknowledged(self) -> bool:
        """Whether the peer has acknowledged our FIN."""
        return self.fin is not None and self.snd_una > self.fin

    def copy(self) -> Tcb:
        """An independent copy."""
        return Tcb(*_FIELDS(self))

    def key(self) -> tuple[object, ...]:
        """All of it as one hashable value."""
        return (*_KEY(self), self.former and self.former.key())


_FIELDS: Callable[[Tcb], tuple[Any, ...]] = attrgetter(*(one.name for one in fields(Tcb)))
# Plain numbers and names, since an exploration hashes them some million times.
_NUMBERED = {"Seq": ".value", "Term": ".name"}
_KEY: Callable[[Tcb], tuple[Any, ...]] = attrgetter(
    *(one.name + _NUMBERED.get(str(one.type), "") for one in fields(Tcb) if one.name != "former")
)


@dataclass(slots=True)
class Outcome:
    """What one event led to: segments sent, signals to the user, why the segment was dropped, states gone through.

    `moves` are the steps of `path` with what they came from: state, event of the table, next state.
    `elements` are the ids of what the outcome rests on (see quizgen.models.base.touch).
    """

    segments: list[Segment] = field(default_factory=list)
    signals: list[Term] = field(default_factory=list)
    dropped: Term | None = None
    path: list[Term] = field(default_factory=list)
    moves: list[tuple[Term, Term, Term]] = field(default_factory=list)
    delivered: bytes = b""
    restarted_2msl: bool = False
    elements: set[str] = field(default_factory=set)


class Endpoint:
    """One TCP endpoint with at most one connection. `isses` are the ISSs of its connections, one after the other;
    when they run out the next lies 2^28 above the last.
    """

    __slots__ = ("isses", "name", "opened", "out", "policy", "rules", "tcb")

    def __init__(self, name: str, isses: Sequence[Seq], rules: Rules = STANDARD, policy: Policy = _PLAIN) -> None:
        self.name, self.isses, self.rules, self.policy = name, tuple(isses), rules, policy
        self.tcb: Tcb | None = None
        self.opened = 0
        self.out = Outcome()

    @property
    def state(self) -> Term:
        """The state; CLOSED where there is no TCB."""
        return self.tcb.state if self.tcb is not None else CLOSED

    def clone(self) -> Endpoint:
        """An independent copy."""
        made = Endpoint(self.name, self.isses, self.rules, self.policy)
        made.tcb, made.opened = self.tcb and self.tcb.copy(), self.opened
        return made

    def key(self) -> tuple[object, ...]:
        """What its future depends on, hashable."""
        return (self.tcb and self.tcb.key(), self.opened, self.policy)

    def next_iss(self) -> Seq:
        """The ISS of one more connection (§3.4.1)."""
        self.opened += 1
        spare = self.opened - len(self.isses)
        return self.isses[-1] + spare * NEXT_CONNECTION if spare > 0 else self.isses[self.opened - 1]

    def fresh(self, state: Term, **given: Any) -> Tcb:
        """A TCB that knows of no connection yet."""
        return Tcb(state, rcv_buff=self.policy.buffer, **given)

    def enter(self, state: Term, event: Term) -> None:
        """Go to another state because of an event of Figure 5, as the row for this move has it."""
        before = self.state
        row = self.rules.moves.get((before, event, state))
        if row is not None:
            state = row.next
            if state == before:
                return  # not so in RFC 9293: the event leaves the state as it is
            self.out.elements.add(row.id)
        self.out.elements.update((f"state:{before}", f"state:{state}"))
        self.out.path.append(state)
        self.out.moves.append((before, event, state))
        if state == CLOSED:
            self.tcb = None
            return
        if self.tcb is None:
            self.tcb = self.fresh(state)
        else:
            self.tcb.state = state
        if state == TIME_WAIT:
            self.tcb.timed = row is not None and START_2MSL in row.actions

    def send(
        self, seq: Seq, kinds: TermSet, ack: Seq | None = None, data: bytes = b"", window: int = 0,
        options: tuple[Option, ...] = (),
    ) -> Segment:  # fmt: skip
        """Hand a segment to the network."""
        segment = Segment(seq, ack, kinds, data, window, self.name, options)
        self.out.segments.append(segment)
        self.out.elements.update(f"flag:{kind}" for kind in kinds)
        if self.tcb is not None and ack is not None:
            self.tcb.ack_due = False
        return segment

    def send_ack(self, tcb: Tcb) -> None:
        """<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>"""
        kinds = flags(ACK)
        self.send(tcb.snd_nxt, kinds, tcb.rcv_nxt, window=tcb.window_field(kinds))

    def options(self, tcb: Tcb, kinds: TermSet) -> tuple[Option, ...]:
        """What goes with these flags: options only with SYN (MUST-65), window scale in a SYN,ACK only if it was offered."""
        if SYN not in kinds:
            return ()
        shift = self.policy.window_scale
        scale = shift is not None and (ACK not in kinds or tcb.scaling)
        return (Mss(self.policy.mss), *([WindowScale(shift)] if shift is not None and scale else []))

    def learn_options(self, tcb: Tcb, syn: Segment) -> None:
        """Take MSS and window scale from the peer's SYN (§3.7.1; RFC 7323 §2.2: both must offer it)."""
        told = next((one.value for one in syn.options if isinstance(one, Mss)), None)
        # Who takes no octet at all cannot have meant it; nothing would ever be sent.
        tcb.snd_mss = min(told or DEFAULT_SEND_MSS, MSS)
        scale = next((one for one in syn.options if isinstance(one, WindowScale)), None)
        if scale is not None and self.policy.window_scale is not None:
            tcb.scaling, tcb.snd_wind_shift, tcb.rcv_wind_shift = True, scale.effective, self.policy.window_scale

    def send_queued(self, tcb: Tcb, kinds: TermSet, data: bytes = b"") -> None:
        """Send what occupies sequence numbers, and keep it until it is acknowledged."""
        ack = tcb.rcv_nxt if ACK in kinds else None
        segment = self.send(tcb.snd_nxt, kinds, ack, data, tcb.window_field(kinds), self.options(tcb, kinds))
        if FIN in kinds:
            tcb.fin = tcb.snd_nxt + len(data)
            self.out.elements.add("rule:fin-occupies-one")
        if SYN in kinds:
            self.out.elements.add("rule:syn-occupies-one")
        tcb.snd_nxt, tcb.probed = tcb.snd_nxt + len(data) + self.rules.counted(kinds), False
        tcb.unacknowledged += (segment,)
        if FIN in kinds and tcb.state == CLOSE_WAIT:
            self.enter(LAST_ACK, CLOSE)  # not before the FIN is sent (§3.10.4)

    def transmit(self, tcb: Tcb) -> bool:
        """Send what waits, data and then FIN, as far as the window allows; whether anything went (§3.8.6)."""
        went = False
        bounded = self.rules.applies("send-window")
        while (tcb.unsent or tcb.fin_queued) and (room := tcb.usable_window if bounded else BUFFER) > 0:
            data = tcb.unsent[: min(tcb.snd_mss, room)]
            last = len(data) == len(tcb.unsent)
            # A FIN occupies a sequence number, for which there must be room, too.
            with_fin = last and tcb.fin_queued and len(data) < room
            tcb.unsent, tcb.fin_queued = tcb.unsent[len(data) :], tcb.fin_queued and not with_fin
            self.send_queued(tcb, flags(ACK, *([PSH] if data and last else []), *([FIN] if with_fin else [])), data)
            if data:
                self.out.elements.add("rule:send-window")
            went = True
        if tcb.unsent:
            self.out.elements.add("rule:send-window")
        return went

    def drop(self, reason: str) -> None:
        """Drop the segment that arrived, for one of REASONS."""
        self.out.dropped = _REASONS[reason]

    def signal(self, text: str) -> None:
        """Tell the user one of SIGNALS."""
        self.out.signals.append(_SIGNALS[text])
