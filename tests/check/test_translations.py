"""A text lacks a language wherever it stands: beside a topic, or in a file of scenarios and misconceptions that topics share."""

from pathlib import Path

import pytest

from quizgen.check.compile import compile_paths

TOPIC = "topic: tcp/one\ntitle: {en: One, zh: 一}\nmodel: tcp\n"
SHARED = {
    "a scenario": "scenarios:\n  opening: {title: {en: ⟦T⟧}, run: [{client: OPEN active}]}\n",
    "a misconception": "misconceptions:\n  m: {statement: {en: ⟦S⟧}, cited: C, correction: {en: R, zh: R}, source: RFC 9293}\n",
    "a reason": "not_covered:\n  'flag:AE': {en: ⟦It came later.⟧}\n",
}


@pytest.mark.parametrize("beside", [True, False], ids=["beside a topic", "in a file of its own"])
@pytest.mark.parametrize("shared", SHARED.values(), ids=SHARED)
def test_a_missing_language_is_found(shared: str, beside: bool, tmp_path: Path) -> None:
    text, place = shared.replace("⟦", "").replace("⟧", ""), shared.partition("⟦")[2].partition("⟧")[0]
    (tmp_path / "one.yaml").write_text(TOPIC + (text if beside else ""), "utf-8")
    (tmp_path / "shared.yaml").write_text("model: tcp\n" + ("" if beside else text), "utf-8")
    found = [one.span for one in compile_paths([tmp_path]).found if one.code == "QG301"]
    assert [span and span.source.text[span.start : span.end] for span in found] == ["{en: " + place + "}"]
