"""Widths of text: columns of a terminal and lines of a drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.figures.widths import cells, clip, pad, pixels, wrap

TEXT = st.text(st.sampled_from("aW 三次握手（）,…-é"), max_size=40)


@pytest.mark.parametrize("text, columns", [("", 0), ("SYN", 3), ("三次握手", 8), ("SYN（同步）", 11), ("e\u0301", 1)])
def test_cells(text: str, columns: int) -> None:
    assert cells(text) == columns


@pytest.mark.parametrize(
    "text, width, shown",
    [
        ("ESTABLISHED", 11, "ESTABLISHED"),
        ("ESTABLISHED", 6, "ESTAB…"),
        ("三次握手", 6, "三次…"),
        ("三次握手", 5, "三次…"),
        ("x", 0, ""),
    ],
)
def test_clip(text: str, width: int, shown: str) -> None:
    assert clip(text, width) == shown


@given(TEXT, st.integers(0, 30), st.sampled_from("<>^"))
def test_pad_takes_exactly_the_columns(text: str, width: int, align: str) -> None:
    assert cells(pad(text, width, align)) == width


@given(TEXT, st.integers(2, 30))
def test_wrap_keeps_the_text_and_breaks_only_words_that_do_not_fit(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width or " " not in line for line in lines)


def test_chinese_breaks_anywhere() -> None:
    assert wrap("同步序号", 4) == ["同步", "序号"]


@pytest.mark.parametrize(
    "text, lines",
    [
        ("已打开；id=1", ["已打", "开；", "id=1"]),
        ("已打开（同步）", ["已打", "开", "（同", "步）"]),
        ("打开，id", ["打", "开，", "id"]),
    ],
)
def test_no_line_begins_with_a_mark_that_closes_or_ends_with_one_that_opens(text: str, lines: list[str]) -> None:
    assert wrap(text, 4) == lines


@pytest.mark.parametrize("wider, narrower", [("SYN-RECEIVED", "SYN-SENT"), ("三次", "ab"), ("WWW", "iii")])
def test_pixels_tell_wide_from_narrow(wider: str, narrower: str) -> None:
    assert pixels(wider, 12) > pixels(narrower, 12)
    assert pixels(wider, 12, bold=True) > pixels(wider, 12)
