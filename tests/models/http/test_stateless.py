"""Statelessness, found out rather than declared; and what ties requests together."""

from dataclasses import replace

import pytest

from quizgen.models.base import recording
from quizgen.models.http import SPEC, build
from quizgen.models.http.handlers import HANDLERS, Handler
from quizgen.models.http.recognise import CONNECTIONS
from quizgen.models.http.stateless import ANY, EACH, ONE, violation

WORDS = build().vocabulary

# handler: stateless, keeps records, stateless when every request has its own connection
HANDLED = {
    "STATIC_PAGE": (True, False, True),
    "LOGGING_PAGE": (True, True, True),
    "VISIT_COUNTER": (False, True, False),
    "CREDENTIALS_LOGIN": (True, False, True),
    "COOKIE_LOGIN": (True, False, True),
    "SESSION_LOGIN": (False, True, False),
    "CONNECTION_LOGIN": (False, True, True),
}
EACH_HANDLER = pytest.mark.parametrize("handler", HANDLERS, ids=lambda handler: handler.name)


@EACH_HANDLER
def test_handlers(handler: Handler) -> None:
    stateless, keeps, each = HANDLED[handler.name]
    assert WORDS["stateless"].value(handler) is stateless
    assert WORDS["keeps_records"].value(handler) is keeps
    assert WORDS["stateless"].value(handler, EACH) is each


@EACH_HANDLER
def test_longer_histories_change_no_verdict(handler: Handler) -> None:
    assert (violation(SPEC, handler, ANY, bound=3) is None) == HANDLED[handler.name][0]


@EACH_HANDLER
def test_a_stateless_handler_stays_so_whether_or_not_connections_persist(handler: Handler) -> None:
    if HANDLED[handler.name][0]:
        assert violation(SPEC, handler, ONE) is None
        assert violation(SPEC, handler, EACH) is None


@EACH_HANDLER
def test_a_violation_is_as_short_as_can_be_and_can_be_replayed(handler: Handler) -> None:
    found = violation(SPEC, handler)
    if found is None:
        return
    assert len(found.history) == 1
    assert found.run.answer(found.run.exchanges) == found.after.body != found.alone.body


# handler: which layouts of connections leave each user recognised, with cookies and credentials
RECOGNISED = {
    "STATIC_PAGE": set(),
    "LOGGING_PAGE": set(),
    "VISIT_COUNTER": set(),
    "CREDENTIALS_LOGIN": {"own", "shared", "new"},
    "COOKIE_LOGIN": {"own", "shared", "new"},
    "SESSION_LOGIN": {"own", "shared", "new"},
    "CONNECTION_LOGIN": {"own"},
}


@EACH_HANDLER
def test_who_recognises_users(handler: Handler) -> None:
    recognises = WORDS["recognises"].value
    found = {name for name in CONNECTIONS if recognises(handler, credentials=True, connections=name)}
    assert found == RECOGNISED[handler.name]
    assert recognises(handler, credentials=True) == (found == set(CONNECTIONS))


@EACH_HANDLER
def test_without_cookies_or_credentials_no_one_is_recognised_on_every_connection(handler: Handler) -> None:
    assert not WORDS["recognises"].value(handler, cookies=False)


def test_a_connection_is_a_client_only_if_secured_and_its_own() -> None:
    identifies = WORDS["connection_identifies_client"].value
    assert [identifies(a, b) for a in (False, True) for b in (False, True)] == [False, False, False, True]


def test_a_protocol_that_inherits_fields_is_caught() -> None:
    """The mutant: a request takes over the cookie of the one before it on its connection."""
    mutant = build(replace(SPEC, inherited=("cookie",))).vocabulary
    with recording() as record:
        assert not mutant["protocol_is_stateless"].value()
        assert not mutant["stateless"].value(mutant["COOKIE_LOGIN"].value)
    assert len(record.traces) == 2
    assert "GET /account HTTP/1.1 -> account of alice" in record.traces[1].lines()[1]
