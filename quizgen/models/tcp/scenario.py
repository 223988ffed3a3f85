"""Scenarios: a run written as a list of steps, plain data as it comes from YAML (every scalar a text).

    - server: OPEN passive        a call at an end: OPEN passive, OPEN passive client (only that peer), OPEN active,
    - client: SEND 100            SEND and a number of octets, RECEIVE, RECEIVE 50, CLOSE, ABORT
    - deliver                     the oldest segment on the wire arrives
    - deliver: client             the oldest that the client sent
    - deliver: "3"                segment 3 of the run, counted from 1 in the order of sending
    - deliver: all                everything, in order, and the answers, until the wire is silent
    - lose: server                vanishes; chosen as for deliver
    - delay: "2"                  goes behind everything else on the wire
    - duplicate: "1"              a further copy, behind everything else; of a segment that has arrived, too
    - forge: {from: client, flags: RST, seq: x + 5}       also ack, length, window
    - old: {from: client, flags: SYN, seq: x - 1000}      the same, for a duplicate out of an earlier connection
    - timeout: client retransmission                      or persist, time-wait, user, delayed-ack
    - restart: client             crashes and comes back without memory
    - policy: server delayed-ack  from now on; or immediate-ack, reading, not-reading (data stay in the buffer),
                                  small-buffer (of 1000 octets, from the next OPEN on)

and, before any of these,

    - iss: {client: "100", server: [300, 400]}            the numbers that x and y stand for, one for each connection
    - messages: "2"               a handshake of 2 or 4 messages in place of TCP's 3, to see what would happen
    - established                 both ends are connected; the handshake is not part of the run

The ends may also be called A and B, or host 1 and host 2. Numbers need not be quoted in YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from quizgen.models.base import ScenarioError
from quizgen.models.tcp import scenario_steps
from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
from quizgen.models.tcp.network import ENDS, Flight
from quizgen.models.tcp.numbering import Numbering
from quizgen.models.tcp.record import Recorder
from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import Unreadable

MAX_STEPS = 1000
_LONGEST = 1_000_000
_TEXT = 200


def run(steps: Sequence[Any], isses: Mapping[str, Seq] | None = None, rules: Rules = STANDARD) -> Trace:
    """Run a scenario; `isses` are initial sequence numbers of the ends, whatever the scenario says (see Numbering).
    `rules`: what the ends go by.

    Raises ScenarioError for a step that means nothing or cannot happen.
    """
    script = Script(isses, rules)
    for script.index, step in enumerate(steps):
        script.take(step)
    return script.recorder.trace()


def payload(first: int, length: int) -> bytes:
    """`length` octets of a stream from its `first` one on; each tells its place, so that a mix-up would show."""
    return bytes((first + index) % 251 for index in range(length))


def parts(step: Any) -> tuple[str, Any] | None:
    """A step's word and its value (None without one); None where it has not the shape of a step."""
    if isinstance(step, str):
        return step.strip(), None
    if isinstance(step, Mapping) and len(step) == 1:
        name, value = next(iter(step.items()))
        return str(name).strip(), value
    return None


