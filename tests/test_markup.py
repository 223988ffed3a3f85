"""Inline Markdown, as HTML and in pieces."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.markup import inline, literal, parsed, pieces, plain

CASES = [
    pytest.param("a < b", "a &lt; b", [("", "a < b")], id="plain"),
    pytest.param("a `x + 1` b", "a <code>x + 1</code> b", [("", "a "), ("code", "x + 1"), ("", " b")], id="code"),
    pytest.param("**SYN**!", "<strong>SYN</strong>!", [("strong", "SYN"), ("", "!")], id="strong"),
    pytest.param("*a* b", "<em>a</em> b", [("em", "a"), ("", " b")], id="emphasis"),
    pytest.param("SYN_SENT & SYN_RCVD", "SYN_SENT &amp; SYN_RCVD", [("", "SYN_SENT & SYN_RCVD")], id="underscores"),
    pytest.param(
        "**a *b* c**", "<strong>a <em>b</em> c</strong>", [("strong", "a "), ("em", "b"), ("strong", " c")], id="nested"
    ),
    pytest.param("a\nb", "a b", [("", "a"), ("", " "), ("", "b")], id="line break"),
    pytest.param(r"2 \* 3", "2 * 3", [("", "2 * 3")], id="escape"),
]


@pytest.mark.parametrize(("text", "html", "cut"), CASES)
def test_markup(text: str, html: str, cut: list[tuple[str, str]]) -> None:
    assert inline(text) == html
    assert plain(text) == "".join(piece for _, piece in cut)
    assert [piece for piece in pieces(text) if piece[1]] == cut


@given(st.text(st.sampled_from("`*_ ab1字\\<\"'&."), max_size=14))
def test_texts_that_are_not_parsed_look_as_if_they_were(text: str) -> None:
    assert unescape(inline(text)) == unescape(parsed(text))


@given(st.text(st.sampled_from("`*_ ab1字\\<&."), max_size=14))
def test_a_literal_shows_every_character(text: str) -> None:
    assert plain(literal(text)) == text
