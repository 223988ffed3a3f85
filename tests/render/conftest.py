"""Fixtures of the tests of pages in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizgen.render.quiz import render
from tests.render.quiz_hand import BOTH
from tests.samples import BANK

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages")
    render(BANK, out, BOTH)
    return out / "quiz"


@pytest.fixture
def tab(chromium: "Page") -> "Iterator[Page]":
    """A tab in which no page may complain: no console message, no error, no breach of its policy."""
    faults: list[str] = []
    chromium.on("console", lambda message: faults.append(message.text))
    chromium.on("pageerror", lambda error: faults.append(str(error)))
    yield chromium
    assert faults == []
