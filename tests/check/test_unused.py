"""A misconception must be shown by something, and what shows it need not be one thing only."""

from pathlib import Path

import pytest

from tests.check.wording import choice, codes, findings, item, under

HELD = "misconceptions:\n  m: {statement: S, cited: C, correction: R, source: RFC 9293}\n"
WRONG = [{"text": "q", "misconception": "m"}]


@pytest.mark.parametrize(
    ("made", "found"),
    [
        pytest.param(choice("Which?", "p", "q"), ["QG315"], id="none"),
        pytest.param(choice("Which?", "p", "q", misconception="m"), [], id="item"),
        pytest.param(item(stem="Which?", key={"text": "p"}, distractors=WRONG), [], id="distractor"),
        pytest.param(
            item(type_="multiple", stem="Which?", keys=[{"text": "p"}], distractors=WRONG), [], id="of-several"
        ),
        pytest.param(item(type_="true-false", statement="S.", key="true", misconception="m"), [], id="statement"),
        pytest.param(item(type_="order", stem="Which?", sequence=["p", "q"]), ["QG315"], id="no-options"),
        pytest.param(choice("Which?", "p", "q", nonsense="x"), ["QG101"], id="unreadable-item"),
        pytest.param("  []\n", [], id="no-items"),
    ],
)
def test_unused_misconception(made: str, found: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, made, more=HELD) == found


def test_it_is_shown_where_it_stands(tmp_path: Path) -> None:
    (one,) = findings(tmp_path, choice("Which?", "p", "q"), more=HELD)
    assert under(one) == "m"
