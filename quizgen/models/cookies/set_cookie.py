"""Set-Cookie, read as a user agent reads it, with every leniency (RFC 6265 §5.2; 6265bis §5.6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quizgen.models.base import Cite, touch
from quizgen.models.cookies.dates import EARLIEST, parse_cookie_date
from quizgen.models.cookies.rules import ATTRIBUTES
from quizgen.models.cookies.spec import Edition

_WSP = " \t"
_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_LONGEST = 18  # digits of a Max-Age that are read: 30 billion years reach further than any date
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True)
class Ignored:
    """A cookie that the user agent did not take, or does not return: why, and the step that says so."""

    rule: str
    reason: str
    cite: Cite


def ignored(edition: Edition, rule: str, reason: str) -> Ignored:
    """The cookie is ignored because of the rule, on which the answer rests."""
    edition.uses(rule, reason)
    return Ignored(rule, reason, edition.cite(rule))


@dataclass(frozen=True)
class SetCookie:
    """A set-cookie-string taken apart: the cookie-name, the cookie-value, and the cookie-attribute-list in order.

    Values of attributes are as §5.2.1-5.2.7 leave them: Expires in seconds since 1970, Max-Age in seconds, Domain in
    lower case without a leading dot, Path "" for the default-path, SameSite one of Strict, Lax, None, Default.
    """

    name: str
    value: str
    attributes: tuple[tuple[str, str | int], ...] = ()

    def last(self, name: str, edition: Edition) -> str | int | None:
        """The value of the last attribute of that name, or None."""
        values = [value for key, value in self.attributes if key == name]
        if values:
            touch(f"attribute:{name}")
        if len(values) > 1:
            edition.uses("last-attribute-wins")
            return values[-1] if edition.applies("last-attribute-wins") else values[0]
        return values[0] if values else None


def ascii_lower(text: str) -> str:
    """The text in lower case, as standards of octets know it: A to Z alone, so that the Kelvin sign is no k."""
    return text.translate(_LOWER)


def octets(text: str) -> int:
    """How many octets a text takes in UTF-8; a lone surrogate stands for one octet that is no UTF-8."""
    return len(text.encode("utf-8", "replace"))


def counted_size(set_cookie: str, edition: Edition) -> int:
    """The octets that the edition's limit counts: name and value, and in RFC 6265 the attributes as written (§6.1)."""
    pair, *attributes = set_cookie.split(";")
    name, _, value = pair.partition("=")
    counted = [name, value] + ([] if edition.bis else attributes)
    return sum(octets(part.strip(_WSP)) for part in counted)


def _name_value(pair: str, edition: Edition) -> tuple[str, str] | Ignored:
    name, equals, value = pair.partition("=") if "last =" not in edition.spec.beliefs else pair.rpartition("=")
    if "quotes go" in edition.spec.beliefs:
        value = value.strip().strip('"')
    if not equals and edition.applies("nameless"):
        edition.uses("nameless")
        name, value = "", pair
    name, value = name.strip(_WSP), value.strip(_WSP)
    if edition.applies("name-needed") and not (equals and name):
        return ignored(edition, "name-needed", "The string has no = or nothing before it, so it is ignored")
    if edition.bis and octets(name) + octets(value) > edition.spec.pair_octets:
        reason = f"Name and value are more than {edition.spec.pair_octets} octets together, so the cookie is ignored"
        edition.bounds("pair-octets", reason)
        return Ignored("pair-octets", reason, edition.cite("pair-octets"))
    return name, value


def _expires(value: str, edition: Edition) -> int | None:
    seconds = parse_cookie_date(value, edition)
    if seconds is None:
        edition.uses("bad-expires")
        return EARLIEST if not edition.applies("bad-expires") else None
    return seconds


def _max_age(value: str, edition: Edition) -> int | None:
    if not re.fullmatch(r"-?[0-9]+", value):
        edition.uses("bad-max-age")
        return 0 if not edition.applies("bad-max-age") else None
    digits = value.lstrip("-").lstrip("0")[:_LONGEST] or "0"
    return -int(digits) if value.startswith("-") else int(digits)


def _domain(value: str, edition: Edition) -> str | None:
    if not value and edition.applies("empty-domain"):
        edition.uses("empty-domain")
        return None
    if value.startswith(".") and edition.applies("leading-dot"):
        edition.uses("leading-dot")
        value = value[1:]
    return ascii_lower(value)


def _path(value: str, edition: Edition) -> str:
    if not value.startswith("/") and edition.applies("bad-path"):
        edition.uses("bad-path")
        return ""
    return value


def _same_site(value: str, edition: Edition) -> str:
    return {"strict": "Strict", "lax": "Lax", "none": "None"}.get(ascii_lower(value), "Default")


def _flag(value: str, edition: Edition) -> str:
    return ""


_READERS: dict[str, Callable[[str, Edition], str | int | None]] = {
    "Expires": _expires, "Max-Age": _max_age, "Domain": _domain, "Path": _path, "Secure": _flag, "HttpOnly": _flag,
    "SameSite": _same_site,
}  # fmt: skip
_BY_LOWER = {name.lower(): name for name in ATTRIBUTES}


def _attributes(text: str, edition: Edition) -> Iterator[tuple[str, str | int]]:
    for av in filter(None, text.split(";")):
        key, _, value = av.partition("=")
        name, value = _BY_LOWER.get(ascii_lower(key.strip(_WSP)), ""), value.strip(_WSP)
        if edition.bis and octets(value) > edition.spec.attribute_octets:
            edition.bounds("attribute-octets")
            continue
        if not edition.knows(name):
            edition.uses("unknown-attribute")
            if not edition.applies("unknown-attribute"):
                yield key, value
            continue
        read = _READERS[name](value, edition)
        if read is not None:
            yield name, read


def parse_set_cookie(text: str, edition: Edition) -> SetCookie | Ignored:
    """The value of a Set-Cookie field, taken apart, or why it is ignored as a whole. Any text can be given."""
    if edition.applies("no-controls") and _CONTROLS.search(text):
        return ignored(edition, "no-controls", "The string has a control character, so it is ignored")
    touch("rule:set-cookie-field")
    pair, _, rest = text.partition(";" if "value to the end" not in edition.spec.beliefs else "\n")
    named = _name_value(pair, edition)
    if isinstance(named, Ignored):
        return named
    attributes = tuple(_attributes(rest, edition))
    if not edition.applies("unknown-attribute") and any(not edition.knows(name) for name, _ in attributes):
        return ignored(edition, "unknown-attribute", "The string has an attribute that is not known")
    return SetCookie(*named, attributes)
