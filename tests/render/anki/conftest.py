"""The sample bank as packages, and collections of Anki's own engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizgen.items.question import Bank, Question
from quizgen.render.anki import render
from quizgen.render.options import Options
from tests.render.anki.ankiconnect import Actions, serving
from tests.render.anki.author import Author
from tests.render.anki.desk import Desk
from tests.render.anki.engine import Reviewer, cards, profile, take
from tests.samples import BANK

if TYPE_CHECKING:
    from anki.cards import Card
    from anki.collection import Collection
    from playwright.sync_api import Page

Open = Callable[[str], "Collection"]
Start = Callable[..., "tuple[Reviewer, dict[str, Card]]"]
"""The fixture `start`: start(lang), or start(deck=package), and swap=False for a page a side."""


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample bank's packages by language."""
    out = tmp_path_factory.mktemp("packages")
    render(BANK, out, Options(BANK.languages))
    return {lang: out / "anki" / f"quizgen.{lang}.apkg" for lang in BANK.languages}


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Callable[[str], Collection]]:
    """`collection(name)` opens a new, empty collection of Anki; skips where Anki's engine is missing."""
    pytest.importorskip("anki.collection", reason="the package anki is not installed")
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(profile(tmp_path / name))


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """Somebody with a deck of two items, in whose folder the test runs."""
    (tmp_path / "author").mkdir()
    return Author(tmp_path / "author", monkeypatch)


@pytest.fixture
def desk(collection: Open, author: Author) -> Iterator[Desk]:
    """The author beside a running Anki with an empty collection."""
    mine = collection("mine")
    actions = Actions(mine)
    with serving(actions) as address:
        yield Desk(author, mine, actions, address)


@pytest.fixture
def start(chromium: Page, collection: Open, packages: dict[str, Path], tmp_path: Path) -> Iterator[Start]:
    """Import a deck and open the reviewer; no script may fail."""
    faults: list[str] = []
    chromium.on("pageerror", lambda error: faults.append(str(error)))

    def begin(lang: str = "en", deck: Path | None = None, swap: bool = True) -> tuple[Reviewer, dict[str, Card]]:
        mine = collection("mine")
        take(mine, deck or packages[lang])
        return Reviewer(chromium, mine, tmp_path / "reviewer", swap=swap), cards(mine)

    yield begin
    assert faults == []


def bank_of(*questions: Question) -> Bank:
    """The sample bank with other questions."""
    return replace(BANK, topics=(replace(BANK.topics[0], questions=questions),))
