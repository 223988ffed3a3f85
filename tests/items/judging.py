"""Items as an author writes them, compiled; and what is wrong with them, where ⟦ and ⟧ mark the place in the text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import indent

import pytest

from quizgen.check.compile import Checked, compile_paths
from quizgen.items.question import Question
from quizgen.spans import Span

Refused = tuple[str, tuple[str, ...]]
"""The body of an item with marks, and for each mark in turn `code words`: words of the message, label, help or notes."""

HEAD = "topic: tcp/example\ntitle: An example\nmodel: tcp\n"


def compiled(folder: Path, text: str) -> Checked:
    """The compilation of one file. Claims of plain arithmetic may stand for claims here (see QG214)."""
    file = folder / "example.yaml"
    file.write_text(text, "utf-8")
    checked = compile_paths([file])
    return replace(checked, found=[one for one in checked.found if one.code != "QG214"])


def item(type_: str, body: str) -> str:
    """A file with one item of that type; what the body lacks of id, rationale and source is added.

    A line `!source` leaves out the source; a line `@` puts a mark around the first key, which stands for the item.
    """
    lines = body.strip().splitlines()
    given = {line.partition(":")[0].strip("!⟦⟧ ") for line in lines}
    usual = {"id": "one", "rationale": "Because.", "source": "RFC 9293 §3.4"}
    first = f"⟦type⟧: {type_}" if "@" in lines else f"type: {type_}"
    added = [f"{key}: {text}" for key, text in usual.items() if key not in given]
    kept = [line for line in lines if line != "@" and not line.startswith("!")]
    return HEAD + "items:\n  -\n" + indent("\n".join([first, *added, *kept]), "    ")


def question(folder: Path, type_: str, body: str) -> Question:
    """The question that an item without faults gives."""
    return questions(folder, type_, body)[0]


def questions(folder: Path, type_: str, body: str) -> Sequence[Question]:
    """The questions that an item without faults gives."""
    checked = compiled(folder, item(type_, body))
    assert checked.found == []
    return checked.bank.questions


def refuses(folder: Path, text: str, expected: Sequence[str]) -> None:
    """Assert that just these findings are made, each at its mark, and that no question comes of it."""
    marked = re.findall(r"⟦(.*?)⟧", text, re.DOTALL)
    places = [_place(text, match.start()) for match in re.finditer("⟦", text)]
    checked = compiled(folder, re.sub("[⟦⟧]", "", text))
    found = [(one.code, one.span.line, one.span.column, _under(one.span)) for one in checked.found if one.span]
    wanted = [(words[:5], *place, under) for words, place, under in zip(expected, places, marked, strict=True)]
    assert sorted(found) == sorted(wanted)
    for words, (line, column) in zip(expected, places, strict=True):
        said = "\n".join(
            part
            for one in checked.found
            if one.span and (one.span.line, one.span.column, one.code) == (line, column, words[:5])
            for part in (one.message, one.label, one.help or "", *one.notes, *(label.text for label in one.labels))
        )
        assert words[5:].strip() in said
    assert checked.bank.questions == ()


def _place(text: str, offset: int) -> tuple[int, int]:
    before = re.sub("[⟦⟧]", "", text[:offset])
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _under(span: Span) -> str:
    return span.source.text[span.start : span.end]


def table(cases: Mapping[str, Refused]) -> pytest.MarkDecorator:
    """A parametrization over named refusals."""
    params = [pytest.param(body, expected, id=name) for name, (body, expected) in cases.items()]
    return pytest.mark.parametrize(("body", "expected"), params)
