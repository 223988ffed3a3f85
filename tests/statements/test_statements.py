"""The models decide every statement as the table says, and the shipped bank teaches each."""

import pytest

from quizgen.check.compile import Checked, compile_paths
from quizgen.resources import resource
from tests.statements.judge import Judge, Statement, statements

STATEMENTS = statements()
IDS = [f"{one.section}/{one.id}" for one in STATEMENTS]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture(scope="module")
def checked() -> Checked:
    return compile_paths([resource("content")])


def test_there_are_53() -> None:
    assert len(STATEMENTS) == 53


@pytest.mark.parametrize("statement", STATEMENTS, ids=IDS)
def test_the_model_agrees(statement: Statement, judge: Judge) -> None:
    expected = {"right": "right", "imprecise": "refuted", "wrong": "refuted", "cited": "cited"}[statement.verdict]
    assert judge.verdict(statement) == expected
    if statement.model:
        assert judge.answer(statement, statement.claim).record.elements, "the answer rests on nothing"
    if expected == "refuted":
        assert judge.counterexample(statement)
        assert judge.answer(statement, statement.precise).value is True


@pytest.mark.parametrize("statement", STATEMENTS, ids=IDS)
def test_the_bank_teaches_it(statement: Statement, checked: Checked) -> None:
    if statement.verdict in ("imprecise", "wrong"):
        entries = [entry.spec for topic in checked.knowledge.topics.values() for entry in topic.items]
        asked = [question for question in checked.bank.questions if question.type != "true-false"]
        options = [option for question in asked for option in question.options if not option.right]
        assert statement.taught in checked.knowledge.misconceptions
        assert any(spec.type == "true-false" and spec.misconception == statement.taught for spec in entries)
        assert any(option.misconception == statement.taught for option in options)
    else:
        standing = {question.item: question.standing for question in checked.bank.questions}
        wanted = "cited" if statement.verdict == "cited" else "proved"
        assert statement.taught
        assert [standing.get(item) for item in statement.taught] == [wanted] * len(statement.taught)
