"""Stars that were meant to emphasise and are printed."""

from pathlib import Path

import pytest

from tests.check.wording import findings, item


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("*先说结论。*然后解释。", True),
        ("然后*（先说结论）*解释。", True),
        ("**先说结论：**然后解释。", True),
        ("*先说结论*。然后解释。", False),
        ("*先说结论。* 然后解释。", False),
        ("第一，*强调*，*再强调*。", False),
        ("字段 `*a。*b` 与 2*x，`Accept: */*`。", False),
        ("\\*不是强调。\\*只是星号。", False),
        ("任意 */* 与 * 号。", False),
    ],
)
def test_stars_between_a_mark_and_a_letter(tmp_path: Path, written: str, printed: bool) -> None:
    rationale = {"en": "*So* it is.", "zh": written}
    stem = {"en": "Which?", "zh": "哪一个？"}
    made = item(stem=stem, key={"text": "p"}, distractors=[{"text": "q"}], rationale=rationale)
    found = [one for one in findings(tmp_path, made, title="{en: One, zh: 一}") if one.code == "QG318"]
    assert len(found) == printed


def test_the_shipped_notes_print_none() -> None:
    from quizgen.check.compile import compile_paths
    from quizgen.resources import resource

    content: Path = resource("content")
    assert [one for one in compile_paths([content]).found if one.code == "QG318"] == []
