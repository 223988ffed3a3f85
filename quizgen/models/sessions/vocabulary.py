"""The words that claims about sessions may use. Each answer comes from a run of a browser against a server."""

from __future__ import annotations

from quizgen.models.base import ModelError, Rfc, repeat, shows, touch
from quizgen.models.binding import Words
from quizgen.models.cookies.matching import parse_url
from quizgen.models.cookies.store import Request
from quizgen.models.cookies.vocabulary import seconds_of
from quizgen.models.sessions.attacks import STOLEN_ID, succeeds
from quizgen.models.sessions.scenario import run_on
from quizgen.models.sessions.server import (
    ALL_DEFENCES,
    COOKIE_CARRIER,
    COOKIES_ONLY,
    NEW_ID_AT_LOGIN,
    URL_CARRIER,
    Setup,
)  # fmt: skip
from quizgen.models.sessions.spec import (
    ATTACKS,
    CARRIERS,
    DEFENCES,
    LIMIT_ROWS,
    RULES,
    SOFTWARE,
    STORES,
    Spec,
    owasp,
)  # fmt: skip
from quizgen.models.sessions.trace import Trace
from quizgen.models.sessions.world import HOST, World
from quizgen.models.values import Domain, Quantity, Term, TermSet

WORDS = Words(steps=200)  # each imitates browsers and servers

PLACES = Domain(
    "place of data",
    ("browser", "server", "both"),
    {"client": "browser"},
    {"browser": {"zh": "浏览器"}, "server": {"zh": "服务器"}, "both": {"zh": "两边都有"}},
)
BROWSER, SERVER, BOTH = PLACES.terms()
DATA = Domain(
    "kind of data",
    ("session data", "session id", "cookie data"),
    {},
    {"session data": {"zh": "会话数据"}, "session id": {"zh": "会话标识符"}, "cookie data": {"zh": "cookie 数据"}},
)
SESSION_DATA, SESSION_ID, COOKIE_DATA = DATA.terms()
EVENTS = Domain(
    "event of a session",
    ("logout", "cookie deletion", "browser restart"),
    {},
    {"logout": {"zh": "退出登录"}, "cookie deletion": {"zh": "删除 cookie"}, "browser restart": {"zh": "重启浏览器"}},
)
LOGOUT, COOKIE_DELETION, BROWSER_RESTART = EVENTS.terms()

_EVENT_STEPS = {LOGOUT: "logout", COOKIE_DELETION: "delete-cookie", BROWSER_RESTART: "restart"}
_BOOK = "book-4711"
_LANGUAGE = "language-zh"


def _of(domain: Domain, given: Term | str) -> Term:
    return domain.term(str(given))


def _setup(carrier: Term | str, idle: int | None, absolute: int | None = None) -> Setup:
    chosen = _of(CARRIERS, carrier)
    defences = ALL_DEFENCES - ({COOKIES_ONLY} if chosen == URL_CARRIER else frozenset())
    return Setup(carriers=frozenset({chosen}), defences=defences, idle=idle, absolute=absolute)


def _run(spec: Spec, *steps: object, setup: Setup | None = None) -> tuple[World, Trace]:
    world = World(spec, setup or _setup(COOKIE_CARRIER, spec.idle))
    trace = run_on(world, steps)
    repeat(trace.record)
    shows(trace)
    return world, trace


def _found(spec: Spec, data: Term) -> tuple[bool, bool]:
    """Whether the data lie in the browser, and whether on the server, after a login and something put in a cart."""
    world, trace = _run(spec, {"login": "alice"}, {"put": f"cart={_BOOK}"})
    world.browser.set(f"lang={_LANGUAGE}; Path=/", Request(parse_url(f"https://{HOST}/")))
    text = {SESSION_DATA: _BOOK, SESSION_ID: trace.exchanges[-1].id, COOKIE_DATA: _LANGUAGE}[data]
    held = {cookie.value for cookie in world.browser.store.cookies}
    return text in held, text in str(world.server)


