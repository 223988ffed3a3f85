"""Scenarios of HTTP: what steps give, and what is said of steps that mean nothing."""

from typing import Any

import pytest

from quizgen.models.base import ModelError, ScenarioError
from quizgen.models.figure import Message, Moment
from quizgen.models.http import SPEC
from quizgen.models.http.scenario import run

SHOP = [
    {"server": "SESSION_LOGIN"},
    {"client": "POST /login", "user": "alice"},
    {"client": "GET /account", "cookie": "id=1"},
    {"client": "GET /account", "on": 2, "from": "bob", "answer": "close"},
    {"client": "close"},
]


def test_a_run_is_told_and_asked() -> None:
    trace = run(SPEC, SHOP)
    assert trace.lines() == (
        "1. connection 1: client: POST /login HTTP/1.1, user: alice -> welcome alice, Set-Cookie: id=1",
        "2. connection 1: client: GET /account HTTP/1.1, Cookie: id=1 -> account of alice",
        "3. connection 2: bob: GET /account HTTP/1.1 -> please log in, Connection: close",
        "4. connection 2: the server closes it",
        "5. connection 1: the client closes it",
    )
    assert (trace.exchanges, trace.connections, trace.requests_on(1), trace.remembers) == (3, 2, 2, True)
    assert [trace.open_after(n) for n in (1, 2, 3)] == [True, True, False]
    assert (trace.answer(2), trace.connection_option(3)) == ("account of alice", "close")


CLOSED, OPEN = ({"client": state, "server": state} for state in ("closed", "open"))


def test_ladder_of_one_exchange_of_http_1_0() -> None:
    ladder = run(SPEC, [{"client": "GET / HTTP/1.0"}]).ladder()
    assert ladder.moments == (
        Moment(CLOSED), Moment(OPEN, {"client": "connect"}), Moment(OPEN), Moment(OPEN), Moment(CLOSED, {"server": "close"}),
    )  # fmt: skip
    assert ladder.messages == (
        Message("client", "GET / HTTP/1.0", 1, 2), Message("server", "page /, Connection: close", 2, 3),
    )  # fmt: skip


def test_ladder_of_several_connections_names_them() -> None:
    ladder = run(SPEC, SHOP).ladder()
    assert [moment.states["client"] for moment in ladder.moments][-2:] == ["1 open, 2 closed", "1 closed, 2 closed"]
    assert [dict(moment.events) for moment in ladder.moments if moment.events] == [
        {"client": "connect 1"}, {"client": "connect 2"}, {"server": "close 2"}, {"client": "close 1"},
    ]  # fmt: skip
    assert ladder.messages[4].label.startswith("bob: GET")


def test_ladder_of_several_lengths_shows_what_ends_each_body() -> None:
    steps = [{"client": "GET /a"}, {"client": "GET /b", "length": "chunked"}, {"client": "HEAD /c"}]
    last = {"client": "GET /d", "length": "by close"}
    labels = [message.label for message in run(SPEC, [*steps, last]).ladder().messages if message.sender == "server"]
    assert labels == ["page /a, Content-Length", "page /b, Transfer-Encoding: chunked", "200", "page /d"]


EXCHANGES = {
    "1.1": ({"client": "GET /"}, True, ""),
    "1.1-close": ({"client": "GET /", "connection": "close"}, False, "close"),
    "1.0": ({"client": "GET / HTTP/1.0"}, False, "close"),
    "1.0-keep-alive": ({"client": "GET / HTTP/1.0", "connection": "keep-alive"}, True, "keep-alive"),
    "server-closes": ({"client": "GET /", "answer": "close"}, False, "close"),
    "server-refuses-keep-alive": ({"client": "GET / HTTP/1.0", "connection": "keep-alive", "answer": "close"}, False, "close"),
    "length-by-close": ({"client": "GET /", "length": "by close"}, False, ""),
    "2": ({"client": "GET / HTTP/2"}, True, ""),
    "no-tunnel": ({"client": "CONNECT example.org:443 HTTP/1.1", "status": 403}, True, ""),
    "options-of-the-server": ({"client": "OPTIONS *"}, True, ""),
    "to-a-proxy": ({"client": "GET http://example.org/ HTTP/1.1"}, True, ""),
}  # fmt: skip


@pytest.mark.parametrize(("step", "stays_open", "option"), EXCHANGES.values(), ids=EXCHANGES)
def test_connection_after_an_exchange(step: dict[str, Any], stays_open: bool, option: str) -> None:
    trace = run(SPEC, [step])
    assert trace.open_after(1) is stays_open
    assert trace.connection_option(1) == option


