"""The http model as a whole: its elements are those that answers touch, its tables are full in both languages."""

import pytest

from quizgen.models import load
from quizgen.models.base import recording
from quizgen.models.http.handlers import HANDLERS

MODEL = load("http")


def test_answers_touch_known_elements_and_together_all_of_them() -> None:
    words = {name: word.value for name, word in MODEL.vocabulary.items()}
    with recording() as record:
        for version in words["VERSIONS"]:
            for field in ("", "close", "keep-alive"):
                words["persists"](version, field)
        words["persists"](words["HTTP_1_1"], delimited=False)
        words["may_request_again"](words["HTTP_1_1"])
        words["may_close"](words["client"])
        words["must_close"](words["client"]), words["must_close"](words["server"])
        words["connection_identifies_client"]()
        for handler in HANDLERS:
            words["stateless"](handler), words["keeps_records"](handler), words["recognises"](handler)
    assert record.elements == set(MODEL.elements)


def test_every_word_is_documented_and_cited() -> None:
    assert all(word.doc.endswith(".") and word.cite for word in MODEL.vocabulary.values())


@pytest.mark.parametrize("name", list(MODEL.tables))
def test_tables_are_full_in_both_languages(name: str) -> None:
    heading, *body = MODEL.tables[name]
    assert body
    assert all(len(row) == len(heading) and all(cell["en"] and cell["zh"] for cell in row) for row in body)
