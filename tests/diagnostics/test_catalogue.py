"""Every code has a page, every page a code in use, and the examples of the reader's pages are true."""

import re
from pathlib import Path

import pytest

from quizgen.diagnostics import catalogue
from quizgen.source.reader import read_text

PACKAGE = Path(__file__).parents[2] / "quizgen"
HEADINGS = ["What it finds", "Why it matters", "Example", "Cure"]
SYNTAX = [code for code in catalogue.codes() if code < "QG100"]
_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


def _used() -> set[str]:
    sources = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    return {code for text in sources for code in re.findall(r'"(QG\d{3})"', text)}


def test_codes_and_pages_agree() -> None:
    assert _used() == set(catalogue.codes())


@pytest.mark.parametrize("code", catalogue.codes())
def test_page(code: str) -> None:
    text = catalogue.page(code)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS
    assert all(part.strip() for part in re.split(r"^## .*$", text, flags=re.MULTILINE))
    assert catalogue.severity(code) in ("error", "warning")


def test_titles_are_unique() -> None:
    titles = [catalogue.title(code) for code in catalogue.codes()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("code", SYNTAX)
def test_example_shows_the_finding_and_the_cure_cures(code: str) -> None:
    example, cure = catalogue.page(code).split("## Cure")
    for text in _BLOCK.findall(example):
        assert {found.code for found in read_text("f.yaml", text)[1]} == {code}
    for text in _BLOCK.findall(cure):
        assert not read_text("f.yaml", text)[1]


def test_most_pages_of_the_reader_have_an_example_to_run() -> None:
    assert sum("```yaml" in catalogue.page(code) for code in SYNTAX) >= len(SYNTAX) - 6


@pytest.mark.parametrize(
    "name, code",
    [("QG001", "QG001"), ("qg001", "QG001"), ("1", "QG001"), ("qg1", "QG001"), (" duplicate-key ", "QG001"), ("QG999", None),
     ("", None), ("duplicate", None), ("../QG001", None)],
    ids=repr,
)  # fmt: skip
def test_find(name: str, code: str | None) -> None:
    assert catalogue.find(name) == code


@pytest.mark.parametrize(
    "name, code",
    [("QG000", "QG001"), ("QG099", "QG101"), ("duplicate-keys", "QG001"), ("tabs-indentation", "QG002")],
    ids=repr,
)
def test_nearest(name: str, code: str) -> None:
    assert catalogue.nearest(name) == code


def test_nearest_answers_whatever_is_asked() -> None:
    for name in ("", "?", "三", "QG" + "9" * 5000):
        assert catalogue.nearest(name) in catalogue.codes()


def test_unknown_code() -> None:
    with pytest.raises(KeyError):
        catalogue.page("QG999")
