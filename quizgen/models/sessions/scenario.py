"""Scenarios of sessions: a browser, a server with a session store, and an attacker.

Steps (scalars are texts; an argument in { } may leave out what has a default):

    server: {name: JSESSIONID, carrier: cookie, idle: 30 min, absolute: 8 h, defences: all, ids: [a1, b2]}
                              how the server is set up; the first step if anywhere. carrier: cookie, url or both;
                              idle and absolute: a time or `none`; defences: all, none, or a list of their names;
                              ids: the identifiers that it hands out, in order;
                              kept: own memory, shared store or signed cookie, where the sessions are;
                              servers: how many there are, 1 to 9, behind a balancer; balancing: sticky (a session's
                              requests go to the server that has it) or round robin (each server in turn)
    login: alice              the user logs in under that name
    request: /cart            the user asks for a page over https; {path: /cart, scheme: http} over http
    put: cart=book            the user posts something that the session is to remember
    logout                    the user logs out
    wait: 30 min              time passes
    delete-cookie             the user deletes the id's cookie
    refuse-cookies            the browser takes and sends no cookies from now on
    fail: 1                   server 1 fails, and what it had in its memory is lost; `fail: store`: the shared store
    restart                   the browser is closed and opened again
    steal: copy               the attacker gets hold of the id: copy (however it happened), script (document.cookie),
                              or network (whatever crosses an unencrypted connection); `steal` alone means copy
    plant                     the attacker takes an id from the server and plants it in the browser
    attack: /account          the attacker asks for a page with the id that it has, if it has one
    guess: 1002               the attacker asks for a page with that id
    cross-site: POST /pay     a page of another site makes the browser send this request; {request: POST /pay,
                              from: "https://blog.shop.example/"} says which page, one of a sibling host for example
    share: /cart              the user passes on the link to a page as the browser has it, and a friend opens it

Requests are counted from 1, those of the attacker and the friend included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizgen.models.base import ModelError, recording
from quizgen.models.cookies.steps import Step, listed, read_step
from quizgen.models.sessions.server import (
    ALL_DEFENCES,
    COOKIE_CARRIER,
    OWN_MEMORY,
    SIGNED_COOKIE,
    STICKY,
    URL_CARRIER,
    Setup,
)
from quizgen.models.sessions.spec import BALANCING, DEFENCES, SPEC, STORES, Spec
from quizgen.models.sessions.trace import Trace
from quizgen.models.sessions.world import HOST, OTHER_SITE, World
from quizgen.models.values import Domain, Term, Unreadable

_CARRIERS = {
    "cookie": frozenset({COOKIE_CARRIER}),
    "url": frozenset({URL_CARRIER}),
    "both": frozenset({COOKIE_CARRIER, URL_CARRIER}),
}
_SERVER_KEYS = ("name", "carrier", "idle", "absolute", "defences", "ids", "kept", "servers", "balancing")


def _timeout(step: Step, text: Any) -> int | None:
    return None if text == "none" else step.seconds(text)


def _defences(step: Step, given: Any) -> frozenset[Term]:
    if given in ("all", "none"):
        return ALL_DEFENCES if given == "all" else frozenset()
    try:
        return frozenset(DEFENCES.term(str(name)) for name in listed(given))
    except Unreadable as error:
        raise step.fail(str(error), error.nearest) from None


def _term(step: Step, domain: Domain, given: Any) -> Term:
    try:
        return domain.term(str(given))
    except Unreadable as error:
        raise step.fail(str(error), error.nearest or domain.members) from None


def _servers(step: Step, text: str) -> int:
    if text not in tuple("123456789"):
        raise step.fail(f"`{text}` is no number of servers: 1 to 9")
    return int(text)


def _fail(world: World, step: Step) -> None:
    try:
        world.fail(step.text("the number of a server, or `store`"))
    except ModelError as error:
        raise step.fail(str(error)) from None


def _setup(step: Step, spec: Spec) -> tuple[Setup, tuple[str, ...]]:
    given = step.fields(_SERVER_KEYS, lists=("defences", "ids"))
    carrier = str(given.get("carrier", "cookie"))
    if carrier not in _CARRIERS:
        raise step.fail(f"`{carrier}` is no carrier", tuple(_CARRIERS))
    # A server that is to use URLs cannot have the defence that forbids them.
    default = "all" if carrier == "cookie" else [name for name in DEFENCES.members if name != "cookies only"]
    setup = Setup(
        carriers=_CARRIERS[carrier],
        defences=_defences(step, given.get("defences", default)),
        idle=_timeout(step, given["idle"]) if "idle" in given else spec.idle,
        absolute=_timeout(step, given["absolute"]) if "absolute" in given else None,
        name=str(given.get("name", "")),
        kept=_term(step, STORES, given.get("kept", OWN_MEMORY)),
        servers=_servers(step, str(given.get("servers", 1))),
        balancing=_term(step, BALANCING, given.get("balancing", STICKY)),
    )
    if setup.kept == SIGNED_COOKIE and carrier != "cookie":
        raise step.fail("a signed cookie is carried by a cookie, not by the URL", ("cookie",))
    return setup, tuple(map(str, listed(given.get("ids", ()))))


def _path(step: Step) -> tuple[str, str]:
    given = step.fields(("path", "scheme"), "path")
    path, scheme = str(given.get("path", "")), str(given.get("scheme", "https"))
    if not path.startswith("/"):
        raise step.fail(f"`{step.word}` needs a path, such as /cart")
    if scheme not in ("http", "https"):
        raise step.fail(f"`{scheme}` is no scheme of a page", ("http", "https"))
    return path, scheme


def _plain_path(step: Step) -> str:
    path = step.text("a path, such as /account")
    if not path.startswith("/"):
        raise step.fail(f"`{path}` is no path: it starts with /")
    return path


def _put(world: World, step: Step) -> None:
    key, equals, value = step.text("what to remember, such as cart=book").partition("=")
    if not (key and equals and value):
        raise step.fail("`put` needs name=value, such as cart=book")
    world.post("/put", {key: value})


def _steal(world: World, step: Step) -> None:
    how = "copy" if step.argument is None else step.text("copy, script or network")
    ways = {"copy": world.steal_copy, "script": world.steal_by_script, "network": world.steal_from_network}
    if how not in ways:
        raise step.fail(f"`{how}` is no way to steal an id", tuple(ways))
    ways[how]()


def _cross_site(world: World, step: Step) -> None:
    given = step.fields(("request", "from"), "request")
    method, _, path = str(given.get("request", "")).partition(" ")
    if not path.strip().startswith("/") or not method.isupper():
        raise step.fail("`cross-site` needs a method and a path, such as POST /pay")
    page = step.url(given["from"]) if "from" in given else OTHER_SITE
    if page.host == HOST:
        raise step.fail(f"{HOST} is the site itself", (str(OTHER_SITE),))
    world.forge(step.method(method), path.strip(), page)


def _delete_cookie(world: World, step: Step) -> None:
    if not world.delete_cookie():
        raise step.fail("the browser holds no cookie with an id")


_STEPS: Mapping[str, Callable[[World, Step], object]] = {
    "login": lambda world, step: world.post("/login", {"user": step.text("the name of a user")}),
    "request": lambda world, step: world.get(*_path(step)),
    "put": _put,
    "logout": lambda world, step: world.post("/logout", {}),
    "wait": lambda world, step: world.wait(step.seconds(step.text("a time, such as 30 min")), str(step.argument)),
    "delete-cookie": _delete_cookie,
    "refuse-cookies": lambda world, step: world.refuse_cookies(),
    "fail": _fail,
    "restart": lambda world, step: world.restart(),
    "steal": _steal,
    "plant": lambda world, step: world.plant(),
    "attack": lambda world, step: world.attack(_plain_path(step)),
    "guess": lambda world, step: world.guess(step.text("an id")),
    "cross-site": _cross_site,
    "share": lambda world, step: world.share(_plain_path(step)),
}

_REQUESTS = ("login", "request", "put", "logout", "plant", "attack", "guess", "cross-site", "share")


def _act(world: World, step: Step) -> None:
    if len(world.server.failed) == world.setup.servers and step.word in _REQUESTS:
        raise step.fail("every server has failed")
    _STEPS[step.word](world, step)


def run_on(world: World, steps: Sequence[Any], start: int = 0) -> Trace:
    """Run steps (no `server` among them) on a world that is set up; errors count them from `start`."""
    with recording() as record:
        for number, raw in enumerate(steps, start):
            step = read_step(number, raw, ("server", *_STEPS))
            if step.word == "server":
                raise step.fail("`server` has to be the first step")
            _act(world, step)
    world.trace.record = record
    world.trace.sessions = world.server.sessions
    return world.trace


def run(steps: Sequence[Any], spec: Spec = SPEC) -> Trace:
    """Run a scenario. Raises ScenarioError for a step that means nothing or cannot happen."""
    first = read_step(0, steps[0], ("server", *_STEPS)) if steps else None
    if first is None or first.word != "server":
        return run_on(World(spec, Setup(idle=spec.idle)), steps)
    setup, ids = _setup(first, spec)
    return run_on(World(spec, setup, ids), steps[1:], start=1)
