"""Where Chromium 156 is known to differ from RFC 6265 and from 6265bis."""

from __future__ import annotations

import re
from dataclasses import replace

from quizgen.models.base import Rfc
from quizgen.models.cookies.matching import Url, canonicalized_host, is_ip_address
from quizgen.models.cookies.rules import EDITIONS, RFC_6265, RFC_6265BIS, bis
from quizgen.models.cookies.store import Cookie, Request, Store, existing
from tests.models.cookies.oracle.headers import BIS, edited, example, last, named, only_last
from tests.models.cookies.oracle.predict import Difference

_BOTH = EDITIONS.terms()
_OLD = (RFC_6265,)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DELIMITERS = "[\t !\"#$%&'()*+,./;<=>?@\\[\\\\\\]^_`{|}~-]+"
_CONTROLS = re.compile("[\0-\x08\x0a-\x1f\x7f]")
_LOOPBACK = ("localhost", "127.0.0.1")


def _field(token: str, found: dict[str, str]) -> tuple[str, str] | None:
    """Which part of a date Chromium takes a token for."""
    if token[:3].lower() in _MONTHS:
        return "month", token[:3]
    if re.fullmatch("[0-9]+:[0-9]+:[0-9]+", token):
        return "time", ":".join(f"{int(part):02}" for part in token.split(":"))
    if not re.fullmatch("[0-9]+", token):
        return None
    if "day" not in found and len(token) <= 2:
        return "day", token
    return ("year", token) if len(token) <= 5 else None


def _date(text: str) -> str:
    """A date as Chromium reads it, in words that the standard reads in the same way; "none" for no date."""
    found: dict[str, str] = {}
    for token in re.split(_DELIMITERS, text):
        field = _field(token, found)
        if field is not None:
            found.setdefault(*field)
    if len(found) < 4:
        return "none"
    year = int(found["year"])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    # What is too early or too late for the standard is as early or as late as can be.
    return f"{int(found['day']):02} {found['month']} {min(max(year, 1601), 9999)} {found['time']}"


def _dates(text: str, request: Request) -> str:
    if _CONTROLS.search(text):
        return text
    return edited(text, lambda name, value: _date(value) if name == "expires" else value)


def _ages(text: str, request: Request) -> str:
    def read(value: str) -> str:
        number = re.match(r"\+?([0-9]+)$|(-?[0-9]{19,})", value)
        return (number[1] or number[2]) if number else value

    return edited(text, lambda name, value: read(value) if name == "max-age" else value)


def _last_ones(text: str, request: Request) -> str:
    if _CONTROLS.search(text):
        return text
    return only_last(only_last(text, "expires"), "max-age")


def _tabs(text: str, request: Request) -> str | None:
    inner = (part.strip(" \t") for attribute in text.split(";") for part in attribute.partition("="))
    return None if any("\t" in part for part in inner) else text


def _second_equals(text: str, request: Request) -> str | None:
    return None if re.match("[ \t]*=[^;]*=", text) else text


def _to_the_end(before: Store, after: Store, cookie: Cookie) -> Store:
    old = existing(before, cookie, BIS)
    if old is None or old.value == cookie.value:
        return after
    return Store((*(one for one in after.cookies if one != cookie), cookie))


def _international(text: str, request: Request) -> str:
    def canonical(value: str) -> str:
        return value if value.isascii() else canonicalized_host(value) or value

    return edited(text, lambda name, value: canonical(value) if name == "domain" else value)


def _own_address(text: str, request: Request) -> str:
    host = request.url.host
    if not is_ip_address(host):
        return text
    return edited(text, lambda name, value: "" if name == "domain" and value.removeprefix(".") == host else value)


def _dot(text: str, request: Request) -> str | None:
    return (
        None
        if re.fullmatch(r".*;[ \t]*domain[ \t]*=[ \t]*\.[ \t]*", only_last(text, "domain", alone=True), re.I | re.S)
        else text
    )


def _local(url: Url | None) -> Url | None:
    return replace(url, scheme="https") if url and url.host in _LOOPBACK else url


def _secure_loopback(request: Request) -> Request:
    return replace(request, url=_local(request.url) or request.url, origin=_local(request.origin))


