"""When a connection persists: the steps of RFC 9112 §9.3, and what §9.5 and §9.6 say of closing."""

from dataclasses import replace

import pytest

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names
from quizgen.models.http import SPEC, build
from quizgen.models.http.message import FRAMED, HTTP_1_0, VERSIONS
from quizgen.models.http.persistence import PersistenceRule, decide
from quizgen.models.http.run import Run

NAMES = Names(["http"])

ANSWERS = {
    "1.1": ("persists(HTTP_1_1)", True),
    "1.1-close": ('persists(HTTP_1_1, "close")', False),
    "1.1-keep-alive": ('persists(HTTP_1_1, "keep-alive")', True),
    "option-in-a-list-of-any-case": ('persists(HTTP_1_1, "TE , Close")', False),
    "close-wins-over-keep-alive": ('persists(HTTP_1_0, "keep-alive, close")', False),
    "1.0": ("persists(HTTP_1_0)", False),
    "1.0-keep-alive": ('persists(HTTP_1_0, "Keep-Alive")', True),
    "1.0-keep-alive-not-honoured": ('persists(HTTP_1_0, "keep-alive", honoured=False)', False),
    "1.1-needs-no-consent": ("persists(HTTP_1_1, honoured=False)", True),
    "close-needs-no-consent": ('persists(HTTP_1_1, "close", honoured=False)', False),
    "length-by-close-needs-no-consent": ("persists(HTTP_1_1, delimited=False, honoured=False)", False),
    "length-by-close": ("persists(HTTP_1_1, delimited=False)", False),
    "2": ("persists(HTTP_2)", True),
    "3": ("persists(HTTP_3)", True),
    "default-since-1.1": ("[v for v in VERSIONS if persists(v)] == [HTTP_1_1, HTTP_2, HTTP_3]", True),
    "again": ("may_request_again(HTTP_1_1)", True),
    "not-after-sending-close": ('may_request_again(HTTP_1_1, sent="close")', False),
    "not-after-receiving-close": ('may_request_again(HTTP_1_1, received="close")', False),
    "not-after-plain-1.0": ("may_request_again(HTTP_1_0)", False),
    "after-1.0-keep-alive": ('may_request_again(HTTP_1_0, received="keep-alive")', True),
    "again-http2": ("may_request_again(HTTP_2)", True),
    "no-whole-option": ('persists(HTTP_1_1, "closed")', True),
    "no-other-whitespace": ('persists(HTTP_1_1, "\u00a0close")', True),
    "both-may-close": ("may_close(client) and may_close(server)", True),
    "server-closes-after-receiving-close": ('must_close(server, received="close")', True),
    "server-closes-after-sending-close": ('must_close(server, sent="close")', True),
    "client-closes-after-receiving-close": ('must_close(client, received="close")', True),
    "client-closes-after-sending-close": ('must_close(client, sent="close")', True),
    "no-one-has-to-close": ("must_close(server)", False),
}


@pytest.mark.parametrize(("expression", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_answers(expression: str, answer: bool) -> None:
    found = evaluate(expression, NAMES)
    assert found.value is answer
    assert found.record.reasons
    assert found.record.elements
    if expression.startswith("persists"):
        run = found.record.traces[0]
        assert isinstance(run, Run)
        assert run.open_after(1) is answer


@pytest.mark.parametrize(
    "expression",
    ['persists("HTTP/1.1")', 'may_close("proxy")', "must_close(SERVER)", 'stateless("STATIC_PAGE")',
     'stateless(STATIC_PAGE, "both")', 'recognises(STATIC_PAGE, connections="two")',
     "violation_of_statelessness(STATIC_PAGE)"],
)  # fmt: skip
def test_questions_that_make_no_sense(expression: str) -> None:
    with pytest.raises(ClaimError):
        evaluate(expression, NAMES)


@pytest.mark.parametrize("version", ["HTTP_2", "HTTP_3"])
@pytest.mark.parametrize(
    "question", ['persists({}, "close")', 'may_request_again({}, sent="close")', 'may_request_again({}, received="TE")']
)
def test_http2_and_http3_have_no_connection_field(question: str, version: str) -> None:
    with pytest.raises(ClaimError) as error:
        evaluate(question.format(version), NAMES)
    shown, cite = {"HTTP_2": ("HTTP/2", "RFC 9113 §8.2.2"), "HTTP_3": ("HTTP/3", "RFC 9114 §4.2")}[version]
    assert error.value.message.startswith(f"{shown} has no Connection field: with one a message is malformed ({cite})")


CASES = [
    (version, field)
    for version in VERSIONS.terms()
    for field in ("", "close", "keep-alive")
    if not field or version not in FRAMED
]


@pytest.mark.parametrize("rule", SPEC.rules, ids=lambda rule: rule.id)
def test_a_mutant_of_each_rule_answers_some_question_otherwise(rule: PersistenceRule) -> None:
    rules = tuple(replace(one, persists=not one.persists) if one is rule else one for one in SPEC.rules)
    mutant, true = (build(replace(SPEC, rules=given)).vocabulary["persists"].value for given in (rules, SPEC.rules))
    assert any(mutant(*case, delimited=told) != true(*case, delimited=told) for case in CASES for told in (True, False))


def test_rules_that_leave_a_version_out_are_a_mistake() -> None:
    with pytest.raises(LookupError, match=r"speaks of HTTP/1\.0"):
        decide(SPEC.rules[:-1], HTTP_1_0, "", delimited=True, consents=True)
