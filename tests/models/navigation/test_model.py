"""The model as a whole: its elements, table, words, mutants, and what it asks of each element."""

from dataclasses import replace

import pytest

from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names
from quizgen.models import load
from quizgen.models.navigation import build
from quizgen.models.navigation.asks import ALONE
from quizgen.models.navigation.edges import EDGES
from quizgen.models.navigation.events import EVENTS, TABLE
from quizgen.models.navigation.order import SPEC
from quizgen.models.navigation.variant import Variant
from tests.models.navigation.orders import VARIANTS

NAMES = Names(["navigation"])
MODEL = load("navigation")


def test_elements_are_events_rows_and_variants() -> None:
    groups = {
        group: sum(one.group == group for one in MODEL.elements.values()) for group in ("events", "orders", "variants")
    }
    assert groups == {"events": len(TABLE), "orders": len(EDGES), "variants": 19}


def test_a_mutant_is_a_model_of_its_own() -> None:
    mutant = build(replace(SPEC, edges=tuple(one for one in EDGES if one.id != "order:STYLE:LAYOUT")))
    style, layout = EVENTS.term("STYLE"), EVENTS.term("LAYOUT")
    assert MODEL.vocabulary["precedes"].value(style, layout)
    assert not mutant.vocabulary["precedes"].value(style, layout)


def test_events_are_read_by_name_and_in_both_languages() -> None:
    event = EVENTS.term("TCP_SYN")
    assert event.read("tcp syn") == event.read("the client sends its SYN") == event.read("客户端发出 SYN") == event


def test_the_table_is_full_in_both_languages() -> None:
    heading, first, *rest = MODEL.tables["events"]
    assert len(first) == len(heading)
    assert first[1] == {"en": "", "zh": ""}
    assert all(cell["en"] and cell["zh"] for row in rest for cell in row)


def test_every_word_is_documented() -> None:
    assert all(word.doc.endswith(".") for word in MODEL.vocabulary.values())


# What is left of a circumstance that makes no difference: the usual navigation, or that of the circumstances beside it.
LEFT = {"hsts": "http", "redirect-https": "http", "until-close": "https"}


@pytest.mark.parametrize("name", ALONE)
def test_a_circumstance_that_makes_no_difference(name: str) -> None:
    usual, ignoring = MODEL.vocabulary["navigation"].value, build(replace(SPEC, ignored=frozenset({name}))).vocabulary
    left = VARIANTS[LEFT.get(name, "https")]
    found = ignoring["navigation"].value(**vars(ALONE[name]))
    assert (found.terms, found.before) == (usual(**vars(left)).terms, usual(**vars(left)).before)
    assert (found.terms, found.before) != (usual(**vars(ALONE[name])).terms, usual(**vars(ALONE[name])).before)


def test_a_circumstance_that_is_not_given_is_not_ignored() -> None:
    ignoring = build(replace(SPEC, ignored=frozenset({"cached"}))).vocabulary["navigation"].value
    assert ignoring(**vars(Variant(http3=True))).happens(EVENTS.term("QUIC_START"))


def test_what_is_asked_gives_what_is_unusual_and_can_be_evaluated() -> None:
    asked = MODEL.asks()
    assert asked["variant:hsts"] == 'navigation(scheme="http", hsts=True).happens(TCP_SYN)'
    assert asked["variant:not-persistent"] == "navigation(persistent=False).happens(TCP_SYN)"
    assert {one for one, text in asked.items() if one not in evaluate(text, NAMES).record.elements} == set()


def test_the_mutants_of_the_model_are_models() -> None:
    first = next(iter(MODEL.mutants()))
    assert first.build().name == MODEL.name
