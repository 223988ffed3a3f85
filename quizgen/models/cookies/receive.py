"""Receiving a cookie, step by step (RFC 6265 §5.3; 6265bis §5.7): it enters the store, or is ignored at a named step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quizgen.models.base import touch
from quizgen.models.cookies.dates import EARLIEST
from quizgen.models.cookies.matching import default_path, domain_match, is_public_suffix, path_match
from quizgen.models.cookies.set_cookie import Ignored, SetCookie, ignored, parse_set_cookie
from quizgen.models.cookies.spec import Edition
from quizgen.models.cookies.store import Cookie, Request, Store, evict, existing, insert


@dataclass(frozen=True)
class Reception:
    """What became of one Set-Cookie: the next store, and the cookie as stored, or why it was ignored."""

    store: Store
    cookie: Cookie | None = None
    ignored: Ignored | None = None


@dataclass(frozen=True)
class _Arrival:
    """A cookie on its way in: what was sent, in answer to which request, and what else the checks look at."""

    sent: SetCookie
    request: Request
    store: Store
    edition: Edition
    now: int

    def last(self, attribute: str) -> str | int | None:
        return self.sent.last(attribute, self.edition)

    def ignore(self, rule: str, reason: str) -> Ignored:
        return ignored(self.edition, rule, reason)


def receive(store: Store, set_cookie: str, request: Request, now: int, edition: Edition) -> Reception:
    """Process one Set-Cookie field value (or one document.cookie assignment, if `request.script`) at the time `now`."""
    sent = parse_set_cookie(set_cookie, edition)
    if isinstance(sent, Ignored):
        return Reception(store, None, sent)
    store = evict(store, now, edition)
    arrival = _Arrival(sent, request, store, edition, now)
    empty = _no_empty_pair(arrival)
    if empty is not None:
        return Reception(store, None, empty)
    domain = _scope(arrival)
    if isinstance(domain, Ignored):
        return Reception(store, None, domain)
    cookie = _cookie(arrival, domain)
    for check in _CHECKS:
        ignored = check(arrival, cookie)
        if ignored is not None:
            return Reception(store, None, ignored)
    return _insert(arrival, cookie)


def _insert(arrival: _Arrival, cookie: Cookie) -> Reception:
    edition = arrival.edition
    edition.uses("kept-by-user-agent", "The user agent puts the cookie into its cookie store")
    if not edition.applies("kept-by-user-agent"):
        return Reception(arrival.store, cookie)
    return Reception(evict(insert(arrival.store, cookie, edition), arrival.now, edition), cookie)


def _scope(arrival: _Arrival) -> tuple[str, bool] | Ignored:
    """The cookie's domain and host-only-flag (§5.3 steps 4 to 6)."""
    edition, host = arrival.edition, arrival.request.url.host
    domain = str(arrival.last("Domain") or "")
    if edition.applies("ascii-domain") and not domain.isascii():
        return arrival.ignore("ascii-domain", "Domain has a character outside of ASCII")
    if edition.applies("public-suffix") and is_public_suffix(domain, edition):
        if domain != host:
            return arrival.ignore("public-suffix", f"{domain} is a public suffix, so no host may set a cookie for it")
        domain = ""
    if not domain:
        edition.uses("host-only")
        if "parent domain" in edition.spec.beliefs:
            host = host.partition(".")[2] or host
        return host, edition.applies("host-only")
    if edition.applies("own-domain") and not domain_match(host, domain, edition):
        return arrival.ignore("own-domain", f"{host} does not domain-match {domain}, so it may not set a cookie for it")
    touch("rule:own-domain")
    return domain, False


def _cookie(arrival: _Arrival, scope: tuple[str, bool]) -> Cookie:
    sent, url, edition = arrival.sent, arrival.request.url, arrival.edition
    return Cookie(
        name=sent.name,
        value=sent.value,
        domain=scope[0],
        host_only=scope[1],
        path=str(arrival.last("Path") or "") or default_path(url.path, edition),
        created=arrival.now,
        accessed=arrival.now,
        expiry=_expiry(arrival),
        secure=arrival.last("Secure") is not None,
        http_only=arrival.last("HttpOnly") is not None,
        same_site=str(arrival.last("SameSite") or "Default"),
    )


def _expiry(arrival: _Arrival) -> int | None:
    """The expiry-time, in seconds since 1970, or None for a cookie that is not persistent (§5.3 step 3)."""
    edition, now = arrival.edition, arrival.now
    max_age, expires = arrival.last("Max-Age"), arrival.last("Expires")
    if max_age is None and expires is None:
        edition.uses("session-cookie")
        return None
    if max_age is not None and expires is not None:
        edition.uses("max-age-first")
    by_age = None if max_age is None else (now + int(max_age) if int(max_age) > 0 else EARLIEST)
    first, second = (by_age, expires) if edition.applies("max-age-first") else (expires, by_age)
    return _capped(int(first if first is not None else second or 0), arrival)


