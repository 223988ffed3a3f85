"""Every example of RFC 6265 §3.1, §4 and §5, and hostile input to the parsers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.models.cookies.agent import UserAgent
from quizgen.models.cookies.dates import EARLIEST, imf_fixdate, parse_cookie_date
from quizgen.models.cookies.matching import canonicalized_host, default_path, parse_url
from quizgen.models.cookies.receive import Reception, receive
from quizgen.models.cookies.rules import EDITIONS
from quizgen.models.cookies.scenario import START
from quizgen.models.cookies.set_cookie import Ignored, SetCookie, parse_set_cookie
from quizgen.models.cookies.signing import sign, verify
from quizgen.models.cookies.spec import PUBLIC_SUFFIXES, Edition, Spec
from quizgen.models.cookies.store import Request, Store, retrieve

HERE = "https://example.com/docs/"
RFC = Edition()
_2021 = parse_cookie_date("Tue, 01 Jun 2021 00:00:00 GMT", Edition())
SESSION, LANGUAGE = "SID=31d4d96e407aad42; Path=/; Secure; HttpOnly", "lang=en-US; Path=/; Domain=example.com"


@pytest.fixture
def agent() -> UserAgent:
    assert _2021 is not None
    return UserAgent(now=_2021)


def exchange(agent: UserAgent, *set_cookies: str, to: str = HERE) -> str:
    agent.process([("Set-Cookie", text) for text in set_cookies], Request(parse_url(HERE)))
    return agent.cookie_field(Request(parse_url(to)))


def test_session_identifier_comes_back(agent: UserAgent) -> None:
    assert exchange(agent, "SID=31d4d96e407aad42") == "SID=31d4d96e407aad42"


@pytest.mark.parametrize("to", ["https://example.com/", "https://www.example.com/any/path"])
def test_path_and_domain_widen_the_scope(agent: UserAgent, to: str) -> None:
    assert exchange(agent, "SID=31d4d96e407aad42; Path=/; Domain=example.com", to=to) == "SID=31d4d96e407aad42"


def test_two_cookies(agent: UserAgent) -> None:
    assert exchange(agent, SESSION, LANGUAGE) == "SID=31d4d96e407aad42; lang=en-US"


def test_expires_makes_a_cookie_persistent(agent: UserAgent) -> None:
    field = exchange(agent, SESSION, "lang=en-US; Expires=Wed, 09 Jun 2021 10:18:14 GMT; Path=/")
    agent.restart()
    assert field == "SID=31d4d96e407aad42; lang=en-US"
    assert [cookie.name for cookie in agent.store.cookies] == ["lang"]


def test_expires_in_the_past_removes(agent: UserAgent) -> None:
    exchange(agent, SESSION, "lang=en-US; Path=/")
    assert exchange(agent, "lang=; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Path=/") == "SID=31d4d96e407aad42"


def test_removing_needs_the_same_domain(agent: UserAgent) -> None:
    exchange(agent, SESSION, LANGUAGE)
    removed = exchange(agent, "lang=; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Path=/; Domain=www.example.com")
    assert removed == "SID=31d4d96e407aad42; lang=en-US"


def received(set_cookie: str, url: str, edition: Edition = RFC) -> Reception:
    return receive(Store(), set_cookie, Request(parse_url(url)), START, edition)


def goes_to(set_cookie: str, url: str, to: str) -> bool:
    return bool(retrieve(received(set_cookie, url).store, Request(parse_url(to)), START, RFC)[0])


@pytest.mark.parametrize("date", ["Wed, 09 Jun 2021 10:18:14 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"])
def test_dates_of_the_examples(date: str) -> None:
    seconds = parse_cookie_date(date, RFC)
    assert seconds is not None
    assert imf_fixdate(seconds) == date


@pytest.mark.parametrize("host", ["example.com", "www.example.com", "www.corp.example.com"])
@pytest.mark.parametrize("dot", ["", "."])
def test_4_1_2_3_domain_means_these_hosts(dot: str, host: str) -> None:
    assert goes_to(f"a=1; Domain={dot}example.com", "http://example.com/", f"http://{host}/")


def test_4_1_2_3_without_domain_other_hosts_do_not_get_it() -> None:
    assert goes_to("a=1", "http://example.com/", "http://example.com/")
    assert not goes_to("a=1", "http://example.com/", "http://www.example.com/")


@pytest.mark.parametrize(
    "domain, accepted",
    [("example.com", True), ("foo.example.com", True), ("bar.example.com", False), ("baz.foo.example.com", False)],
)
def test_4_1_2_3_domain_has_to_include_the_origin_server(domain: str, accepted: bool) -> None:
    assert (received(f"a=1; Domain={domain}", "http://foo.example.com/").cookie is not None) is accepted


@pytest.mark.parametrize("domain", ["com", "co.uk", "pvt.k12.wy.us"])
def test_4_1_2_3_and_5_3_public_suffixes(domain: str) -> None:
    edition = Edition(Spec(public_suffixes=PUBLIC_SUFFIXES | {"pvt.k12.wy.us"}))
    ignored = received(f"a=1; Domain={domain}", f"http://attacker.{domain}/", edition).ignored
    assert ignored is not None
    assert ignored.rule == "public-suffix"
    own = received(f"a=1; Domain={domain}", f"http://{domain}/", edition).cookie
    assert own is not None
    assert own.host_only


def test_4_1_2_unrecognized_attributes_are_ignored_and_not_the_cookie() -> None:
    assert received("a=1; Priority=High; foo", "http://example.com/").cookie is not None


def test_4_1_2_a_cookie_of_the_same_name_domain_and_path_is_replaced(agent: UserAgent) -> None:
    assert exchange(agent, "a=1", "a=2", "a=3; Path=/") == "a=2; a=3"


def test_4_1_2_2_max_age_has_precedence() -> None:
    cookie = received("a=1; Max-Age=60; Expires=Sun, 06 Nov 1994 08:49:37 GMT", "http://example.com/").cookie
    assert cookie is not None
    assert cookie.expiry == START + 60


@pytest.mark.parametrize(
    "to, sent", [("/docs", True), ("/docs/", True), ("/docs/a", True), ("/docset", False), ("/", False)]
)
def test_4_1_2_4_path_is_a_directory(to: str, sent: bool) -> None:
    assert goes_to("a=1; Path=/docs", "http://example.com/", f"http://example.com{to}") is sent


def test_4_1_2_6_httponly_and_secure_are_independent() -> None:
    cookie = received("a=1; Secure; HttpOnly", "https://example.com/").cookie
    assert cookie is not None
    assert (cookie.secure, cookie.http_only) == (True, True)


def test_4_2_2_attributes_are_not_returned(agent: UserAgent) -> None:
    assert exchange(agent, SESSION) == "SID=31d4d96e407aad42"


@pytest.mark.parametrize("text", ["/docs/web/page?x=/y/z", "http://example.com/docs/web/page?x=/y/z"])
def test_5_1_4_path_of_a_request_uri(text: str) -> None:
    url = parse_url(text if text.startswith("http") else f"http://example.com{text}")
    assert default_path(url.path, RFC) == "/docs/web"


@pytest.mark.parametrize("name", ["ä.example", "Ä.Example", "xn--4ca.example", "a\u0308.example"])
def test_5_1_2_international_hosts(name: str) -> None:
    assert canonicalized_host(name) == "xn--4ca.example"


@pytest.mark.parametrize(
    "text, name, value, attributes",
    [
        ("a=1", "a", "1", ()),
        ("  a  =  1  ; Path=/", "a", "1", (("Path", "/"),)),
        ("a=1;PATH=/;secure=yes;HTTPONLY", "a", "1", (("Path", "/"), ("Secure", ""), ("HttpOnly", ""))),
        ("a=1; Domain=.EXAMPLE.com", "a", "1", (("Domain", "example.com"),)),
        ("a=1; Max-Age=-0; Max-Age=+1; Max-Age=1.5", "a", "1", (("Max-Age", 0),)),
        ("a=1; Path=relative", "a", "1", (("Path", ""),)),
        ("a=1;;; ;=x", "a", "1", ()),
        ("a=", "a", "", ()),
        ('a="b c, d"', "a", '"b c, d"', ()),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_set_cookie_taken_apart(
    text: str, name: str, value: str, attributes: tuple[tuple[str, str | int], ...]
) -> None:
    assert parse_set_cookie(text, Edition()) == SetCookie(name, value, attributes)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thursday, 01-Jan-70 00:00:00 GMT", 0),
        ("Thu Jan  1 00:00:00 1970", 0),
        ("1/jan/1970 0:0:0", 0),
        ("Jan 1 1970 00:00:00 GMT+0800", 0),
        ("01 January 1970 00:00:00Z", 0),
        ("1 Jan 1970 00:00:00 2 Feb 1980", 0),
        ("1 Jan 1970 24:00:00", None),
        ("1 Jan 1970 00:60:00", None),
        ("0 Jan 1970 00:00:00", None),
        ("32 Jan 1970 00:00:00", None),
        ("1 Jan 1600 00:00:00", None),
        ("1 Jan 1970", None),
        ("1 Jan 1970 000:00:00", None),
        ("100 Jan 1970 00:00:00", None),
        ("", None),
    ],
)
def test_cookie_date(text: str, expected: int | None) -> None:
    assert parse_cookie_date(text, Edition()) == expected


_EDITIONS = [Edition(term=term) for term in EDITIONS.terms()]
_PIECES = st.lists(st.sampled_from(["a=1", ";", "=", "Max-Age", "Expires", "9" * 5000, "-", " ", "\x00", "é", "1 Jan 70 0:0:0"]))  # fmt: skip
ANYTHING = st.text() | st.text(alphabet=st.characters(codec="latin-1")) | _PIECES.map("".join)


@pytest.mark.parametrize("edition", _EDITIONS, ids=EDITIONS.members)
@given(text=ANYTHING)
def test_any_set_cookie_is_read_or_ignored(edition: Edition, text: str) -> None:
    assert isinstance(parse_set_cookie(text, edition), SetCookie | Ignored)


@pytest.mark.parametrize("edition", _EDITIONS, ids=EDITIONS.members)
@given(text=ANYTHING)
def test_any_set_cookie_can_be_received_and_returned(edition: Edition, text: str) -> None:
    agent = UserAgent(edition, now=START)
    agent.set(text, Request(parse_url(HERE)))
    assert isinstance(agent.cookie_field(Request(parse_url(HERE))), str)


@given(
    text=st.text() | st.lists(st.sampled_from(["jan", "1", "1970", "10:10:10", "99", " ", "-", "²", "٣"])).map(" ".join)
)
def test_any_cookie_date_is_a_time_or_none(text: str) -> None:
    seconds = parse_cookie_date(text, Edition())
    assert seconds is None or seconds >= -11_644_473_600  # 1601-01-01


def test_the_earliest_date_is_the_first_of_1601() -> None:
    """§5.1.1 step 5 refuses earlier years, and a Max-Age of 0 or less stands for the earliest date (§5.2.2)."""
    assert imf_fixdate(EARLIEST) == "Mon, 01 Jan 1601 00:00:00 GMT"
    assert parse_cookie_date("01 Jan 1601 00:00:00", Edition()) == EARLIEST
    assert parse_cookie_date("31 Dec 1600 23:59:59", Edition()) is None


def test_a_user_agent_begins_with_the_year_1970_and_no_cookies() -> None:
    agent = UserAgent()
    assert (agent.now, agent.store, agent.enabled, agent.edition) == (0, Store(), True, Edition())


@pytest.mark.parametrize(
    "date",
    ["Mon, 05 Jan 2026", "Tue, 03 Feb 2026", "Wed, 04 Mar 2026", "Thu, 02 Apr 2026", "Fri, 01 May 2026", "Sat, 06 Jun 2026", "Sun, 05 Jul 2026",
     "Mon, 03 Aug 2026", "Tue, 01 Sep 2026", "Wed, 07 Oct 2026", "Thu, 05 Nov 2026", "Fri, 04 Dec 2026"],
)  # fmt: skip
def test_days_and_months_are_written_as_http_writes_them(date: str) -> None:
    seconds = parse_cookie_date(f"{date} 10:18:14 GMT", Edition())
    assert seconds is not None
    assert imf_fixdate(seconds) == f"{date} 10:18:14 GMT"


@given(seconds=st.integers(-11_644_473_600, 253_402_300_799))
def test_dates_that_http_writes_are_read_back(seconds: int) -> None:
    assert parse_cookie_date(imf_fixdate(seconds), Edition()) == seconds


@given(host=st.text())
def test_any_host_is_canonicalized_once_for_all(host: str) -> None:
    canonical = canonicalized_host(host)
    assert canonical is None or canonicalized_host(canonical) == canonical


@given(value=st.text(), key=st.binary(), other=st.binary())
def test_only_the_key_of_the_signature_verifies(value: str, key: bytes, other: bytes) -> None:
    signed = sign(value, key)
    assert verify(signed, key) == value
    # HMAC pads keys with zero bytes, so keys that differ only there are the same key (RFC 2104 §2).
    assert (verify(signed, other) == value) is (key.ljust(64, b"\0") == other.ljust(64, b"\0"))
