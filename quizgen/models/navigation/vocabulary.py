"""The words that claims about a navigation may use, for one Spec."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace

from quizgen.models.base import Cite, Element, Rfc, Text, Vocabulary, because, touch
from quizgen.models.navigation.events import EVENTS, TABLE, html
from quizgen.models.navigation.order import Navigation, Spec, navigate
from quizgen.models.navigation.variant import Variant
from quizgen.models.values import Term

_SAID: tuple[tuple[str, Cite, str, str], ...] = (
    ("plain-http", Rfc(9110, "4.2.1"), "the page is http, not https", "页面使用 http 而非 https"),
    ("hsts", Rfc(6797, "8.3"), "the browser knows the host for HSTS", "浏览器已记录该主机启用 HSTS"),
    ("cached", Rfc(9111, "4.2"), "a fresh response is in the HTTP cache", "HTTP 缓存中有新鲜的响应"),
    ("dns-cached", Rfc(1034, "5.3.3"), "the address is already known", "地址已在 DNS 缓存中"),
    ("reused", Rfc(9112, "9.3"), "a connection is already open", "复用已打开的连接"),
    ("http3", Rfc(9114, "3.1"), "the connection is QUIC, for HTTP/3", "基于 QUIC 的 HTTP/3"),
    ("not-persistent", Rfc(9112, "9.6"), "the connection is closed after the response", "响应之后关闭连接"),
    ("until-close", Rfc(9112, "6.3"), "the response ends where the connection is closed", "响应以关闭连接为界"),
    ("redirect-same-origin", Rfc(9110, "15.4"), "a redirect leads to the same origin", "重定向到同源的 URL"),
    ("redirect-other-origin", Rfc(9110, "15.4"), "a redirect leads to another host", "重定向到另一主机"),
    ("redirect-https", Rfc(9110, "15.4"), "a redirect leads from http to https on the same host", "从 http 重定向到同一主机的 https"),
    ("not-modified", Rfc(9110, "15.4.5"), "a stale response is stored, and the server answers 304", "缓存中的响应已陈旧，服务器以 304 应答"),
    ("script-blocking", html("4.12.1"), "a script in the head has neither async nor defer", "head 中的脚本既无 async 也无 defer"),
    ("script-blocking-at-end", html("4.12.1"), "a script without async and defer stands at the end of the body", "无 async 和 defer 的脚本位于 body 末尾"),
    ("script-async", html("4.12.1"), "a script in the head has async", "head 中的脚本带有 async"),
    ("script-defer", html("4.12.1"), "a script in the head has defer", "head 中的脚本带有 defer"),
    ("script-module", html("4.12.1"), "a script in the head is a module", "head 中的脚本是模块"),
    ("same-connection", Rfc(9112, "9.3.2"), "everything comes over one HTTP/1.1 connection", "所有内容都经同一条 HTTP/1.1 连接传输"),
    ("second-connection", Rfc(9112, "9.4"), "the image comes over a second HTTP/1.1 connection", "图片经第二条 HTTP/1.1 连接传输"),
)  # fmt: skip
VARIANTS: Mapping[str, Text] = {name: {"en": en, "zh": zh} for name, _, en, zh in _SAID}
_VARIANT_CITES = {name: cite for name, cite, _, _ in _SAID}


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
        redirect: str = "",
        not_modified: bool = False,
        script: str = "",
        subresources: str = "",
        until_close: bool = False,
    ) -> Navigation:
        """A navigation and the order of its events. Without arguments: https, nothing cached, no connection yet, a page
        without scripts, and the connection stays open. `hsts`: an http URL of a known HSTS host; `cached`: a fresh response
        is stored; `not_modified`: a stale one is, and 304 answers the conditional request; `reused`: over an open connection;
        `persistent=False`: `Connection: close`; `until_close`: nothing but the close delimits the response.
        `redirect`: "same-origin", "other-origin" or "https" (the same host), by one 3xx, to which `dns_cached` and `reused`
        refer; `script`: "blocking", "async", "defer" or "module" in the head after the style sheet, or "blocking-at-end";
        `subresources`, with HTTP/1.1: all over the "same-connection", or the image over a "second-connection".
        Ask it precedes, happens, either_first, steps, admits, count. Raises for circumstances that exclude each other.
        """
        variant = Variant(
            scheme, hsts, cached, dns_cached, reused, http3, persistent, redirect, not_modified, script, subresources, until_close
        )  # fmt: skip
        found = navigate(spec, _without(variant, spec.ignored))
        for name in _named(variant):
            touch(f"variant:{name}")
            because(f"In this variant {VARIANTS[name]['en']}.", _VARIANT_CITES[name])
        return found

    _common_words(words, spec)
    return words


_PART_OF = {
    "plain-http": "scheme",
    "not-persistent": "persistent",
    "same-connection": "subresources",
    "second-connection": "subresources",
}


def _without(variant: Variant, ignored: Set[str]) -> Variant:
    """The circumstances, less those that make no difference."""
    for name in ignored & set(_named(variant)):
        kind = name.partition("-")[0]
        part = _PART_OF.get(name) or (kind if kind in ("redirect", "script") else name.replace("-", "_"))
        variant = replace(variant, **{part: getattr(Variant(), part)})
    return variant


def _named(variant: Variant) -> list[str]:
    flags = {
        "plain-http": not variant.secured, "hsts": variant.hsts, "cached": variant.cached,
        "dns-cached": variant.dns_cached, "reused": variant.reused, "http3": variant.http3,
        "not-persistent": not variant.persistent, "until-close": variant.until_close, "not-modified": variant.not_modified,
        f"redirect-{variant.redirect}": variant.redirect, f"script-{variant.script}": variant.script,
        variant.subresources: variant.subresources,
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
        when = edge.condition
        title = {
            "en": f"{first['en']} before {then['en']}{when['en']}",
            "zh": f"先{first['zh']}，后{then['zh']}{when['zh']}",
        }
        found.append(Element(edge.id, "orders", title, edge.cite))
    found += [Element(f"variant:{name}", "variants", title, _VARIANT_CITES[name]) for name, title in VARIANTS.items()]
    return {element.id: element for element in found}
