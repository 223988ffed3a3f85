"""For each element an expression whose answer rests on it: where an author may begin an item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from quizgen.models.navigation.order import Navigation, Spec, navigate
from quizgen.models.navigation.variant import Variant

ALONE: dict[str, Variant] = {
    "plain-http": Variant(scheme="http"),
    "hsts": Variant(scheme="http", hsts=True),
    "cached": Variant(cached=True),
    "dns-cached": Variant(dns_cached=True),
    "reused": Variant(reused=True),
    "http3": Variant(http3=True),
    "not-persistent": Variant(persistent=False),
    "until-close": Variant(until_close=True),
    "redirect-same-origin": Variant(redirect="same-origin"),
    "redirect-other-origin": Variant(redirect="other-origin"),
    "redirect-https": Variant(scheme="http", redirect="https"),
    "not-modified": Variant(not_modified=True),
    "script-blocking": Variant(script="blocking"),
    "script-blocking-at-end": Variant(script="blocking-at-end"),
    "script-async": Variant(script="async"),
    "script-defer": Variant(script="defer"),
    "script-module": Variant(script="module"),
    "same-connection": Variant(subresources="same-connection"),
    "second-connection": Variant(subresources="second-connection"),
}
"""Each circumstance by itself."""
_TOGETHER = (
    Variant(http3=True, redirect="same-origin"),
    Variant(http3=True, redirect="other-origin"),
    Variant(redirect="same-origin", not_modified=True),
    Variant(script="async", subresources="same-connection"),
)
"""Further ones, for the rows that hold in no simpler navigation."""


def _spelled(variant: Variant) -> str:
    """The word that gives this navigation."""
    usual = vars(Variant())
    given = (f"{name}={_literal(value)}" for name, value in vars(variant).items() if value != usual[name])
    return f"navigation({', '.join(given)})"


def _literal(value: str | bool) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _of_orders(spec: Spec, navigations: Mapping[str, Navigation]) -> Iterator[tuple[str, str]]:
    """Each row with a navigation in which it holds."""
    for edge in spec.edges:
        found = next((name for name, one in navigations.items() if edge in one.edges), None)
        if found is not None:
            yield edge.id, f"{found}.precedes({edge.first}, {edge.then})"


@cache
def asks(spec: Spec) -> dict[str, str]:
    """Element id -> expression."""
    variants = (Variant(), *ALONE.values(), *_TOGETHER)
    navigations = {_spelled(variant): navigate(spec, variant) for variant in variants}
    happening = {
        f"event:{term.name}": f"{name}.happens({term.name})"
        for name, one in reversed(navigations.items())
        for term in one.terms
    }
    told = {f"variant:{name}": f"{_spelled(one)}.happens(TCP_SYN)" for name, one in ALONE.items()}
    return happening | dict(_of_orders(spec, navigations)) | told
