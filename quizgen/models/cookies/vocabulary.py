"""The words that claims about cookies may use. URLs and Set-Cookie values are texts; editions are named.

Unless a claim says otherwise the edition is RFC 6265, the address was typed by the user, and no time passes.
"""

from __future__ import annotations

from dataclasses import replace

from quizgen.models.base import ModelError, Rfc, because, touch
from quizgen.models.binding import Words
from quizgen.models.cookies import matching
from quizgen.models.cookies.agent import UserAgent
from quizgen.models.cookies.dates import imf_fixdate, parse_cookie_date
from quizgen.models.cookies.receive import Reception
from quizgen.models.cookies.rules import EDITIONS, bis
from quizgen.models.cookies.scenario import START
from quizgen.models.cookies.set_cookie import ascii_lower, counted_size
from quizgen.models.cookies.spec import Edition, Spec
from quizgen.models.cookies.store import METHODS, Cookie, Request, withheld
from quizgen.models.values import Quantity, Term

WORDS = Words(steps=50)  # each fills a cookie store
HERE = "http://example.com/"
OLD = "RFC 6265"


def edition_of(spec: Spec, edition: Term | str) -> Edition:
    """The spec as the named edition has it."""
    return Edition(spec, EDITIONS.term(str(edition)))


def seconds_of(time: Quantity | str) -> int:
    """A length of time in whole seconds."""
    quantity = Quantity(1, "s").read(time) if isinstance(time, str) else time
    dimension, amount = quantity.base
    if dimension != "time" or amount < 0:
        raise ModelError(f"{quantity.show()} is no length of time from 0 s up")
    return int(amount)


def agent_at(spec: Spec, edition: Term | str) -> UserAgent:
    """A user agent with an empty store, at the time at which scenarios start."""
    return UserAgent(edition_of(spec, edition), now=START)


def check_size(agent: UserAgent, set_cookie: str) -> None:
    """RFC 6265 leaves it to the user agent what becomes of cookies above the size that it should allow."""
    edition = agent.edition
    size = counted_size(set_cookie, edition)
    limit = edition.spec.pair_octets if edition.bis else edition.spec.cookie_octets
    if not edition.bis and size > limit:
        raise ModelError(
            f"RFC 6265 §6.1 asks for at least {limit} bytes per cookie and leaves larger ones, such as"
            f" this one of {size} bytes, to the user agent; ask for edition=RFC_6265bis"
        )
    if size == limit:
        edition.bounds("pair-octets" if edition.bis else "cookie-octets")


def receive(agent: UserAgent, set_cookie: str, url: str, *, script: bool = False) -> Reception:
    """Let the agent receive a cookie from a URL."""
    check_size(agent, set_cookie)
    return agent.set(set_cookie, Request(matching.parse_url(url), script=script))


def _stored(spec: Spec, set_cookie: str, set_by: str, edition: Term | str) -> Cookie:
    reception = receive(agent_at(spec, edition), set_cookie, set_by)
    if reception.cookie is None:
        reason = reception.ignored.reason if reception.ignored else ""
        raise ModelError(f"the user agent ignores this cookie: {reason}")
    return reception.cookie


@WORDS.word(Rfc(6265, "5.1.3"))
def domain_match(spec: Spec, host: str, domain: str) -> bool:
    """Whether a host, canonicalized, domain-matches a domain, lower-cased: domain_match("www.example.com", "example.com")."""
    return matching.domain_match(matching.canonicalized_host(host) or "", ascii_lower(domain), Edition(spec))


@WORDS.word(Rfc(6265, "5.1.4"))
def path_match(spec: Spec, request_path: str, cookie_path: str) -> bool:
    """Whether a request's path path-matches a cookie's path: path_match("/docs/a", "/docs")."""
    return matching.path_match(request_path, cookie_path, Edition(spec))


@WORDS.word(Rfc(6265, "5.1.4"))
def default_path(spec: Spec, url: str) -> str:
    """The path that a cookie set without Path by this URL gets: default_path("http://example.com/a/b") is "/a"."""
    return matching.default_path(matching.parse_url(url).path, Edition(spec))


@WORDS.word(Rfc(6265, "5.1.2"))
def canonicalized_host(spec: Spec, host: str) -> str | None:
    """The host in lower case, international labels as A-labels (xn--...); None if it has no such form."""
    return matching.canonicalized_host(host)


