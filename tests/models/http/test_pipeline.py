"""Several requests at once: the order of responses, what waits, and what is not processed."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from math import factorial
from typing import Any

import pytest

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names
from quizgen.models.base import ModelError, ScenarioError, recording
from quizgen.models.http import SPEC, build
from quizgen.models.http.message import HTTP_1_1, HTTP_2
from quizgen.models.http.pipeline import IN_ORDER, sends, wire_order
from quizgen.models.http.run import Run
from quizgen.models.http.scenario import run

NAMES = Names(["http"])


@pytest.mark.parametrize("requests", range(1, 6))
def test_in_http_1_1_responses_keep_the_order_whatever_is_finished_first(requests: int) -> None:
    for finished in permutations(range(1, requests + 1)):
        assert wire_order(IN_ORDER, HTTP_1_1, finished) == tuple(range(1, requests + 1))
        assert wire_order(IN_ORDER, HTTP_2, finished) == finished


@pytest.mark.parametrize("requests", range(1, 5))
def test_a_response_is_sent_once_and_not_before_it_is_finished(requests: int) -> None:
    for finished in permutations(range(1, requests + 1)):
        done: set[int] = set()
        out: list[int] = []
        for number, sent in sends(IN_ORDER, HTTP_1_1, finished):
            done.add(number)
            assert set(sent) <= done
            out += sent
        assert sorted(out) == list(range(1, requests + 1))


ANSWERS = {
    "1.1-total": ("order_of_responses(HTTP_1_1, 4).count()", 1),
    "1.0-total": ("order_of_responses(HTTP_1_0, 3).count()", 1),
    "2-none": ("order_of_responses(HTTP_2, 4).count()", factorial(4)),
    "3-none": ("order_of_responses(HTTP_3).count()", factorial(3)),
    "first-before-second": ("order_of_responses(HTTP_1_1).precedes(RESPONSE_1, RESPONSE_2)", True),
    "not-second-before-first": ("order_of_responses(HTTP_1_1).precedes(RESPONSE_2, RESPONSE_1)", False),
    "2-first-before-second": ("order_of_responses(HTTP_2).precedes(RESPONSE_1, RESPONSE_2)", False),
    "sent-1.1": ("responses_sent(HTTP_1_1, 3, 1, 2)", (1, 2, 3)),
    "sent-2": ("responses_sent(HTTP_2, 3, 1, 2)", (3, 1, 2)),
    "held-back": ("responses_held_back(HTTP_1_1, 2, 3, 1)", 2),
    "held-back-in-between": ("responses_held_back(HTTP_1_1, 1, 3, 2)", 1),
    "held-back-none": ("responses_held_back(HTTP_1_1, 1, 2, 3)", 0),
    "held-back-2": ("responses_held_back(HTTP_2, 3, 2, 1)", 0),
    "not-after-post": ('may_pipeline(after="POST")', False),
    "parallel": ('may_process_in_parallel("GET", "HEAD")', True),
    "not-parallel": ('may_process_in_parallel("GET", "PUT")', False),
}


@pytest.mark.parametrize(("expression", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_answers(expression: str, answer: object) -> None:
    found = evaluate(expression, NAMES)
    assert found.value == answer
    assert found.record.reasons
    assert found.record.elements


@pytest.mark.parametrize(
    "expression",
    [
        "order_of_responses(HTTP_1_1, 0)",
        "order_of_responses(HTTP_1_1, 7)",
        "order_of_responses(client)",
        "responses_sent(HTTP_1_1)",
        "responses_sent(HTTP_1_1, 1, 1)",
        "responses_sent(HTTP_1_1, 2, 3)",
        "responses_held_back(HTTP_1_1, 0, 1)",
    ],
)
def test_questions_that_make_no_sense(expression: str) -> None:
    with pytest.raises(ClaimError):
        evaluate(expression, NAMES)


def test_a_server_that_sends_what_is_ready_is_caught() -> None:
    """The mutant: HTTP/1.1 responses are sent in any order."""
    spec = replace(SPEC, ordered=())
    assert build(spec).vocabulary["order_of_responses"].value(HTTP_1_1, 2).count() == 2
    assert run(spec, [{"client": ["GET /1", "GET /2"], "finished": [2, 1]}]).arrivals == (2, 1)


def _messages(trace: Run) -> list[str]:
    return [message.label.partition(" HTTP")[0] for message in trace.ladder().messages]


def test_pipelined_requests_are_drawn_before_their_responses() -> None:
    trace = run(SPEC, [{"client": ["GET /1", "GET /2"], "finished": [2, 1]}])
    assert _messages(trace) == ["GET /1", "GET /2", "page /1", "page /2"]
    events = [dict(moment.events) for moment in trace.ladder().moments if moment.events]
    assert events == [{"client": "connect"}, {"server": "response 2 ready"}, {"server": "response 1 ready"}]
    assert trace.arrivals == (1, 2)
    assert (trace.exchanges, trace.connections, trace.requests_on(1)) == (2, 1, 2)


def test_streams_answer_in_the_order_of_finishing() -> None:
    trace = run(
        SPEC, [{"client": "GET /0 HTTP/2"}, {"client": ["GET /1 HTTP/2", "POST /2 HTTP/2"], "finished": [2, 1]}]
    )
    assert _messages(trace) == ["GET /0", "page /0", "GET /1", "POST /2", "page /2", "page /1"]
    assert trace.arrivals == (1, 3, 2)
    assert trace.answer(3) == "page /2"


@pytest.mark.parametrize(
    ("version", "element"), [("HTTP/1.1", "rule:responses-in-order"), ("HTTP/3", "rule:streams-in-any-order")]
)
def test_the_order_of_arrival_rests_on_the_rule_of_the_version(version: str, element: str) -> None:
    trace = run(SPEC, [{"client": f"GET /1 {version}"}])
    with recording() as record:
        assert trace.arrivals == (1,)
    assert record.elements == {element}


def test_requests_behind_close_are_not_processed() -> None:
    steps = [{"client": ["GET /1", {"request": "GET /2", "answer": "close"}, "POST /3"], "finished": [2, 1, 3]}]
    with pytest.raises(ScenarioError, match="safe methods"):
        run(SPEC, steps)
    trace = run(SPEC, [{**steps[0], "finished": [1, 2, 3]}])
    assert [trace.processed(n) for n in (1, 2, 3)] == [True, True, False]
    assert (trace.exchanges, trace.arrivals) == (2, (1, 2))
    assert (trace.open_after(1), trace.open_after(2)) == (True, False)
    assert trace.lines() == (
        "1. connection 1: client: GET /1 HTTP/1.1 -> page /1",
        "2. connection 1: client: GET /2 HTTP/1.1 -> page /2, Connection: close",
        "3. connection 1: client: POST /3 HTTP/1.1 (not processed after close)",
        "4. connection 1: the server closes it",
    )
    ladder = trace.ladder()
    assert [message.note for message in ladder.messages] == [
        "",
        "",
        "not processed after close (RFC 9112 §9.6)",
        "",
        "",
    ]
    assert ladder.moments[-1].states == {"client": "closed", "server": "closed"}
    assert all(message.arrived == message.sent + 1 < len(ladder.moments) for message in ladder.messages)
    with pytest.raises(ModelError, match="request 3 has no response"):
        trace.answer(3)


def test_half_close_of_the_client() -> None:
    trace = run(SPEC, [{"client": "GET /1", "then": "half-close"}])
    moments = trace.ladder().moments
    assert [dict(moment.events) for moment in moments if moment.events] == [
        {"client": "connect"}, {"client": "half-close"}, {"server": "close"},
    ]  # fmt: skip
    assert [moment.states["client"] for moment in moments] == [
        "closed",
        "open",
        "open",
        "half-closed",
        "half-closed",
        "closed",
    ]
    assert trace.open_after(1) is False
    with recording() as record:
        trace.open_after(1)
    assert "rule:half-closed" in record.elements
    with pytest.raises(ScenarioError, match="connection 1 is closed"):
        run(SPEC, [{"client": "GET /1", "then": "half-close"}, {"client": "GET /2"}])


def test_half_close_after_close_changes_nothing() -> None:
    trace = run(SPEC, [{"client": "GET /1", "answer": "close", "then": "half-close"}])
    with recording() as record:
        assert trace.open_after(1) is False
    assert "rule:close-option" in record.elements


def test_a_server_closes_in_stages() -> None:
    steps = [
        {"client": "GET /1"},
        {"server": "half-close"},
        {"client": "GET /2"},
        {"client": "close"},
        {"server": "close"},
    ]
    trace = run(SPEC, steps)
    assert [trace.processed(n) for n in (1, 2)] == [True, False]
    assert trace.lines()[1:] == (
        "2. connection 1: the server half-closes it",
        "3. connection 1: client: GET /2 HTTP/1.1 (not processed: the server has half-closed)",
        "4. connection 1: the client closes it",
        "5. connection 1: the server closes it",
    )
    states = [moment.states["server"] for moment in trace.ladder().moments]
    assert states == ["closed", "open", "open", "open", "half-closed", "half-closed", "half-closed", "closed"]
    assert run(SPEC, [*steps[:2], {"client": ["GET /2"]}]).processed(2) is False


MEANINGLESS: dict[str, tuple[list[Any], int, str]] = {
    "too-many": ([{"client": ["GET /"] * 7}], 0, "1 to 6 requests"),
    "none": ([{"client": []}], 0, "1 to 6 requests"),
    "two-versions": ([{"client": ["GET /", "GET / HTTP/1.0"]}], 0, "of one version"),
    "key-of-all": ([{"client": ["GET /"], "cookie": "a=b"}], 0, "`cookie` means nothing"),
    "key-of-one": ([{"client": [{"request": "GET /", "on": 2}]}], 0, "`on` means nothing"),
    "no-request": ([{"client": [{"answer": "close"}]}], 0, "is no request line"),
    "then": ([{"client": "GET /", "then": "close"}], 0, "`then` can only be `half-close`"),
    "finished-no-list": ([{"client": ["GET /"], "finished": "1"}], 0, "is a list of the requests' numbers"),
    "finished-no-numbers": ([{"client": ["GET /"], "finished": ["first"]}], 0, "is a list of the requests' numbers"),
    "finished-not-each": ([{"client": ["GET /", "GET /"], "finished": [1]}], 0, "names each of the 2 requests once"),
    "finished-in-parallel": ([{"client": ["GET /", "POST /"], "finished": [2, 1]}], 0, "if all have safe methods"),
    "client-half-close": ([{"client": "GET /"}, {"client": "half-close"}], 1, "`then: half-close`"),
    "half-close-unopened": ([{"server": "half-close"}], 0, "never opened"),
    "half-close-twice": ([{"client": "GET /"}, {"server": "half-close"}, {"server": "half-close"}], 2, "half-closed already"),
    "half-close-with-more": ([{"client": "GET /"}, {"server": "half-close", "from": "x"}], 1, "`from` means nothing"),
    "batch-on-closed": ([{"client": "GET / HTTP/1.0"}, {"client": ["GET /"]}], 1, "open another one with `on: 2`"),
    "chunks-to-1.0": ([{"client": "GET / HTTP/1.0", "length": "chunked"}], 0, "no chunks to HTTP/1.0"),
    "length": ([{"client": "GET /", "length": "long"}], 0, "`length` can only be `Content-Length`, `chunked`, `by close`"),
    "status": ([{"client": "GET /", "status": "100"}], 0, "no status of a final response"),
    "status-600": ([{"client": "GET /", "status": "600"}], 0, "no status of a final response"),
    "status-text": ([{"client": "GET /", "status": "OK"}], 0, "no status of a final response"),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "step", "message"), MEANINGLESS.values(), ids=MEANINGLESS)
def test_steps_that_mean_nothing(steps: list[Any], step: int, message: str) -> None:
    with pytest.raises(ScenarioError) as error:
        run(SPEC, steps)
    assert error.value.step == step
    assert message in error.value.message


def test_lengths_and_statuses() -> None:
    trace = run(SPEC, [
        {"client": "GET /1", "length": "chunked"}, {"client": "HEAD /2"}, {"client": "GET /3", "status": 304},
        {"client": "GET /4", "status": "404"}, {"client": "GET /5", "length": "by close"},
    ])  # fmt: skip
    assert [trace.body_end(n).name for n in range(1, 6)] == [
        "chunked",
        "no body",
        "no body",
        "Content-Length",
        "connection close",
    ]
    assert [trace.open_after(n) for n in range(1, 6)] == [True, True, True, True, False]
    assert [line.partition(" -> ")[2] for line in trace.lines()[:5]] == [
        "page /1",
        "200",
        "304",
        "404, page /4",
        "page /5",
    ]


ASKED: dict[str, Callable[[Run], object]] = {
    "exchanges": lambda trace: trace.exchanges,
    "connections": lambda trace: trace.connections,
    "requests_on": lambda trace: trace.requests_on(1),
    "open_after": lambda trace: trace.open_after(1),
    "answer": lambda trace: trace.answer(1),
    "connection_option": lambda trace: trace.connection_option(1),
    "body_end": lambda trace: trace.body_end(1),
    "processed": lambda trace: trace.processed(1),
    "not processed": lambda trace: trace.processed(2),
    "arrivals": lambda trace: trace.arrivals,
    "remembers": lambda trace: trace.remembers,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_every_question_to_a_run_says_why_and_shows_the_run(ask: Callable[[Run], object]) -> None:
    trace = run(SPEC, [{"client": [{"request": "GET /1", "connection": "close"}, "GET /2"]}])
    with recording() as record:
        ask(trace)
    assert record.reasons
    assert record.traces == [trace]


def test_every_published_question_is_asked() -> None:
    assert {name for name in ASKED if " " not in name} == Run.published


def test_the_store_is_drawn_beside_the_connection() -> None:
    trace = run(SPEC, [{"server": "SESSION_LOGIN"}, {"client": "POST /login", "user": "alice"}])
    assert [moment.states["server"] for moment in trace.ladder().moments][-1] == "open; id=1: alice"
    visits = run(SPEC, [{"server": "VISIT_COUNTER"}, {"client": "GET /"}, {"client": "GET /"}])
    assert [moment.states["server"] for moment in visits.ladder().moments][-3:] == ["open; visit: 1 entry", "open; visit: 2 entries", "open; visit: 2 entries"]  # fmt: skip
