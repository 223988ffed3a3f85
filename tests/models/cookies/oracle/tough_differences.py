"""Where tough-cookie 6.1.0 is known to differ from RFC 6265 and from 6265bis."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

from quizgen.models.base import Rfc
from quizgen.models.cookies.matching import default_path, is_public_suffix
from quizgen.models.cookies.rules import EDITIONS, RFC_6265, RFC_6265BIS, bis
from quizgen.models.cookies.spec import Edition
from quizgen.models.cookies.store import Cookie, Request, Store, insert
from tests.models.cookies.oracle.case import Case, Step
from tests.models.cookies.oracle.headers import BIS, UNSEEN, edited, example, last, named, pair
from tests.models.cookies.oracle.predict import Difference

_BOTH = EDITIONS.terms()
_NEW, _OLD = (RFC_6265BIS,), (RFC_6265,)
# What JavaScript's trim() takes away of a text that has a character for each octet.
_TRIMMED = "\t\n\x0b\x0c\r \u00a0"


def _trim(text: str, request: Request) -> str:
    octets = text.encode("utf-8", "surrogateescape").decode("latin-1").strip(_TRIMMED)
    parts = (part.partition("=") for part in octets.split(";"))
    trimmed = ";".join("".join(one.strip(_TRIMMED) for one in part) for part in parts)
    return trimmed.encode("latin-1").decode("utf-8", "surrogateescape")


def _cut(text: str, request: Request) -> str:
    return re.split("[\n\r\0]", pair(text))[0] + text[len(pair(text)) :]


def _controls(text: str, request: Request) -> str | None:
    return None if re.search("[\0-\x1f]", pair(text)) else text


def _first_equals(text: str, request: Request) -> str:
    trimmed = text.lstrip(" \t\x0b")
    return trimmed[1:] if re.match("=[^=;]+=", trimmed) else text


def _no_domain(text: str, request: Request) -> str:
    return edited(text, lambda name, value: None if name == "domain" and value in ("", ".") else value)


def _two_dots(text: str, request: Request) -> str:
    return edited(text, lambda name, value: value[1:] if name == "domain" and value.startswith("..") else value)


def _keeps_a_dot(cookie: Cookie, text: str, request: Request) -> Cookie:
    domain = last(_no_domain(_trim(text, request), request), "Domain") or ""
    return replace(cookie, domain=domain, host_only=False) if domain.startswith(".") else cookie


def _beside(before: Store, after: Store, cookie: Cookie) -> Store:
    return insert(before, cookie, Edition()) if cookie.domain.startswith(".") else after


def _own_suffix(text: str, request: Request) -> str | None:
    domain = last(text, "Domain")
    refused = domain and domain == request.url.host != "localhost" and is_public_suffix(domain, BIS)
    return None if refused else text


def _localhost(cookie: Cookie, text: str, request: Request) -> Cookie:
    domain = last(_no_domain(_trim(text, request), request), "Domain")
    return replace(cookie, host_only=False) if domain == "localhost" == cookie.domain else cookie


def _decoded(request: Request) -> Request:
    return replace(request, url=replace(request.url, path=unquote(request.url.path)))


def _exact_prefix(text: str, request: Request) -> str | None:
    name, secure, path = named(text), last(text, "Secure") is not None, last(text, "Path")
    root = path == "/" or (path == "" and default_path(request.url.path, BIS) == "/")
    host = secure and root and not last(text, "Domain")
    return text if (secure or not name.startswith("__Secure-")) and (host or not name.startswith("__Host-")) else None


def _named_path(text: str, request: Request) -> str | None:
    return None if named(text).startswith("__Host-") and last(text, "Path") == "" else text


DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "nothing at all", "stores a cookie without name and value, unless the whole string is empty", "ignores it",
        bis("5.7 step 2"), _NEW, example("=; Path=/"), header=lambda text, request: text or None, off=frozenset({"empty-pair"}),
    ),
    Difference(
        "= in front", "drops a = at the beginning before it looks for one", "takes `=a=b` for the value `a=b` without a name",
        bis("5.6 step 3"), _NEW, example("=a=b"), header=_first_equals,
    ),
    Difference(
        "trimming", "takes away what is white space to JavaScript, octets A0 and 0B, too", "takes away spaces and tabs",
        Rfc(6265, "5.2"), _BOTH, example("a=1; Path=/docs\x0b"), header=_trim,
    ),
    Difference(
        "line ends", "cuts name and value at CR, LF or NUL", "knows no NUL and gives the others no meaning", Rfc(6265, "5.2"),
        _OLD, example("a=1\n2"), header=_cut,
    ),
    Difference(
        "controls", "ignores a cookie with a control character or tab in its name or value", "takes it", Rfc(6265, "5.2"),
        _OLD, example("a=1\x012"), header=_controls,
    ),
    Difference(
        "tabs and DEL", "ignores a cookie with a tab within name or value, and none for DEL or for what attributes hold",
        "takes tabs, and ignores a string with any other control character in it", bis("5.6 step 1"), _NEW,
        example("a=1; foo=\x01"), header=lambda text, request: _controls(_cut(text, request), request), off=frozenset({"no-controls"}),
    ),
    Difference(
        "Domain=.", "ignores a Domain without a name in it, a dot alone included", "takes it for one, so that an earlier Domain"
        " no longer counts", Rfc(6265, "5.2.3"), _BOTH, example("a=1; Domain=example.com; Domain=."), header=_no_domain,
    ),
    Difference(
        "two dots", "lets Domain begin with two dots, and then never sends the cookie", "ignores one dot, and the cookie with"
        " the other", Rfc(6265, "5.2.3"), _BOTH, example("a=1; Domain=..example.com"), header=_two_dots, cookie=_keeps_a_dot,
        store=_beside,
    ),
    Difference(
        "own public suffix", "ignores a cookie whose Domain is its own host and a public suffix", "makes it host-only",
        Rfc(6265, "5.3 step 5"), _BOTH, example("a=1; Domain=co.uk", url="https://co.uk/"), header=_own_suffix,
    ),
    Difference(
        "localhost", "takes localhost for no public suffix", "leaves the list to the user agent; the last label is one where"
        " nothing else is said", Rfc(6265, "5.3 step 5"), _BOTH, example("a=1; Domain=localhost", url="https://localhost/"),
        cookie=_localhost, off=frozenset({"suffix-since"}),
    ),
    Difference(
        "root's dot", "stores cookies of a host that is written with the root's dot and never sends them", "sends them",
        Rfc(6265, "5.4 step 1"), _BOTH, example("a=1", url="https://example.com./"),
        sends=lambda cookie, request: not request.url.host.endswith(".") or is_public_suffix(request.url.host, BIS),
    ),
    Difference(
        "percent-encoding", "decodes the path of a request before it compares it", "compares octets", Rfc(6265, "5.1.4"), _BOTH,
        example("a=1; Path=/x y", url="https://example.com/x%20y/z"), request=_decoded,
    ),
    Difference(
        "expired ones stay", "keeps an expired cookie until it comes upon it; what replaces it has its place in the order",
        "evicts it at once", Rfc(6265, "5.3"), _BOTH, example("a=1; Max-Age=0", "b=2", "a=3"), off=frozenset({"expiry"}),
    ),
    Difference(
        "key", "has one cookie of a name, domain and path", "tells host-only cookies from others", bis("5.7 step 23"), _NEW,
        example("a=1", "a=2; Domain=example.com"), off=frozenset({"host-only-in-key"}),
    ),
    Difference(
        "no limits", "has no limits of size and lifetime", "ignores what is longer than 4096 and 1024 octets, and lets nothing"
        " live longer than 400 days", bis("5.5"), _NEW, example("a=1; Max-Age=99999999"),
        spec={"pair_octets": UNSEEN, "attribute_octets": UNSEEN, "lifetime": UNSEEN},
    ),
    Difference(
        "Secure overwritten", "lets http overwrite a Secure cookie", "leaves it alone", bis("5.7 step 16"), _NEW,
        Case((Step("https://example.com/", ("a=1; Secure",)), Step("http://example.com/", ("a=2",)))),
        off=frozenset({"leave-secure-alone"}),
    ),
    Difference(
        "None without Secure", "stores SameSite=None without Secure", "ignores it", bis("5.7 step 19"), _NEW,
        example("a=1; SameSite=None"), off=frozenset({"none-needs-secure"}),
    ),
    Difference(
        "no default SameSite", "sends and sets a cookie without SameSite as if it were None", "treats it as Lax", bis("5.6.7"), _NEW,
        example("a=1", kind="image", page="https://other.test/"), off=frozenset({"samesite-default"}),
    ),
    Difference(
        "prefixes in other cases", "knows __Secure- and __Host- only as they are written", "matches them without regard to case,"
        " and in the value of a cookie without a name", bis("5.7 steps 20-22"), _NEW, example("__SECURE-a=1"), header=_exact_prefix,
        off=frozenset({"secure-prefix", "host-prefix", "nameless-prefix"}),
    ),
    Difference(
        "__Host- and a Path that is none", "wants Path=/ literally", "takes any Path attribute, if the cookie's path is /",
        bis("5.7 step 21"), _NEW, example("__Host-a=1; Secure; Path", url="https://example.com/"), header=_named_path,
    ),
)  # fmt: skip
"""In the order in which tough-cookie comes to them."""
