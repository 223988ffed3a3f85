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
from quizgen.models.tcp.endpoint.calls import close, open_active, open_passive
from quizgen.models.tcp.endpoint.tcb import Rules
from quizgen.models.tcp.network import PEER, TIMEOUTS, Flight, Network
from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.segment import SYN, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import CLOSED, LISTEN, SYN_RECEIVED, SYN_SENT

CALLS: Mapping[str, Callable[..., Any]] = {"OPEN passive": open_passive, "OPEN active": open_active, "CLOSE": close}


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may still happen: calls (end, name) not yet made, and numbers of faults and retransmissions."""

    calls: frozenset[tuple[str, str]] = frozenset()
    losses: int = 0
    duplicates: int = 0
    retransmissions: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A point reached: the network, what may still happen, and the steps that led there."""

    network: Network
    bounds: Bounds
    path: tuple[Any, ...]

    def key(self) -> tuple[object, ...]:
        """What the future depends on: the order on the wire does not matter, since any segment may be next."""
        ends = (end.key() for end in self.network.ends.values())
        return (*ends, frozenset(Counter(flight.segment for flight in self.network.wire).items()), self.bounds)


@dataclass(frozen=True)
class Search:
    """What a search came to: the shortest run to what was looked for, None when nothing reaches it, and the states seen."""

    found: Trace | None
    states: int


def search(start: Place, wanted: Callable[[Network], bool]) -> Search:
    """Go everywhere from `start`, nearest first, until a network is `wanted`."""
    seen, todo = {start.key()}, deque([start])
    while todo:
        place = todo.popleft()
        if wanted(place.network):
            return Search(scenario.run(place.path), len(seen))
        for following in _following(place):
            key = following.key()
            if key not in seen:
                seen.add(key)
                todo.append(following)
    return Search(None, len(seen))


def _following(place: Place) -> Iterator[Place]:
    for flight in place.network.wire:
        yield _on_wire(place, flight, "deliver", place.bounds)
        if place.bounds.losses:
            yield _on_wire(place, flight, "lose", replace(place.bounds, losses=place.bounds.losses - 1))
        if place.bounds.duplicates:
            yield _duplicated(place, flight)
    for end, name in sorted(place.bounds.calls):
        bounds = replace(place.bounds, calls=place.bounds.calls - {(end, name)})
        network = place.network.branch(end)
        network.call(end, CALLS[name])
        yield Place(network, bounds, (*place.path, {end: name}))
    if place.bounds.retransmissions:
        for end in PEER:
            bounds = replace(place.bounds, retransmissions=place.bounds.retransmissions - 1)
            network = place.network.branch(end)
            if network.call(end, TIMEOUTS["retransmission"])[1]:
                yield Place(network, bounds, (*place.path, {"timeout": f"{end} retransmission"}))


def _on_wire(place: Place, flight: Flight, verb: str, bounds: Bounds) -> Place:
    if verb == "deliver":
        network = place.network.branch(PEER[flight.segment.sender])
        network.deliver(flight)
    else:
        network = place.network.branch()
        network.lose(flight)
    return Place(network, bounds, (*place.path, {verb: str(flight.n)}))


def _duplicated(place: Place, flight: Flight) -> Place:
    network = place.network.branch()
    network.duplicate(flight.segment)
    bounds = replace(place.bounds, duplicates=place.bounds.duplicates - 1)
    return Place(network, bounds, (*place.path, {"duplicate": str(flight.n)}))


OLD_SYN = Segment(Seq("x", -1000), None, flags(SYN), sender="client")
"""A SYN of an earlier connection that is still in the network (RFC 9293 Figure 8)."""


def is_ghost(network: Network) -> bool:
    """Whether the server has a synchronized connection that the client does not have, nor ever asked for."""
    client, server = network.ends["client"], network.ends["server"]
    if server.tcb is None or server.state in (LISTEN, SYN_SENT, SYN_RECEIVED, CLOSED):
        return False
    return client.tcb is None or client.tcb.iss != server.tcb.irs


@cache
def search_ghost(messages: int) -> Search:
    """Whether an old duplicate SYN can open a ghost connection, where the handshake takes 2, 3 or 4 messages.

    The server listens, the client may open, one segment may be lost, one duplicated, one sent again; any order.
    """
    network = Network(Rules(messages))
    network.call("server", open_passive)
    network.put(OLD_SYN)
    path = (
        {"messages": str(messages)},
        {"server": "OPEN passive"},
        {"old": {"from": "client", "flags": "SYN", "seq": OLD_SYN.seq.show()}},
    )
    bounds = Bounds(frozenset({("client", "OPEN active")}), losses=1, duplicates=1, retransmissions=1)
    return search(Place(network, bounds, path), is_ghost)


@cache
def handshake(messages: int) -> Trace:
    """Opening a connection without a fault, where the handshake takes 2, 3 or 4 messages."""
    steps = [{"messages": str(messages)}, {"server": "OPEN passive"}, {"client": "OPEN active"}, {"deliver": "all"}]
    return scenario.run(steps)