def _named_path(text: str, request: Request) -> str | None:
    return None if named(text).lower().startswith("__host-") and last(text, "Path") == "" else text


def _http_prefix(text: str, request: Request) -> str | None:
    name = (named(text) or text.partition(";")[0].lstrip("= \t")).lower()
    if not name.startswith(("__http-", "__host-http-")):
        return text
    kept = named(text) and last(text, "HttpOnly") is not None and last(text, "Secure") is not None
    return text if kept and not request.script else None


DIFFERENCES: tuple[Difference, ...] = (
    Difference("6265bis", "goes by 6265bis", "has none of its rules", bis("5"), _OLD, example("a"), edition=RFC_6265BIS),
    Difference(
        "last of all", "looks only at the last Expires and the last Max-Age, good or bad", "ignores bad ones, so that an earlier"
        " one counts", Rfc(6265, "5.2.1"), _BOTH, example("a=1; Max-Age=600; Max-Age=1h"), header=_last_ones,
    ),
    Difference(
        "tabs", "ignores a cookie with a tab within a name or value, attributes included", "takes tabs", bis("5.6 step 1"), _BOTH,
        example("a=b\tc"), header=_tabs,
    ),
    Difference(
        "dates", "reads dates by rules of its own: no letters after a number, any number of digits in a time, years of up to five",
        "has an algorithm for them", Rfc(6265, "5.1.1"), _BOTH, example("a=1; Expires=1 Jan 2027 10:18:14Z"), header=_dates,
    ),
    Difference(
        "+ and too much", "takes a Max-Age with + in front, and one that is too large whatever stands after it", "takes digits"
        " and a minus sign", Rfc(6265, "5.2.2"), _BOTH, example("a=1; Max-Age=+600"), header=_ages,
    ),
    Difference(
        "no name and a =", "ignores a cookie without a name whose value has a = in it", "takes it", bis("5.6 step 3"), _BOTH,
        example("=a=b"), header=_second_equals,
    ),
    Difference(
        "Domain=.", "ignores a cookie whose Domain is a dot alone", "takes that for an empty Domain", bis("5.6.3"), _BOTH,
        example("a=1; Domain=."), header=_dot,
    ),
    Difference(
        "own address", "makes a cookie host-only whose Domain is its own host and an IP address", "has no such exception",
        bis("5.7 step 10"), _BOTH, example("a=1; Domain=127.0.0.1", url="https://127.0.0.1/"), header=_own_address,
    ),
    Difference(
        "international Domain", "takes a Domain that is not in ASCII, in its A-labels", "ignores the cookie", bis("5.7 step 8"),
        _BOTH, example("a=1; Domain=exämple.com", url="https://exämple.com/"), header=_international,
    ),
    Difference(
        "__Host- and a Path that is none", "wants Path=/ literally", "takes any Path attribute, if the cookie's path is /",
        bis("5.7 step 21"), _BOTH, example("__Host-a=1; Secure; Path", url="https://example.com/"), header=_named_path,
    ),
    Difference(
        "__Http-", "wants HttpOnly and Secure for names with __Http- and __Host-Http-", "does not know these prefixes",
        bis("4.1.3"), _BOTH, example("__Http-a=1"), header=_http_prefix,
    ),
    Difference(
        "a new value, a new time", "gives a cookie the old one's creation-time only if the value is the same", "gives it always",
        Rfc(6265, "5.3 step 11"), _BOTH, example("a=1", "b=2", "a=3"), store=_to_the_end,
    ),
    Difference(
        "loopback", "takes http to the own machine for secure", "leaves it to the user agent what is secure; the model takes https",
        bis("5.7 step 13"), _BOTH, example("a=1; Secure", url="http://localhost/"), request=_secure_loopback,
    ),
    Difference(
        "Lax allowing unsafe", "sends a cookie without SameSite, for 2 minutes, with a cross-site top-level POST, too",
        "lets the user agent do so", bis("5.6.7.2"), _BOTH, example("a=1", kind="form", page="https://other.test/"),
        spec={"lax_allowing_unsafe": 120},
    ),
)  # fmt: skip
"""In the order in which Chromium comes to them."""