MEANINGLESS = {
    "request-on-a-closed-connection": ([{"client": "GET / HTTP/1.0"}, {"client": "GET /"}], 1, "connection 1 is closed; open another one with `on: 2`"),
    "no-mapping": (["deliver"], 0, "a step says what"),
    "both-ends": ([{"client": "GET /", "server": "close"}], 0, "a step says what"),
    "unknown-key": ([{"client": "GET /", "cooky": "a=b"}], 0, "`cooky` means nothing"),
    "unknown-handler": ([{"server": "SESSION"}], 0, "`SESSION` is no handler"),
    "handler-with-more": ([{"server": "SESSION_LOGIN", "on": 1}], 0, "has nothing else"),
    "handler-too-late": ([{"client": "GET /"}, {"server": "SESSION_LOGIN"}], 1, "the server does not"),
    "no-request-line": ([{"client": "GTE /"}], 0, "is no request line"),
    "connect-to-a-path": ([{"client": "CONNECT /x", "status": 403}], 0, "is no request line"),
    "connect-without-port": ([{"client": "CONNECT example.org", "status": 403}], 0, "is no request line"),
    "connect-to-no-host": ([{"client": "CONNECT :443", "status": 403}], 0, "is no request line"),
    "host-and-port": ([{"client": "GET example.org:443"}], 0, "is no request line"),
    "star": ([{"client": "GET *"}], 0, "is no request line"),
    "tunnel": ([{"client": "GET /"}, {"client": "CONNECT example.org:443"}], 1, "opens a tunnel"),
    "tunnel-204": ([{"client": "CONNECT example.org:443", "status": 204}], 0, "opens a tunnel"),
    "tunnel-2": ([{"client": "CONNECT example.org:443 HTTP/2"}], 0, "opens a tunnel"),
    "2-connection": ([{"client": "GET / HTTP/2", "connection": "close"}], 0, "`connection` is of HTTP/1"),
    "3-answer": ([{"client": "GET / HTTP/3", "answer": "close"}], 0, "`answer` is of HTTP/1"),
    "2-length": ([{"client": [{"request": "GET / HTTP/2", "length": "by close"}]}], 0, "`length` is of HTTP/1"),
    "no-version": ([{"client": "GET / HTTP/1.2"}], 0, "`HTTP/1.2` is no HTTP version"),
    "no-connection": ([{"client": "GET /", "on": 0}], 0, "`0` is no connection"),
    "close-before-open": ([{"server": "close"}], 0, "never opened"),
    "close-twice": ([{"client": "GET /"}, {"client": "close"}, {"server": "close"}], 2, "connection 1 is closed"),
    "several-cookies": ([{"client": "GET /", "cookie": ["a=1", "b=2"]}], 0, "`cookie` is one text"),
    "several-in-a-pipeline": ([{"client": [{"request": ["GET /"]}]}], 0, "`request` is one text"),
    "sender-as-map": ([{"client": "GET /", "from": {"a": "b"}}], 0, "`from` is one text"),
    "requests-as-map": ([{"client": {"GET /": "close"}}], 0, "`client` is one text or a list"),
    "status-of-many-digits": ([{"client": "GET /", "status": "9" * 5000}], 0, "is no status"),
    "connection-of-many-digits": ([{"client": "GET /", "on": "9" * 5000}], 0, "is no connection"),
    "finished-no-digit": ([{"client": ["GET /a", "GET /b"], "finished": ["²", "1"]}], 0, "`finished` is a list"),
    "finished-of-many-digits": ([{"client": ["GET /a", "GET /b"], "finished": ["9" * 5000, "1"]}], 0, "`finished` is a list"),
    "answer": ([{"client": "GET /", "answer": "keep-alive"}], 0, "`answer` can only be `close`"),
    "counts-from-the-first-step": ([{"server": "STATIC_PAGE"}, {"client": "GET /"}, {"client": "close", "on": 2}], 2, "never opened"),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "step", "message"), MEANINGLESS.values(), ids=MEANINGLESS)
def test_steps_that_mean_nothing(steps: list[Any], step: int, message: str) -> None:
    with pytest.raises(ScenarioError) as error:
        run(SPEC, steps)
    assert error.value.step == step
    assert message in error.value.message


@pytest.mark.parametrize(
    ("step", "nearest"),
    [
        pytest.param({"client": "GET /", "cooky": "a"}, ("cookie",), id="key"),
        pytest.param({"server": "SESION_LOGIN"}, ("SESSION_LOGIN", "CONNECTION_LOGIN"), id="handler"),
        pytest.param({"client": "GTE /"}, ("GET",), id="method"),
    ],
)
def test_likely_spellings_are_offered(step: dict[str, str], nearest: tuple[str, ...]) -> None:
    with pytest.raises(ScenarioError) as error:
        run(SPEC, [step])
    assert error.value.nearest == nearest


def test_an_exchange_that_was_not() -> None:
    with pytest.raises(ModelError, match="the run has 1"):
        run(SPEC, [{"client": "GET /"}]).answer(2)
