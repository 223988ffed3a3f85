"""Words of claims about several servers, and about sessions that the client keeps."""

from __future__ import annotations

from quizgen.models.base import ModelError, Rfc, because, repeat, shows, takes, touch
from quizgen.models.binding import Words
from quizgen.models.cookies.vocabulary import seconds_of
from quizgen.models.sessions.scenario import run_on
from quizgen.models.sessions.server import ALL_DEFENCES, SERVER_SIDE_LOGOUT, SHARED_STORE, SIGNED_COOKIE, Setup
from quizgen.models.sessions.spec import BALANCING, RULES, STORES, Spec
from quizgen.models.sessions.trace import Trace
from quizgen.models.sessions.world import World
from quizgen.models.values import Quantity, Term

WORDS = Words(steps=200)  # each imitates browsers and servers
_OWN, _SIGNED = RULES["own-memory"].cite, RULES["signed-state"].cite
_BOOK = "book-4711"


def _run(spec: Spec, setup: Setup, *steps: object) -> tuple[World, Trace]:
    world = World(spec, setup)
    trace = run_on(world, steps)
    repeat(trace.record)
    shows(trace)
    return world, trace


def _setup(spec: Spec, kept: Term | str, balancing: Term | str = "sticky", servers: int = 1) -> Setup:
    if not 1 <= servers <= 9:
        raise ModelError("the model has 1 to 9 servers")
    place, way = STORES.term(str(kept)), BALANCING.term(str(balancing))
    return Setup(idle=spec.idle, kept=place, servers=servers, balancing=way)


@WORDS.word(_OWN)
def recognised_by_all(
    spec: Spec, kept: Term | str, balancing: Term | str = "sticky", servers: int = 2, failed: bool = False
) -> bool:
    """Whether a user who has logged in is recognised on each of the next pages, with so many servers (1 to 9) behind a
    balancer. `kept`: OWN_MEMORY, SHARED_STORE or SIGNED_COOKIE; `balancing`: STICKY or ROUND_ROBIN; `failed`: the server
    that took the login has failed since.
    """
    if failed and servers == 1:
        raise ModelError("with its only server failed, a site answers nobody")
    return recognised(spec, _setup(spec, kept, balancing, servers), failed=failed)


def recognised(spec: Spec, setup: Setup, *, failed: bool = False) -> bool:
    """Whether a user is known on each page after the login, and after the failure of the server that took it."""
    fails = [{"fail": "1"}] if failed else []
    requests = [{"request": "/account"}] * (setup.servers + 1)
    _, trace = _run(spec, setup, {"login": "alice"}, *fails, *requests)
    return all(exchange.user == "alice" for exchange in trace.exchanges[1:])


@WORDS.word(_OWN)
@takes(3_000)
def logins_lost(spec: Spec, kept: Term | str, visitors: int, servers: int = 2, what: str = "1") -> int:
    """How many of so many logged-in visitors (at most 100) have to log in again when a server fails, or what all share
    (what="store"), if the balancer has spread them evenly.
    """
    if not 0 <= visitors <= 100:
        raise ModelError("logins_lost() lets at most 100 visitors log in")
    setup = _setup(spec, kept, "sticky", servers)
    if what == "store" and setup.kept != SHARED_STORE:
        raise ModelError("only a shared store can fail beside the servers")
    world = World(spec, setup)
    for number in range(visitors):
        run_on(world, [{"login": f"visitor {number + 1}"}, "delete-cookie"])
    before = len(world.server.sessions)
    trace = run_on(world, [{"fail": what}])
    touch(*trace.record.elements)
    lost = before - len(world.server.sessions)
    because(f"{lost} of {visitors} sessions were where it failed", RULES["lost-with-server"].cite)
    return lost


@WORDS.word(_SIGNED)
def readable_by_user(spec: Spec, kept: Term | str) -> bool:
    """Whether the user can read in the browser what the session holds (a signature hides nothing)."""
    world, _ = _run(spec, _setup(spec, kept), {"login": "alice"}, {"put": f"cart={_BOOK}"})
    return any(_BOOK in cookie.value for cookie in world.browser.store.cookies)


@WORDS.word(_SIGNED)
def kept_on_server(spec: Spec, kept: Term | str, logins: int = 1, logouts: int = 0) -> int:
    """How many entries the server holds after so many logins, of which so many (the last) have logged out since: live
    sessions, or on the list of ended ones where sessions are signed. At most 100 logins.
    """
    if not 0 <= logouts <= logins <= 100:
        raise ModelError("kept_on_server() lets at most 100 visitors log in, and no more of them log out")
    world = World(spec, _setup(spec, kept))
    for number in range(logins):
        ends = ["logout"] if number >= logins - logouts else ["delete-cookie"]
        trace = run_on(world, [{"login": f"visitor {number + 1}"}, *ends])
        touch(*trace.record.elements)
    if world.setup.kept == SIGNED_COOKIE:
        spec.uses("signed-state")
    because("What the server has to remember, it keeps", _SIGNED)
    return world.server.entries


@WORDS.word(RULES["until-expiry"].cite)
def copy_accepted(
    spec: Spec, kept: Term | str, logged_out: bool = False, after: Quantity | str = "0 s", listed: bool = False
) -> bool:
    """Whether a copy of the id (or of the signed cookie) that was made after login is accepted so much later.

    `logged_out`: the user has logged out in between; `listed`: servers with signed sessions keep a list of ended ones.
    Idle timeouts are left aside.
    """
    place = STORES.term(str(kept))
    ends = place.name != "signed cookie" or listed
    defences = ALL_DEFENCES if ends else ALL_DEFENCES - {SERVER_SIDE_LOGOUT}
    steps = [{"login": "alice"}, "steal", *(["logout"] if logged_out else []), {"wait": f"{seconds_of(after)} s"}]
    setup = Setup(kept=place, defences=defences, absolute=spec.absolute)
    return _run(spec, setup, *steps, {"attack": "/account"})[1].exchanges[-1].user == "alice"


@WORDS.word(Rfc(2104, "2"))
def changed_cookie_accepted(spec: Spec, kept: Term | str = "signed cookie") -> bool:
    """Whether the server takes a user for admin who has written so into the cookie of a session."""
    world, trace = _run(spec, _setup(spec, kept), {"login": "mallory"})
    forged = trace.exchanges[-1].id.replace("mallory", "admin")
    made = run_on(world, [{"guess": forged}])
    repeat(made.record)
    return made.exchanges[-1].user == "admin"