class Script:
    """The run so far, and the step that is being read."""

    def __init__(self, isses: Mapping[str, Seq] | None = None, rules: Rules = STANDARD) -> None:
        self.rules = rules
        self.numbering = Numbering(isses or {})
        self.recorder = Recorder(self.rules, self.numbering.isses)
        self.index = 0
        self.queued = {"client": 0, "server": 0}
        self.started = False

    def begin(self) -> None:
        """Begin with fresh ends under the present rules and initial sequence numbers; their policies stay."""
        if self.started:
            self.fail("this step comes before all others")
        policies = {name: end.policy for name, end in self.recorder.network.ends.items()}
        self.recorder = Recorder(self.rules, self.numbering.isses)
        for name, end in self.recorder.network.ends.items():
            end.policy = policies[name]

    def fail(self, message: str, nearest: Sequence[str] = ()) -> NoReturn:
        """Raise ScenarioError for the present step."""
        raise ScenarioError(self.index, message, nearest)

    def take(self, step: Any) -> None:
        """Do one step."""
        if self.index >= MAX_STEPS:
            self.fail(f"a scenario has at most {MAX_STEPS} steps")
        found = parts(step)
        if found is None:
            self.fail("a step is a word such as `deliver`, or one key with its value such as `client: CLOSE`")
        name, value = found
        handler = scenario_steps.STEPS.get(name)
        if handler is None:
            self._end_calls(name, value)
            return
        if name not in scenario_steps.BEFORE:
            self.started = True
        handler(self, value)

    def text(self, value: Any, what: str) -> str:
        """A single value as text, "" for none; `what` says in a message what it should have been."""
        if isinstance(value, Mapping | Sequence) and not isinstance(value, str):
            shape = "a map" if isinstance(value, Mapping) else "a list"
            self.fail(f"{shape} stands where {what} is expected")
        text = "" if value is None else str(value).strip()
        if len(text) > _TEXT:
            self.fail(f"a text of {len(text)} characters stands where {what} is expected")
        return text

    def word(self, value: Any, known: Iterable[str], what: str) -> str:
        """One of the known words, whatever its case."""
        words = {one.casefold(): one for one in known}
        text = self.text(value, what)
        found = words.get(text.casefold())
        if found is None:
            close = get_close_matches(text.casefold(), words, n=2, cutoff=0.5)
            nearest = [words[one] for one in close] or list(words.values())[:6]
            self.fail(f"`{text}` is not {what}" if text else f"{what} is missing", nearest)
        return found

    def end(self, value: Any) -> str:
        """The end of that name."""
        text = self.text(value, "an end of the connection")
        try:
            return ENDS.term(text).name
        except Unreadable as error:
            message = f"`{text}` is no end of the connection" if text else "an end of the connection is missing"
            self.fail(message, error.nearest or ENDS.members)

    def number(self, value: Any, what: str, least: int, most: int) -> int:
        """A whole number within limits."""
        text = self.text(value, what)
        if not re.fullmatch(r"[0-9]+", text) or not least <= int(text) <= most:
            self.fail(f"`{text}` is not {what}: a whole number from {least} to {most}")
        return int(text)

    def octets(self, end: str, value: str) -> bytes:
        """So many octets more of what an end sends."""
        length = self.number(value, "a number of octets", 1, _LONGEST)
        self.queued[end] += length
        return payload(self.queued[end] - length, length)

    def _end_calls(self, name: str, value: Any) -> None:
        try:
            end = ENDS.term(name).name
        except Unreadable:
            words = [*scenario_steps.STEPS, *ENDS.members]
            nearest = get_close_matches(name, words, n=2, cutoff=0.5) or words
            self.fail(f"`{name}` is no step of a scenario" if name else "this step is empty", nearest)
        self.started = True
        scenario_steps.call(self, end, value)

    def choose(self, value: Any) -> Flight:
        """The segment on the wire that a step means."""
        wire = self.recorder.network.wire
        text = self.text(value, "an end or a segment's number")
        if not wire:
            self.fail("nothing is on the wire")
        if not text:
            return wire[0]
        if re.fullmatch(r"[0-9]+", text):
            found = [flight for flight in wire if flight.n == int(text)]
            if not found:
                self.fail(f"segment {text} is not on the wire", [str(flight.n) for flight in wire])
        else:
            end = self.end(text)
            found = [flight for flight in wire if flight.segment.sender == end]
            if not found:
                self.fail(f"nothing that the {end} sent is on the wire")
        return found[0]

    def past(self, value: Any) -> int:
        """The number of the segment that a step copies: one that was sent, else the oldest on the wire."""
        if not self.text(value, "a segment's number"):
            return self.choose(value).n
        if not self.recorder.sent:
            self.fail("no segment has been sent yet")
        return self.number(value, "a segment of this run so far", 1, len(self.recorder.sent))

    def deliver(self, flight: Flight) -> None:
        """Let a segment arrive."""
        self.recorder.deliver(flight)

    def deliver_all(self) -> None:
        """Let everything arrive, and the answers, until the wire is silent."""
        for _ in range(MAX_STEPS):
            if not self.recorder.network.wire:
                return
            self.deliver(self.recorder.network.wire[0])
        self.fail("the wire does not fall silent")

    def lose(self, flight: Flight) -> None:
        """Let a segment vanish."""
        self.recorder.lose(flight)
