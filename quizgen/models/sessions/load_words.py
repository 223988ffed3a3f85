"""Words of claims about what sessions cost and what forging their ids takes."""

from __future__ import annotations

from math import expm1, fsum, log1p, log2

from quizgen.models.base import ModelError, Rfc, because, takes, touch
from quizgen.models.binding import Words
from quizgen.models.cookies.signing import sign, verify
from quizgen.models.cookies.vocabulary import seconds_of
from quizgen.models.sessions.scenario import run_on
from quizgen.models.sessions.server import Setup
from quizgen.models.sessions.spec import RULES, Spec, owasp
from quizgen.models.sessions.vocabulary import BROWSER, PLACES, SERVER
from quizgen.models.sessions.world import World
from quizgen.models.values import Quantity, Term

WORDS = Words(steps=200)  # each imitates browsers and servers
_GROWTH = RULES["memory-grows"].cite
_KEY = b"the server's key"


@WORDS.word(_GROWTH)
def session_memory(spec: Spec, sessions: int, bytes_each: Quantity | str, kept_in: Term | str = "server") -> Quantity:
    """The server's memory for so many live sessions, each with so much data: session_memory(1000, "2 KB").

    `kept_in`: BROWSER for data that are kept in cookies instead, which cost the server none.
    """
    each = Quantity(1, "B").read(bytes_each) if isinstance(bytes_each, str) else bytes_each
    place = PLACES.term(str(kept_in))
    if each.base[0] != "size" or sessions < 0 or place not in (SERVER, BROWSER):
        raise ModelError("session_memory() needs a number of sessions from 0 up, a size, and BROWSER or SERVER")
    if place == BROWSER:
        touch("rule:data-on-server", "rule:signed-state")
        if not spec.applies("signed-state"):
            return Quantity(each.amount * sessions, each.unit)
        because("Data in cookies are kept by each browser, not by the server", RULES["data-on-server"].cite)
        return Quantity(0, each.unit)
    touch("rule:memory-grows")
    because(f"The server keeps {each.show()} for each of {sessions} live sessions", _GROWTH)
    return Quantity(each.amount * (sessions if spec.applies("memory-grows") else 1), each.unit)


@WORDS.word(RULES["idle-expiry"].cite)
def live_sessions(spec: Spec, visitors_per_minute: int, visit: Quantity | str, idle: Quantity | str = "30 min") -> int:
    """How many sessions live at once, on average, if nobody logs out: arrivals times visit and idle timeout (Little's law).

    `visit`: the time from a visitor's first request to the last.
    """
    if visitors_per_minute < 0:
        raise ModelError("live_sessions() needs a number of visitors from 0 up")
    touch("rule:memory-grows", "rule:idle-expiry", "limit:idle-timeout")
    return visitors_per_minute * (seconds_of(visit) + seconds_of(idle)) // 60


@WORDS.word(_GROWTH)
@takes(3_000)
def sessions_kept(spec: Spec, visitors: int) -> int:
    """How many sessions the server keeps after so many different visitors (at most 100) have logged in just now."""
    if not 0 <= visitors <= 100:
        raise ModelError("sessions_kept() lets at most 100 visitors log in")
    world = World(spec, Setup(idle=spec.idle))
    touch("rule:memory-grows")
    for number in range(visitors):
        # Another visitor is another browser, with a cookie store of its own.
        run_on(world, [{"login": f"visitor {number + 1}"}, "delete-cookie"])
    return len(world.server.sessions)


@WORDS.word(owasp("Session ID Entropy"))
def guessing_time(spec: Spec, bits: int, sessions: int, guesses_per_second: int) -> Quantity:
    """How long it takes, on average, until different guesses find the id of one of so many live sessions if ids have so many
    random bits: (2^bits + 1) / ((sessions + 1) x guesses per second), in whole seconds.

    For one session this is OWASP's formula, (2^bits + 1) / (2 x guesses per second x sessions), which for many gives half.
    """
    ids = 2**bits if 1 <= bits <= 512 else 0
    if not (0 < sessions <= ids and guesses_per_second > 0):
        raise ModelError(
            "guessing_time() needs 1 to 512 bits, at least one session and no more than there are ids, and at least one guess per second"
        )
    touch("attack:guessing", "defence:unguessable-ids")
    if "unguessable ids" not in spec.defences:
        return Quantity(0, "s")
    # The live ids cut the list of all ids into sessions + 1 stretches, which are equally long on average.
    return Quantity((ids + 1) // ((sessions + 1) * guesses_per_second), "s")


@WORDS.word(owasp("Session ID Entropy"))
def guess_probability(spec: Spec, bits: int, sessions: int, guesses: int) -> float:
    """The probability that so many different guesses find at least one of so many live sessions if ids have so many random
    bits, each id being as likely as any other. `sessions` or `guesses` is at most 100,000.
    """
    ids = 2**bits if 1 <= bits <= 512 else 0
    few, many = sorted((sessions, guesses))
    if not (ids and 0 <= few <= 100_000 and many <= ids):
        raise ModelError(
            "guess_probability() needs 1 to 512 bits, numbers from 0 up to that of all ids, one of them up to 100,000"
        )
    touch("attack:guessing", "defence:unguessable-ids")
    because(f"{guesses} of 2^{bits} ids are tried, {sessions} of them live", owasp("Session ID Entropy"))
    if few + many > ids or "unguessable ids" not in spec.defences:
        return 1.0
    # None is hit if the few avoid the many, one after the other; logarithms keep what a float would round away.
    return -expm1(fsum(log1p(-many / (ids - taken)) for taken in range(few)))


@WORDS.word(owasp("Session ID Length"))
def id_entropy(spec: Spec, length: int, symbols: int = 64) -> Quantity:
    """How many random bits an id of so many characters has, each drawn at random from so many symbols (16 for hexadecimal)."""
    if not (0 < length <= 10_000 and 2 <= symbols <= 1_000):
        raise ModelError("id_entropy() needs 1 to 10,000 characters of 2 to 1,000 symbols")
    touch("defence:unguessable-ids")
    because(f"Each of {length} characters is one of {symbols}", owasp("Session ID Length"))
    exact = symbols.bit_length() - 1
    return Quantity(length * exact if symbols == 2**exact else length * log2(symbols), "bit")


@WORDS.word(RULES["idle-expiry"].cite)
def minutes(spec: Spec, number: int) -> Quantity:
    """So many minutes, where a number is at hand: minutes(n)."""
    return Quantity(number, "min")


@WORDS.word(RULES["data-on-server"].cite)
def tampering_succeeds(spec: Spec, kept_in: Term | str, signed: bool = False) -> bool:
    """Whether a client can change what the server later takes for its own record (`user=admin` for `user=alice`).

    `kept_in`: BROWSER if the data are in a cookie, which a signature (`signed`) protects; SERVER if in a session.
    """
    if PLACES.term(str(kept_in)) == SERVER:
        spec.uses("data-on-server", "The client holds the id only; what it changes there finds no session")
        return not spec.applies("data-on-server") or _made_up_id_works(spec)
    touch("rule:data-on-server")
    forged = "admin." + sign("alice", _KEY).rpartition(".")[2]
    if signed:
        because("The server checks the signature of the value", RULES["signature"].cite)
    else:
        because("The server takes the value as it comes", Rfc(6265, "8.3"))
    return not signed or verify(forged, _KEY) is not None


def _made_up_id_works(spec: Spec) -> bool:
    trace = run_on(World(spec, Setup(idle=spec.idle)), [{"login": "alice"}, {"guess": "admin"}])
    touch(*trace.record.elements)
    return bool(trace.exchanges[-1].user)
