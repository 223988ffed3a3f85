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
    - timeout: client retransmission                      or time-wait, user, delayed-ack
    - restart: client             crashes and comes back without memory
    - policy: server delayed-ack  from now on; or immediate-ack, reading, not-reading (data stay in the buffer)

and, before any of these,

    - iss: {client: "100", server: [300, 400]}            numbers in place of x and y, one for each connection
    - messages: "2"               a handshake of 2 or 4 messages in place of TCP's 3, to see what would happen
    - established                 both ends are connected; the handshake is not part of the run

The ends may also be called A and B, or host 1 and host 2. Numbers need not be quoted in YAML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from quizgen.models.base import ScenarioError
from quizgen.models.tcp.endpoint import calls
from quizgen.models.tcp.endpoint.tcb import BUFFER, STANDARD, Rules
from quizgen.models.tcp.network import ENDS, TIMEOUTS, Flight
from quizgen.models.tcp.record import Recorder
from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.segment import ACK, FLAGS, Segment
from quizgen.models.tcp.seq import Seq, read
from quizgen.models.values import TermSet, Unreadable

POLICIES: Mapping[str, Mapping[str, bool]] = {
    "delayed-ack": {"delayed_ack": True},
    "immediate-ack": {"delayed_ack": False},
    "reading": {"reads": True},
    "not-reading": {"reads": False},
}
CALLS = ("OPEN passive", "OPEN active", "SEND 100", "RECEIVE", "CLOSE", "ABORT")
MAX_STEPS = 1000
_LONGEST = 1_000_000


def run(steps: Sequence[Any]) -> Trace:
    """Run a scenario. Raises ScenarioError for a step that means nothing or cannot happen."""
    script = Script()
    for script.index, step in enumerate(steps):
        if script.index >= MAX_STEPS:
            script.fail(f"a scenario has at most {MAX_STEPS} steps")
        script.take(step)
    return script.recorder.trace()


def payload(first: int, length: int) -> bytes:
    """`length` octets of a stream from its `first` one on; each tells its place, so that a mix-up would show."""
    return bytes((first + index) % 251 for index in range(length))


class Script:
    """The run so far, and the step that is being read."""

    def __init__(self) -> None:
        self.recorder, self.index = Recorder(), 0
        self.rules: Rules = STANDARD
        self.isses: dict[str, Sequence[Seq]] = {}
        self.queued = {"client": 0, "server": 0}
        self.started = False

    def fail(self, message: str, nearest: Sequence[str] = ()) -> NoReturn:
        raise ScenarioError(self.index, message, nearest)

    def take(self, step: Any) -> None:
        """Do one step."""
        if isinstance(step, str):
            name, value = step, None
        elif isinstance(step, Mapping) and len(step) == 1:
            name, value = next(iter(step.items()))
        else:
            self.fail("a step is a word such as `deliver`, or one key with its value such as `client: CLOSE`")
        handler = STEPS.get(str(name).strip())
        if handler is None:
            self._end_calls(str(name), value)
            return
        if str(name).strip() not in _BEFORE:
            self.started = True
        handler(self, value)

    def word(self, text: Any, known: Iterable[str], what: str) -> str:
        """One of the known words, whatever its case."""
        words = {one.casefold(): one for one in known}
        found = words.get(str(text).strip().casefold()) if not isinstance(text, Mapping | list) else None
        if found is None:
            close = get_close_matches(str(text).casefold(), words, n=2, cutoff=0.5)
            self.fail(f"`{text}` is no {what}", [words[one] for one in close] or list(words.values())[:6])
        return found

    def end(self, text: Any) -> str:
        """The end of that name."""
        try:
            return ENDS.term(str(text)).name
        except Unreadable as error:
            self.fail(f"`{text}` is no end of the connection", error.nearest or ENDS.members)

    def number(self, text: Any, what: str, least: int, most: int) -> int:
        """A whole number within limits."""
        if not re.fullmatch(r"\d+", str(text).strip()) or not least <= int(str(text)) <= most:
            self.fail(f"`{text}` is no {what}: a whole number from {least} to {most}")
        return int(str(text))

    def _end_calls(self, name: str, value: Any) -> None:
        try:
            end = ENDS.term(name).name
        except Unreadable:
            words = [*STEPS, *ENDS.members]
            self.fail(f"`{name}` is no step of a scenario", get_close_matches(name, words, n=2, cutoff=0.5) or words)
        self.started = True
        _call(self, end, str(value or ""))

    def choose(self, value: Any) -> Flight:
        """The segment on the wire that a step means."""
        wire = self.recorder.network.wire
        if not wire:
            self.fail("nothing is on the wire")
        text = str(value or "").strip()
        if not text:
            return wire[0]
        if re.fullmatch(r"\d+", text):
            found = [flight for flight in wire if flight.n == int(text)]
            if not found:
                self.fail(f"segment {text} is not on the wire", [str(flight.n) for flight in wire])
        else:
            end = self.end(text)
            found = [flight for flight in wire if flight.segment.sender == end]
            if not found:
                self.fail(f"nothing that the {end} sent is on the wire")
        return found[0]


def _call(script: Script, end: str, text: str) -> None:
    verb, _, rest = re.sub(r"\s+", " ", text.strip()).partition(" ")
    word = script.word(f"{verb} {rest.split(' ')[0]}" if verb.upper() == "OPEN" else verb, _VERBS, "call of RFC 9293")
    do, arguments = _VERBS[word]
    rest = rest.partition(" ")[2] if verb.upper() == "OPEN" else rest
    function, args = do, arguments(script, end, rest)
    script.recorder.call(end, text.strip(), function, *args)


