"""The cookie store: keeping cookies, evicting them, and returning them (RFC 6265 §5.3, §5.4; 6265bis §5.7, §5.8).

A store is a value: inserting, evicting and retrieving give the next one. Times are whole seconds since 1970, given by
the caller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from quizgen.models.base import touch
from quizgen.models.cookies.matching import Url, domain_match, is_public_suffix, path_match, site
from quizgen.models.cookies.set_cookie import Ignored, ignored, octets
from quizgen.models.cookies.spec import Edition

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Request methods that only read (RFC 9110 §9.2.1)."""
METHODS = (*sorted(SAFE_METHODS), "POST", "PUT", "DELETE", "CONNECT", "PATCH")
"""Those of RFC 9110 §9.3, and PATCH (RFC 5789)."""


@dataclass(frozen=True)
class Cookie:
    """A stored cookie, with the fields of §5.3. `expiry` is None for one that lasts as long as the session of the
    user agent; `same_site` is "Default" where no SameSite attribute says otherwise."""

    name: str
    value: str
    domain: str
    path: str
    host_only: bool
    created: int
    expiry: int | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = "Default"
    accessed: int = 0

    @property
    def persistent(self) -> bool:
        """The persistent-flag: whether the cookie outlives the session of the user agent."""
        return self.expiry is not None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two cookies the same one."""
        return self.name, self.domain, self.path

    def expired(self, now: int) -> bool:
        """Whether the expiry-time has come: a cookie of Max-Age=60 is gone 60 seconds later (§4.1.2.2)."""
        return self.expiry is not None and self.expiry <= now

    def __str__(self) -> str:
        return f"{self.name}={self.value}" if self.name else self.value


@dataclass(frozen=True)
class Request:
    """What a retrieval is for. `origin` is the page that makes the request (None: the user typed the address);
    `top_level` is whether the page in the address bar changes; `script` whether document.cookie asks, not HTTP."""

    url: Url
    method: str = "GET"
    origin: Url | None = None
    top_level: bool = True
    script: bool = False

    def same_site(self, edition: Edition) -> bool:
        """Whether the request stays within one site (6265bis §5.2)."""
        return self.origin is None or site(self.origin, edition) == site(self.url, edition)


@dataclass(frozen=True)
class Store:
    """The cookies that a user agent holds, in the order in which they were created."""

    cookies: tuple[Cookie, ...] = ()

    def without(self, gone: Callable[[Cookie], bool]) -> Store:
        """The store less some cookies."""
        return Store(tuple(cookie for cookie in self.cookies if not gone(cookie)))

    def restarted(self) -> Store:
        """The store after the session of the user agent: only persistent cookies are left (§5.3)."""
        return self.without(lambda cookie: not cookie.persistent)

    def named(self, name: str) -> tuple[Cookie, ...]:
        """The cookies of that name."""
        return tuple(cookie for cookie in self.cookies if cookie.name == name)


def existing(store: Store, cookie: Cookie, edition: Edition) -> Cookie | None:
    """The stored cookie that a new one would replace: same name, domain and path; in 6265bis, host-only-flag too."""
    same = [old for old in store.cookies if old.key == cookie.key]
    if edition.applies("host-only-in-key") and any(old.host_only != cookie.host_only for old in same):
        edition.uses("host-only-in-key")
        same = [old for old in same if old.host_only == cookie.host_only]
    return same[0] if same else None


def insert(store: Store, cookie: Cookie, edition: Edition) -> Store:
    """The store with the cookie in it, in place of one with the same key (§5.3 steps 11 and 12)."""
    old = existing(store, cookie, edition)
    if old is None or not edition.applies("replace-same-key"):
        return Store((*store.cookies, cookie))
    edition.uses("replace-same-key")
    if not cookie.value and "empty value deletes" in edition.spec.beliefs:
        return store.without(lambda other: other is old)
    if edition.applies("keep-creation-time"):
        touch("rule:keep-creation-time")
        cookie = replace(cookie, created=old.created)
    return Store(tuple(cookie if other is old else other for other in store.cookies))


def _first_to_go(cookies: Iterable[Cookie], edition: Edition) -> Cookie:
    choose = min if edition.applies("eviction-order") else max
    return choose(cookies, key=lambda cookie: cookie.accessed)


def _crowd_victim(crowd: list[Cookie], edition: Edition) -> Cookie:
    insecure = [cookie for cookie in crowd if not cookie.secure]
    if insecure and edition.applies("insecure-evicted-first"):
        if len(insecure) < len(crowd):
            edition.uses("insecure-evicted-first")
        crowd = insecure
    return _first_to_go(crowd, edition)


def evict(store: Store, now: int, edition: Edition) -> Store:
    """The store without expired and excess cookies, in the order of §5.3."""
    if edition.applies("expiry") and any(cookie.expired(now) for cookie in store.cookies):
        edition.uses("expiry", "A cookie whose expiry-time has come is evicted")
        store = store.without(lambda cookie: cookie.expired(now))
    return _evict_excess(_evict_crowds(store, edition), edition)


def _evict_crowds(store: Store, edition: Edition) -> Store:
    limit = edition.spec.cookies_per_domain
    crowded = [domain for domain, n in Counter(cookie.domain for cookie in store.cookies).items() if n > limit]
    for domain in crowded:
        edition.bounds("cookies-per-domain")
        while len(crowd := [cookie for cookie in store.cookies if cookie.domain == domain]) > limit:
            store = _evict_one(store, _crowd_victim(crowd, edition), edition)
    return store


def _evict_excess(store: Store, edition: Edition) -> Store:
    while len(store.cookies) > edition.spec.cookies_total:
        edition.bounds("cookies-total")
        store = _evict_one(store, _first_to_go(store.cookies, edition), edition)
    return store


def _evict_one(store: Store, victim: Cookie, edition: Edition) -> Store:
    edition.uses("eviction-order")
    return store.without(lambda cookie: cookie is victim)


def withheld(cookie: Cookie, request: Request, now: int, edition: Edition) -> Ignored | None:
    """Why a stored cookie is not returned with the request, or None if it is (§5.4 step 1)."""
    checks = (_other_host, _suffix_since, _other_path, _insecure, _hidden)
    found = next((found for check in checks if (found := check(cookie, request, edition))), None)
    return found or _cross_site(cookie, request, now, edition)


def _other_host(cookie: Cookie, request: Request, edition: Edition) -> Ignored | None:
    host = request.url.host
    if cookie.host_only and edition.applies("host-identical"):
        edition.uses("host-identical")
        reason = f"The cookie is host-only: {host} is not {cookie.domain}"
        return None if host == cookie.domain else ignored(edition, "host-identical", reason)
    if domain_match(host, cookie.domain, edition):
        return None
    return ignored(edition, "domain-match", f"{host} does not domain-match {cookie.domain}")


def _suffix_since(cookie: Cookie, request: Request, edition: Edition) -> Ignored | None:
    if cookie.host_only or not edition.applies("suffix-since") or not is_public_suffix(cookie.domain, edition):
        return None
    return ignored(edition, "suffix-since", f"{cookie.domain} has become a public suffix since the cookie was set")


def _other_path(cookie: Cookie, request: Request, edition: Edition) -> Ignored | None:
    path = request.url.path or "/"
    if path_match(path, cookie.path, edition):
        return None
    return ignored(edition, "path-match", f"{path} does not path-match {cookie.path}")


def _insecure(cookie: Cookie, request: Request, edition: Edition) -> Ignored | None:
    if not cookie.secure:
        return None
    touch("rule:secure-only")
    if request.url.secure or not edition.applies("secure-only"):
        return None
    return ignored(edition, "secure-only", f"The cookie is Secure and {request.url.scheme} is not")


def _hidden(cookie: Cookie, request: Request, edition: Edition) -> Ignored | None:
    if not (cookie.http_only and request.script):
        return None
    touch("rule:script-reads-httponly")
    if not edition.applies("script-reads-httponly"):
        return None
    return ignored(edition, "script-reads-httponly", "The cookie is HttpOnly, so a script does not see it")


def _cross_site(cookie: Cookie, request: Request, now: int, edition: Edition) -> Ignored | None:
    if not edition.bis or cookie.same_site == "None" or request.same_site(edition):
        return None
    if cookie.same_site == "Strict":
        if not edition.applies("samesite-strict"):
            return None
        return ignored(edition, "samesite-strict", "The cookie is SameSite=Strict and the request is cross-site")
    if cookie.same_site == "Default":
        if not edition.applies("samesite-default"):
            return None
        edition.uses("samesite-default")
    touch("rule:samesite-lax")
    navigation = request.top_level and not request.script
    if navigation and (request.method in SAFE_METHODS or _new_enough(cookie, now, edition)):
        return None
    if not edition.applies("samesite-lax"):
        return None
    reason = "The request is cross-site and no top-level navigation with a safe method, as SameSite=Lax asks"
    return ignored(edition, "samesite-lax", reason)


def _new_enough(cookie: Cookie, now: int, edition: Edition) -> bool:
    limit = edition.spec.lax_allowing_unsafe
    if cookie.same_site != "Default" or limit is None or not edition.applies("lax-allowing-unsafe"):
        return False
    edition.uses("lax-allowing-unsafe")
    return now - cookie.created <= limit


def retrieve(store: Store, request: Request, now: int, edition: Edition) -> tuple[tuple[Cookie, ...], Store]:
    """The cookies to return with a request, in order, and the store with their last-access-times (§5.4)."""
    store = evict(store, now, edition)
    chosen = {n for n, cookie in enumerate(store.cookies) if withheld(cookie, request, now, edition) is None}
    accessed = tuple(replace(cookie, accessed=now) if n in chosen else cookie for n, cookie in enumerate(store.cookies))
    return _in_order([accessed[n] for n in sorted(chosen)], edition), Store(accessed)


def _in_order(cookies: list[Cookie], edition: Edition) -> tuple[Cookie, ...]:
    """Sorted as §5.4 step 2 asks; within one second, cookies created first come first in the store already."""
    if len(cookies) > 1:
        _note_order(cookies, edition)
    cookies = sorted(cookies, key=lambda cookie: cookie.created)
    if not edition.applies("older-first"):
        cookies.reverse()
    if edition.applies("longer-path-first"):
        cookies.sort(key=lambda cookie: -octets(cookie.path))
    return tuple(cookies)


def _note_order(cookies: list[Cookie], edition: Edition) -> None:
    lengths = [octets(cookie.path) for cookie in cookies]
    if len(set(lengths)) > 1:
        edition.uses("longer-path-first")
    if len(set(lengths)) < len(lengths):
        edition.uses("older-first")


def cookie_string(cookies: Iterable[Cookie], edition: Edition) -> str:
    """The value of the Cookie field: `SID=31d4d96e407aad42; lang=en-US`; "" if there is nothing to send (§5.4 step 4)."""
    touch("rule:pairs-only")
    return "; ".join(str(cookie) if edition.applies("pairs-only") else _with_attributes(cookie) for cookie in cookies)


def _with_attributes(cookie: Cookie) -> str:
    lifetime = [] if cookie.expiry is None else [f"Max-Age={cookie.expiry - cookie.created}"]
    flags = [name for name, on in (("Secure", cookie.secure), ("HttpOnly", cookie.http_only)) if on]
    return "; ".join((str(cookie), f"Path={cookie.path}", *lifetime, *flags))