def _capped(expiry: int, arrival: _Arrival) -> int:
    latest = arrival.now + arrival.edition.spec.lifetime
    if not arrival.edition.bis or expiry <= latest:
        return expiry
    arrival.edition.bounds("lifetime")
    return latest


def _no_empty_pair(arrival: _Arrival) -> Ignored | None:
    if arrival.sent.name or arrival.sent.value or not arrival.edition.applies("empty-pair"):
        return None
    return arrival.ignore("empty-pair", "Name and value are both empty, so the cookie is ignored")


def _secure_origin(arrival: _Arrival, cookie: Cookie) -> Ignored | None:
    if not (cookie.secure and arrival.edition.applies("secure-origin")):
        return None
    touch("rule:secure-origin")
    if arrival.request.url.secure:
        return None
    return arrival.ignore("secure-origin", "The cookie is Secure but came over an insecure connection")


def _script_http_only(arrival: _Arrival, cookie: Cookie) -> Ignored | None:
    if not (arrival.request.script and cookie.http_only and arrival.edition.applies("script-sets-httponly")):
        return None
    return arrival.ignore("script-sets-httponly", "A script tried to set an HttpOnly cookie")


def _secure_left_alone(arrival: _Arrival, cookie: Cookie) -> Ignored | None:
    edition = arrival.edition
    if cookie.secure or arrival.request.url.secure or not edition.applies("leave-secure-alone"):
        return None
    if any(_shadows(cookie, old, edition) for old in arrival.store.named(cookie.name)):
        return arrival.ignore("leave-secure-alone", "A Secure cookie of that name is there and the connection is not")
    return None


def _shadows(cookie: Cookie, old: Cookie, edition: Edition) -> bool:
    related = domain_match(old.domain, cookie.domain, edition) or domain_match(cookie.domain, old.domain, edition)
    return old.secure and related and path_match(cookie.path, old.path, edition)


def _same_site_setting(arrival: _Arrival, cookie: Cookie) -> Ignored | None:
    request, edition = arrival.request, arrival.edition
    if cookie.same_site == "Default" and not edition.applies("samesite-default"):
        return None
    if cookie.same_site == "None" or not edition.applies("samesite-setting") or request.same_site(edition):
        return None
    if request.top_level and not request.script:
        return None
    reason = "The cookie is not SameSite=None and came with a cross-site request that is no top-level navigation"
    return arrival.ignore("samesite-setting", reason)


def _none_is_secure(arrival: _Arrival, cookie: Cookie) -> Ignored | None:
    if cookie.same_site != "None" or cookie.secure or not arrival.edition.applies("none-needs-secure"):
        return None
    return arrival.ignore("none-needs-secure", "The cookie is SameSite=None without Secure")


def _secure_prefix(arrival: _Arrival, cookie: Cookie) -> Ignored | None:
    if not (cookie.name.lower().startswith("__secure-") and arrival.edition.applies("secure-prefix")):
        return None
    touch("rule:secure-prefix")
    return None if cookie.secure else arrival.ignore("secure-prefix", "A __Secure- cookie must be Secure")


def _host_prefix(arrival: _Arrival, cookie: Cookie) -> Ignored | None:
    if not (cookie.name.lower().startswith("__host-") and arrival.edition.applies("host-prefix")):
        return None
    touch("rule:host-prefix")
    if cookie.secure and cookie.host_only and arrival.last("Path") is not None and cookie.path == "/":
        return None
    return arrival.ignore("host-prefix", "A __Host- cookie must be Secure, have Path=/ and no Domain")


def _nameless_prefix(arrival: _Arrival, cookie: Cookie) -> Ignored | None:
    looks = cookie.value.lower().startswith(("__secure-", "__host-"))
    if cookie.name or not looks or not arrival.edition.applies("nameless-prefix"):
        return None
    return arrival.ignore("nameless-prefix", "The cookie has no name and its value looks like a prefixed name")


def _script_overwrites(arrival: _Arrival, cookie: Cookie) -> Ignored | None:
    if not (arrival.request.script and arrival.edition.applies("script-overwrites-httponly")):
        return None
    old = existing(arrival.store, cookie, arrival.edition)
    if old is None or not old.http_only:
        return None
    return arrival.ignore("script-overwrites-httponly", "A script tried to overwrite an HttpOnly cookie")


_CHECKS: tuple[Callable[[_Arrival, Cookie], Ignored | None], ...] = (
    _secure_origin, _script_http_only, _secure_left_alone, _same_site_setting, _none_is_secure,
    _secure_prefix, _host_prefix, _nameless_prefix, _script_overwrites,
)  # fmt: skip
"""The reasons to ignore a cookie, in the order of 6265bis §5.7 steps 13 to 23."""
