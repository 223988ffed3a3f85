"""What the golden file of the http model is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from quizgen.claims.names import Names
from quizgen.models import load
from quizgen.models.http.handlers import HANDLERS
from quizgen.models.http.run import Run
from quizgen.resources import resource
from tests.models.http import test_claims, test_messages, test_persistence, test_pipeline, test_scenario
from tests.models.told import answers, parts, runs

QUESTIONS = (
    *(f"{word}({handler.name})" for handler in HANDLERS for word in ("stateless", "keeps_records", "violation_of_statelessness")),
    *(f'stateless({handler.name}, "{layout}")' for handler in HANDLERS for layout in ("one", "each")),
    *(f'recognises({handler.name}, connections="{name}")' for handler in HANDLERS for name in ("own", "shared", "new", "any")),
    *(f"recognises({handler.name}, cookies=False, credentials=True)" for handler in HANDLERS),
    *(f"recognises({handler.name}, cookies=False)" for handler in HANDLERS),
    *(f"can_exist({persistent}, {stateless})" for persistent in (True, False) for stateless in (True, False)),
    *(f"protocol_is_stateless({version})" for version in ("", "HTTP_1_0", "HTTP_1_1", "HTTP_2", "HTTP_3")),
    *(f"connection_identifies_client({secured}, {specific})" for secured in (True, False) for specific in (True, False)),
    *(f'{word}("{method}")' for method in test_messages.METHODS for word in ("is_safe", "is_idempotent", "may_retry", "may_pipeline")),
    "stateless(LOGGING_PAGE, longest=1)", "stateless(LOGGING_PAGE, longest=4)", "stateless(LOGGING_PAGE, longest=0)",
    "stateless(LOGGING_PAGE, longest=5)", 'stateless(STATIC_PAGE, "both")', 'stateless("STATIC_PAGE")', 'may_close("proxy")',
    'recognises(STATIC_PAGE, connections="two")', "persists(client)", "announces_closing(HTTP_1_0)", "order_of_responses(HTTP_1_1)",
    "order_of_responses(HTTP_1_1, 0)", "responses_sent(HTTP_1_1)", "may_pipeline()", "may_process_in_parallel()",
    "response_may_be_lost(staged=True, more_sent=False)", "must_close(client)", 'is_safe("FETCH")', 'is_safe("get")',
    "may_have_been_processed(2, 1)", "may_have_been_processed(1, 1)", 'may_request_again(HTTP_2, sent="close")',
    'may_request_again(HTTP_1_0, "keep-alive", "keep-alive")', 'persists(HTTP_1_0, "keep-alive", delimited=False)',
)  # fmt: skip

SCENARIOS: dict[str, list[Any]] = {
    "shop": test_scenario.SHOP,
    "behind close": [{"client": [{"request": "GET /1", "connection": "close"}, "GET /2"]}],
    "half-closes": [
        {"client": "GET /1"}, {"server": "half-close"}, {"client": "GET /2"}, {"client": "close"}, {"server": "close"},
    ],
    "half-close of the client": [{"client": ["GET /1", "GET /2"], "then": "half-close"}],
    "half-close behind close": [{"client": [{"request": "GET /1", "answer": "close"}, "GET /2"], "then": "half-close"}],
    "two connections half-closed": [
        {"client": "GET /1"}, {"client": "GET /2", "on": 2}, {"server": "half-close", "on": 2}, {"client": "GET /3"},
        {"client": ["GET /4"], "on": 2}, {"client": "close", "on": 2}, {"server": "close", "on": 2},
    ],
    "out of order": [{"client": ["GET /1", "GET /2", "GET /3"], "finished": [3, 1, 2]}],
    "streams": [{"client": "GET /0 HTTP/2"}, {"client": ["GET /1 HTTP/2", "POST /2 HTTP/2"], "finished": [2, 1]}],
    "streams as they were asked": [{"client": ["GET /1 HTTP/2", "GET /2 HTTP/2"]}],
    "streams on two connections": [
        {"client": ["GET /1 HTTP/3", "GET /2 HTTP/3"], "finished": [2, 1], "on": 2, "from": "bob"},
        {"client": "GET /3 HTTP/3", "from": "alice"},
    ],
    "some finished are not answered": [
        {"client": [{"request": "GET /1"}, {"request": "GET /2", "answer": "close"}, "GET /3"], "finished": [3, 2, 1]},
    ],
    "lengths and statuses": [
        {"client": "GET /1", "length": "chunked"}, {"client": "HEAD /2"}, {"client": "GET /3", "status": 304},
        {"client": "GET /4", "status": "404"}, {"client": "GET /5", "length": "by close"}, {"client": "GET /6", "on": 99, "status": 599},
    ],
    "every field": [
        {"server": "a counter of visits"},
        {"client": "POST /login?a HTTP/1.1", "cookie": "a=b", "credentials": "c", "user": "u", "connection": "TE", "from": "eve"},
    ],
    "nothing": [],
    "connection 100": [{"client": "GET /", "on": 100}],
    "connection 0": [{"client": "GET /", "on": 0}],
    "connection by name": [{"client": "GET /", "on": "one"}],
    "key of a close": [{"client": "GET /"}, {"client": "close", "status": 200}],
    "key of a request of several": [{"client": [{"request": "GET /", "anwser": "close"}]}],
    "unknown key": [{"client": "GET /", "cooky": "a"}],
    "handlers": [{"server": "SESION_LOGIN"}],
    "another handler": [{"server": "COOKIE_LOGIN"}, {"client": "GET /"}, {"server": "restart"}],
    "method": [{"client": "GTE /"}],
    "lower-case method": [{"client": "get /"}],
    "version": [{"client": "GET / HTTP/2.1"}],
    "spaces": [{"client": "  GET   /a   HTTP/1.0  ", "answer": " close "}],
    "status below": [{"client": "GET /", "status": 199}],
    "status 200": [{"client": "GET /", "status": "200"}],
    "chunked": [{"client": "GET / HTTP/1.0", "length": "chunked"}],
    "close of another": [{"client": "GET /", "on": 3}, {"client": "GET /", "on": 4}, {"client": "close", "on": 3}, {"client": "GET /", "on": 3}],
}  # fmt: skip

ASKED: dict[str, tuple[int, ...] | None] = {
    name: None if isinstance(getattr(Run, name), property) else (0, 1, 2, 3) for name in sorted(Run.published)
}


def told() -> Iterator[str]:
    """The lines of the golden file."""
    model, names = load("http"), Names(["http"])
    tables = (
        test_claims.CLAIMS, test_persistence.ANSWERS, test_messages.BODIES, test_messages.EXCHANGES, test_messages.REASONS,
        test_messages.CLOSINGS, test_pipeline.ANSWERS,
    )  # fmt: skip
    expressions = [entry[0] for table in tables for entry in table.values()]
    shipped = yaml.load((resource("content") / "http/scenarios.yaml").read_text("utf-8"), yaml.BaseLoader)["scenarios"]
    scenarios = {name: one["run"] for name, one in shipped.items()}
    for table in (test_scenario.MEANINGLESS, test_pipeline.MEANINGLESS):
        scenarios |= {name: steps for name, (steps, _, _) in table.items()}
    yield from parts(model)
    yield from answers([*expressions, *QUESTIONS], names)
    yield from runs(model, scenarios)
    yield from runs(model, SCENARIOS, ASKED)
