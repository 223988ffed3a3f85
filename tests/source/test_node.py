"""Nodes: plain values, and the place of everything."""

import pytest

from quizgen.source.node import Node
from quizgen.source.reader import read_text
from quizgen.spans import Span

TEXT = """\
topic: tcp/handshake
title: {en: "Opening", 'zh': 建立}
items:
  - id: first
    stem: |
      Two
      lines

  - id: second
    key: [x, [y, z]]
none:
"""


def root(text: str = TEXT) -> Node:
    node, found = read_text("f.yaml", text)
    assert node is not None
    assert not found
    return node


def shown(span: Span) -> str:
    return span.source.text[span.start : span.end]


def test_plain() -> None:
    assert root().plain() == {
        "topic": "tcp/handshake",
        "title": {"en": "Opening", "zh": "建立"},
        "items": [{"id": "first", "stem": "Two\nlines\n"}, {"id": "second", "key": ["x", ["y", "z"]]}],
        "none": None,
    }


@pytest.mark.parametrize(
    "written, value",
    [
        ("no", "no"), ("on", "on"), ("True", "True"), ("012", "012"), ("1e3", "1e3"), ("2026-01-01", "2026-01-01"),
        ("12:30:45", "12:30:45"), ("", None), ("~", None), ("null", None), ("NULL", "NULL"), ("''", ""), ('"null"', "null"),
        ("'~'", "~"), (".nan", ".nan"), ("a#b", "a#b"), ("a # comment", "a"), ("x + 1", "x + 1"),
    ],
)  # fmt: skip
def test_every_text_stays_a_text(written: str, value: str | None) -> None:
    assert root(f"a: {written}\n").plain() == {"a": value}


@pytest.mark.parametrize(
    "path, text",
    [
        (["topic"], "tcp/handshake"),
        (["title"], "{en: \"Opening\", 'zh': 建立}"),
        (["title", "en"], '"Opening"'),
        (["items", 0, "stem"], "|\n      Two\n      lines"),
        (["items", 1], "id: second\n    key: [x, [y, z]]"),
        (["items", 1, "key", 1, 0], "y"),
        (["none"], ""),
        (["items", 7], root().source.text[TEXT.index("- id: first") : TEXT.index("\nnone")]),
        (["topic", "deeper", 3], "tcp/handshake"),
        (["title", 0], "{en: \"Opening\", 'zh': 建立}"),
        (["items", -1], root().source.text[TEXT.index("- id: first") : TEXT.index("\nnone")]),
    ],
    ids=str,
)
def test_at_gives_the_deepest_node_on_the_path(path: list[str | int], text: str) -> None:
    assert shown(root().at(path).span) == text


@pytest.mark.parametrize(
    "path, key, text",
    [([], "items", "items"), (["title"], "zh", "'zh'"), (["items", 1], "key", "key"), ([], "missing", "topic")],
    ids=str,
)
def test_key_span(path: list[str | int], key: str, text: str) -> None:
    assert shown(root().at(path).key_span(key)) == text


@pytest.mark.parametrize(
    "path, text", [([], "topic"), (["items"], "id"), (["items", 1, "key"], "x"), (["topic"], "tcp/handshake")], ids=str
)
def test_head_is_a_short_place(path: list[str | int], text: str) -> None:
    assert shown(root().at(path).head) == text


def test_line_and_column_after_wide_and_astral_characters() -> None:
    span = root("a: 𝄞é三\nb: [𝄞, x]\n").at(["b", 1]).span
    assert (span.line, span.column) == (2, 8)


def test_repr_names_the_place() -> None:
    assert repr(root().at(["items", 1])) == "<map at f.yaml:9:5>"
