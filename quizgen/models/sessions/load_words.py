"""Words of claims about what sessions cost and what forging their ids takes."""

from __future__ import annotations

from quizgen.models.base import ModelError, because, touch
from quizgen.models.cookies.binding import Words
from quizgen.models.cookies.signing import sign, verify
from quizgen.models.cookies.vocabulary import seconds_of
from quizgen.models.sessions.scenario import run_on
from quizgen.models.sessions.server import Setup
from quizgen.models.sessions.spec import RULES, Spec, owasp
from quizgen.models.sessions.vocabulary import BROWSER, PLACES, SERVER
from quizgen.models.sessions.world import World
from quizgen.models.values import Quantity, Term

WORDS = Words()
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
        touch("rule:data-on-server")
        because("Data in cookies are kept by each browser, not by the server")
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
def sessions_kept(spec: Spec, visitors: int) -> int:
    """How many sessions the server keeps after so many different visitors (at most 100) have logged in just now."""
    if not 0 <= visitors <= 100:
        raise ModelError("sessions_kept() lets at most 100 visitors log in")
    world = World(spec, Setup(idle=spec.idle))
    touch("rule:memory-grows")
    for number in range(visitors):
        # Another visitor is another browser, with a cookie store of its own.
        run_on(world, [{"login": f"visitor {number + 1}"}, "delete-cookie"])
    return len(world.server.store.sessions)


@WORDS.word(owasp("Session ID Entropy"))
def guessing_time(spec: Spec, bits: int, sessions: int, guesses_per_second: int) -> Quantity:
    """How long it takes, on average, to guess the id of one of so many live sessions if ids have so many random bits:
    (2^bits + 1) / (2 x guesses per second x sessions)."""
    if not (1 <= bits <= 512 and sessions > 0 and guesses_per_second > 0):
        raise ModelError("guessing_time() needs 1 to 512 bits, and at least one session and one guess per second")
    touch("attack:guessing", "defence:unguessable-ids")
    return Quantity((2**bits + 1) // (2 * guesses_per_second * sessions), "s")


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
    because("The server checks the signature of the value" if signed else "The server takes the value as it comes")
    return not signed or verify(forged, _KEY) is not None


def _made_up_id_works(spec: Spec) -> bool:
    trace = run_on(World(spec, Setup(idle=spec.idle)), [{"login": "alice"}, {"guess": "admin"}])
    touch(*trace.record.elements)
    return bool(trace.exchanges[-1].user)
