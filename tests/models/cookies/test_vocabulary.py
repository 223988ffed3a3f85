"""The words of claims: each probe's answer, and that no rule can be switched off without one of them noticing."""

from dataclasses import replace
from functools import cache

import pytest

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import COMMON
from quizgen.models import load
from quizgen.models.base import Model, ModelError
from quizgen.models.cookies import SPEC, Spec, build
from quizgen.models.cookies.matching import Url, parse_url
from quizgen.models.cookies.receive import receive
from quizgen.models.cookies.rules import EDITIONS
from quizgen.models.cookies.spec import Edition
from quizgen.models.cookies.store import Request, Store, cookie_string, retrieve
from tests.models.cookies.probes import PROBES


def answer(model: Model, expression: str) -> object:
    names = {name: word.value for name, word in (*COMMON.items(), *model.vocabulary.items())}
    value = evaluate(expression, names).value
    return f"{value.amount} {value.unit}" if hasattr(value, "amount") else value


@cache
def _standard() -> tuple[object, ...]:
    return tuple(answer(load("cookies"), expression) for expression, _ in PROBES)


@pytest.mark.parametrize("expression, expected", PROBES, ids=[expression for expression, _ in PROBES])
def test_probe(expression: str, expected: object) -> None:
    assert answer(load("cookies"), expression) == expected


# What no word shows: it takes a response over an insecure connection after a secure one.
_DEEPER = {"leave-secure-alone"}


@pytest.mark.parametrize("rule", sorted(SPEC.rules - _DEEPER))
def test_a_rule_switched_off_is_noticed(rule: str) -> None:
    mutant = build(replace(SPEC, rules=SPEC.rules - {rule}))
    assert any(_differs(mutant, expression, right) for (expression, _), right in zip(PROBES, _standard(), strict=True))


@pytest.mark.parametrize("limit", ["cookie_octets", "cookies_per_domain", "cookies_total", "pair_octets", "attribute_octets", "lifetime"])  # fmt: skip
def test_a_limit_changed_is_noticed(limit: str) -> None:
    mutant = build(replace(SPEC, **{limit: getattr(SPEC, limit) - 1}))
    assert any(_differs(mutant, expression, right) for (expression, _), right in zip(PROBES, _standard(), strict=True))


def _differs(mutant: Model, expression: str, right: object) -> bool:
    try:
        return answer(mutant, expression) != right
    except ClaimError:
        return True


def test_probes_touch_every_element() -> None:
    model = load("cookies")
    names = {name: word.value for name, word in (*COMMON.items(), *model.vocabulary.items())}
    touched: set[str] = set()
    for expression, _ in PROBES:
        touched |= evaluate(expression, names).record.elements
    assert touched <= set(model.elements)
    assert set(model.elements) - touched <= {f"rule:{rule}" for rule in _DEEPER}


def test_tables_have_a_heading_and_rows_of_its_width() -> None:
    for name, rows in load("cookies").tables.items():
        assert len(rows) > 1, name
        assert {len(row) for row in rows} == {len(rows[0])}, name
        assert all(set(cell) == {"en", "zh"} for row in rows for cell in row), name


def test_every_word_says_what_it_means_and_where_it_stands() -> None:
    for name, word in load("cookies").vocabulary.items():
        assert word.doc, name
        assert word.cite or not callable(word.value), name
        assert word.cite is None or word.cite.document in ("RFC 6265", "6265bis"), name


def test_a_cookie_above_the_least_limit_is_left_open_by_rfc_6265() -> None:
    with pytest.raises(ModelError, match=r"leaves larger ones.*RFC_6265bis"):
        load("cookies").vocabulary["stores"].value("a=" + "v" * 4096)


SENSELESS = {
    'cookie_of("1 byte")': "between 2 bytes and 1 MB",
    'cookie_of("3 bit")': "no whole number of bytes",
    "cookies_kept(201)": "at most 200 cookies",
    'cookies_kept(1, "4097 bytes")': "leaves larger ones",
    'sends_cross_site("a=1", method="GTE")': "`GTE` is no method",
    'survives("a=1", "-1 s")': "no length of time",
    "evicted_first([])": "1 to 50 cookies",
    'evicted_first(["a=1", "a=2"])': "of different names",
    'evicted_first(["a=1; Domain=example.com"])': "without Domain",
    'evicted_first(["="])': "that are not ignored",
    'sent_once_public_suffix("a=1")': "a cookie with a Domain",
    'sent_once_public_suffix("a=1; Domain=com")': "a cookie with a Domain",
    'cookie_name("=")': "ignores this cookie",
}


@pytest.mark.parametrize("expression", SENSELESS)
def test_a_question_without_sense_is_refused(expression: str) -> None:
    with pytest.raises(ClaimError, match=SENSELESS[expression]):
        answer(load("cookies"), expression)


def test_of_a_crowd_that_is_all_insecure_the_longest_unused_goes() -> None:
    assert _crowd(Edition(Spec(cookies_per_domain=2), EDITIONS.term("6265bis")), ["a=1", "b=1", "c=1"]) == ["b", "c"]


def _edition(name: str, off: str = "") -> Edition:
    return Edition(Spec(rules=SPEC.rules - {off}), EDITIONS.term(name))


def _receive(
    store: Store, text: str, url: str, edition: Edition, now: int = 0, origin: Url | None = None, top_level: bool = True
) -> Store:
    request = Request(parse_url(url), origin=origin, top_level=top_level)
    return receive(store, text, request, now, edition).store


