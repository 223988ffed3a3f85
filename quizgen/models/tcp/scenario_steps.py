"""What each step of a scenario does to the run (see quizgen.models.tcp.scenario, which reads them)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quizgen.models.tcp.endpoint import calls
from quizgen.models.tcp.endpoint.tcb import BUFFER
from quizgen.models.tcp.network import PEER, TIMEOUTS
from quizgen.models.tcp.segment import ACK, FLAGS, Segment
from quizgen.models.tcp.seq import SPACE, Seq, read
from quizgen.models.values import TermSet, Unreadable

if TYPE_CHECKING:
    from quizgen.models.tcp.scenario import Script

POLICIES: Mapping[str, Mapping[str, int]] = {
    "delayed-ack": {"delayed_ack": True},
    "immediate-ack": {"delayed_ack": False},
    "reading": {"reads": True},
    "not-reading": {"reads": False},
    "small-buffer": {"buffer": 1000},
}
CALLS = ("OPEN passive", "OPEN active", "SEND 100", "RECEIVE", "CLOSE", "ABORT")


_SOCKETS = {
    "LISTEN": "OPEN passive", "CONNECT": "OPEN active", "WRITE": "SEND", "READ": "RECEIVE", "RECV": "RECEIVE",
    "SHUTDOWN": "CLOSE",
}  # fmt: skip
"""What programmers know the calls by, where the spelling is far from RFC 9293's."""


def call(script: Script, end: str, value: Any) -> None:
    """Let an end's user make a call."""
    text = re.sub(r"\s+", " ", script.text(value, "a call of RFC 9293"))
    verb, _, rest = text.partition(" ")
    if verb.upper() == "OPEN":
        kind, _, rest = rest.partition(" ")
        verb = f"{verb} {kind}".strip()
    if verb.upper() in _SOCKETS:
        script.fail(f"`{verb}` is not a call of RFC 9293", [_SOCKETS[verb.upper()]])
    function, arguments = _VERBS[script.word(verb, _VERBS, "a call of RFC 9293")]
    script.recorder.call(end, text, function, *arguments(script, end, rest))


def _no_arguments(script: Script, end: str, rest: str) -> tuple[Any, ...]:
    if rest:
        script.fail(f"`{rest}` means nothing after this call")
    return ()


def _passive(script: Script, end: str, rest: str) -> tuple[Any, ...]:
    if rest and script.end(rest) == end:
        script.fail("an end cannot wait for itself")
    return (bool(rest),)


def _octets(script: Script, end: str, rest: str) -> tuple[Any, ...]:
    return (script.octets(end, rest),)


def _count(script: Script, end: str, rest: str) -> tuple[Any, ...]:
    return (script.number(rest, "a number of octets", 1, BUFFER),) if rest else ()


_VERBS: dict[str, tuple[Callable[..., Any], Callable[[Script, str, str], tuple[Any, ...]]]] = {
    "OPEN passive": (calls.open_passive, _passive),
    "OPEN active": (calls.open_active, _no_arguments),
    "SEND": (calls.send, _octets),
    "RECEIVE": (calls.receive, _count),
    "CLOSE": (calls.close, _no_arguments),
    "ABORT": (calls.abort, _no_arguments),
}


def _deliver(script: Script, value: Any) -> None:
    if isinstance(value, str) and value.strip().casefold() == "all":
        script.deliver_all()
    else:
        script.deliver(script.choose(value))


def _lose(script: Script, value: Any) -> None:
    script.lose(script.choose(value))


def _delay(script: Script, value: Any) -> None:
    script.recorder.network.delay(script.choose(value))


def _duplicate(script: Script, value: Any) -> None:
    script.recorder.duplicate(script.past(value))


def _forge(script: Script, value: Any) -> None:
    script.recorder.inject(_segment(script, value))


def _old(script: Script, value: Any) -> None:
    script.recorder.inject(_segment(script, value), "OLD-DUPLICATE")


