"""The http model as a whole: its elements are those that answers touch, its tables are full in both languages."""

import pytest

from quizgen.claims.evaluate import evaluate
from quizgen.models import load
from quizgen.models.base import recording
from quizgen.models.http import SPEC
from quizgen.models.http.handlers import HANDLERS
from quizgen.models.http.message import FRAMED
from quizgen.models.http.scenario import run
from tests.models.http.test_messages import BODIES, CLOSINGS, EXCHANGES, REASONS
from tests.models.http.test_pipeline import ANSWERS

MODEL = load("http")


def test_answers_touch_known_elements_and_together_all_of_them() -> None:
    words = {name: word.value for name, word in MODEL.vocabulary.items()}
    with recording() as record:
        for version in words["VERSIONS"]:
            for field in ("", "close", "keep-alive") if version not in FRAMED else ("",):
                words["persists"](version, field)
        words["persists"](words["HTTP_1_1"], delimited=False)
        words["may_request_again"](words["HTTP_1_1"])
        words["may_close"](words["client"])
        words["must_close"](words["client"]), words["must_close"](words["server"])
        words["connection_identifies_client"]()
        for handler in HANDLERS:
            words["stateless"](handler), words["keeps_records"](handler), words["recognises"](handler)
        for expression, _ in (
            *BODIES.values(),
            *CLOSINGS.values(),
            *EXCHANGES.values(),
            *REASONS.values(),
            *ANSWERS.values(),
        ):
            record.elements |= evaluate(expression, words).record.elements
        for method in words["METHODS"]:
            words["may_retry"](method)
        words["may_pipeline"](retrying=True)
        run(SPEC, [{"client": "GET /", "then": "half-close"}]).open_after(1)
        run(SPEC, [{"client": [{"request": "GET /", "answer": "close"}, "GET /"]}]).processed(2)
    assert record.elements == set(MODEL.elements)


def test_every_word_is_documented_and_cited() -> None:
    assert all(word.doc.endswith(".") and word.cite for word in MODEL.vocabulary.values())


@pytest.mark.parametrize("name", list(MODEL.tables))
def test_tables_are_full_in_both_languages(name: str) -> None:
    heading, *body = MODEL.tables[name]
    assert body
    assert all(len(row) == len(heading) and all(cell["en"] and cell["zh"] for cell in row) for row in body)


def test_the_versions_differ_as_the_table_says() -> None:
    rows = [[cell["en"] for cell in row] for row in MODEL.tables["versions"][1:]]
    assert rows == [
        ["HTTP/1.0", "no", "yes", "yes", "`Connection: close`"],
        ["HTTP/1.1", "yes", "yes", "yes", "`Connection: close`"],
        ["HTTP/2", "yes", "no", "no", "GOAWAY"],
        ["HTTP/3", "yes", "no", "no", "GOAWAY"],
    ]
    assert [[cell["zh"] for cell in row[1:4]] for row in MODEL.tables["versions"][1:2]] == [["否", "是", "是"]]


def test_the_method_table_says_what_the_words_say() -> None:
    for name, safe, idempotent, _ in MODEL.tables["methods"][1:]:
        assert (safe["en"] == "yes") is MODEL.vocabulary["is_safe"].value(name["en"])
        assert (idempotent["en"] == "yes") is MODEL.vocabulary["is_idempotent"].value(name["en"])
