"""Questions before the learner: their order, and what keys and lines mean."""

import pytest

from quizgen.items.response import Response, score
from quizgen.models.values import Unreadable
from quizgen.study.presented import OPTION_KEYS, Presented, present
from tests.samples import QUESTIONS

SAMPLE = {question.id.rpartition("/")[2]: question for question in QUESTIONS}
PLACES = {"acknowledges": (2, 0, 3, 1), "flags": (3, 2, 1, 0), "order": (2, 0, 1), "match": (1, 0)}

LINES = [
    pytest.param("acknowledges", " 2. ", 0, id="choice"),
    pytest.param("acknowledges", "２", 0, id="choice, full width"),
    pytest.param("flags", "3 4", {0, 1}, id="multiple"),
    pytest.param("flags", "34", {0, 1}, id="multiple run together"),
    pytest.param("flags", "4、3", {0, 1}, id="multiple with an ideographic comma"),
    pytest.param("order", "2, 3, 1", (0, 1, 2), id="order"),
    pytest.param("order", "2 > 3 > 1", (0, 1, 2), id="order with signs"),
    pytest.param("match", "b a", {0: 0, 1: 1}, id="match by letters"),
    pytest.param("match", "2a 1b", {0: 0, 1: 1}, id="match by pairs"),
    pytest.param("match", "1 → B; 2 → A", {0: 0, 1: 1}, id="match by arrows"),
]


@pytest.mark.parametrize(("name", "line", "response"), LINES)
def test_read(name: str, line: str, response: Response) -> None:
    assert Presented(SAMPLE[name], PLACES[name]).read(line) == response


UNREADABLE = [
    ("acknowledges", ""), ("acknowledges", "5"), ("acknowledges", "1 2"), ("acknowledges", "x + 1"), ("flags", "0"),
    ("order", "1 2"), ("order", "1 1 2"), ("order", "1 2 3 1"), ("match", "a"), ("match", "a a"), ("match", "1a"), ("match", "1a 1b"),
    ("match", "1a 2b 3"), ("match", "a c"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "line"), UNREADABLE)
def test_what_is_no_answer(name: str, line: str) -> None:
    with pytest.raises(Unreadable):
        Presented(SAMPLE[name], PLACES[name]).read(line)


def test_nothing_chosen_is_an_answer_to_multiple() -> None:
    assert not score(SAMPLE["flags"], Presented(SAMPLE["flags"], PLACES["flags"]).response("")).right


@pytest.mark.parametrize("seed", range(20))
def test_things_to_order_never_stand_right_already(seed: int) -> None:
    assert present(SAMPLE["order"], 0, seed).places not in SAMPLE["order"].orders


def test_true_stands_before_false() -> None:
    assert {present(SAMPLE["together"], times, 0).places for times in range(20)} == {(0, 1)}


def test_options_move_from_time_to_time_and_are_repeatable() -> None:
    orders = [present(SAMPLE["acknowledges"], times, 0).places for times in range(20)]
    assert len(set(orders)) > 5
    assert orders == [present(SAMPLE["acknowledges"], times, 0).places for times in range(20)]


def test_no_key_means_two_things() -> None:
    assert not set(OPTION_KEYS) & set("hsqu?")


@pytest.mark.parametrize(("name", "text"), [("header", "many"), ("header", "20 s"), ("header", ""), ("state", "  ")])
def test_texts_that_are_asked_for_again(name: str, text: str) -> None:
    with pytest.raises(Unreadable):
        present(SAMPLE[name], 0, 0).check_text(0, text)
