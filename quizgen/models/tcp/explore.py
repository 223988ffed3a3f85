"""All that can happen to two endpoints and a wire with bounded faults, breadth first, so that what is found is shortest.

A path is a list of scenario steps (see quizgen.models.tcp.scenario), so that a counterexample can be run, drawn and
kept as a scenario.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from quizgen.models.tcp import scenario
from quizgen.models.tcp.endpoint.calls import abort, close, open_active, open_passive, send
from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
from quizgen.models.tcp.network import PEER, TIMEOUTS, Flight, Network
from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.segment import SYN, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import CLOSED, LISTEN, SYN_RECEIVED, SYN_SENT

CALLS: Mapping[str, Callable[..., Any]] = {
    "OPEN passive": open_passive,
    "OPEN active": open_active,
    "CLOSE": close,
    "ABORT": abort,
}
"""Calls without an argument. `SEND 3` gives three octets; each tells its place in what the end sends."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may still happen: calls (end, name) not yet made, and numbers of faults and retransmissions."""

    calls: frozenset[tuple[str, str]] = frozenset()
    losses: int = 0
    duplicates: int = 0
    retransmissions: int = 0


@dataclass(frozen=True, slots=True)
class Streams:
    """What has passed the user's interface: octets given to SEND (how many) and octets that the user got, by end."""

    given: tuple[tuple[str, int], ...] = (("client", 0), ("server", 0))
    got: tuple[tuple[str, bytes], ...] = (("client", b""), ("server", b""))

    def with_given(self, end: str, count: int) -> Streams:
        """After a SEND of so many octets."""
        return replace(self, given=tuple((name, n + count * (name == end)) for name, n in self.given))

    def with_got(self, end: str, octets: bytes) -> Streams:
        """After octets reached the user."""
        return replace(self, got=tuple((name, old + octets if name == end else old) for name, old in self.got))


@dataclass(frozen=True, slots=True)
class Place:
    """A point reached: the network, what may still happen, the steps that led there, and the users' data."""

    network: Network
    bounds: Bounds
    path: tuple[Any, ...]
    streams: Streams = Streams()

    def key(self) -> tuple[object, ...]:
        """What the future depends on: the order on the wire does not matter, since any segment may be next."""
        ends = (end.key() for end in self.network.ends.values())
        segments = [flight.segment for flight in self.network.wire]
        wire: frozenset[object] = frozenset(segments)
        if len(wire) < len(segments):
            wire = frozenset(Counter(segments).items())
        bounds, streams = self.bounds, self.streams
        faults = (bounds.losses, bounds.duplicates, bounds.retransmissions)
        return (*ends, wire, bounds.calls, faults, streams.given, streams.got)

    def trace(self) -> Trace:
        """The way here as a run."""
        script = scenario.Script(rules=self.network.ends["client"].rules)
        for script.index, step in enumerate(self.path):
            script.take(step)
        return script.recorder.trace()


@dataclass(frozen=True)
class Search:
    """What a search came to: the shortest run to what was looked for, None when nothing reaches it, and the states seen."""

    found: Trace | None
    states: int


def places(start: Place) -> Iterator[Place]:
    """Everything that can be reached from `start`, once each, nearest first."""
    seen, todo = {start.key()}, deque([start])
    while todo:
        place = todo.popleft()
        yield place
        for following in _following(place):
            before = len(seen)
            seen.add(following.key())
            if len(seen) > before:
                todo.append(following)


def search(start: Place, wanted: Callable[[Place], bool]) -> Search:
    """Go everywhere from `start`, nearest first, until a place is `wanted`."""
    states = 0
    for states, place in enumerate(places(start), 1):
        if wanted(place):
            return Search(place.trace(), states)
    return Search(None, states)


def _following(place: Place) -> Iterator[Place]:
    bounds = place.bounds
    for flight in _different(place.network.wire):
        yield arrival(place, flight)
        if bounds.losses:
            yield _lost(place, flight)
        if bounds.duplicates:
            yield _duplicated(place, flight)
    for end, name in sorted(bounds.calls):
        yield replace(call(place, end, name), bounds=replace(bounds, calls=bounds.calls - {(end, name)}))
    if bounds.retransmissions:
        for end in PEER:
            again = timeout(place, end, "retransmission")
            if again is not None:
                yield replace(again, bounds=replace(bounds, retransmissions=bounds.retransmissions - 1))