@WORDS.word(Rfc(6265, "8.4"))
def lives_in(spec: Spec, data: Term | str) -> Term:
    """Where data lie between two requests: lives_in(SESSION_DATA) is SERVER, COOKIE_DATA BROWSER, SESSION_ID BOTH."""
    in_browser, on_server = _found(spec, _of(DATA, data))
    spec.uses("data-on-server")
    return BOTH if in_browser and on_server else SERVER if on_server else BROWSER


@WORDS.word(Rfc(6265, "8.4"))
def held_by(spec: Spec, place: Term | str) -> TermSet:
    """What BROWSER or SERVER holds of a session once its user has logged in and filled a cart: {SESSION_ID}."""
    index = {BROWSER: 0, SERVER: 1}.get(_of(PLACES, place))
    if index is None:
        raise ModelError("held_by() is asked of BROWSER or of SERVER")
    spec.uses("data-on-server")
    return TermSet(DATA, (data for data in (SESSION_DATA, SESSION_ID) if _found(spec, data)[index]))


@WORDS.word(Rfc(6265, "8.4"))
def recognises_user(spec: Spec, id_sent: bool = True) -> bool:
    """Whether the server knows that a request after login is the user's; `id_sent`: the request brings the id."""
    steps = [{"login": "alice"}, *([] if id_sent else ["delete-cookie"]), {"request": "/account"}]
    return _run(spec, *steps)[1].exchanges[-1].user == "alice"


@WORDS.word(Rfc(6265, "8.4"))
def recovers_state(spec: Spec, id_sent: bool = True) -> bool:
    """Whether the server finds what an earlier request put into the session; `id_sent`: the request brings the id."""
    steps = [
        {"login": "alice"},
        {"put": f"cart={_BOOK}"},
        *([] if id_sent else ["delete-cookie"]),
        {"request": "/cart"},
    ]
    return ("cart", _BOOK) in _run(spec, *steps)[1].exchanges[-1].data


@WORDS.word(Rfc(6265, "8.4"))
def session_works(spec: Spec, carrier: Term | str = "cookie", cookies_enabled: bool = True) -> bool:
    """Whether a user who logged in is recognised on the next page, with this carrier of the id.

    `cookies_enabled`: the browser takes and sends cookies.
    """
    steps = [*([] if cookies_enabled else ["refuse-cookies"]), {"login": "alice"}, {"request": "/account"}]
    return _run(spec, *steps, setup=_setup(carrier, spec.idle))[1].exchanges[-1].user == "alice"


@WORDS.word(owasp("Session ID Name Fingerprinting"))
def id_cookie_name(spec: Spec, software: Term | str = "Jakarta Servlet") -> str:
    """The name of the cookie in which server software sends the id: JSESSIONID, PHPSESSID, ASP.NET_SessionId, connect.sid."""
    touch("carrier:cookie")
    return spec.id_names[_of(SOFTWARE, software).name]


@WORDS.word(Rfc(6265, "8.4"))
def id_cookie_holds_id(spec: Spec, software: Term | str = "Jakarta Servlet") -> bool:
    """Whether the server sets, at login, a cookie of that software's name whose value is the id of the session."""
    setup = Setup(software=_of(SOFTWARE, software), idle=spec.idle)
    world, trace = _run(spec, {"login": "alice"}, setup=setup)
    held = world.browser.store.named(setup.id_name)
    return bool(held) and held[0].value == trace.exchanges[-1].id == world.server.sessions[0].id


@WORDS.word(owasp("Manual Session Expiration"))
def session_alive_after(spec: Spec, event: Term | str) -> bool:
    """Whether the server still holds the session after LOGOUT, COOKIE_DELETION or BROWSER_RESTART."""
    _, trace = _run(spec, {"login": "alice"}, _EVENT_STEPS[_of(EVENTS, event)])
    return bool(trace.sessions)


@WORDS.word(owasp("Manual Session Expiration"))
def recognised_after(spec: Spec, event: Term | str) -> bool:
    """Whether the user is still logged in, as the next page shows, after LOGOUT, COOKIE_DELETION or BROWSER_RESTART."""
    steps = [{"login": "alice"}, _EVENT_STEPS[_of(EVENTS, event)], {"request": "/account"}]
    return _run(spec, *steps)[1].exchanges[-1].user == "alice"


