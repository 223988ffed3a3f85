"""What an answer rests on: the reasons that a claim gives, where they are written, and the elements that it touches."""

from dataclasses import replace

import pytest

from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import COMMON, Names
from quizgen.models import load
from quizgen.models.base import Record, recording
from quizgen.models.cookies import SPEC, build
from quizgen.models.cookies.agent import UserAgent
from quizgen.models.cookies.matching import parse_url
from quizgen.models.cookies.rules import EDITIONS, RFC_6265BIS, RULES
from quizgen.models.cookies.spec import Edition, Spec
from quizgen.models.cookies.store import Request, Store, withheld
from quizgen.models.values import Term
from tests.models.cookies.test_vocabulary import _crowd

NAMES = Names(["cookies"])
APP = "https://example.com/app"
LONG = "Max-Age=99999999"

# Each claim is decided by a reason of its own; the reason's place follows it.
REASONS = {
    'sent_with_every_request("sid=1; Path=/app", set_by="https://example.com/app")': "GET https://example.com/ at once does not carry the cookie|RFC 6265 §5.4",
    'sent_with_every_request("sid=1; Path=/; Secure", set_by="https://example.com/app")': "GET http://example.com/app at once does not carry the cookie|RFC 6265 §5.4",
    'sent_with_every_request("sid=1; Path=/; Max-Age=99; SameSite=Lax", set_by="https://example.com/app", edition=RFC_6265bis)': "POST https://example.com/app at once does not carry the cookie|6265bis §5.8.3",
    'sent_with_every_request("sid=1; Path=/", set_by="https://example.com/app")': "GET https://example.com/app after a restart does not carry the cookie|RFC 6265 §5.4",
    'sent_with_every_request("sid=1; Path=/; Max-Age=1", set_by="https://example.com/app")': "GET https://example.com/app 401 days later does not carry the cookie|RFC 6265 §5.4",
    "forged_value_accepted()": "The server trusts whatever value the client sends|RFC 6265 §8.3",
    "forged_value_accepted(signed=True)": "The signature does not fit the value|RFC 6265 §8.3",
    "copied_value_accepted(signed=True)": "The signature was made with the server's key|RFC 6265 §8.3",
    'sends_back("a=1; Domain=com")': "The user agent holds no cookie to send|RFC 6265 §5.3",
    'sends_cross_site("a=1; Domain=com")': "The user agent holds no cookie to send|6265bis §5.7",
    'stores("a=1; Domain=com")': "com is a public suffix, so no host may set a cookie for it|RFC 6265 §5.3 step 5",
    'stores("a=1; Domain=other.org")': "example.com does not domain-match other.org, so it may not set a cookie for it|RFC 6265 §5.3 step 6",
    'stores("a=1")': "The user agent puts the cookie into its cookie store|RFC 6265 §5.3",
    'stores("a")': "The string has no = or nothing before it, so it is ignored|RFC 6265 §5.2",
    'stores("=", edition=RFC_6265bis)': "Name and value are both empty, so the cookie is ignored|6265bis §5.7 step 2",
    'stores("a=\\x01", edition=RFC_6265bis)': "The string has a control character, so it is ignored|6265bis §5.6 step 1",
    'stores("a", edition=RFC_6265bis)': "Without = the whole string is the value of a cookie without a name|6265bis §5.6",
    'stores("a=1; Domain=exämple.com", edition=RFC_6265bis)': "Domain has a character outside of ASCII|6265bis §5.7 step 8",
    'stores("a=1; Secure", edition=RFC_6265bis)': "The cookie is Secure but came over an insecure connection|6265bis §5.7 step 13",
    'script_sets("a=1; HttpOnly")': "A script tried to set an HttpOnly cookie|RFC 6265 §5.3 step 10",
    'script_sets("a=2", over="a=1; HttpOnly")': "A script tried to overwrite an HttpOnly cookie|RFC 6265 §5.3 step 11",
    'replaces("a=2", "a=1; Secure", edition=RFC_6265bis)': "The cookie is Secure but came over an insecure connection|6265bis §5.7 step 13",
    'stores("a=1; SameSite=None", edition=RFC_6265bis)': "The cookie is SameSite=None without Secure|6265bis §5.7 step 19",
    'stores("__Secure-a=1", edition=RFC_6265bis)': "A __Secure- cookie must be Secure|6265bis §5.7 step 20",
    'stores("__Host-a=1", edition=RFC_6265bis)': "A __Host- cookie must be Secure, have Path=/ and no Domain|6265bis §5.7 step 21",
    'stores("=__Host-a", edition=RFC_6265bis)': "The cookie has no name and its value looks like a prefixed name|6265bis §5.7 step 22",
    'stores("a=1; x=1")': "An attribute that the user agent does not know is ignored, not the cookie|RFC 6265 §5.2",
    'stores("a=1; Expires=soon")': "An Expires that is no date is ignored, not the cookie|RFC 6265 §5.2.1",
    'stores("a=1; Max-Age=1h")': "A Max-Age that is no whole number is ignored, not the cookie|RFC 6265 §5.2.2",
    'stores("a=1; Domain=.example.com")': "A leading dot of Domain is ignored|RFC 6265 §5.2.3",
    'stores("a=1; Domain=")': "An empty Domain attribute is ignored|RFC 6265 §5.2.3",
    'stores("a=1; Path=x")': "A Path that is empty or does not start with / stands for the default-path|RFC 6265 §5.2.4",
    'stores("a=1; Path=/x; Path=/y")': "Of several attributes of one name the last one counts|RFC 6265 §5.3",
    'stores("a=1; Max-Age=1; Expires=Wed, 09 Jun 2100 10:18:14 GMT")': "Max-Age has precedence over Expires|RFC 6265 §5.3 step 3",
    'deletes("a=; Max-Age=0", "a=1")': "A cookie whose expiry-time has come is evicted|RFC 6265 §5.3",
    'cookie_lifetime("a=1; Max-Age=99999999", edition=RFC_6265bis)': "A lifetime of more than 400 days is cut to 400 days|6265bis §5.5",
    'sends_back("a=1", to="http://www.example.com/")': "The cookie is host-only: www.example.com is not example.com|RFC 6265 §5.4",
    'sends_back("a=1; Domain=example.com", to="http://example.org/")': "example.org does not domain-match example.com|RFC 6265 §5.1.3",
    'sends_back("a=1; Path=/x")': "/ does not path-match /x|RFC 6265 §5.1.4",
    'sends_back("a=1; Secure", set_by="https://example.com/")': "The cookie is Secure and http is not|RFC 6265 §5.4",
    'script_reads("a=1; HttpOnly")': "The cookie is HttpOnly, so a script does not see it|RFC 6265 §5.4",
    'sends_cross_site("a=1; SameSite=Strict")': "The cookie is SameSite=Strict and the request is cross-site|6265bis §5.8.3",
    'sends_cross_site("a=1; SameSite=Lax", method="POST")': "The request is cross-site and no top-level navigation with a safe method, as SameSite=Lax asks|6265bis §5.8.3",
    'sends_cross_site("a=1")': "Without SameSite the cookie is treated as Lax|6265bis §5.6.7",
    'cookie_date("1 Jan 69 00:00:00")': "Two-digit years: 70 to 99 are 19xx, 0 to 69 are 20xx|RFC 6265 §5.1.1",
    "cookies_kept(51)": "At least 50 cookies per domain|RFC 6265 §6.1",
}  # fmt: skip