def _segment(script: Script, value: Any) -> Segment:
    """A segment of that description; SEQ, ACK and window are by default what its sender would write."""
    if not isinstance(value, Mapping) or not {"from", "flags"} <= set(value):
        script.fail("describe the segment: {from: client, flags: RST, seq: x + 5}")
    for key in value:
        script.word(key, ("from", "flags", "seq", "ack", "length", "window"), "a part of a segment")
    sender = script.end(value["from"])
    tcb = script.recorder.network.ends[sender].tcb
    kinds = _flags(script, value["flags"])
    seq = _number(script, value, "seq", sender, tcb.snd_nxt if tcb else None)
    ack = _number(script, value, "ack", PEER[sender], tcb.rcv_nxt if tcb else None)
    if seq is None or (ACK in kinds and ack is None):
        script.fail(
            f"the {sender} has no connection to take numbers from: give `seq`{' and `ack`' if ACK in kinds else ''}"
        )
    length = script.number(value.get("length", "0"), "a number of octets", 0, BUFFER)
    window = script.number(value.get("window", str(BUFFER)), "a window", 0, BUFFER)
    return Segment(seq, ack if ACK in kinds else None, kinds, bytes(length), window, sender)


def _flags(script: Script, value: Any) -> TermSet:
    texts = [script.text(one, "a flag") for one in (value if isinstance(value, list) else [value])]
    try:
        return TermSet(FLAGS).read(", ".join(texts))
    except Unreadable as error:
        script.fail(str(error), error.nearest)


def _number(script: Script, value: Mapping[Any, Any], part: str, end: str, default: Seq | None) -> Seq | None:
    """The sequence number of that part, in the numbers that `end` counts its octets with."""
    return script.numbering.place(end, _read(script, value[part])) if part in value else default


def _read(script: Script, value: Any) -> Seq:
    try:
        return read(script.text(value, "a sequence number"))
    except Unreadable as error:
        script.fail(str(error), error.nearest)


def _timeout(script: Script, value: Any) -> None:
    name, _, timer = script.text(value, "an end and its timer, as in `client retransmission`,").rpartition(" ")
    end = script.end(name or timer)
    timer = script.word("time-wait" if timer.casefold() == "2msl" else timer, TIMEOUTS, "a timeout")
    if not script.recorder.timeout(end, timer):
        script.fail(f"the {end} has no {timer} timer running in {script.recorder.network.ends[end].state}")


def _restart(script: Script, value: Any) -> None:
    script.recorder.restart(script.end(value))


def _policy(script: Script, value: Any) -> None:
    name, _, policy = script.text(value, "an end and its policy, as in `server delayed-ack`,").rpartition(" ")
    script.recorder.policy(script.end(name or policy), **POLICIES[script.word(policy, POLICIES, "a policy")])


def _iss(script: Script, value: Any) -> None:
    if not isinstance(value, Mapping) or not value:
        script.fail('give the numbers: {client: "100", server: "300"}')
    given: dict[str, list[Seq]] = {}
    for name, numbers in value.items():
        end = script.end(name)
        if end in given:
            script.fail(f"the numbers of the {end} are given twice")
        texts = numbers if isinstance(numbers, list) else script.text(numbers, "a sequence number").split(",")
        if texts in ([], [""]):
            script.fail(f"the numbers of the {end} are missing")
        given[end] = [_initial(script, text) for text in texts]
    for end, isses in given.items():
        script.numbering.give(end, isses)
    script.begin()


def _initial(script: Script, value: Any) -> Seq:
    number = _read(script, value)
    return number if number.base else Seq("", script.number(value, "a sequence number", 0, SPACE - 1))


def _messages(script: Script, value: Any) -> None:
    script.rules = replace(script.rules, messages=script.number(value, "a number of messages", 2, 4))
    script.begin()


def _established(script: Script, value: Any) -> None:
    if value not in (None, ""):
        script.fail("`established` stands alone, without a value")
    if script.started:
        script.fail("`established` comes before all other steps")
    script.recorder.establish()
    script.started = True


BEFORE = frozenset({"iss", "messages", "established", "policy"})
"""Steps that may stand before others that begin a run."""
STEPS: dict[str, Callable[[Script, Any], None]] = {
    "deliver": _deliver,
    "lose": _lose, "delay": _delay, "duplicate": _duplicate, "forge": _forge, "old": _old, "timeout": _timeout,
    "restart": _restart, "policy": _policy, "iss": _iss, "messages": _messages,
    "established": _established,
}  # fmt: skip