@WORDS.word(RULES["idle-expiry"].cite)
def idle_timeout(spec: Spec) -> Quantity:
    """How long the model's server keeps a session without requests, unless a claim says otherwise."""
    touch(LIMIT_ROWS["idle timeout"].id)
    return Quantity(spec.idle // 60, "min") if spec.idle % 60 == 0 else Quantity(spec.idle, "s")


@WORDS.word(RULES["absolute-expiry"].cite)
def absolute_timeout(spec: Spec) -> Quantity:
    """How long the model's server keeps a session in all, where it limits that."""
    touch(LIMIT_ROWS["absolute timeout"].id)
    return Quantity(spec.absolute // 3600, "h") if spec.absolute % 3600 == 0 else Quantity(spec.absolute, "s")


@WORDS.word(RULES["idle-expiry"].cite)
def session_alive(
    spec: Spec,
    after: Quantity | str,
    request_every: Quantity | str | None = None,
    idle: Quantity | str | None = None,
    absolute: Quantity | str | None = None,
) -> bool:
    """Whether a session still lives so long after login, if the user asks for a page every `request_every` (None: never).

    `idle`: the idle timeout (None: 30 min); `absolute`: the absolute timeout (None: there is none).
    """
    span = seconds_of(after)
    every = max(span, 1) if request_every is None else seconds_of(request_every)
    if every == 0 or span // every > 1000:
        raise ModelError("session_alive() follows at most 1000 requests, at least a second apart")
    waits = [every] * (span // every) + ([span % every] if span % every else [])
    steps: list[object] = [{"login": "alice"}]
    for wait in waits[:-1]:
        steps += [{"wait": f"{wait} s"}, {"request": "/account"}]
    steps += [{"wait": f"{wait} s"} for wait in waits[-1:]]
    limits = (spec.idle if idle is None else seconds_of(idle), None if absolute is None else seconds_of(absolute))
    return bool(_run(spec, *steps, setup=_setup(COOKIE_CARRIER, *limits))[1].sessions)


@WORDS.word(owasp("Renew the Session ID After Any Privilege Level Change"))
def id_changes_at_login(spec: Spec, defended: bool = True) -> bool:
    """Whether a session that began before login gets another id at login; `defended`: the server renews ids."""
    defences = ALL_DEFENCES if defended else ALL_DEFENCES - {NEW_ID_AT_LOGIN}
    setup = Setup(defences=defences, idle=spec.idle)
    first, last = _run(spec, {"put": f"cart={_BOOK}"}, {"login": "alice"}, setup=setup)[1].exchanges
    return first.id != last.id


@WORDS.word(Rfc(6265, "8.4"))
def attack_succeeds(spec: Spec, attack: Term | str, *defences: Term | str, kept: Term | str = "own memory") -> bool:
    """Whether an attack makes the server take a request for the victim's, on a server with exactly these defences:
    attack_succeeds(FIXATION), attack_succeeds(FIXATION, NEW_ID_AT_LOGIN). `kept`: where the sessions are (OWN_MEMORY,
    SHARED_STORE, SIGNED_COOKIE).
    """
    chosen = [_of(DEFENCES, defence) for defence in defences]
    return succeeds(spec, _of(ATTACKS, attack), chosen, _of(STORES, kept))


@WORDS.word(Rfc(6265, "8.4"))
def stopped_by(spec: Spec, attack: Term | str, kept: Term | str = "own memory") -> TermSet:
    """The defences each of which alone stops the attack; empty for STOLEN_ID. `kept`: where the sessions are."""
    chosen, place = _of(ATTACKS, attack), _of(STORES, kept)
    return TermSet(DEFENCES, (one for one in DEFENCES.terms() if not succeeds(spec, chosen, [one], place)))


@WORDS.word(Rfc(6265, "8.4"))
def stolen_id_accepted(spec: Spec) -> bool:
    """Whether the server, with every defence, takes whoever presents a stolen id for its user while the session lives."""
    return succeeds(spec, STOLEN_ID, ALL_DEFENCES)