@pytest.mark.parametrize("claim", REASONS)
def test_the_reason(claim: str) -> None:
    reason, _, place = REASONS[claim].partition("|")
    reasons = evaluate(claim, NAMES).record.reasons
    assert reason in reasons
    assert str(reasons[reason]) == place


# What an answer does not rest on, although something near it is looked at.
UNTOUCHED = {
    'cookie_header(["b=1", "a=2"])': "rule:longer-path-first",
    'cookie_header(["a=1; Path=/", "b=2; Path=/docs"], to="http://example.com/docs/")': "rule:older-first",
    'cookie_header("a=1")': "rule:older-first",
    'stores("a=1; Path=/x")': "rule:last-attribute-wins",
    'stores("a=1")': "attribute:Path",
    'sends_back("a=1")': "rule:domain-match",
    'sends_back("a=1", to="http://example.com/x")': "rule:secure-only",
    'script_reads("a=1")': "rule:script-reads-httponly",
    'sends_cross_site("a=1; SameSite=Lax")': "rule:samesite-default",
    'sends_cross_site("a=1", method="POST")': "rule:lax-allowing-unsafe",
    'sends_cross_site("a=1; SameSite=Strict", edition=RFC_6265)': "rule:samesite-strict",
    'cookie_date("1 Jan 1969 00:00:00")': "rule:two-digit-year",
    'deletes("a=2", "a=1")': "rule:expiry",
    "cookies_kept(50)": "limit:cookies-per-domain",
    'stores("a=1; Max-Age=34560000", edition=RFC_6265bis)': "limit:lifetime",
}


