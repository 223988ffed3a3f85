"""Paragraphs in columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.figures.widths import cells
from quizgen.study.lines import Paragraph, layout


def _shown(paragraph: Paragraph, width: int) -> list[str]:
    return ["".join(text for _, text in line) for line in layout(paragraph, width)]


WRAPPED = [
    pytest.param(Paragraph("a SYN occupies one number"), 12, ["a SYN", "occupies one", "number"], id="words"),
    pytest.param(Paragraph("服务器进入状态，然后"), 14, ["服务器进入状", "态，然后"], id="no comma begins a line"),
    pytest.param(Paragraph("客户端（主动）打开"), 8, ["客户端", "（主动）", "打开"], id="no bracket ends a line"),
    pytest.param(Paragraph("abcdefghij"), 4, ["abcd", "efgh", "ij"], id="a word wider than the line"),
    pytest.param(Paragraph("one two three", marker="1  "), 10, ["1  one two", "   three"], id="hanging"),
    pytest.param(Paragraph("`x + 1` **is** it"), 40, ["x + 1 is it"], id="markup"),
    pytest.param(Paragraph("**a", verbatim=True), 40, ["**a"], id="verbatim"),
    pytest.param(Paragraph("│ wide │", fixed=True), 4, ["│ wide │"], id="figures are not wrapped"),
    pytest.param(Paragraph("a\x1b[31mb\tc", verbatim=True), 40, ["a [31mb c"], id="control characters"),
    pytest.param(Paragraph(""), 40, [""], id="empty"),
]


@pytest.mark.parametrize(("paragraph", "width", "lines"), WRAPPED)
def test_layout(paragraph: Paragraph, width: int, lines: list[str]) -> None:
    assert _shown(paragraph, width) == lines


def test_styles_survive_wrapping() -> None:
    assert layout(Paragraph("see **three segments** now"), 9) == [
        [("key", ""), ("", "see "), ("strong", "three")],
        [("", ""), ("strong", "segments")],
        [("", ""), ("", "now")],
    ]


@given(st.text(st.sampled_from("ab 序号，。（x+1"), max_size=60), st.integers(2, 30))
def test_nothing_is_lost_and_nothing_too_wide(text: str, width: int) -> None:
    lines = _shown(Paragraph(text, verbatim=True), width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
