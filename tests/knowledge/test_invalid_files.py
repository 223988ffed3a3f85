"""Faulty knowledge, each with all that is said about it: tests/cases/invalid/QG[123]*, files and folders, with a .txt."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quizgen.check.compile import compile_paths
from quizgen.diagnostics.text import render

CASES = Path(__file__).parents[1] / "cases" / "invalid"
NAMES = sorted(path.name for path in CASES.glob("QG[123]*") if path.is_dir() or path.suffix == ".yaml")


@pytest.mark.parametrize("name", NAMES)
def test_output(name: str, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES)
    found = compile_paths([Path(name)]).found
    assert name[:5] in {diagnostic.code for diagnostic in found}
    golden(f"../cases/invalid/{name.removesuffix('.yaml')}.txt", render(found, 100))


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_says_where_and_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES)
    for diagnostic in compile_paths([Path(name)]).found:
        assert diagnostic.span is not None
        assert diagnostic.help or diagnostic.label, diagnostic.message
