"""The words that claims about a navigation may use, for one Spec."""

from __future__ import annotations

from collections.abc import Mapping

from quizgen.models.base import Cite, Element, Text, Vocabulary, because, touch
from quizgen.models.navigation.events import EVENTS, TABLE, html
from quizgen.models.navigation.order import Navigation, Spec, Variant, navigate
from quizgen.models.values import Term

VARIANTS: Mapping[str, Text] = {
    "plain-http": {"en": "the page is http, not https", "zh": "页面使用 http 而非 https"},
    "hsts": {"en": "the browser knows the host for HSTS", "zh": "浏览器已记录该主机启用 HSTS"},
    "cached": {"en": "a fresh response is in the HTTP cache", "zh": "HTTP 缓存中有新鲜的响应"},
    "dns-cached": {"en": "the address is already known", "zh": "地址已在 DNS 缓存中"},
    "reused": {"en": "a connection is already open", "zh": "复用已打开的连接"},
    "http3": {"en": "the connection is QUIC, for HTTP/3", "zh": "基于 QUIC 的 HTTP/3"},
    "not-persistent": {"en": "the connection is closed after the response", "zh": "响应之后关闭连接"},
}
_VARIANT_CITES = {
    "plain-http": Cite("RFC 9110", "4.2.1"), "hsts": Cite("RFC 6797", "8.3"), "cached": Cite("RFC 9111", "4.2"),
    "dns-cached": Cite("RFC 1034", "5.3.3"), "reused": Cite("RFC 9112", "9.3"), "http3": Cite("RFC 9114", "3.1"),
    "not-persistent": Cite("RFC 9112", "9.6"),
}  # fmt: skip


def vocabulary(spec: Spec) -> Vocabulary:
    """Every word, for that spec."""
    words = Vocabulary()
    for event in TABLE:
        words.constant(event.name, Term(EVENTS, event.name), f"The moment at which {event.title['en']}.", event.cite)
    words.constant("EVENTS", EVENTS.terms(), "Every event that a navigation can have.")

    @words.function(html("7.4"))
    def navigation(
        scheme: str = "https",
        hsts: bool = False,
        cached: bool = False,
        dns_cached: bool = False,
        reused: bool = False,
        http3: bool = False,
        persistent: bool = True,
    ) -> Navigation:
        """A navigation and the order of its events. Without arguments: https, nothing cached, no connection yet, and
        the connection stays open. `hsts`: an http URL of a known HSTS host; `cached`: a fresh response is stored;
        `reused`: over an open connection; `persistent=False`: `Connection: close`. Ask it precedes, happens,
        either_first, steps, admits, count.
        """
        variant = Variant(scheme, hsts, cached, dns_cached, reused, http3, persistent)
        for name in _named(variant):
            touch(f"variant:{name}")
            because(f"In this variant {VARIANTS[name]['en']}.", _VARIANT_CITES[name])
        return navigate(spec, variant)

    _common_words(words, spec)
    return words


def _named(variant: Variant) -> list[str]:
    flags = {
        "plain-http": variant.scheme == "http" and not variant.hsts, "hsts": variant.hsts, "cached": variant.cached,
        "dns-cached": variant.dns_cached, "reused": variant.reused, "http3": variant.http3,
        "not-persistent": not variant.persistent,
    }  # fmt: skip
    return [name for name, holds in flags.items() if holds]


def _common_words(words: Vocabulary, spec: Spec) -> None:
    common = navigate(spec, Variant())

    @words.function(html("7.4"))
    def precedes(first: Term, then: Term) -> bool:
        """Whether `first` always comes before `then` when an https page is loaded with nothing cached; False if one of
        them does not happen. For other circumstances: navigation(...).precedes(first, then).
        """
        return common.precedes(first, then)

    @words.function(html("7.4"))
    def happens(event: Term) -> bool:
        """Whether the event happens when an https page is loaded with nothing cached."""
        return common.happens(event)

    @words.function(html("7.4"))
    def either_first(one: Term, other: Term) -> bool:
        """Whether neither of two events has to come before the other when an https page is loaded."""
        return common.either_first(one, other)

    @words.function(html("7.4"))
    def steps(*events: Term) -> Navigation:
        """The order of these events alone when an https page is loaded, as the answer of an order item."""
        return common.steps(*events)


def elements(spec: Spec) -> dict[str, Element]:
    """Every event, every row of the order, and every variant, by id."""
    titles = {event.name: event.title for event in TABLE}
    found = [Element(f"event:{event.name}", "events", event.title, event.cite) for event in TABLE]
    for edge in spec.edges:
        first, then = titles[edge.first], titles[edge.then]
        title = {"en": f"{first['en']} before {then['en']}", "zh": f"先{first['zh']}，后{then['zh']}"}
        found.append(Element(edge.id, "orders", title, edge.cite))
    found += [Element(f"variant:{name}", "variants", title, _VARIANT_CITES[name]) for name, title in VARIANTS.items()]
    return {element.id: element for element in found}
