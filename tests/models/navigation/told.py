"""What the golden file of the navigation model is made of."""

from collections.abc import Iterator
from dataclasses import fields

from quizgen.claims.names import Names
from quizgen.models import load
from quizgen.models.navigation.edges import EDGES
from quizgen.models.navigation.order import SPEC, navigate
from quizgen.models.navigation.variant import Variant
from tests.models.navigation.orders import VARIANTS
from tests.models.told import answers, parts

NONSENSE = (
    'navigation(scheme="ftp")', "navigation(hsts=True)", 'navigation(scheme="http", http3=True)',
    "navigation(http3=True, persistent=False)", "steps(TCP_SYN, CONNECTION_CLOSED)", 'precedes("TCP_SYN", PAINT)',
    "happens(1)", 'navigation(redirect="http")', 'navigation(redirect="https")', 'navigation(script="inline")',
    'navigation(subresources="two")', "navigation(cached=True, not_modified=True)", "navigation(cached=True, persistent=False)",
    'navigation(cached=True, redirect="same-origin")', "navigation(http3=True, until_close=True)",
    'navigation(http3=True, subresources="second-connection")', "navigation(not_modified=True, until_close=True)",
    'navigation(persistent=False, subresources="same-connection")', 'navigation(cached=True, subresources="same-connection")',
)  # fmt: skip
QUESTIONS = (
    "either_first(PARSE_START, RESPONSE_LAST_BYTE)", "either_first(PAINT, PAINT)", "either_first(PAINT, CONNECTION_CLOSED)",
    "either_first(CONNECTION_CLOSED, PAINT)", "either_first(PAINT, STYLE)", "either_first(STYLE, PAINT)",
    "precedes(PAINT, PAINT)", "precedes(CONNECTION_CLOSED, PARSE_START)", "precedes(DNS_QUERY, PAINT)",
    "precedes(PAINT, DNS_QUERY)", "happens(DNS_QUERY)", "happens(QUIC_START)",
    "steps(DNS_ANSWER, TCP_OPEN, PARSE_START, RESPONSE_LAST_BYTE)", "steps(PAINT, PAINT).count()",
    "[event for event in EVENTS if not happens(event)]", "steps(DNS_ANSWER, TCP_OPEN).precedes(DNS_ANSWER, TCP_OPEN)", "steps(PAINT, TCP_OPEN).precedes(PAINT, TCP_OPEN)",
    'navigation(redirect="other-origin", subresources="second-connection").steps(SECOND_TCP_SYN, SECOND_TLS_START)',
    'navigation("http", redirect="https", subresources="second-connection").happens(SECOND_TLS_START)',
    'navigation("http", redirect="other-origin", subresources="second-connection").happens(SECOND_TLS_START)',
    'navigation("http", hsts=True, subresources="second-connection").happens(SECOND_TLS_START)',
)  # fmt: skip


def variant_call(variant: Variant) -> str:
    """`navigation(scheme='http', hsts=True)`."""
    given = [(one.name, getattr(variant, one.name), one.default) for one in fields(variant)]
    return f"navigation({', '.join(f'{name}={value!r}' for name, value, default in given if value != default)})"


def told() -> Iterator[str]:
    """The lines of the golden file."""
    model, names = load("navigation"), Names(["navigation"])
    calls = {name: variant_call(variant) for name, variant in VARIANTS.items()}
    asked = [f"{call}{question}" for call in calls.values() for question in ("", ".count()")]
    yield from parts(model)
    yield from answers([*asked, *_rows(calls), *QUESTIONS, *NONSENSE], names)


def _rows(calls: dict[str, str]) -> Iterator[str]:
    """Each row, asked about in a variant in which it holds."""
    for edge in EDGES:
        for call in (calls[name] for name, variant in VARIANTS.items() if edge in navigate(SPEC, variant).edges):
            yield f"{call}.precedes({edge.first}, {edge.then})"
            break
