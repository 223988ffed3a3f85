"""What holds of TCP whatever the network does, within bounds: invariants checked in every place that can be reached.

A property that fails comes with the shortest run that breaks it. See docs/models/tcp.md for what the bounds leave out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from quizgen.models.base import Cite, Rfc, Text
from quizgen.models.tcp import explore, scenario
from quizgen.models.tcp.endpoint.calls import open_active, open_passive
from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
from quizgen.models.tcp.endpoint.tcb import Tcb
from quizgen.models.tcp.explore import Bounds, Place, places
from quizgen.models.tcp.network import PEER, Network
from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.states import (
    CLOSE_WAIT,
    CLOSED,
    ESTABLISHED,
    LISTEN,
    SYN_RECEIVED,
    SYN_SENT,
)


@dataclass(frozen=True)
class Property:
    """An invariant: `holds` of every place, or a place breaks it."""

    name: str
    title: Text
    cite: Cite
    holds: Callable[[Place], bool]


def in_order(place: Place) -> bool:
    """Whether each user got the beginning of what the other gave: nothing twice, nothing missing, nothing overtaken."""
    given, got = dict(place.streams.given), dict(place.streams.got)
    return all(got[PEER[end]] == scenario.payload(0, given[end])[: len(got[PEER[end]])] for end in PEER)


def _synchronized(tcb: Tcb | None) -> bool:
    return tcb is not None and tcb.state not in (LISTEN, SYN_SENT, SYN_RECEIVED)


def agree(place: Place) -> bool:
    """Whether two synchronized ends have the same two initial sequence numbers."""
    one, other = (place.network.ends[end].tcb for end in PEER)
    if one is None or other is None or not (_synchronized(one) and _synchronized(other)):
        return True
    return one.irs == other.iss and other.irs == one.iss


def no_ghost(place: Place) -> bool:
    """Whether the server has no connection that the client never asked for."""
    return not explore.is_ghost(place)


_MAY_CLOSE = frozenset({LISTEN, SYN_SENT, SYN_RECEIVED, ESTABLISHED, CLOSE_WAIT})


def next_fair_step(place: Place) -> Place | None:
    """What happens next where nothing is lost any more: the oldest segment arrives; on a silent wire the users close,
    then what is unacknowledged is sent again, then 2MSL pass. None where nothing can happen.
    """
    network = place.network
    if network.wire:
        return explore.arrival(place, network.wire[0])
    for end, one in network.ends.items():
        if one.tcb is not None and one.state in _MAY_CLOSE and not one.tcb.fin_queued:
            return explore.call(place, end, "CLOSE")
    for timer in ("retransmission", "time-wait"):
        for end in PEER:
            after = explore.timeout(place, end, timer)
            if after is not None:
                return after
    return None


class Closes:
    """Whether both ends come to CLOSED from a place once segments arrive; remembers what has been found to close."""

    def __init__(self) -> None:
        self._closing: set[object] = set()

    def __call__(self, place: Place) -> bool:
        return self.stuck(place) is None

    def stuck(self, place: Place) -> Place | None:
        """Where the fair run from here ends short of CLOSED; None where it does not."""
        seen: set[object] = set()
        while (key := replace(place, bounds=Bounds()).key()) not in self._closing:
            following = None if key in seen else next_fair_step(place)
            seen.add(key)
            if following is None:
                if any(end.state != CLOSED for end in place.network.ends.values()):
                    return place
                break
            place = following
        self._closing |= seen
        return None


def properties() -> tuple[Property, ...]:
    """What is shipped; each call gives fresh ones."""
    return (
        Property("data-in-order", {"en": "data reach the user once and in order", "zh": "数据按序到达且只交付一次"}, Rfc(9293, "2.2"), in_order),
        Property("ends-agree", {"en": "two connected ends agree on both initial sequence numbers", "zh": "连接的两端对双方初始序号的看法一致"}, Rfc(9293, "3.5"), agree),
        Property("no-ghost", {"en": "nobody is connected to an end that never asked for it", "zh": "不会与从未请求连接的一方建立连接"}, Rfc(9293, "3.5"), no_ghost),
        Property("closes", {"en": "once segments arrive and both users close, both ends are CLOSED", "zh": "只要报文段终能到达且双方都关闭，两端都会回到 CLOSED"}, Rfc(9293, "3.6"), Closes()),
    )  # fmt: skip


SETTINGS: Mapping[str, Text] = {
    "old SYN": {"en": "an old SYN is about", "zh": "网络中有旧的 SYN"},
    "opening": {"en": "opening", "zh": "建立连接"},
    "simultaneous open": {"en": "simultaneous open", "zh": "同时打开"},
    "data": {"en": "data", "zh": "传输数据"},
    "closing": {"en": "closing", "zh": "关闭连接"},
}
"""Where the exploring starts, as a person would call it; see `settings`."""


@dataclass(frozen=True)
class Verdict:
    """What became of a property in one setting: the shortest run that breaks it, or None."""

    setting: str
    name: str
    counterexample: Trace | None


@dataclass(frozen=True)
class Report:
    """All verdicts, the states seen and the time that it took, in seconds."""

    verdicts: tuple[Verdict, ...]
    states: Mapping[str, int]
    seconds: float

    @property
    def states_per_second(self) -> float:
        """How fast it went."""
        return sum(self.states.values()) / self.seconds


def check(start: Place, wanted: Iterable[Property]) -> tuple[dict[str, Trace | None], int]:
    """The shortest counterexample to each property, None where there is none; and how many states were seen."""
    waiting = {one.name: one for one in wanted}
    found: dict[str, Trace | None] = dict.fromkeys(waiting)
    states = 0
    for place in places(start):
        states += 1
        for name, one in list(waiting.items()):
            if not one.holds(place):
                broken = one.holds.stuck(place) if isinstance(one.holds, Closes) else place
                found[name] = (broken or place).trace()
                del waiting[name]
        if not waiting:
            break
    return found, states


def settings(rules: Rules = STANDARD) -> dict[str, Place]:
    """Where the exploring starts, and how much may happen."""
    return {
        "old SYN": explore.old_syn_on_the_wire(rules),
        "opening": _opening(rules),
        "simultaneous open": _simultaneous(rules),
        "data": _connected(rules, Bounds(frozenset({("client", "SEND 2"), ("client", "SEND 1"), ("client", "CLOSE")}), losses=1, duplicates=1, retransmissions=1)),
        "closing": _connected(rules, Bounds(frozenset({("client", "CLOSE"), ("server", "CLOSE"), ("server", "SEND 1")}), losses=1, retransmissions=1)),
    }  # fmt: skip


def _opening(rules: Rules) -> Place:
    network = Network(rules)
    network.call("server", open_passive)
    calls = frozenset({("client", "OPEN active"), ("client", "SEND 1"), ("server", "CLOSE")})
    return Place(network, Bounds(calls, losses=1, retransmissions=1), ({"server": "OPEN passive"},))


def _simultaneous(rules: Rules) -> Place:
    network = Network(rules)
    for end in PEER:
        network.call(end, open_active)
    bounds = Bounds(frozenset({("client", "CLOSE")}), losses=1, duplicates=1, retransmissions=1)
    return Place(network, bounds, tuple({end: "OPEN active"} for end in PEER))


def _connected(rules: Rules, bounds: Bounds) -> Place:
    place = Place(Network(rules), bounds, ())
    for end, name in (("server", "OPEN passive"), ("client", "OPEN active")):
        place = explore.call(place, end, name)
    while place.network.wire:
        place = explore.arrival(place, place.network.wire[0])
    return place


def report(clock: Callable[[], float], rules: Rules = STANDARD) -> Report:
    """Check every property in every setting. `clock` gives the time in seconds."""
    began, verdicts, states = clock(), [], {}
    for setting, start in settings(rules).items():
        found, states[setting] = check(start, properties())
        verdicts += [Verdict(setting, name, counterexample) for name, counterexample in found.items()]
    return Report(tuple(verdicts), states, clock() - began)