def _different(wire: list[Flight]) -> Iterator[Flight]:
    """One of each: of two equal segments either may be next, to the same effect."""
    seen: set[Segment] = set()
    for flight in wire:
        if flight.segment not in seen:
            seen.add(flight.segment)
            yield flight


def arrival(place: Place, flight: Flight) -> Place:
    """After a segment has arrived."""
    end = PEER[flight.segment.sender]
    network = place.network.branch(end)
    outcome = network.deliver(flight)
    streams = place.streams.with_got(end, outcome.delivered) if outcome.delivered else place.streams
    return Place(network, place.bounds, (*place.path, {"deliver": str(flight.n)}), streams)


def call(place: Place, end: str, name: str) -> Place:
    """After a call."""
    network, streams = place.network.branch(end), place.streams
    if name.startswith("SEND "):
        count, given = int(name.removeprefix("SEND ")), dict(streams.given)[end]
        network.call(end, send, scenario.payload(given, count))
        streams = streams.with_given(end, count)
    else:
        network.call(end, CALLS[name])
    return Place(network, place.bounds, (*place.path, {end: name}), streams)


def timeout(place: Place, end: str, name: str) -> Place | None:
    """After a timer of an end has expired; None where it is not running."""
    network = place.network.branch(end)
    if not network.call(end, TIMEOUTS[name])[1]:
        return None
    return Place(network, place.bounds, (*place.path, {"timeout": f"{end} {name}"}), place.streams)


def _lost(place: Place, flight: Flight) -> Place:
    network = place.network.branch()
    network.lose(flight)
    bounds = replace(place.bounds, losses=place.bounds.losses - 1)
    return Place(network, bounds, (*place.path, {"lose": str(flight.n)}), place.streams)


def _duplicated(place: Place, flight: Flight) -> Place:
    network = place.network.branch()
    network.duplicate(flight.segment)
    bounds = replace(place.bounds, duplicates=place.bounds.duplicates - 1)
    return Place(network, bounds, (*place.path, {"duplicate": str(flight.n)}), place.streams)


OLD_SYN = Segment(Seq("x", -1000), None, flags(SYN), sender="client")
"""A SYN of an earlier connection that is still in the network (RFC 9293 Figure 8)."""


def is_ghost(place: Place) -> bool:
    """Whether the server has a synchronized connection that the client never asked for: with no ISS of the client's."""
    client, server = place.network.ends["client"], place.network.ends["server"]
    if server.tcb is None or server.state in (LISTEN, SYN_SENT, SYN_RECEIVED, CLOSED):
        return False
    return server.tcb.irs not in client.isses[: client.opened]


def old_syn_on_the_wire(rules: Rules = STANDARD) -> Place:
    """The server listens, the client may open, and an old SYN is about; one segment may be lost, one duplicated, one
    sent again, in any order.
    """
    network = Network(rules)
    network.call("server", open_passive)
    network.put(OLD_SYN)
    path = (
        {"server": "OPEN passive"},
        {"old": {"from": "client", "flags": "SYN", "seq": OLD_SYN.seq.show()}},
    )
    bounds = Bounds(frozenset({("client", "OPEN active")}), losses=1, duplicates=1, retransmissions=1)
    return Place(network, bounds, path)


@cache
def search_ghost(messages: int, rules: Rules = STANDARD) -> Search:
    """Whether an old duplicate SYN can open a ghost connection, where the handshake takes 2, 3 or 4 messages."""
    return search(old_syn_on_the_wire(replace(rules, messages=messages)), is_ghost)


@cache
def handshake(messages: int, rules: Rules = STANDARD) -> Trace:
    """Opening a connection without a fault, where the handshake takes 2, 3 or 4 messages."""
    steps = [{"messages": str(messages)}, {"server": "OPEN passive"}, {"client": "OPEN active"}, {"deliver": "all"}]
    return scenario.run(steps, rules=rules)
