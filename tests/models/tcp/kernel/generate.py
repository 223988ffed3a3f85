"""Random scripts, and the shortest one that still shows what a long one did. The same seed gives the same choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from quizgen.kernel.compare import Observation
from quizgen.kernel.differences import explain, parts
from quizgen.kernel.oracle import Oracle
from tests.models.tcp.kernel.script import Run

_OPENS = ("server OPEN passive", "client OPEN active")
_ESTABLISHED = (*_OPENS, "deliver client", "deliver server", "deliver client")
_OPENINGS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (5, _OPENS),
    (6, _ESTABLISHED),
    (3, (*_ESTABLISHED, "client CLOSE", "deliver client", "deliver server")),
    (2, (*_ESTABLISHED, "server CLOSE", "client CLOSE")),
    (3, (*_ESTABLISHED, "client CLOSE", "deliver client", "deliver server", "server CLOSE", "deliver server")),
    (3, ("client OPEN active", "server OPEN active")),
    (1, ("client OPEN active",)),
)
_KINDS = {"deliver": 30, "overtake": 6, "lose": 4, "duplicate": 5, "call": 18, "forge": 5}
_CALLS = {"SEND": 9, "CLOSE": 8, "OPEN active": 4, "OPEN passive": 2, "ABORT": 1}
_FORGED = {"RST": 4, "RST,ACK": 1, "SYN": 3, "SYN,ACK": 2, "ACK": 4, "FIN,ACK": 3, "PSH": 1}
_LONGEST = 24


def _pick(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def steps(random: Random, running: Run) -> Iterator[str]:
    """The steps of a script, each chosen when the one before it has been done."""
    yield from random.choices([script for _, script in _OPENINGS], [weight for weight, _ in _OPENINGS])[0]
    for _ in range(random.randint(4, _LONGEST)):
        yield _step(random, running)


def _step(random: Random, running: Run) -> str:
    kind, end = _pick(random, _KINDS), random.choice(("client", "server"))
    if kind == "call":
        return f"{end} {_call(random, running, end)}"
    if kind == "forge":
        return f"forge {end} {_forged(random)}"
    if running.find(end) is None:
        end = "server" if end == "client" else "client"
    if kind == "overtake":
        return f"deliver {end} {random.randint(2, 3)}"
    return f"{kind} {end}"


def _call(random: Random, running: Run, end: str) -> str:
    call = _pick(
        random, {call: weight for call, weight in _CALLS.items() if not running.unable(end, call)} | {"ABORT": 1}
    )
    return f"SEND {random.randint(1, 40)}" if call == "SEND" else call


def _forged(random: Random) -> str:
    flags = _pick(random, _FORGED)
    length = random.choice((0, 0, 3)) if flags in ("ACK", "PSH") else 0
    seq, ack = random.choice((0, 0, 0, 1, 5, -1, -3)), random.choice((0, 0, 0, -1, 3))
    return f"{flags} {seq} {ack} {length}"


def run(script: Callable[[Run], Iterator[str]], kernel: Oracle) -> tuple[list[str], list[Observation]]:
    """Run a script as long as both sides go the same way; the steps done, and what was observed."""
    running = Run(kernel)
    done: list[str] = []
    observed: list[Observation] = []
    for step in script(running):
        observation = running.take(step)
        done.append(step)
        if observation is None:
            continue
        observed.append(observation)
        if parts(observation):
            break
    return done, observed


def unexplained(observed: list[Observation]) -> Observation | None:
    """The step that no known difference explains."""
    return next((one for one in observed if not one.agrees and explain(one) is None), None)


def shortest(script: list[str], fails: Callable[[list[str]], bool]) -> list[str]:
    """The script without the steps that it does not need to fail."""
    index = len(script) - 1
    while index >= 0:
        shorter = script[:index] + script[index + 1 :]
        if fails(shorter):
            script = shorter
            index = len(script)
        index -= 1
    return script
