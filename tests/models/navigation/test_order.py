"""The order of a navigation: what it admits, what its variants change, and that its rows are consistent."""

from dataclasses import replace
from itertools import combinations, islice, pairwise, permutations
from pathlib import Path

import pytest

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names
from quizgen.models import load
from quizgen.models.base import ModelError, recording
from quizgen.models.http.message import VERSIONS
from quizgen.models.navigation.asks import asks
from quizgen.models.navigation.edges import EDGES, Edge
from quizgen.models.navigation.events import EVENTS, TABLE
from quizgen.models.navigation.order import SPEC, Spec, navigate
from quizgen.models.navigation.variant import Variant
from quizgen.models.values import Term
from tests.models.navigation.orders import COUNTS, EITHER, MUST, NEVER, VARIANTS

NAMES = Names(["navigation"])
MODEL = load("navigation")

ANSWERS = {
    "parsing-overlaps-the-response": ("either_first(PARSE_START, RESPONSE_LAST_BYTE)", True),
    "parsing-ends-after-the-response": ("precedes(RESPONSE_LAST_BYTE, PARSE_END)", True),
    "headers-before-parsing": ("precedes(RESPONSE_HEADERS, PARSE_START)", True),
    "paint-before-the-end-of-parsing": ("either_first(PAINT, PARSE_END)", True),
    "images-do-not-block-paint": ("either_first(IMAGE_LOADED, PAINT)", True),
    "style-sheets-do": ("precedes(STYLESHEET_LOADED, PAINT)", True),
    "dom-content-loaded-first": ("precedes(DOM_CONTENT_LOADED, LOAD_EVENT)", True),
    "dom-content-loaded-waits-for-no-image": ("either_first(DOM_CONTENT_LOADED, IMAGE_LOADED)", True),
    "load-waits-for-images": ("precedes(IMAGE_LOADED, LOAD_EVENT)", True),
    "not-before-itself": ("precedes(PAINT, PAINT)", False),
    "nor-either-first": ("either_first(PAINT, PAINT)", False),
    "not-backwards": ("precedes(TCP_OPEN, DNS_ANSWER)", False),
    "plain-http-has-no-tls": ('navigation(scheme="http").happens(TLS_START)', False),
    "hsts-brings-tls": ('navigation(scheme="http", hsts=True).precedes(HSTS_UPGRADE, TLS_START)', True),
    "hsts-before-dns": ('navigation(scheme="http", hsts=True).precedes(HSTS_UPGRADE, DNS_QUERY)', True),
    "reused-has-no-dns-tcp-tls": ("any(navigation(reused=True).happens(e) for e in [DNS_QUERY, TCP_SYN, TLS_START])", False),
    "reused-still-asks-the-cache": ("navigation(reused=True).precedes(CACHE_LOOKUP, REQUEST_SENT)", True),
    "cached-has-no-network": ("any(navigation(cached=True).happens(e) for e in [DNS_QUERY, TCP_SYN, REQUEST_SENT, RESPONSE_LAST_BYTE])", False),
    "cached-is-parsed": ("navigation(cached=True).precedes(CACHE_LOOKUP, PARSE_START)", True),
    "dns-cached-still-connects": ("navigation(dns_cached=True).precedes(URL_PARSED, TCP_SYN)", True),
    "http3-needs-an-address": ("navigation(http3=True).precedes(DNS_ANSWER, QUIC_START)", True),
    "http3-has-tls-inside-quic": ("navigation(http3=True).happens(TLS_START)", False),
    "http3-request-after-handshake": ("navigation(http3=True).precedes(QUIC_DONE, REQUEST_SENT)", True),
    "kept-open": ("happens(CONNECTION_CLOSED)", False),
    "closed": ("navigation(persistent=False).precedes(RESPONSE_LAST_BYTE, CONNECTION_CLOSED)", True),
}  # fmt: skip


