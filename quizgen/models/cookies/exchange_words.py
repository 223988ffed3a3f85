"""Further words of claims: several cookies, scripts, restarts, who keeps a cookie, and forged values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizgen.models.base import Rfc, because, touch
from quizgen.models.binding import Words
from quizgen.models.cookies.agent import SET_COOKIE
from quizgen.models.cookies.matching import Url, parse_url
from quizgen.models.cookies.signing import sign, verify
from quizgen.models.cookies.spec import DAY, Spec
from quizgen.models.cookies.store import Request, withheld
from quizgen.models.cookies.vocabulary import HERE, OLD, agent_at, edition_of, receive, seconds_of
from quizgen.models.values import Domain, Quantity, Term

WORDS = Words(steps=50)  # each fills a cookie store

KEEPERS = Domain(
    "keeper of a cookie",
    ("user agent", "origin server", "nobody"),
    aliases={"browser": "user agent", "client": "user agent", "server": "origin server"},
    labels={
        "user agent": {"en": "the browser", "zh": "浏览器"},
        "origin server": {"en": "the server", "zh": "服务器"},
        "nobody": {"en": "nobody", "zh": "谁都不保存"},
    },
)
USER_AGENT, ORIGIN_SERVER, NOBODY = KEEPERS.terms()

_SERVER_KEY, _OTHER_KEY = b"the server's key", b"a guess"


@WORDS.word(Rfc(6265, "5.4"))
def cookie_header(
    spec: Spec, set_cookies: str | Sequence[str], set_by: str = HERE, to: str = HERE, edition: Term | str = OLD
) -> str:
    """The Cookie field of a request to `to` after `set_by` set these cookies one second apart, in the order given."""
    agent = agent_at(spec, edition)
    for set_cookie in [set_cookies] if isinstance(set_cookies, str) else set_cookies:
        receive(agent, set_cookie, set_by)
        agent.wait(1)
    return agent.cookie_field(Request(parse_url(to)))


def _later_requests(url: Url, path: str) -> Iterator[tuple[Request, int, bool]]:
    """Requests to a server that any cookie must go with, if it goes with all: other path, scheme, site, a later day."""
    typed = Request(Url(url.scheme, url.host, path))
    yield typed, 0, False
    yield Request(Url(url.scheme, url.host, "/")), 0, False
    yield Request(Url("http", url.host, path)), 0, False
    yield Request(typed.url, "POST", Url("https", "other.example", "/"), False), 0, False
    yield typed, 0, True
    yield typed, 401 * DAY, False


@WORDS.word(Rfc(6265, "5.4"))
def sent_with_every_request(spec: Spec, set_cookie: str, set_by: str = HERE, edition: Term | str = OLD) -> bool:
    """Whether every later request to the server that set the cookie carries it.

    Tried are another path, http, a request that another site makes, a restart, and 401 days later; the first request
    without the cookie is the counterexample.
    """
    url = parse_url(set_by)
    for request, later, restarted in _later_requests(url, url.path or "/"):
        agent = agent_at(spec, edition)
        receive(agent, set_cookie, set_by)
        agent.wait(later)
        if restarted:
            agent.restart()
        if not agent.cookies(request):
            when = "after a restart" if restarted else f"{later // DAY} days later" if later else "at once"
            because(
                f"{request.method} {request.url} {when} does not carry the cookie", agent.edition.cite("host-identical")
            )
            return False
    return True


@WORDS.word(Rfc(6265, "5.3 step 11"))
def replaces(spec: Spec, second: str, first: str, set_by: str = HERE, edition: Term | str = OLD) -> bool:
    """Whether setting the second cookie leaves nothing of the first: same name, domain and path."""
    agent = agent_at(spec, edition)
    receive(agent, first, set_by)
    old = agent.store.cookies
    reception = receive(agent, second, set_by)
    return bool(old) and reception.ignored is None and not any(cookie in agent.store.cookies for cookie in old)


@WORDS.word(Rfc(6265, "3.1"))
def deletes(spec: Spec, second: str, first: str, set_by: str = HERE, edition: Term | str = OLD) -> bool:
    """Whether setting the second cookie (with an expiry in the past) removes the first from the user agent."""
    agent = agent_at(spec, edition)
    receive(agent, first, set_by)
    held = bool(agent.store.cookies)
    receive(agent, second, set_by)
    return held and not agent.store.cookies


@WORDS.word(Rfc(6265, "5.3"))
def survives_restart(spec: Spec, set_cookie: str, set_by: str = HERE, edition: Term | str = OLD) -> bool:
    """Whether the user agent still holds the cookie after it was closed and opened again."""
    agent = agent_at(spec, edition)
    receive(agent, set_cookie, set_by)
    agent.restart()
    return bool(agent.store.cookies)


@WORDS.word(Rfc(6265, "5.3"))
def survives(spec: Spec, set_cookie: str, after: Quantity | str, set_by: str = HERE, edition: Term | str = OLD) -> bool:
    """Whether the user agent, not closed meanwhile, still holds the cookie so much later: survives("a=1", "1 h")."""
    agent = agent_at(spec, edition)
    receive(agent, set_cookie, set_by)
    agent.wait(seconds_of(after))
    return bool(agent.store.cookies)


@WORDS.word(Rfc(6265, "5.4"))
def script_reads(spec: Spec, set_cookie: str, set_by: str = HERE, edition: Term | str = OLD) -> bool:
    """Whether a script of the page that set the cookie sees it in document.cookie."""
    agent = agent_at(spec, edition)
    receive(agent, set_cookie, set_by)
    request = Request(parse_url(set_by), script=True)
    return any(withheld(cookie, request, agent.now, agent.edition) is None for cookie in agent.store.cookies)


@WORDS.word(Rfc(6265, "5.3 step 10"))
def script_sets(spec: Spec, cookie: str, over: str = "", url: str = HERE, edition: Term | str = OLD) -> bool:
    """Whether a script of the page can set this cookie through document.cookie; `over`: a cookie set before by HTTP."""
    agent = agent_at(spec, edition)
    if over:
        receive(agent, over, url)
    return receive(agent, cookie, url, script=True).cookie is not None


@WORDS.word(Rfc(6265, "4.1"))
def field_sets_cookie(spec: Spec, field: str) -> bool:
    """Whether a response with this header field makes the user agent store a cookie: field_sets_cookie("Set-Cookie")."""
    agent = agent_at(spec, OLD)
    agent.process([(field, "sid=1")], Request(parse_url(HERE)))
    return bool(agent.store.cookies)


@WORDS.word(Rfc(6265, "5.3"))
def cookie_kept_by(spec: Spec, set_cookie: str = "sid=1", url: str = HERE, edition: Term | str = OLD) -> Term:
    """Who holds the cookie once the response has arrived: USER_AGENT, or NOBODY if it is ignored.

    ORIGIN_SERVER never: to the server a cookie is what the next request brings back.
    """
    agent = agent_at(spec, edition)
    agent.process([(SET_COOKIE, set_cookie)], Request(parse_url(url)))
    return USER_AGENT if agent.store.cookies else NOBODY


def _accepted(spec: Spec, value: str, signed: bool, name: str = "") -> bool:
    """Whether a server takes the value that a request brought; one that signs its values checks the signature."""
    edition = edition_of(spec, OLD)
    genuine = verify(value, _SERVER_KEY, name) is not None
    if not (signed and edition.applies("signing")):
        edition.uses("no-integrity", "The server trusts whatever value the client sends")
        return genuine or edition.applies("no-integrity")
    reason = "The signature was made with the server's key" if genuine else "The signature does not fit the value"
    edition.uses("signing", reason)
    return genuine


@WORDS.word(Rfc(6265, "8.3"))
def forged_value_accepted(spec: Spec, signed: bool = False) -> bool:
    """Whether the server takes a cookie value that the client made up (`user=admin` for `user=alice`).

    `signed`: the server signs its values with an HMAC; the forger keeps the old signature or makes one with a key of
    its own, and knows no better.
    """
    old = sign("alice", _SERVER_KEY).rpartition(".")[2]
    forgeries = (f"admin.{old}", sign("admin", _OTHER_KEY), "admin")
    return any(_accepted(spec, forgery, signed) for forgery in forgeries)


@WORDS.word(Rfc(6265, "8.3"))
def moved_value_accepted(spec: Spec, signed: bool = False, name_signed: bool = False) -> bool:
    """Whether the server takes the genuine value of one cookie as that of another (`nick=admin` sent as `user=admin`).

    `name_signed`: the server signs the cookie's name with the value.
    """
    sent = sign("admin", _SERVER_KEY, "nick" if name_signed else "")
    return _accepted(spec, sent, signed or name_signed, "user" if name_signed else "")


@WORDS.word(Rfc(6265, "8.3"))
def copied_value_accepted(spec: Spec, signed: bool = False) -> bool:
    """Whether the server takes a genuine value that was copied from another user agent: a signature does not help."""
    touch("rule:signing" if signed else "rule:no-integrity")
    moved = signed and "copies refused" in spec.beliefs
    return _accepted(spec, sign("alice", _SERVER_KEY), signed) and not moved
