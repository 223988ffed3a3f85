"""Figures about a bank, and the findings about those that chance does not explain."""

from pathlib import Path

import pytest

from quizgen.check.compile import Checked, compile_paths
from quizgen.check.statistics import statistics
from quizgen.items.shuffle import shuffled
from quizgen.resources import resource
from tests.check.wording import Words, choice, findings, item, under


def choices(number: int, key: Words, *distractors: Words) -> list[str]:
    return [choice(f"Stem {index}?", key, *distractors, id_=f"item-{index}") for index in range(number)]


def statements(*keys: bool) -> list[str]:
    stated = [{"statement": f"Statement {index}.", "key": str(key).lower()} for index, key in enumerate(keys)]
    return [item(f"item-{index}", "true-false", **each) for index, each in enumerate(stated)]


@pytest.mark.parametrize(
    ("items", "messages"),
    [
        pytest.param(choices(4, "longer", "a", "b", "c"), ["the key is the longest option in 4 of 4 items"], id="four"),
        pytest.param(choices(3, "longer", "a", "b", "c"), [], id="three"),
        pytest.param(choices(4, "long", "a", "b", "same"), [], id="one-as-long"),
        pytest.param(choices(9, "k", "longer", "b", "c"), [], id="never-the-longest"),
        pytest.param(
            choices(4, {"en": "k", "zh": "较长"}, {"en": "a", "zh": "甲"}, {"en": "b", "zh": "乙"}), [], id="of-3"
        ),
        pytest.param(statements(*[True] * 8), ["statements are true in 8 of 8 items"], id="all-true"),
        pytest.param(statements(*[False] * 8), ["statements are true in 0 of 8 items"], id="all-false"),
        pytest.param(statements(*[True] * 7), [], id="seven"),
        pytest.param(statements(*[True, False] * 9), [], id="half"),
    ],
)
def test_what_chance_does_not_explain(items: list[str], messages: list[str], tmp_path: Path) -> None:
    found = findings(tmp_path, *items)
    assert [one.message.partition(";")[0] for one in found] == messages
    assert {one.code for one in found} <= {"QG313", "QG314"}


def test_the_finding_names_the_keys_that_stand_out_most(tmp_path: Path) -> None:
    items = [*choices(8, "longer", "a", "b", "c"), choice("Last?", "by far the longest", "a", "b", "c", id_="last")]
    (found,) = findings(tmp_path, *items)
    assert "first of last, item-0" in (found.help or "")
    assert under(found) == '{"text": "by far the longest"}'


def test_figures(tmp_path: Path) -> None:
    items = [
        choice("One?", "key", "longer", "b", id_="one", difficulty="1"),
        choice("Two?", "longer", "a", "b", id_="two"),
        choice("Three?", "same", "long", "b", id_="three"),
        item("four", "true-false", statement="S.", key="true"),
    ]
    file = tmp_path / "a.yaml"
    file.write_text("topic: a/b\ntitle: An example\nmodel: tcp\nitems:\n" + "".join(items), "utf-8")
    checked = compile_paths([file])
    found = statistics(checked.knowledge, checked.bank, seed=3)
    assert (found.items, found.difficulty, len(found.unbelieved)) == (4, {1: 1, 2: 3}, 4)
    assert (found.longest["en"].count, found.longest["en"].of) == (1, 2)
    assert (found.true.count, found.true.of) == (1, 1)
    orders = [shuffled(range(3), f"a/b/{name}", 3) for name in ("one", "two", "three")]
    assert [one.count for one in found.places] == [
        [order.index(0) for order in orders].count(place) for place in range(3)
    ]
    assert found.plain()["true"] == {"count": 1, "of": 1, "expected": 0.5, "low": 0, "high": 1, "usual": True}


@pytest.fixture(scope="module")
def shipped() -> Checked:
    return compile_paths([resource("content")])


def test_the_shipped_bank_lies_where_chance_would_put_it(shipped: Checked) -> None:
    found = statistics(shipped.knowledge, shipped.bank)
    assert [lang for lang, one in found.longest.items() if not one.usual] == []
    assert found.true.usual


def test_no_place_is_preferred(shipped: Checked) -> None:
    """Of 30 seeds, each with six places that lie outside by chance once in a hundred times: two on average."""
    figures = [statistics(shipped.knowledge, shipped.bank, seed) for seed in range(30)]
    assert sum(not one.usual for found in figures for one in found.places) <= 8
