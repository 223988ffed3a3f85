"""Broken files, each with what is said about it: tests/cases/invalid/QG0*.yaml with its .txt beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quizgen.diagnostics.text import render
from quizgen.source.reader import read_file

CASES = Path(__file__).parents[1] / "cases" / "invalid"
FILES = sorted(path.name for path in CASES.glob("QG0*.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_output(name: str, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES)
    _, found = read_file(name)
    assert {diagnostic.code for diagnostic in found} == {name[:5]}
    golden(f"../cases/invalid/{name.removesuffix('.yaml')}.txt", render(found, 100))
