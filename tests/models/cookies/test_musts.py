"""The lists of MUSTs in docs/models/cookies.md: each row names tests that exist. What no other test shows is shown here."""

import ast
import re
from pathlib import Path

import pytest

from quizgen.models.cookies.agent import UserAgent
from quizgen.models.cookies.matching import default_path, domain_match, parse_url, path_match
from quizgen.models.cookies.receive import Reception, receive
from quizgen.models.cookies.rules import EDITIONS, RFC_6265, RFC_6265BIS
from quizgen.models.cookies.scenario import START
from quizgen.models.cookies.set_cookie import parse_set_cookie
from quizgen.models.cookies.spec import Edition, Spec
from quizgen.models.cookies.store import Request, Store, retrieve
from quizgen.models.values import Term

HERE = Path(__file__).parent
PAGE = (HERE.parents[2] / "docs" / "models" / "cookies.md").read_text("utf-8")
ROWS = re.findall(r"^\| ((?:6265|bis)-\d+) \| (§[^|]+) \| (.+?) \| (.+?) \|$", PAGE, re.M)
SHOWN = [(number, test) for number, _, _, how in ROWS for test in re.findall(r"`(.+?)`", how) if "::" in test]
URL = "https://www.example.com/docs/web"
both = pytest.mark.parametrize("term", EDITIONS.terms(), ids=EDITIONS.members)


def test_the_musts_are_numbered() -> None:
    """§5 of RFC 6265 has 19; those of 6265bis that differ or are new follow."""
    old, new = ([number for number, *_ in ROWS if number.startswith(name)] for name in ("6265", "bis"))
    assert old == [f"6265-{n}" for n in range(1, 20)]
    assert new == [f"bis-{n}" for n in range(1, len(new) + 1)]
    assert new