@pytest.mark.parametrize("claim", UNTOUCHED)
def test_what_an_answer_does_not_rest_on(claim: str) -> None:
    assert UNTOUCHED[claim] in load("cookies").elements
    assert UNTOUCHED[claim] not in evaluate(claim, NAMES).record.elements


TOUCHED = {
    'stores(cookie_of("4097 bytes"), edition=RFC_6265bis)': "limit:pair-octets",
    'stores(cookie_of("4096 B"), edition=RFC_6265bis)': "limit:pair-octets",
    'stores(cookie_of("4096 B"))': "limit:cookie-octets",
    'stores("a=1; Domain=example.com", url="http://www.example.com/")': "rule:own-domain",
    'stores("a=1; Secure", url="https://example.com/", edition=RFC_6265bis)': "rule:secure-origin",
    'stores("__Secure-a=1; Secure", url="https://example.com/", edition=RFC_6265bis)': "rule:secure-prefix",
    'stores("__Host-a=1; Secure; Path=/", url="https://example.com/", edition=RFC_6265bis)': "rule:host-prefix",
    'cookie_header(["a=1", "a=2"])': "rule:keep-creation-time",
    'sends_back("a=1; Secure", set_by="https://example.com/", to="https://example.com/")': "rule:secure-only",
    'script_reads("a=1; HttpOnly")': "rule:script-reads-httponly",
    'sends_cross_site("a=1; SameSite=Lax")': "rule:samesite-lax",
    'cookie_header("a=1; Path=/")': "rule:pairs-only",
    "copied_value_accepted(signed=True)": "rule:signing",
    "copied_value_accepted()": "rule:no-integrity",
    'public_suffix("com")': "rule:public-suffix",
    'same_site("http://a.com/", "http://b.com/")': "attribute:SameSite",
    "cookie_limit()": "limit:cookie-octets",
    "cookie_limit(RFC_6265bis)": "limit:pair-octets",
    "cookies_per_domain()": "limit:cookies-per-domain",
    "cookies_in_total()": "limit:cookies-total",
    "attribute_limit()": "limit:attribute-octets",
    "lifetime_limit()": "limit:lifetime",
}


@pytest.mark.parametrize("claim", TOUCHED)
def test_what_an_answer_rests_on(claim: str) -> None:
    assert TOUCHED[claim] in evaluate(claim, NAMES).record.elements <= set(load("cookies").elements)


def _record(texts: list[str]) -> Record:
    with recording() as record:
        _crowd(Edition(Spec(cookies_per_domain=2), EDITIONS.term("6265bis")), texts)
    return record


def test_that_insecure_cookies_go_first_is_said_where_some_are_secure() -> None:
    assert "rule:insecure-evicted-first" in _record(["a=1; Secure", "b=1", "c=1; Secure"]).elements
    assert "rule:insecure-evicted-first" not in _record(["a=1", "b=1", "c=1"]).elements