@pytest.mark.parametrize(("expression", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_answers(expression: str, answer: bool) -> None:
    found = evaluate(expression, NAMES)
    assert found.value is answer
    assert found.record.elements <= set(MODEL.elements)
    assert found.record.elements


@pytest.mark.parametrize(
    "expression",
    [
        'navigation(scheme="ftp")', "navigation(hsts=True)", 'navigation(scheme="http", http3=True)',
        "navigation(http3=True, persistent=False)", "steps(TCP_SYN, CONNECTION_CLOSED)", 'precedes("TCP_SYN", PAINT)',
        "happens(client)", 'navigation(redirect="http")', 'navigation(redirect="https")', 'navigation(script="inline")',
        'navigation(subresources="two")', "navigation(cached=True, not_modified=True)", "navigation(cached=True, persistent=False)",
        'navigation(cached=True, redirect="same-origin")', "navigation(http3=True, until_close=True)",
        'navigation(http3=True, subresources="second-connection")', "navigation(not_modified=True, until_close=True)",
        'navigation(persistent=False, subresources="same-connection")', 'navigation(cached=True, subresources="same-connection")',
    ],
)  # fmt: skip
def test_questions_that_make_no_sense(expression: str) -> None:
    with pytest.raises(ClaimError):
        evaluate(expression, NAMES)


WORDING = {
    'navigation(redirect="http")': "`http` is no redirect: same-origin, other-origin, https",
    'navigation(script="inline")': "`inline` is no script: blocking, blocking-at-end, async, defer, module",
    'navigation(subresources="two")': "`two` is no way of subresources: same-connection, second-connection",
    "happens(1)": "`1` is no event of a navigation",
}


@pytest.mark.parametrize(("expression", "message"), WORDING.items(), ids=WORDING)
def test_it_is_said_why_a_question_makes_no_sense(expression: str, message: str) -> None:
    with pytest.raises(ClaimError) as error:
        evaluate(expression, NAMES)
    assert error.value.message == message


def test_names_keep_their_capitals_where_an_event_is_no_part() -> None:
    [reason] = evaluate("happens(QUIC_START)", NAMES).record.reasons
    assert reason == "The QUIC handshake begins, over UDP: that is no part of this navigation."


EACH_VARIANT = pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)


def _terms(names: str) -> list[Term]:
    return [EVENTS.term(name) for name in names.split()]


def _says(spec: Spec, name: str) -> bool:
    """Whether that spec keeps the chains, and leaves open the pairs, that are written down for the variant."""
    order = navigate(spec, VARIANTS[name])
    closed = order.only(order.terms).before
    happen = {term for chain in (*MUST.get(name, ()), *EITHER.get(name, ())) for term in _terms(chain)} <= {
        *order.terms
    }
    in_order = all(pair in closed for chain in MUST.get(name, ()) for pair in pairwise(_terms(chain)))
    open_ = all({(a, b), (b, a)}.isdisjoint(closed) for a, b in map(_terms, EITHER.get(name, ())))
    return happen and in_order and open_ and not any(first == then for first, then in closed)


@pytest.mark.parametrize("name", sorted({*MUST, *EITHER}))
def test_what_must_be_and_what_may(name: str) -> None:
    assert _says(SPEC, name)


@pytest.mark.parametrize(("name", "absent"), NEVER.items(), ids=NEVER)
def test_what_does_not_happen(name: str, absent: str) -> None:
    assert not any(navigate(SPEC, VARIANTS[name]).happens(event) for event in _terms(absent))


@pytest.mark.parametrize(("name", "number"), COUNTS.items(), ids=COUNTS)
def test_the_number_of_admitted_orders(name: str, number: int) -> None:
    assert navigate(SPEC, VARIANTS[name]).count() == number


@pytest.mark.parametrize("name", ["https", "fresh in the cache", "304", "one connection"])
def test_the_orders_are_as_many_as_counted_and_all_are_admitted(name: str) -> None:
    order = navigate(SPEC, VARIANTS[name])
    found = set(order.orders())
    assert len(found) == order.count()
    assert all(order.admits(one) for one in islice(found, 500))


def test_the_documentation_has_the_numbers() -> None:
    text = (Path(__file__).parents[3] / "docs/models/navigation.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    written = {row[0]: (row[-2], row[-1]) for row in rows if row[0] in COUNTS}
    assert written == {
        name: (f"{len(navigate(SPEC, VARIANTS[name]).terms)}", f"{number:,}") for name, number in COUNTS.items()
    }


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.id)
@pytest.mark.parametrize("turned", [False, True], ids=["removed", "turned"])
def test_a_row_that_is_missing_or_turned_around_is_noticed(edge: Edge, turned: bool) -> None:
    instead = (replace(edge, first=edge.then, then=edge.first),) if turned else ()
    mutant = Spec((*(one for one in EDGES if one is not edge), *instead))
    assert not all(_says(mutant, name) for name in MUST)


@pytest.mark.parametrize("edge", [edge for edge in EDGES if edge.phases], ids=lambda edge: edge.id)
def test_a_row_that_holds_too_often_or_too_seldom_is_noticed(edge: Edge) -> None:
    others = tuple(one for one in EDGES if one is not edge)
    assert not all(_says(Spec((*others, replace(edge, phases=()))), name) for name in {*MUST, *EITHER})
    for kept in combinations(edge.phases, len(edge.phases) - 1):
        narrower = (replace(edge, phases=kept),) if kept else ()
        assert not all(_says(Spec((*others, *narrower)), name) for name in MUST)


@EACH_VARIANT
def test_an_order_is_admitted_and_none_is_a_circle(variant: Variant) -> None:
    order = navigate(SPEC, variant)
    first = next(order.orders())
    assert sorted(map(str, first)) == sorted(map(str, order.terms))
    assert order.admits(first)
    assert not order.admits(first[::-1])


@EACH_VARIANT
def test_every_navigation_begins_with_the_url(variant: Variant) -> None:
    order = navigate(SPEC, variant)
    url, *others = order.terms
    assert url.name == "URL_PARSED"
    assert all(order.precedes(url, event) for event in others)


@EACH_VARIANT
def test_rows_and_order_agree(variant: Variant) -> None:
    """`precedes` follows rows one by one; the base class closes the order: the same answer to every pair."""
    order = navigate(SPEC, variant)
    closed = order.only(order.terms).before
    assert {(a, b) for a in order.terms for b in order.terms if order.precedes(a, b)} == closed


def test_what_a_variant_leaves_out_takes_no_order_from_the_rest() -> None:
    """Events that a variant lacks take no order away from the others: direct rows stand in for them."""
    whole = navigate(SPEC, Variant("http", hsts=True, persistent=False))
    for variant in (Variant("http", persistent=False), Variant(dns_cached=True), Variant(reused=True)):
        order = navigate(SPEC, variant)
        kept = [term for term in order.terms if term in whole.terms]
        assert whole.only(kept).before <= order.only(order.terms).before


def test_rows_name_events_and_come_once() -> None:
    names = {event.name for event in TABLE}
    assert all(edge.first in names and edge.then in names for edge in EDGES)
    assert len({edge.id for edge in EDGES}) == len(EDGES)


def test_steps_say_what_they_rest_on() -> None:
    with recording() as record:
        evaluated = MODEL.vocabulary["steps"].value(EVENTS.term("DNS_ANSWER"), EVENTS.term("TCP_OPEN"))
    assert evaluated.count() == 1
    assert {"order:DNS_ANSWER:TCP_SYN", "order:TCP_SYN:TCP_OPEN"} <= record.elements


def test_steps_that_the_close_turns_around_say_what_they_rest_on() -> None:
    """Where the close delimits the response, the connection ends before parsing does, not after it as the table lists them."""
    found = evaluate("navigation(until_close=True).steps(CONNECTION_CLOSED, PARSE_END)", Names(("navigation",)))
    assert "order:CONNECTION_CLOSED:PARSE_END" in found.record.elements


@pytest.mark.parametrize("variant", [Variant(), Variant(until_close=True)], ids=["plain", "until-close"])
def test_an_order_that_is_told_is_an_admitted_one(variant: Variant) -> None:
    found = navigate(SPEC, variant)
    seen = 0
    for first, then in permutations(found.terms, 2):
        with recording() as record:
            found.precedes(first, then)
        for reason in record.reasons:
            _, is_told, order = reason.rstrip(".").partition("an order without it: ")
            if is_told:
                seen += 1
                assert found.admits([EVENTS.term(name) for name in order.split(" → ")]), reason
    assert seen > 100


def test_a_row_that_never_holds_is_nothing_to_ask_about() -> None:
    never = Edge("URL_PARSED", "PAINT", "Never.", EDGES[0].cite, ("never",))
    asked = asks(Spec((*EDGES, never)))
    assert never.id not in asked
    assert {edge.id for edge in EDGES} <= set(asked)


@pytest.mark.parametrize("event", ["TCP_SYN", VERSIONS.term("HTTP/2")], ids=["text", "another domain"])
def test_only_an_event_can_be_asked_about(event: object) -> None:
    with pytest.raises(ModelError, match="no event of a navigation"):
        navigate(SPEC, Variant()).happens(event)  # type: ignore[arg-type]


def test_an_order_of_one_event_rests_on_that_event() -> None:
    with recording() as record:
        assert navigate(SPEC, Variant()).admits([EVENTS.term("TCP_SYN")])
    assert record.elements == {"event:TCP_SYN"}


def test_the_number_of_orders_of_two_events_rests_on_their_row() -> None:
    two = navigate(SPEC, Variant()).steps(EVENTS.term("TCP_SYN"), EVENTS.term("TCP_OPEN"))
    with recording() as record:
        assert two.count() == 1
    assert record.elements == {"event:TCP_SYN", "event:TCP_OPEN", "order:TCP_SYN:TCP_OPEN"}