@WORDS.word(Rfc(6265, "5.1.1"))
def cookie_date(spec: Spec, text: str) -> str | None:
    """The date that an Expires value stands for, as HTTP writes it ("Wed, 09 Jun 2021 10:18:14 GMT"); None for no date."""
    edition = Edition(spec)
    edition.uses("lenient-date")
    seconds = parse_cookie_date(text, edition)
    return None if seconds is None else imf_fixdate(seconds)


@WORDS.word(Rfc(6265, "5.3"))
def public_suffix(spec: Spec, domain: str) -> bool:
    """Whether the domain is controlled by a registry, as "com" and "co.uk" are, after the model's short list."""
    touch("rule:public-suffix")
    return matching.is_public_suffix(ascii_lower(domain), Edition(spec))


@WORDS.word(bis("5.2"))
def same_site(spec: Spec, url: str, other: str) -> bool:
    """Whether two URLs are of one site: the same scheme and registrable domain, whatever host and port."""
    touch("attribute:SameSite")
    edition = edition_of(spec, "6265bis")
    return matching.site(matching.parse_url(url), edition) == matching.site(matching.parse_url(other), edition)


@WORDS.word(Rfc(6265, "5.3"))
def stores(spec: Spec, set_cookie: str, url: str = HERE, edition: Term | str = OLD, by_script: bool = False) -> bool:
    """Whether the user agent stores a cookie that a response from this URL (or a script of its page) sets.

    A cookie that expires at once is not stored: stores("sid=1; Max-Age=0", url) is False.
    """
    agent = agent_at(spec, edition)
    receive(agent, set_cookie, url, script=by_script)
    return bool(agent.store.cookies)


@WORDS.word(Rfc(6265, "5.3"))
def ignored_at(spec: Spec, set_cookie: str, url: str = HERE, edition: Term | str = OLD) -> str | None:
    """The step at which a user agent ignores the cookie, such as "RFC 6265 §5.3 step 6"; None if it does not."""
    ignored = receive(agent_at(spec, edition), set_cookie, url).ignored
    return None if ignored is None else str(ignored.cite)


@WORDS.word(Rfc(6265, "5.2"))
def cookie_name(spec: Spec, set_cookie: str, edition: Term | str = OLD) -> str:
    """The name of the cookie that a set-cookie-string makes; no answer if it is ignored."""
    return _stored(spec, set_cookie, HERE.replace("http:", "https:"), edition).name


@WORDS.word(Rfc(6265, "5.2"))
def cookie_value(spec: Spec, set_cookie: str, edition: Term | str = OLD) -> str:
    """The value of the cookie that a set-cookie-string makes, double quotes included; no answer if it is ignored."""
    return _stored(spec, set_cookie, HERE.replace("http:", "https:"), edition).value


@WORDS.word(Rfc(6265, "5.3 step 6"))
def cookie_domain(spec: Spec, set_cookie: str, url: str = HERE, edition: Term | str = OLD) -> str:
    """The domain of the cookie as stored: its Domain attribute, or the host if it is host-only."""
    return _stored(spec, set_cookie, url, edition).domain


@WORDS.word(Rfc(6265, "5.3 step 7"))
def cookie_path(spec: Spec, set_cookie: str, url: str = HERE, edition: Term | str = OLD) -> str:
    """The path of the cookie as stored: its Path attribute, or the default-path of the URL."""
    return _stored(spec, set_cookie, url, edition).path


@WORDS.word(Rfc(6265, "5.3 step 6"))
def host_only(spec: Spec, set_cookie: str, url: str = HERE, edition: Term | str = OLD) -> bool:
    """The host-only-flag: whether the cookie goes back only to the very host that set it."""
    return _stored(spec, set_cookie, url, edition).host_only


@WORDS.word(Rfc(6265, "5.3 step 3"))
def persistent_cookie(spec: Spec, set_cookie: str, url: str = HERE, edition: Term | str = OLD) -> bool:
    """The persistent-flag: whether the cookie has an expiry-time and so outlives the session of the user agent."""
    return _stored(spec, set_cookie, url, edition).persistent


@WORDS.word(Rfc(6265, "5.3 step 3"))
def cookie_lifetime(spec: Spec, set_cookie: str, url: str = HERE, edition: Term | str = OLD) -> Quantity | None:
    """How long the cookie is kept, at most; 0 s if it expires at once; None if until the user agent's session ends."""
    expiry = _stored(spec, set_cookie, url, edition).expiry
    return None if expiry is None else Quantity(max(0, expiry - START), "s")


