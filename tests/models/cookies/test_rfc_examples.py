"""Every example of RFC 6265 §3.1, and hostile input to the parsers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.models.cookies.agent import UserAgent
from quizgen.models.cookies.dates import imf_fixdate, parse_cookie_date
from quizgen.models.cookies.matching import canonicalized_host, parse_url
from quizgen.models.cookies.rules import EDITIONS
from quizgen.models.cookies.scenario import START
from quizgen.models.cookies.set_cookie import Ignored, SetCookie, parse_set_cookie
from quizgen.models.cookies.signing import sign, verify
from quizgen.models.cookies.spec import Edition
from quizgen.models.cookies.store import Request

HERE = "https://example.com/docs/"
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
def test_set_cookie_taken_apart(text: str, name: str, value: str, attributes: tuple[object, ...]) -> None:
    assert parse_set_cookie(text, Edition()) == SetCookie(name, value, attributes)  # type: ignore[arg-type]


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