@pytest.mark.parametrize("term", EDITIONS.terms(), ids=EDITIONS.members)
@pytest.mark.parametrize(
    "set_cookie, request_, rule",
    [
        ("a=1", Request(parse_url("http://www.example.com/")), "host-identical"),
        ("a=1; Domain=example.com", Request(parse_url("http://example.org/")), "domain-match"),
        ("a=1; Path=/x", Request(parse_url("http://example.com/")), "path-match"),
        ("a=1; HttpOnly", Request(parse_url("http://example.com/"), script=True), "script-reads-httponly"),
    ],
    ids=["host", "domain", "path", "script"],
)
def test_a_cookie_is_withheld_by_a_rule(set_cookie: str, request_: Request, rule: str, term: Term) -> None:
    edition = Edition(term=term)
    agent = UserAgent(edition)
    agent.set(set_cookie, Request(parse_url("http://example.com/")))
    found = withheld(agent.store.cookies[0], request_, 0, edition)
    assert found is not None
    assert (found.rule, found.cite) == (rule, RULES[rule].cite(term))


def test_a_domain_that_has_become_a_public_suffix_is_the_reason() -> None:
    request = Request(parse_url("https://pages.example/"))
    agent = UserAgent(Edition(term=RFC_6265BIS))
    agent.set("a=1; Domain=pages.example", request)
    later = Edition(replace(SPEC, public_suffixes=SPEC.public_suffixes | {"pages.example"}), RFC_6265BIS)
    found = withheld(agent.store.cookies[0], request, 0, later)
    assert found is not None
    assert found.reason == "pages.example has become a public suffix since the cookie was set"


OFF = {
    "pairs-only": ('cookie_header("a=1; Path=/")', "a=1; Path=/"),
    "bad-max-age": ('stores("a=1; Max-Age=1h")', False),
    "bad-expires": ('stores("a=1; Expires=soon")', False),
    "unknown-attribute": ('stores("a=1; x=1")', False),
    "leading-dot": ('stores("a=1; Domain=.example.com")', False),
    "replace-same-key": ('cookie_header(["a=1", "a=2"])', "a=1; a=2"),
    "older-first": ('cookie_header(["a=1", "b=2"])', "b=2; a=1"),
    "keep-creation-time": ('cookie_header(["a=1", "b=2", "a=3"])', "b=2; a=3"),
    "host-only": ('host_only("a=1")', False),
    "lenient-date": ('cookie_date("9 jun 2021 10:18:14")', None),
    "two-digit-year": ('cookie_date("1 Jan 69 00:00:00")', None),
}  # fmt: skip


@pytest.mark.parametrize("rule", OFF)
def test_without_a_rule_the_answer_is_this(rule: str) -> None:
    claim, answer = OFF[rule]
    model = build(replace(SPEC, rules=SPEC.rules - {rule}))
    assert evaluate(claim, {name: word.value for name, word in model.vocabulary.items()}).value == answer


def test_lax_allowing_unsafe_is_for_the_top_level() -> None:
    """A frame's POST does not carry the cookie, however new it is, so it does not go with every request."""
    model = build(replace(SPEC, lax_allowing_unsafe=120))
    names = {name: word.value for name, word in (*COMMON.items(), *model.vocabulary.items())}
    claim = f'sent_with_every_request("sid=1; Path=/; {LONG}", set_by="{APP}", edition=RFC_6265bis)'
    reasons = evaluate(claim, names).record.reasons
    assert f"POST {APP} at once does not carry the cookie" in reasons


def test_a_user_agent_that_takes_every_field_for_set_cookie_is_another_one() -> None:
    agent = UserAgent(Edition(Spec(rules=SPEC.rules - {"set-cookie-field"})))
    agent.process([("X-A", "a=1"), ("Set-Cookie", "b=2")], Request(parse_url("http://example.com/")))
    assert [cookie.name for cookie in agent.store.cookies] == ["a", "b"]
    assert Store(agent.store.cookies).named("a")


def test_a_user_agent_that_keeps_nothing_still_reads_the_cookie() -> None:
    agent = UserAgent(Edition(Spec(rules=SPEC.rules - {"kept-by-user-agent"})))
    reception = agent.set("a=1", Request(parse_url("http://example.com/")))
    assert (str(reception.cookie), reception.store) == ("a=1", Store())
