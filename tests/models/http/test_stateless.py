"""Statelessness, found out rather than declared; and what ties requests together."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.models.base import ModelError, recording
from quizgen.models.http import SPEC, build, stateless_words
from quizgen.models.http.handlers import HANDLERS, STATIC_PAGE, Handler, Store
from quizgen.models.http.message import HTTP_2, HTTP_3, Answer, Request
from quizgen.models.http.recognise import CONNECTIONS
from quizgen.models.http.run import Run
from quizgen.models.http.server import answered
from quizgen.models.http.stateless import ANY, BOUND, EACH, LETTERS, ONE, search, violation

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
    assert (violation(SPEC, handler, ANY, bound=4) is None) == HANDLED[handler.name][0]


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


def test_the_protocol_is_stateless_in_every_version() -> None:
    word = WORDS["protocol_is_stateless"].value
    assert word() is True
    assert [word(version) for version in WORDS["VERSIONS"].value] == [True] * 4
    with pytest.raises(ModelError, match="asked of a version"):
        word("HTTP/2")


def test_a_protocol_that_inherits_is_caught_in_the_version_asked_about() -> None:
    mutant = build(replace(SPEC, inherited=("credentials",))).vocabulary["protocol_is_stateless"].value
    for version in (HTTP_2, HTTP_3):
        with recording() as record:
            assert mutant(version) is False
        assert str(version) in record.traces[0].lines()[0]


# handler: how many situations the server came to, over histories of any length or only up to the bound
SITUATIONS = {
    "STATIC_PAGE": "however long, changes an answer: the server comes to one situation only",
    "CREDENTIALS_LOGIN": "however long, changes an answer: the server comes to one situation only",
    "COOKIE_LOGIN": "however long, changes an answer: the server comes to one situation only",
    "LOGGING_PAGE": "No history of up to 3 earlier requests, in any order, changes an answer: the server came to 259 situations",
}  # fmt: skip


@pytest.mark.parametrize(("name", "reason"), SITUATIONS.items(), ids=SITUATIONS)
def test_the_verdict_says_what_was_gone_through(name: str, reason: str) -> None:
    with recording() as record:
        assert WORDS["stateless"].value(WORDS[name].value)
    assert any(reason in given for given in record.reasons)


def _remembering(after: int) -> Handler:
    """A server that answers otherwise once it has taken so many requests."""

    def respond(request: Request, connection: int, store: Store) -> tuple[Answer, Store]:
        return Answer("late" if len(store) >= after else "early"), (*store, ("seen", request.target))

    return Handler("REMEMBERING", STATIC_PAGE.title, respond, STATIC_PAGE.cite)


@pytest.mark.parametrize("after", range(1, BOUND + 1))
@pytest.mark.parametrize("layout", [ANY, ONE, EACH])
def test_the_counterexample_is_as_long_as_it_has_to_be(after: int, layout: str) -> None:
    found = violation(SPEC, _remembering(after), layout)
    assert found is not None
    assert (len(found.history), found.alone.body, found.after.body) == (after, "early", "late")
    assert found.run.exchanges == after + 1


def test_what_lies_beyond_the_bound_is_not_found_and_not_claimed() -> None:
    found = search(SPEC, _remembering(BOUND + 1))
    assert (found.violation, found.complete, found.longest) == (None, False, BOUND)
    assert violation(SPEC, _remembering(BOUND + 1), bound=BOUND + 1) is not None
    assert WORDS["stateless"].value(_remembering(BOUND + 1)) is True
    assert WORDS["stateless"].value(_remembering(BOUND + 1), longest=BOUND + 1) is False


@pytest.mark.parametrize("longest", [0, 5])
def test_only_so_many_histories_can_be_gone_through(longest: int) -> None:
    with pytest.raises(ModelError, match="1 to 4 requests"):
        WORDS["stateless"].value(STATIC_PAGE, longest=longest)


STATES = 3
_machines = st.lists(
    st.tuples(st.integers(0, STATES - 1), st.integers(0, 1)), min_size=STATES * len(LETTERS), max_size=STATES * len(LETTERS)
)  # fmt: skip


def _machine(rows: list[tuple[int, int]]) -> Handler:
    """A server with a store of three states: each request leads to a state and gets an answer by a table."""

    def respond(request: Request, connection: int, store: Store) -> tuple[Answer, Store]:
        state = int(store[0][1]) if store else 0
        plain = replace(request, connection="")
        then, answer = rows[state * len(LETTERS) + LETTERS.index(plain)]
        return Answer(str(answer)), (("state", str(then)),)

    return Handler("MACHINE", STATIC_PAGE.title, respond, STATIC_PAGE.cite)


def _shortest(handler: Handler) -> int | None:
    """By brute force, without leaving anything out."""
    alone = {letter: handler.respond(letter, 1, ())[0] for letter in LETTERS}
    for length in range(1, BOUND + 1):
        for history in product(LETTERS, repeat=length):
            store: Store = ()
            for letter in history:
                _, store = handler.respond(letter, 1, store)
            if any(handler.respond(letter, 1, store)[0] != alone[letter] for letter in LETTERS):
                return length
    return None


@settings(max_examples=60)
@given(_machines)
def test_the_search_finds_what_trying_everything_finds(rows: list[tuple[int, int]]) -> None:
    handler = _machine(rows)
    shortest = _shortest(handler)
    for layout in (ONE, EACH):
        found = violation(SPEC, handler, layout)
        assert (None if found is None else len(found.history)) == shortest
        if found is not None:
            replayed = answered(SPEC, handler, (*found.history, found.request))
            assert replayed.answer(replayed.exchanges) == found.after.body != found.alone.body


def test_all_four_combinations_have_a_witness_that_is_shown() -> None:
    for persistent, stateless in product((True, False), repeat=2):
        with recording() as record:
            assert WORDS["can_exist"].value(persistent, stateless) is True
        (trace,) = record.traces
        assert isinstance(trace, Run)
        assert (trace.connections == 1) is persistent
        assert trace.exchanges == 2
        assert trace.open_after(1) is persistent
        assert (violation(SPEC, trace.handler, ONE if persistent else EACH) is None) is stateless


def test_without_a_server_there_is_no_witness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stateless_words, "HANDLERS", (STATIC_PAGE,))
    with recording() as record:
        assert WORDS["can_exist"].value(True, False) is False
        assert WORDS["can_exist"].value(True, True) is True
    assert len(record.traces) == 1


def test_the_violation_is_given_with_its_reason() -> None:
    with recording() as record:
        trace = WORDS["violation_of_statelessness"].value(WORDS["VISIT_COUNTER"].value)
    assert [trace.answer(n) for n in (1, 2)] == ["visit 1", "visit 2"]
    assert trace.show() == "; ".join(trace.lines())
    assert record.traces == [trace]
    assert (
        "GET /account HTTP/1.1 alone gets `visit 1`, after GET /account HTTP/1.1 it gets `visit 2`." in record.reasons
    )


def test_without_a_rule_there_is_no_witness() -> None:
    rules = tuple(replace(rule, persists=False) for rule in SPEC.rules)
    assert build(replace(SPEC, rules=rules)).vocabulary["can_exist"].value(True, True) is False