@WORDS.word(Rfc(6265, "5.4"))
def sends_back(
    spec: Spec,
    set_cookie: str,
    set_by: str = HERE,
    to: str = HERE,
    after: Quantity | str = "0 s",
    restarted: bool = False,
    edition: Term | str = OLD,
) -> bool:
    """Whether a request to the URL `to`, so much later, carries the cookie that a response from `set_by` set.

    `restarted`: the user agent was closed in between. The user typed the address; see sends_cross_site for links.
    """
    agent = agent_at(spec, edition)
    receive(agent, set_cookie, set_by)
    agent.wait(seconds_of(after))
    if restarted:
        agent.restart()
    return _carried(agent, Request(matching.parse_url(to)))


def _carried(agent: UserAgent, request: Request) -> bool:
    if not agent.store.cookies:
        because("The user agent holds no cookie to send", agent.edition.cite("kept-by-user-agent"))
    return bool(agent.cookies(request))


@WORDS.word(bis("5.8.3"))
def sends_cross_site(
    spec: Spec,
    set_cookie: str,
    to: str = "https://example.com/",
    page: str = "https://other.example/",
    method: str = "GET",
    top_level: bool = True,
    after: Quantity | str = "0 s",
    allowing_unsafe: bool = False,
    edition: Term | str = "6265bis",
) -> bool:
    """Whether a request to `to` that the page `page` makes carries a cookie that `to` itself set before.

    `top_level`: a link or form that changes the address bar; False for an image, frame or fetch. `after`: how long ago
    the cookie was set. `allowing_unsafe`: the user agent has the Lax-allowing-unsafe mode, for 2 minutes. Edition: 6265bis.
    """
    if method.upper() not in METHODS:
        raise ModelError(f"`{method}` is no method; they are {', '.join(METHODS)}")
    agent = agent_at(replace(spec, lax_allowing_unsafe=120) if allowing_unsafe else spec, edition)
    receive(agent, set_cookie, to)
    agent.wait(seconds_of(after))
    request = Request(matching.parse_url(to), method.upper(), matching.parse_url(page), top_level)
    return _carried(agent, request)


@WORDS.word(bis("5.7 step 18"))
def stores_cross_site(
    spec: Spec,
    set_cookie: str,
    url: str = "https://example.com/",
    page: str = "https://other.example/",
    top_level: bool = False,
    edition: Term | str = "6265bis",
) -> bool:
    """Whether the user agent stores a cookie that a response from `url` sets, to a request that the page `page` made.

    `top_level`: a link or form that changed the address bar; False for an image, frame or fetch. Edition: 6265bis.
    """
    agent = agent_at(spec, edition)
    check_size(agent, set_cookie)
    agent.set(set_cookie, Request(matching.parse_url(url), "GET", matching.parse_url(page), top_level))
    return bool(agent.store.cookies)


@WORDS.word(bis("5.8.3"))
def sent_once_public_suffix(
    spec: Spec, set_cookie: str, url: str = "https://www.example.com/", edition: Term | str = "6265bis"
) -> bool:
    """Whether the URL that set a cookie still gets it once the cookie's Domain has become a public suffix, so that other
    parties may have names below it. Edition: 6265bis; RFC 6265 looks at public suffixes only when a cookie is set.
    """
    agent = agent_at(spec, edition)
    cookie = receive(agent, set_cookie, url).cookie
    if cookie is None or cookie.host_only:
        raise ModelError(
            "this is asked of a cookie with a Domain that the URL may set, such as a=1; Domain=example.com"
        )
    agent.edition = edition_of(replace(spec, public_suffixes=spec.public_suffixes | {cookie.domain}), edition)
    return _carried(agent, Request(matching.parse_url(url)))


@WORDS.word(Rfc(6265, "5.4"))
def withheld_because(
    spec: Spec, set_cookie: str, set_by: str = HERE, to: str = HERE, edition: Term | str = OLD
) -> str | None:
    """Why a stored cookie is not sent to a URL, in a sentence; None if it is."""
    agent = agent_at(spec, edition)
    cookie = _stored(spec, set_cookie, set_by, edition)
    found = withheld(cookie, Request(matching.parse_url(to)), agent.now, agent.edition)
    return None if found is None else found.reason
