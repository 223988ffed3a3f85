"""Random and mutated bytes through decode, and random segments, calls and timeouts into endpoints in every state.

    python -m tests.models.tcp.fuzz --strings 1000000 --segments 200000

The same seed makes the same choices. What fails is an exception that says which seed to begin with.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from ipaddress import ip_address
from random import Random
from typing import Any

from quizgen.models.tcp.codec import Addresses, Decoded, Header, decode, encode
from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.tcb import BUFFER, Endpoint, Outcome, Policy
from quizgen.models.tcp.options import Mss, NoOperation, Option, OtherOption, Reason, Sack, SackPermitted, WindowScale
from quizgen.models.tcp.segment import ACK, FLAGS, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import STATES
from quizgen.models.values import TermSet
from tests.models.tcp.invariants import check

V4 = Addresses(ip_address("192.0.2.1"), ip_address("192.0.2.2"))
V6 = Addresses(ip_address("2001:db8::1"), ip_address("2001:db8::2"))
_EVENTS = 12
_LONGEST = 90

# Bytes


def _options(random: Random) -> tuple[Option, ...]:
    some: list[Option] = [
        Mss(random.randrange(65536)), WindowScale(random.randrange(256)), SackPermitted(), NoOperation(),
        Sack(((random.randrange(2**32), random.randrange(2**32)),)), OtherOption(random.randrange(9, 256), bytes(random.randrange(5))),
    ]  # fmt: skip
    return tuple(random.sample(some, random.randrange(4)))


def _header(random: Random) -> Header:
    numbers = [random.choice((0, 1, 2**32 - 1, random.randrange(2**32))) for _ in range(2)]
    kinds = flags(*random.sample(FLAGS.terms(), random.randrange(10)))
    return Header(random.randrange(65536), random.randrange(65536), numbers[0], numbers[1], kinds,
                  random.randrange(65536), random.randrange(65536), _options(random), random.randrange(8))  # fmt: skip


def octets(random: Random) -> bytes:
    """Random bytes, or a valid segment with bytes changed, cut off, put in or doubled."""
    if random.random() < 0.3:
        return random.randbytes(random.randrange(_LONGEST))
    data = bytearray(encode(_header(random), random.randbytes(random.choice((0, 0, 1, 9))), random.choice((V4, V6))))
    for _ in range(random.randrange(4)):
        at = random.randrange(len(data) + 1)
        match random.randrange(5):
            case 0:
                del data[at:]
            case 1:
                data[at:at] = random.randbytes(random.randrange(5))
            case 2:
                data[at:] = data[at:] * 2
            case _ if at < len(data):
                data[at] = random.choice((0, 1, 2, 255, data[at] ^ 1 << random.randrange(8)))
    return bytes(data)


def bytes_through_decode(count: int, seed: int) -> Counter[str]:
    """Decode so many byte strings; what they were. What is read is written again and read as the same."""
    random, seen = Random(seed), Counter[str]()
    for _ in range(count):
        data = octets(random)
        addresses = random.choice((None, None, V4, V6))
        read = decode(data, addresses)
        if isinstance(read, Reason):
            seen[read.text.partition(" ")[0] if read.text[0].isalpha() else "short"] += 1
            continue
        seen["header"] += 1
        again = decode(encode(read.header, read.data, V4), V4)
        assert isinstance(again, Decoded), data.hex()
        assert (again.header, again.data) == (read.header, read.data), data.hex()
    return seen


# Endpoints

_OPEN = (("SYN", 0, 0), ("ACK", 1, 1))
_WAYS: Mapping[str, tuple[Any, ...]] = {
    "CLOSED": (),
    "LISTEN": (calls.open_passive,),
    "SYN-SENT": (calls.open_active,),
    "SYN-RECEIVED": (calls.open_passive, _OPEN[0]),
    "ESTABLISHED": (calls.open_passive, *_OPEN),
    "FIN-WAIT-1": (calls.open_passive, *_OPEN, calls.close),
    "FIN-WAIT-2": (calls.open_passive, *_OPEN, calls.close, ("ACK", 1, 2)),
    "CLOSE-WAIT": (calls.open_passive, *_OPEN, ("FIN,ACK", 1, 1)),
    "CLOSING": (calls.open_passive, *_OPEN, calls.close, ("FIN,ACK", 1, 1)),
    "LAST-ACK": (calls.open_passive, *_OPEN, ("FIN,ACK", 1, 1), calls.close),
    "TIME-WAIT": (calls.open_passive, *_OPEN, calls.close, ("FIN,ACK", 1, 2)),
}
_ACTIVE: Mapping[str, tuple[Any, ...]] = {
    "SYN-RECEIVED": (calls.open_active, ("SYN", 0, 0)),
    "ESTABLISHED": (calls.open_active, ("SYN,ACK", 0, 1)),
    "TIME-WAIT": (calls.open_active, ("SYN,ACK", 0, 1), calls.close, ("FIN,ACK", 1, 2)),
}
_TIMEOUTS = (timeouts.retransmission, timeouts.persist, timeouts.delayed_ack, timeouts.time_wait, timeouts.user)
_KINDS = [TermSet(FLAGS).read(text) for text in (
    "ACK", "ACK", "ACK", "ACK", "PSH,ACK", "FIN,ACK", "FIN,ACK", "SYN", "SYN,ACK", "RST", "RST,ACK", "URG,ACK", "FIN", "SYN,FIN",
)]  # fmt: skip


def reach(state: str, random: Random) -> Endpoint:
    """An endpoint that has come to that state, with numbers that may be about to wrap and an arbitrary policy."""
    edges = (0, 1, 2**31, 2**32 - 1, 2**32 - 3, random.randrange(2**32))
    iss, irs = Seq("", random.choice(edges)), Seq("", random.choice(edges))
    policy = Policy(random.random() < 0.5, random.random() < 0.5, random.choice((3, 1000, BUFFER)),
                    window_scale=random.choice((None, 0, 7, 14)))  # fmt: skip
    end = Endpoint("end", (iss,), policy=policy)
    way = _ACTIVE[state] if state in _ACTIVE and random.random() < 0.4 else _WAYS[state]
    window, options = random.choice((1, 5, 1000, BUFFER)), random.choice(((), (Mss(100),), (Mss(1460), WindowScale(9))))
    for step in way:
        if callable(step):
            step(end)
        else:
            kinds = TermSet(FLAGS).read(step[0])
            ack = iss + step[2] if ACK in kinds else None
            segment_arrives(end, Segment(irs + step[1], ack, kinds, b"", window, "peer", options))
    return end


def _near(random: Random, *edges: Seq) -> Seq:
    far = random.random() < 0.04
    return random.choice(edges) + (random.randrange(2**32) if far else random.choice((-3, -2, -1, 0, 0, 0, 1, 2, 3)))


def segment(end: Endpoint, random: Random) -> Segment:
    """A segment about the edges of what the endpoint expects."""
    tcb = end.tcb
    edges, acks = [Seq("", 0)], [Seq("", 0)]
    if tcb is not None:
        edges = [
            tcb.rcv_nxt,
            tcb.rcv_nxt,
            tcb.rcv_nxt,
            tcb.irs,
            tcb.rcv_nxt + tcb.rcv_wnd,
            *(one.seq for one in tcb.held[:3]),
        ]
        acks = [tcb.snd_nxt, tcb.snd_nxt, tcb.snd_una, tcb.iss, tcb.snd_una + -tcb.max_snd_wnd]
    kinds = (
        flags(*random.sample(FLAGS.terms(), random.randrange(6))) if random.random() < 0.15 else random.choice(_KINDS)
    )
    lengths = (0, 0, 0, 0, 1, 2, 5, 1460, tcb.rcv_wnd if tcb else 9)
    data = bytes(random.choice(lengths))
    return Segment(
        _near(random, *edges), _near(random, *acks) if ACK in kinds else None, kinds, data,
        random.choice((0, 0, 1, 5, 1000, BUFFER)), "peer", _options(random) if random.random() < 0.3 else (),
        random.choice((0, 1, 5, 65535)),
    )  # fmt: skip


def _call(random: Random) -> Callable[[Endpoint], Any]:
    data, count = bytes(random.choice((1, 2, 9, 3000))), random.choice((1, 3, BUFFER))
    some: tuple[Callable[[Endpoint], Any], ...] = (
        calls.open_passive, partial(calls.open_passive, remote_specified=True), calls.open_active, calls.close, calls.abort, calls.status,
        *[partial(calls.send, data=data)] * 5, *[partial(calls.receive, count=count)] * 4,
    )  # fmt: skip
    return random.choice(some)


def _events(end: Endpoint, random: Random) -> Iterator[tuple[str, Callable[[Endpoint], Any]]]:
    for _ in range(_EVENTS):
        kind = random.random()
        if kind < 0.7:
            one = segment(end, random)
            yield f"arrives {one}", partial(segment_arrives, segment=one)
        elif kind < 0.85:
            yield "call", _call(random)
        else:
            yield "timeout", random.choice(_TIMEOUTS)


def segments_into_endpoints(count: int, seed: int) -> Counter[str]:
    """Let so many segments arrive, calls and timeouts between them; in which states they arrived."""
    seen = Counter[str]()
    run = seed
    while seen.total() < count:
        random, states = Random(run), STATES.members
        end = reach(states[run % len(states)], random)
        assert end.state.name == states[run % len(states)], (run, end.state)
        done: list[str] = []
        for what, event in _events(end, random):
            end.out, before = Outcome(), end.state.name
            done.append(f"{before}: {what}")
            try:
                event(end)
                check(end)
            except Exception as error:
                raise AssertionError("\n".join([f"seed {run}", *done[-4:]])) from error
            seen[before] += what != "call" and what != "timeout"
            if end.tcb is None and before != "CLOSED":
                break
        run += 1
    return seen


def main() -> None:
    """Run at full size, and print what was seen and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strings", type=int, default=20_000)
    parser.add_argument("--segments", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    for name, function, count in (
        ("byte strings", bytes_through_decode, given.strings),
        ("segments", segments_into_endpoints, given.segments),
    ):
        began = time.perf_counter()
        seen = function(count, given.seed)
        print(f"{seen.total()} {name} in {time.perf_counter() - began:.0f} s, 0 exceptions: {dict(seen.most_common())}")


if __name__ == "__main__":
    main()
