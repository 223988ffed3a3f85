"""Words of claims about how much: the limits of RFC 6265 §6.1 and of 6265bis, and what happens beyond them."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.models.base import ModelError, Rfc, takes
from quizgen.models.binding import Words
from quizgen.models.cookies.rules import bis
from quizgen.models.cookies.set_cookie import counted_size
from quizgen.models.cookies.spec import Spec
from quizgen.models.cookies.vocabulary import HERE, OLD, agent_at, edition_of, receive
from quizgen.models.values import Quantity, Term

WORDS = Words(steps=50)  # each fills a cookie store
_SECURE = "https://example.com/"


def _bytes(size: Quantity | str) -> int:
    quantity = Quantity(1, "B").read(size) if isinstance(size, str) else size
    dimension, amount = quantity.base
    if dimension != "size" or amount.denominator != 1:
        raise ModelError(f"{quantity.show()} is no whole number of bytes")
    return int(amount)


@WORDS.word(Rfc(6265, "6.1"))
def cookie_limit(spec: Spec, edition: Term | str = OLD) -> Quantity:
    """The size of one cookie: what a user agent should at least allow, attributes included (RFC 6265), or the most that
    name and value may have together (6265bis)."""
    chosen = edition_of(spec, edition)
    chosen.bounds("pair-octets" if chosen.bis else "cookie-octets")
    return Quantity(spec.pair_octets if chosen.bis else spec.cookie_octets, "B")


@WORDS.word(Rfc(6265, "6.1"))
def cookies_per_domain(spec: Spec, edition: Term | str = OLD) -> int:
    """How many cookies per domain a user agent should at least provide for."""
    edition_of(spec, edition).bounds("cookies-per-domain")
    return spec.cookies_per_domain


@WORDS.word(Rfc(6265, "6.1"))
def cookies_in_total(spec: Spec, edition: Term | str = OLD) -> int:
    """How many cookies in all a user agent should at least provide for."""
    edition_of(spec, edition).bounds("cookies-total")
    return spec.cookies_total


@WORDS.word(Rfc(6265, "6.1"))
def domain_capacity(spec: Spec, edition: Term | str = OLD) -> Quantity:
    """How many bytes of cookies one domain can store at least: cookies per domain times the size of each."""
    return Quantity(cookies_per_domain(spec, edition) * cookie_limit(spec, edition).amount, "B")


@WORDS.word(bis("5.6"))
def attribute_limit(spec: Spec) -> Quantity:
    """The most that the value of one attribute may have in 6265bis; a longer one is ignored, the cookie is not."""
    edition_of(spec, "6265bis").bounds("attribute-octets")
    return Quantity(spec.attribute_octets, "B")


@WORDS.word(bis("5.5"))
def lifetime_limit(spec: Spec) -> Quantity:
    """The longest time for which 6265bis keeps a cookie that is not set anew."""
    edition_of(spec, "6265bis").bounds("lifetime")
    return Quantity(spec.lifetime, "s")


@WORDS.word(Rfc(6265, "6.1"))
def cookie_size(spec: Spec, set_cookie: str, edition: Term | str = OLD) -> Quantity:
    """What the limit counts: name, value and attributes in RFC 6265; name and value alone in 6265bis.

    Neither counts the = between name and value; attributes count as they are written between the semicolons.
    """
    return Quantity(counted_size(set_cookie, edition_of(spec, edition)), "B")


@WORDS.word(Rfc(6265, "6.1"))
def cookie_of(spec: Spec, size: Quantity | str) -> str:
    """A Set-Cookie value whose name and value have this size together: cookie_of("4096 bytes"); at most 1 MB."""
    length = _bytes(size)
    if not 2 <= length <= 1_000_000:
        raise ModelError("a cookie of cookie_of() has between 2 bytes and 1 MB")
    return "n=" + "v" * (length - 1)


@WORDS.word(Rfc(6265, "5.3"))
@takes(1_500)
def evicted_first(spec: Spec, set_cookies: Sequence[str], edition: Term | str = OLD) -> str:
    """The name of the cookie that goes first when one host has set these, one second apart in the order given, and then
    so many further ones without Secure that there is one too many for the domain: evicted_first(["a=1", "b=2"]).

    A user agent that provides exactly for the least numbers of §6.1; the host is asked over https.
    """
    agent, limit = agent_at(spec, edition), spec.cookies_per_domain
    if not 1 <= len(set_cookies) <= min(limit, 200):
        raise ModelError(f"evicted_first() is asked of 1 to {min(limit, 200)} cookies")
    names: list[str] = []
    for set_cookie in (*set_cookies, *(f"further-{n}=1" for n in range(limit + 1 - len(set_cookies)))):
        reception = receive(agent, set_cookie, _SECURE)
        if reception.cookie is None or reception.cookie.name in names or reception.cookie.host_only is False:
            raise ModelError("evicted_first() needs cookies without Domain, of different names, that are not ignored")
        names.append(reception.cookie.name)
        agent.wait(1)
    return next(name for name in names if not agent.store.named(name))


@WORDS.word(Rfc(6265, "6.1"))
@takes(1_500)
def cookies_kept(spec: Spec, number: int, size: Quantity | str = "16 bytes", edition: Term | str = OLD) -> int:
    """How many of so many cookies of this size (name and value) one host can set are kept by a user agent that provides
    exactly for the least numbers of §6.1. At most 200 are set."""
    if not 0 <= number <= 200 or _bytes(size) < 5:
        raise ModelError("cookies_kept() sets at most 200 cookies of at least 5 bytes")
    agent = agent_at(spec, edition)
    value = "v" * (_bytes(size) - 4)
    for index in range(number):
        if receive(agent, f"c{index:03}={value}", HERE).ignored is not None:
            break
        agent.wait(1)
    return len(agent.store.cookies)