@pytest.mark.parametrize("off, kept", [("", "a=1"), ("leave-secure-alone", "a=2")])
def test_secure_cookie_is_left_alone(off: str, kept: str) -> None:
    edition = _edition("6265bis", off)
    store = _receive(Store(), "a=1; Secure", "https://example.com/", edition)
    store = _receive(store, "a=2", "http://example.com/", edition)
    assert [str(cookie) for cookie in store.cookies] == [kept]


@pytest.mark.parametrize(
    "off, set_cookie, top_level, kept",
    [
        ("", "a=1", False, 0),
        ("", "a=1", True, 1),
        ("", "a=1; SameSite=None; Secure", False, 1),
        ("samesite-setting", "a=1", False, 1),
    ],
)
def test_cross_site_setting(off: str, set_cookie: str, top_level: bool, kept: int) -> None:
    origin = parse_url("https://other.test/")
    edition = _edition("6265bis", off)
    store = _receive(Store(), set_cookie, "https://example.com/", edition, origin=origin, top_level=top_level)
    assert len(store.cookies) == kept


def test_cross_site_setting_says_why_the_cookie_is_ignored() -> None:
    request = Request(parse_url("https://example.com/"), origin=parse_url("https://other.test/"), top_level=False)
    ignored = receive(Store(), "a=1", request, 0, _edition("6265bis")).ignored
    assert ignored is not None
    assert (ignored.rule, str(ignored.cite)) == ("samesite-setting", "6265bis §5.7 step 18")
    assert ignored.reason == (
        "The cookie is not SameSite=None and came with a cross-site request that is no top-level navigation"
    )


def test_a_pair_that_is_too_long_says_why_it_is_ignored() -> None:
    ignored = receive(
        Store(), "a=" + "v" * 4096, Request(parse_url("http://example.com/")), 0, _edition("6265bis")
    ).ignored
    assert ignored is not None
    assert (ignored.rule, str(ignored.cite)) == ("pair-octets", "6265bis §5.6")


def test_leaving_a_secure_cookie_alone_says_why() -> None:
    store = _receive(Store(), "a=1; Secure", "https://example.com/", _edition("6265bis"))
    ignored = receive(store, "a=2", Request(parse_url("http://example.com/")), 0, _edition("6265bis")).ignored
    assert ignored is not None
    assert (ignored.rule, str(ignored.cite)) == ("leave-secure-alone", "6265bis §5.7 step 16")
    assert ignored.reason == "A Secure cookie of that name is there and the connection is not"


@pytest.mark.parametrize("off, sent", [("", False), ("ip-no-subdomain", True)])
def test_ip_address_has_no_parent(off: str, sent: bool) -> None:
    model = build(Spec(rules=SPEC.rules - {off}))
    assert model.vocabulary["domain_match"].value("192.0.2.1", "2.1") is sent


@pytest.mark.parametrize("name, off, sent", [("RFC 6265", "", 1), ("6265bis", "", 0), ("6265bis", "suffix-since", 1)])
def test_a_domain_that_has_become_a_public_suffix(name: str, off: str, sent: int) -> None:
    before = _edition(name, off)
    now = Edition(replace(before.spec, public_suffixes=before.spec.public_suffixes | {"pages.example"}), before.term)
    store = _receive(Store(), "a=1; Domain=pages.example", "https://pages.example/", before)
    assert len(retrieve(store, Request(parse_url("https://mine.pages.example/")), 1, now)[0]) == sent


def _crowd(edition: Edition, texts: list[str]) -> list[str]:
    store = Store()
    for now, text in enumerate(texts):
        store = _receive(store, text, "https://example.com/", edition, now)
    return [cookie.name for cookie in store.cookies]


def test_longest_unused_cookie_of_a_crowded_domain_goes_first() -> None:
    edition = Edition(Spec(cookies_per_domain=2))
    store = _receive(Store(), "a=1", "https://example.com/", edition, 0)
    store = _receive(store, "b=1; Path=/b", "https://example.com/", edition, 1)
    _, store = retrieve(store, Request(parse_url("https://example.com/")), 2, edition)  # uses a
    store = _receive(store, "c=1", "https://example.com/", edition, 3)
    assert [cookie.name for cookie in store.cookies] == ["a", "c"]


def test_expired_cookies_go_before_unexpired_ones() -> None:
    assert _crowd(Edition(Spec(cookies_per_domain=2)), ["a=1", "b=1; Max-Age=1", "c=1"]) == ["a", "c"]


@pytest.mark.parametrize("name, kept", [("RFC 6265", ["b", "c"]), ("6265bis", ["a", "c"])])
def test_only_6265bis_evicts_cookies_without_secure_first(name: str, kept: list[str]) -> None:
    edition = Edition(Spec(cookies_per_domain=2), EDITIONS.term(name))
    assert _crowd(edition, ["a=1; Secure", "b=1", "c=1; Secure"]) == kept


def test_eviction_order_switched_off_takes_the_newest() -> None:
    edition = Edition(Spec(cookies_per_domain=2, rules=SPEC.rules - {"eviction-order"}))
    assert _crowd(edition, ["a=1", "b=1", "c=1"]) == ["a", "b"]


def test_the_store_holds_no_more_than_its_total() -> None:
    edition, store = Edition(Spec(cookies_total=3)), Store()
    for now in range(5):
        store = _receive(store, "a=1", f"https://host{now}.com/", edition, now)
    assert [cookie.domain for cookie in store.cookies] == ["host2.com", "host3.com", "host4.com"]


def test_nameless_cookie_is_sent_without_equals_sign() -> None:
    edition = _edition("6265bis")
    store = _receive(Store(), "token", "https://example.com/", edition)
    chosen, _ = retrieve(store, Request(parse_url("https://example.com/")), 1, edition)
    assert cookie_string(chosen, edition) == "token"
