"""What exploring all interleavings proves, and how fast."""

import pytest

from quizgen.models.tcp import scenario
from quizgen.models.tcp.endpoint.calls import open_passive
from quizgen.models.tcp.explore import Bounds, Place, handshake, search, search_ghost
from quizgen.models.tcp.network import PEER, Network, client, server
from quizgen.models.tcp.run import FACTS
from quizgen.models.tcp.states import ESTABLISHED, LISTEN, SYN_SENT


@pytest.mark.parametrize("messages, ghost", [(2, True), (3, False), (4, False)])
def test_only_two_messages_let_an_old_syn_open_a_ghost(messages: int, ghost: bool) -> None:
    search_ghost.cache_clear()
    found = search_ghost(messages)
    assert (found.found is not None) is ghost
    assert ghost or 400 < found.states < 2_000


def test_the_counterexample_is_shortest_and_ends_in_the_ghost() -> None:
    trace = search_ghost(2).found
    assert trace is not None
    assert len(trace.sent) == 2
    assert trace.state(server) == ESTABLISHED
    assert trace.state(client).name == "CLOSED"


def test_a_fourth_message_teaches_nobody_anything() -> None:
    assert len(handshake(4).sent) == 4
    for end in (client, server):
        assert handshake(4).knowledge(end) == handshake(3).knowledge(end) == frozenset(FACTS.terms())
        assert handshake(4).states(end) == handshake(3).states(end)


def test_with_two_messages_the_server_does_not_know_that_it_can_send() -> None:
    assert handshake(2).state(server) == ESTABLISHED
    assert {fact.name for fact in handshake(2).knowledge(server)} == {"OWN-RECEIVE", "PEER-SEND"}


def _listening() -> Place:
    steps: tuple[dict[str, str], ...] = ({"server": "OPEN passive"},)
    network = Network()
    network.call("server", open_passive)
    calls = frozenset({("client", "OPEN active"), ("server", "OPEN active")})
    return Place(network, Bounds(calls, losses=1, duplicates=1), steps)


def test_a_search_finds_the_shortest_way() -> None:
    found = search(
        _listening(), lambda place: all(end.state == ESTABLISHED for end in place.network.ends.values())
    ).found
    assert found is not None
    assert [segment.show() for segment in found.sent] == ["SYN SEQ=x", "SYN,ACK SEQ=y ACK=x+1", "ACK SEQ=x+1 ACK=y+1"]


def test_faults_are_steps_of_a_scenario() -> None:
    """A path may lose, duplicate and send again, and runs as it was explored."""

    def wanted(place: Place) -> bool:
        network, ends = place.network, place.network.ends
        waiting = ends["client"].state == SYN_SENT and ends["server"].state == LISTEN
        return waiting and network.sent == 3 and not network.wire

    place = _listening()
    bounds = Bounds(frozenset({("client", "OPEN active")}), losses=3, duplicates=1, retransmissions=1)
    found = search(Place(place.network, bounds, place.path), wanted).found
    assert found is not None
    assert {"RETRANSMITTED", "DUPLICATED"} <= {segment.origin.name for segment in found.sent}
    assert {segment.fate.name for segment in found.sent} == {"LOST"}


def test_what_is_explored_keeps_the_ends_in_step() -> None:
    """No two ESTABLISHED ends disagree on their numbers, whatever is lost, doubled or overtaken."""

    def split(place: Place) -> bool:
        one, other = (place.network.ends[name].tcb for name in PEER)
        if one is None or other is None or {one.state, other.state} != {ESTABLISHED}:
            return False
        return one.irs != other.iss or other.irs != one.iss

    found = search(_listening(), split)
    assert found.found is None
    assert found.states > 400


def test_a_handshake_variant_is_a_scenario() -> None:
    trace = scenario.run([{"messages": "2"}, {"server": "OPEN passive"}, {"client": "OPEN active"}, {"deliver": "all"}])
    assert trace.lines() == handshake(2).lines()