@pytest.mark.parametrize("number, how", [(row[0], row[3]) for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_must_is_shown(number: str, how: str) -> None:
    assert "::" in how


@pytest.mark.parametrize("number, test", SHOWN, ids=[f"{number}-{test}" for number, test in SHOWN])
def test_what_shows_a_must_exists(number: str, test: str) -> None:
    file, name = test.split("::")
    tree = ast.parse((HERE / file).read_text("utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def _receive(text: str, term: Term = RFC_6265, url: str = URL, store: Store | None = None) -> Reception:
    return receive(store or Store(), text, Request(parse_url(url)), START, Edition(term=term))


@both
@pytest.mark.parametrize(
    "path, default",
    [("", "/"), ("docs", "/"), ("/", "/"), ("/docs", "/"), ("/docs/", "/docs"), ("/docs/web", "/docs"), ("/a//b", "/a/"), ("//", "/")],
)  # fmt: skip
def test_default_path(path: str, default: str, term: Term) -> None:
    assert default_path(path, Edition(term=term)) == default


@both
@pytest.mark.parametrize(
    "request_path, cookie_path, matches",
    [("/docs", "/docs", True), ("/docs/", "/docs", True), ("/docs/web", "/docs/", True), ("/docs/web", "/docs", True), ("/docsets", "/docs", False),
     ("/docs", "/docs/", False), ("/doc", "/docs", False), ("/DOCS", "/docs", False), ("/x", "/", True), ("/%64ocs", "/docs", False)],
)  # fmt: skip
def test_path_match(request_path: str, cookie_path: str, matches: bool, term: Term) -> None:
    assert path_match(request_path, cookie_path, Edition(term=term)) is matches


@both
@pytest.mark.parametrize(
    "host, domain, matches",
    [("example.com", "example.com", True), ("www.example.com", "example.com", True), ("wwwexample.com", "example.com", False),
     ("example.com", "www.example.com", False), ("192.0.2.1", "192.0.2.1", True), ("192.0.2.1", "2.1", False), ("::1", "1", False),
     ("example.com", "", False), ("www.example.com.", "example.com", False)],
)  # fmt: skip
def test_domain_match(host: str, domain: str, matches: bool, term: Term) -> None:
    assert domain_match(host, domain, Edition(term=term)) is matches


@both
@pytest.mark.parametrize("value, expiry", [("60", START + 60), ("0", None), ("-1", None), ("00060", START + 60)])
def test_max_age_is_added_to_the_time_or_in_the_past(value: str, expiry: int | None, term: Term) -> None:
    reception = _receive(f"a=1; Max-Age={value}", term)
    assert [cookie.expiry for cookie in reception.store.cookies] == ([] if expiry is None else [expiry])


@both
@pytest.mark.parametrize("value", ["+60", "1h", "60.5", "", "-", "--60", "6 0", "٦٠"])
def test_a_bad_max_age_is_no_max_age(value: str, term: Term) -> None:
    cookie = _receive(f"a=1; Max-Age={value}", term).cookie
    assert cookie is not None
    assert not cookie.persistent


@both
@pytest.mark.parametrize("value", ["docs", "", "docs/web", '"/"'])
def test_a_path_that_is_none_is_the_default_path(value: str, term: Term) -> None:
    cookie = _receive(f"a=1; Path=/x; Path={value}", term).cookie
    assert cookie is not None
    assert cookie.path == "/docs"


@pytest.mark.parametrize(
    "term, domain, host_only", [(RFC_6265, "example.com", False), (RFC_6265BIS, "www.example.com", True)]
)
def test_an_empty_domain_after_another(term: Term, domain: str, host_only: bool) -> None:
    cookie = _receive("a=1; Domain=example.com; Domain=", term).cookie
    assert cookie is not None
    assert (cookie.domain, cookie.host_only) == (domain, host_only)


@both
@pytest.mark.parametrize(
    "attributes", ["Secure; HttpOnly", "secure;httponly", "SECURE=no; HTTPONLY=", " Secure\t;\tHttpOnly=0"]
)
def test_secure_and_httponly_need_no_value_and_heed_none(attributes: str, term: Term) -> None:
    cookie = _receive(f"a=1; {attributes}", term).cookie
    assert cookie is not None
    assert (cookie.secure, cookie.http_only) == (True, True)


@both
def test_a_cookie_has_the_fields_of_the_storage_model(term: Term) -> None:
    cookie = _receive("a=1; Domain=example.com; Path=/x; Secure; HttpOnly; Max-Age=60", term).cookie
    assert cookie is not None
    assert (cookie.name, cookie.value, cookie.domain, cookie.path) == ("a", "1", "example.com", "/x")
    assert (cookie.created, cookie.accessed, cookie.expiry) == (START, START, START + 60)
    assert (cookie.persistent, cookie.host_only, cookie.secure, cookie.http_only) == (True, False, True, True)


@both
def test_a_replacing_cookie_keeps_the_creation_time(term: Term) -> None:
    agent = UserAgent(Edition(term=term), START)
    for text in ("a=1", "b=2", "a=3"):
        agent.set(text, Request(parse_url(URL)))
        agent.wait(1)
    assert agent.cookie_field(Request(parse_url(URL))) == "a=3; b=2"
    assert [cookie.created for cookie in agent.store.named("a")] == [START]


@both
def test_sending_updates_the_last_access_time(term: Term) -> None:
    agent = UserAgent(Edition(term=term), START)
    agent.set("a=1", Request(parse_url(URL)))
    agent.set("b=2; Path=/other", Request(parse_url(URL)))
    agent.wait(5)
    agent.cookies(Request(parse_url(URL)))
    assert {cookie.name: cookie.accessed - START for cookie in agent.store.cookies} == {"a": 5, "b": 0}


@both
def test_there_is_one_cookie_field_or_none(term: Term) -> None:
    agent = UserAgent(Edition(term=term), START)
    assert agent.cookie_field(Request(parse_url(URL))) == ""
    agent.process([("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("X-Cookie", "c=3")], Request(parse_url(URL)))
    assert agent.cookie_field(Request(parse_url(URL))) == "a=1; b=2"


def test_a_user_agent_may_ignore_cookies_altogether() -> None:
    agent = UserAgent(now=START, enabled=False)
    assert agent.set("a=1", Request(parse_url(URL))) == Reception(Store())
    assert agent.cookie_field(Request(parse_url(URL))) == ""


def test_a_user_agent_without_cookies_uses_none() -> None:
    """RFC 6265 §7.2: what is not sent is not accessed either, so that it is as old as it was to eviction."""
    agent = UserAgent(now=START)
    agent.set("a=1", Request(parse_url(URL)))
    agent.enabled = False
    agent.wait(5)
    assert agent.cookies(Request(parse_url(URL))) == ()
    assert [cookie.accessed for cookie in agent.store.cookies] == [START]


@both
@pytest.mark.parametrize("text", ["a=%3B", "%61=1", "a=%00", "a=1%"])
def test_octets_that_look_percent_encoded_are_not_decoded(text: str, term: Term) -> None:
    cookie = _receive(text, term).cookie
    assert str(cookie) == text


def _posted(spec: Spec, created: int, same_site: str = "") -> bool:
    """Whether a POST from another site carries a cookie of that age."""
    edition = Edition(spec, RFC_6265BIS)
    store = receive(Store(), f"a=1{same_site}", Request(parse_url(URL)), START - created, edition).store
    request = Request(parse_url(URL), "POST", parse_url("https://other.test/"))
    return bool(retrieve(store, request, START, edition)[0])


def test_lax_allowing_unsafe_is_for_new_cookies_without_samesite() -> None:
    allowing = Spec(lax_allowing_unsafe=120)
    assert [_posted(allowing, age) for age in (0, 120, 121)] == [True, True, False]
    assert not _posted(allowing, 0, "; SameSite=Lax")
    assert not _posted(Spec(), 0)


@both
@pytest.mark.parametrize("http_only, read", [("", "b=2; a=1"), ("; HttpOnly", "b=2")])
def test_a_script_reads_what_a_request_would_carry_but_httponly(http_only: str, read: str, term: Term) -> None:
    agent = UserAgent(Edition(term=term), START)
    for text in (f"a=1; Path=/{http_only}", "b=2", "c=3; Path=/other"):
        agent.set(text, Request(parse_url(URL)))
    assert agent.cookie_field(Request(parse_url(URL), script=True)) == read


@pytest.mark.parametrize(
    "pair, octets", [("n=" + "v" * 4095, 4096), ("n=" + "v" * 4096, 4097), ("=" + "é" * 2048, 4096), ("é" * 2049, 4098)]
)
def test_a_pair_of_4096_octets_is_the_longest(pair: str, octets: int) -> None:
    assert (_receive(pair, RFC_6265BIS).cookie is not None) is (octets <= 4096)
    assert (_receive(pair, RFC_6265).cookie is None) is not pair.startswith("n=")


@pytest.mark.parametrize("length, path", [(1024, "/" + "p" * 1023), (1025, "/x")])
def test_an_attribute_value_of_1024_octets_is_the_longest(length: int, path: str) -> None:
    cookie = _receive("a=1; Path=/x; Path=/" + "p" * (length - 1), RFC_6265BIS).cookie
    assert cookie is not None
    assert cookie.path == path


@pytest.mark.parametrize(
    "attribute", ["Max-Age=34560001", "Max-Age=" + "9" * 30, "Expires=Fri, 31 Dec 9999 23:59:59 GMT"]
)
def test_no_cookie_lives_longer_than_400_days(attribute: str) -> None:
    cookie = _receive(f"a=1; {attribute}", RFC_6265BIS).cookie
    assert cookie is not None
    assert cookie.expiry == START + 400 * 86_400


@pytest.mark.parametrize("number", [*range(9), *range(10, 32), 127])
def test_a_control_character_anywhere_is_the_end_of_a_cookie(number: int) -> None:
    for text in (f"a=1{chr(number)}2", f"a=1; x={chr(number)}"):
        assert _receive(text, RFC_6265BIS).ignored
        assert _receive(text, RFC_6265).cookie


@pytest.mark.parametrize(
    "text, name, value",
    [
        ("a", "", "a"),
        ("=a", "", "a"),
        ("=a=b", "", "a=b"),
        ("==", "", "="),
        (" a ; Path=/", "", "a"),
        ("a=b=c", "a", "b=c"),
        ("a\t=\tb", "a", "b"),
    ],
)
def test_a_pair_is_parted_at_the_first_equals_sign(text: str, name: str, value: str) -> None:
    cookie = _receive(text, RFC_6265BIS).cookie
    assert cookie is not None
    assert (cookie.name, cookie.value) == (name, value)
    old = parse_set_cookie(text, Edition())
    assert (getattr(old, "name", ""), getattr(old, "value", value)) == (name, value)


@pytest.mark.parametrize(
    "value, stored", [("Strict", "Strict"), ("lax", "Lax"), ("NONE", "None"), ("", "Default"), ("foo", "Default")]
)
def test_samesite_values(value: str, stored: str) -> None:
    cookie = _receive(f"a=1; Secure; SameSite={value}", RFC_6265BIS).cookie
    assert cookie is not None
    assert cookie.same_site == stored


def test_the_last_samesite_counts_even_if_it_is_none_of_the_three() -> None:
    """6265bis §5.7 step 17 looks at the last one, which §5.6.7 has made "Default"."""
    cookie = _receive("a=1; SameSite=Strict; SameSite=foo", RFC_6265BIS).cookie
    assert cookie is not None
    assert cookie.same_site == "Default"


def test_a_domain_above_a_secure_cookies_host_is_related_too() -> None:
    store = _receive("a=1; Secure; Path=/", RFC_6265BIS, "https://www.example.com/").store
    assert _receive("a=2; Domain=example.com", RFC_6265BIS, "http://example.com/", store).cookie is None
    assert _receive("a=2", RFC_6265BIS, "http://example.org/", store).cookie


@pytest.mark.parametrize(
    "url", ["https://example.com/", "https://www.example.com/docs", "https://example.com/docs/web"]
)
@pytest.mark.parametrize("path, kept", [("/docs", False), ("/docs/web", False), ("/", True), ("/other", True)])
def test_an_insecure_cookie_does_not_lie_over_a_secure_one(url: str, path: str, kept: bool) -> None:
    """The paths are compared in one direction only: a new / does not hide the old /docs."""
    store = _receive("a=1; Secure; Domain=example.com; Path=/docs", RFC_6265BIS, url).store
    again = _receive(f"a=2; Path={path}", RFC_6265BIS, url.replace("https:", "http:"), store)
    assert (again.cookie is not None) is kept


@pytest.mark.parametrize(
    "text, kept",
    [("__Secure-a=1", False), ("__SECURE-a=1", False), ("__secure-a=1; Secure", True), ("__Host-a=1; Secure", False), ("__host-a=1; Secure; Path=/", True),
     ("__Host-a=1; Secure; Path=/; Domain=www.example.com", False), ("__Host-a=1; Path=/", False), ("__Host-a=1; Secure; Path=/docs", False),
     ("__Hosta=1", True), ("=__Host-a", False), ("__HOST-", False), ("__Secure", True), ("=__Secure-a=1", False)],
)  # fmt: skip
def test_prefixes_hold_what_they_promise(text: str, kept: bool) -> None:
    assert (_receive(text, RFC_6265BIS).cookie is not None) is kept
