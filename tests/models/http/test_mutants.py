"""Each rule that the model knows, when it does not hold: a question that is then answered otherwise."""

from collections.abc import Sequence
from typing import Any

import pytest

from quizgen.claims.evaluate import evaluate
from quizgen.models import load
from quizgen.models.base import Model
from quizgen.models.http.run import Run

MODEL = load("http")
MUTANTS = {mutant.id: mutant for mutant in MODEL.mutants()}

# rule: question, the answer, and that of the model in which the rule does not hold
QUESTIONS: dict[str, tuple[str, object, object]] = {
    "server-may-keep": ("keeps_records(LOGGING_PAGE)", True, False),
    "connection-is-no-client": ("connection_identifies_client()", False, True),
    "may-close-any-time": ("may_close(client)", True, False),
    "no-request-after-close": ('may_request_again(HTTP_1_1, sent="close")', False, True),
    "server-closes-after-close": ('must_close(server, received="close")', True, False),
    "client-closes-after-close": ('must_close(client, received="close")', True, False),
    "staged-close": ("response_may_be_lost(staged=True)", False, True),
    "half-close-is-no-end": ("answered_after_half_close()", True, False),
    "parallel-if-safe": ('may_process_in_parallel("GET", "POST")', False, True),
    "no-pipelining-after-non-idempotent": ('may_pipeline(after="POST")', False, True),
    "no-pipelining-on-retry": ("may_pipeline(retrying=True)", False, True),
    "retry-idempotent": ('may_retry("POST")', False, True),
    "no-connection-field": ("has_connection_field(HTTP_2)", False, True),
    "goaway": ("may_have_been_processed(7, 5)", False, True),
    "field-compression": ("field_compression_is_stateful(HTTP_2)", True, False),
    "carrier:credentials": ("recognises(CREDENTIALS_LOGIN, credentials=True)", True, False),
    "carrier:cookie": ("recognises(COOKIE_LOGIN)", True, False),
    "carrier:session": ("recognises(SESSION_LOGIN)", True, False),
}


def _says(model: Model, question: str) -> Any:
    return evaluate(question, {name: word.value for name, word in model.vocabulary.items()}).value


@pytest.mark.parametrize("rule", QUESTIONS)
def test_a_rule_that_does_not_hold_is_noticed(rule: str) -> None:
    question, answer, otherwise = QUESTIONS[rule]
    element = rule if ":" in rule else f"rule:{rule}"
    assert _says(MODEL, question) is answer
    assert _says(MUTANTS[f"{element}#off"].build(), question) is otherwise


def test_a_server_that_may_take_the_connection_for_the_user_knows_each_on_one_of_their_own() -> None:
    question = 'recognises(CONNECTION_LOGIN, connections="shared")'
    mutant = MUTANTS["rule:connection-is-no-client#off"].build()
    assert [_says(model, question) for model in (MODEL, mutant)] == [False, True]


def _run(model: Model, steps: Sequence[object]) -> Run:
    assert model.run is not None
    run: Run = model.run(steps)
    return run


BEHIND_CLOSE = [{"client": [{"request": "GET /1", "connection": "close"}, "GET /2"]}]


def test_a_server_that_goes_on_after_close_is_noticed() -> None:
    mutant = MUTANTS["rule:no-processing-after-close#off"].build()
    assert [_run(model, BEHIND_CLOSE).processed(2) for model in (MODEL, mutant)] == [False, True]


def test_a_server_to_which_a_half_close_ends_everything_can_be_drawn() -> None:
    mutant = MUTANTS["rule:half-close-is-no-end#off"].build()
    run = _run(mutant, [{"client": "GET /1", "then": "half-close"}])
    assert run.exchanges == 0
    assert [message.label for message in run.ladder().messages] == ["GET /1 HTTP/1.1"]


def test_every_rule_that_can_be_switched_off_is_asked() -> None:
    off = {id_.removesuffix("#off").removeprefix("rule:") for id_ in MUTANTS if id_.endswith("#off")}
    assert off == {*QUESTIONS, "no-processing-after-close"}
