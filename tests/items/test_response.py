"""Scoring of responses, for every item type, and of typed answers as people type them."""

from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.question import Blank, Question
from quizgen.items.response import Response, amount, fills, normalised, score
from quizgen.models.values import UNITS, Unreadable
from tests.samples import QUESTIONS

SAMPLE: Mapping[str, Question] = {question.id.rpartition("/")[2]: question for question in QUESTIONS}

RESPONSES = [
    pytest.param("acknowledges", 0, (True,) * 4, id="choice right"),
    pytest.param("acknowledges", 1, (False, False, True, True), id="choice wrong"),
    pytest.param("flags", {0, 1}, (True,) * 4, id="multiple right"),
    pytest.param("flags", {1}, (False, True, True, True), id="multiple with one missing"),
    pytest.param("flags", {0, 1, 2}, (True, True, False, True), id="multiple with a wrong one"),
    pytest.param("flags", set(), (False, False, True, True), id="multiple with none"),
    pytest.param("together", 1, (True, True), id="true-false right"),
    pytest.param("cloze", ["syn sent", "established"], (True, True), id="cloze right"),
    pytest.param("cloze", ["SYN-SENT", "SYN-SENT"], (True, False), id="cloze half right"),
    pytest.param("header", ["160 bits"], (True,), id="numeric in another unit"),
    pytest.param("header", ["24"], (False,), id="numeric wrong"),
    pytest.param("state", ["SYN_RECV"], (True,), id="short by an alias"),
    pytest.param("state", [""], (False,), id="short left empty"),
    pytest.param("order", (0, 1, 2), (True,) * 3, id="order right"),
    pytest.param("order", (1, 0, 2), (False, False, True), id="order wrong"),
    pytest.param("match", {0: 0, 1: 1}, (True, True), id="match right"),
    pytest.param("match", {0: 0}, (True, False), id="match half done"),
    pytest.param("figure", 2, (False, True, False), id="figure wrong"),
]


@pytest.mark.parametrize(("name", "response", "parts"), RESPONSES)
def test_score(name: str, response: Response, parts: tuple[bool, ...]) -> None:
    found = score(SAMPLE[name], response)
    assert found.parts == parts
    assert found.right == all(parts)


def test_a_wrong_option_shows_its_misconception() -> None:
    assert score(SAMPLE["together"], 0).misconceptions == ("both-established-together",)
    assert score(SAMPLE["together"], 1).misconceptions == ()


MISFITS = [
    pytest.param("acknowledges", 4, id="no such option"),
    pytest.param("flags", {0, 9}, id="no such options"),
    pytest.param("cloze", ["SYN-SENT"], id="a blank missing"),
    pytest.param("order", (0, 0, 1), id="no permutation"),
    pytest.param("match", {0: 5}, id="no such right"),
]


@pytest.mark.parametrize(("name", "response"), MISFITS)
def test_a_response_that_does_not_fit(name: str, response: Response) -> None:
    with pytest.raises(ValueError, match=r"not|shorter"):
        score(SAMPLE[name], response)


SAME = [
    pytest.param("SYN_RECEIVED", "ｓｙｎ－ｒｅｃｅｉｖｅｄ", id="full width"),
    pytest.param("SYN-RECEIVED", " syn   received. ", id="spaces and full stop"),
    pytest.param("SYN-RECEIVED", "SYN–RECEIVED", id="en dash"),
    pytest.param("x + 1", "`X+1`", id="spaces around a sign, backticks"),
    pytest.param("x - 1", "x − 1", id="minus sign"),
    pytest.param("SYN, ACK", "SYN，ACK", id="full-width comma"),
    pytest.param("TCP 连接", "tcp连接。", id="space beside a Chinese character"),
    pytest.param("“SameSite=Lax”", "samesite = lax", id="quotation marks"),
]


@pytest.mark.parametrize(("accepted", "typed"), SAME)
def test_spelling_does_not_matter(accepted: str, typed: str) -> None:
    assert fills(Blank({"en": accepted}, (accepted,)), typed)


DIFFERENT = [
    pytest.param("x + 1", "x - 1", id="sign"),
    pytest.param("-1", "1", id="minus"),
    pytest.param("x=-1", "x=1", id="minus after a sign"),
    pytest.param("SYN-SENT", "SYNSENT", id="words run together"),
    pytest.param("/", "", id="nothing typed"),
]


@pytest.mark.parametrize(("accepted", "typed"), DIFFERENT)
def test_what_matters(accepted: str, typed: str) -> None:
    assert not fills(Blank({"en": accepted}, (accepted,)), typed)


AMOUNTS = [
    pytest.param("4 KiB", "B", 4096, id="size"),
    pytest.param("４０９６", "B", 4096, id="full width"),
    pytest.param("4,096 bytes", "B", 4096, id="thousands"),
    pytest.param("1.5 min", "s", 90, id="time"),
    pytest.param("90 秒", "min", 1.5, id="Chinese unit"),
    pytest.param("−3", "", -3, id="minus sign"),
    pytest.param("2e3", "", 2000, id="exponent"),
    pytest.param(".5", "", 0.5, id="no leading digit"),
    pytest.param("3 segments", "segments", 3, id="a unit that is only a word"),
]


@pytest.mark.parametrize(("typed", "unit", "value"), AMOUNTS)
def test_amount(typed: str, unit: str, value: float) -> None:
    assert amount(typed, unit) == value


@pytest.mark.parametrize(
    "typed", ["", "many", "1,5", "4 KiB 3", "1e999999999", "9" * 99, "3 s", "0x14", "4 parsec", "20 words"]
)
def test_no_amount(typed: str) -> None:
    with pytest.raises(Unreadable):
        amount(typed, "B")


def test_tolerance_is_inclusive() -> None:
    blank = Blank({"en": "0.3 s"}, (), 0.3, 0.1, "s")
    assert fills(blank, "400 ms")
    assert fills(blank, "0.2")
    assert not fills(blank, "0.401")


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(st.lists(st.text("abcXYZ019", min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_any_separator_joins_words(words: list[str], data: st.DataObject) -> None:
    separator = st.sampled_from(["-", "_", " ", "  ", "–", "\u3000"])
    typed = "".join(word + data.draw(separator) for word in words[:-1]) + words[-1]
    assert normalised(typed) == "-".join(words).casefold()


@given(st.text())
def test_any_text_is_scored_or_unreadable(text: str) -> None:
    with suppress(Unreadable):
        assert fills(Blank({"en": "20"}, ("20",), 20.0, 0.0, "B"), text) in (True, False)


@given(st.integers(-(10**9), 10**9), st.sampled_from(sorted(UNITS)))
def test_a_shown_quantity_is_read_back(number: int, unit: str) -> None:
    assert amount(f"{number:,} {unit}", unit) == number