def _no_arguments(script: Script, end: str, rest: str) -> tuple[Any, ...]:
    if rest:
        script.fail(f"`{rest}` means nothing after this call")
    return ()


def _passive(script: Script, end: str, rest: str) -> tuple[Any, ...]:
    if rest and script.end(rest) == end:
        script.fail("an end cannot wait for itself")
    return (bool(rest),)


def _octets(script: Script, end: str, rest: str) -> tuple[Any, ...]:
    length = script.number(rest, "number of octets", 1, _LONGEST)
    data = payload(script.queued[end], length)
    script.queued[end] += length
    return (data,)


def _count(script: Script, end: str, rest: str) -> tuple[Any, ...]:
    return (script.number(rest, "number of octets", 1, BUFFER),) if rest else ()


_VERBS: dict[str, tuple[Callable[..., Any], Callable[[Script, str, str], tuple[Any, ...]]]] = {
    "OPEN passive": (calls.open_passive, _passive),
    "OPEN active": (calls.open_active, _no_arguments),
    "SEND": (calls.send, _octets),
    "RECEIVE": (calls.receive, _count),
    "CLOSE": (calls.close, _no_arguments),
    "ABORT": (calls.abort, _no_arguments),
}


def _deliver(script: Script, value: Any) -> None:
    if str(value).strip() != "all":
        script.recorder.deliver(script.choose(value))
        return
    for _ in range(MAX_STEPS):
        if not script.recorder.network.wire:
            return
        script.recorder.deliver(script.recorder.network.wire[0])
    script.fail("the wire does not fall silent")


def _duplicate(script: Script, value: Any) -> None:
    n = (
        script.number(value, "segment of this run so far", 1, len(script.recorder.sent))
        if value
        else script.choose("").n
    )
    script.recorder.duplicate(n)


def _forge(script: Script, value: Any) -> None:
    script.recorder.inject(_segment(script, value))


def _old(script: Script, value: Any) -> None:
    script.recorder.inject(_segment(script, value), "OLD-DUPLICATE")


def _segment(script: Script, value: Any) -> Segment:
    """A segment of that description; SEQ, ACK and window are by default what its sender would write."""
    if not isinstance(value, Mapping) or not {"from", "flags"} <= set(value):
        script.fail("describe the segment: {from: client, flags: RST, seq: x + 5}")
    for key in value:
        script.word(key, ("from", "flags", "seq", "ack", "length", "window"), "part of a segment")
    sender = script.end(value["from"])
    tcb = script.recorder.network.ends[sender].tcb
    try:
        kinds = TermSet(FLAGS).read(str(value["flags"])) if "flags" in value else TermSet(FLAGS)
        seq = read(str(value["seq"])) if "seq" in value else tcb.snd_nxt if tcb else None
        ack = read(str(value["ack"])) if "ack" in value else tcb.rcv_nxt if tcb else None
    except Unreadable as error:
        script.fail(str(error), error.nearest)
    if seq is None or (ACK in kinds and ack is None):
        script.fail(
            f"the {sender} has no connection to take numbers from: give `seq`{' and `ack`' if ACK in kinds else ''}"
        )
    length = script.number(value.get("length", "0"), "number of octets", 0, BUFFER)
    window = script.number(value.get("window", str(BUFFER)), "window", 0, BUFFER)
    return Segment(seq, ack if ACK in kinds else None, kinds, bytes(length), window, sender)


def _timeout(script: Script, value: Any) -> None:
    name, _, timer = str(value or "").strip().rpartition(" ")
    end = script.end(name or timer)
    timer = script.word({"2MSL": "time-wait"}.get(timer, timer), TIMEOUTS, "timeout")
    if not script.recorder.timeout(end, timer):
        script.fail(f"the {end} has no {timer} timer running in {script.recorder.network.ends[end].state}")


def _policy(script: Script, value: Any) -> None:
    name, _, policy = str(value or "").strip().rpartition(" ")
    script.recorder.policy(script.end(name or policy), **POLICIES[script.word(policy, POLICIES, "policy")])


def _begin(script: Script) -> None:
    if script.started:
        script.fail("this step comes before all others")
    policies = {name: end.policy for name, end in script.recorder.network.ends.items()}
    script.recorder = Recorder(script.rules, script.isses)
    for name, end in script.recorder.network.ends.items():
        end.policy = policies[name]


def _iss(script: Script, value: Any) -> None:
    if not isinstance(value, Mapping) or not value:
        script.fail('give the numbers: {client: "100", server: "300"}')
    for name, numbers in value.items():
        texts = numbers if isinstance(numbers, list) else str(numbers).split(",")
        try:
            script.isses[script.end(name)] = [read(str(text)) for text in texts]
        except Unreadable as error:
            script.fail(str(error), error.nearest)
    _begin(script)


def _messages(script: Script, value: Any) -> None:
    script.rules = Rules(script.number(value, "number of messages", 2, 4))
    _begin(script)


def _established(script: Script, value: Any) -> None:
    if script.started:
        script.fail("`established` comes before all other steps")
    script.recorder.establish()
    script.started = True


_BEFORE = frozenset({"iss", "messages", "established", "policy"})
STEPS: dict[str, Callable[[Script, Any], None]] = {
    "deliver": _deliver,
    "lose": lambda script, value: script.recorder.lose(script.choose(value)),
    "delay": lambda script, value: script.recorder.network.delay(script.choose(value)),
    "duplicate": _duplicate, "forge": _forge, "old": _old, "timeout": _timeout,
    "restart": lambda script, value: script.recorder.restart(script.end(value)),
    "policy": _policy, "iss": _iss, "messages": _messages, "established": _established,
}  # fmt: skip
