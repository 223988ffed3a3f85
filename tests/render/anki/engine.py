"""Anki's own engine in a throw-away folder, and pages such as its reviewer shows."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from anki.cards import Card
    from anki.collection import Collection
    from anki.dbproxy import DBProxy
    from anki.decks import DeckDict
    from anki.models import NotetypeDict
    from playwright.sync_api import Page


@contextmanager
def profile(folder: Path) -> Iterator[Collection]:
    """A new, empty collection."""
    from anki.collection import Collection

    folder.mkdir(parents=True, exist_ok=True)
    collection = Collection(str(folder / "collection.anki2"))
    yield collection
    collection.close()


def anki_checksum(field: str) -> int:
    """The checksum of a first field as Anki computes it."""
    from anki.utils import field_checksum

    _speak_english()
    return field_checksum(field)


def anki_sort_text(field: str) -> str:
    """A field as Anki sorts it."""
    from anki.utils import strip_html_media

    _speak_english()
    return strip_html_media(field)


@cache
def _speak_english() -> None:
    """Anki's helpers want a language, and reading one takes longer than they do."""
    from anki.lang import set_lang

    set_lang("en")


def take(collection: Collection, package: Path) -> dict[str, int]:
    """Import a package as Anki does unless told otherwise; how many notes fell into each class of its log."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
    from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER as newer

    options = ImportAnkiPackageOptions(update_notes=newer, update_notetypes=newer)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options)).log
    classes = (
        "new",
        "updated",
        "duplicate",
        "conflicting",
        "first_field_match",
        "missing_notetype",
        "missing_deck",
        "empty_first_field",
    )
    return {name: len(getattr(log, name)) for name in classes if len(getattr(log, name))}


def db(collection: Collection) -> DBProxy:
    """The database of a collection that is open."""
    assert collection.db is not None
    return collection.db


def note_type(collection: Collection, name: str) -> NotetypeDict:
    """The note type of that name."""
    kind = collection.models.by_name(name)
    assert kind is not None, f"there is no note type {name}"
    return kind


def deck(collection: Collection, name: str) -> DeckDict:
    """The deck of that name."""
    found = collection.decks.by_name(name)
    assert found is not None, f"there is no deck {name}"
    return found


def cards(collection: Collection) -> dict[str, Card]:
    """The cards by the last part of their question's id, and by their number where a note has several."""
    found: dict[str, Card] = {}
    for number in db(collection).list("SELECT id FROM cards ORDER BY due, ord"):
        card = collection.get_card(number)
        name = card.note()["Id"].rpartition("/")[2]
        found[f"{name}-{card.ord + 1}" if card.ord else name] = card
    return found


@contextmanager
def database(package: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    """The database inside of a package."""
    with ZipFile(package) as archive:
        path = Path(archive.extract("collection.anki2", folder))
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


class Reviewer:
    """Shows cards as Anki's desktop reviewer does (one page with styles of its own, sides swapped in) or as AnkiDroid does
    (a page a side).
    """

    def __init__(self, page: Page, collection: Collection, folder: Path, *, swap: bool = True) -> None:
        self.page, self._folder, self._swap, self._collection = page, folder, swap, collection
        shutil.copytree(collection.media.dir(), folder, dirs_exist_ok=True)
        self._open = False

    def show(self, card: Card, side: str, night: bool = False, typed: str = "") -> None:
        """One side of a card, in place of what is shown."""
        html = card.question() if side == "front" else card.answer()
        html = typed_into(self._collection, card, html, side, typed)
        if not (self._swap and self._open):
            path = self._folder / "reviewer.html"
            path.write_text(
                '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
                f'{_DESKTOP if self._swap else ""}<body><div id="qa"></div>',
                "utf-8",
            )
            self.page.goto(path.as_uri())
            self._open = True
        self.page.evaluate(SWAP, [html, f"card card1 fancy{' nightMode night_mode' if night else ''}"])
        self.page.wait_for_function("[...document.images].every(image => image.complete)")


def typed_into(collection: Collection, card: Card, html: str, side: str, typed: str) -> str:
    """A side with the field to type into, or with what was typed held against the answer."""

    def typing(field: re.Match[str]) -> str:
        if side == "front":
            return '<input type="text" id="typeans">'
        return f"<div>{collection.compare_answer(card.note()[field[1]], typed)}</div>"

    return re.sub(r"\[\[type:(.+?)\]\]", typing, html)


_DESKTOP = """<style>
  * { box-sizing: content-box; }
  button { margin: 1em .5em; padding: 8px 10px; border: 1px solid #e4e4e4; background: #fcfcfc; color: #020202; font-weight: 500; }
  button { outline: none !important; }
  .fancy button { border-radius: 15px; box-shadow: 0 2px 1px -1px #0003; }
  button:hover { border: 1px solid #999; background: #fcfcfc linear-gradient(white, #fcfcfc); }
  button[disabled], button[disabled]:hover { background: #fcfcfc; color: #858585; }
  body { margin: 20px; }
  body.nightMode { background-color: #2c2c2c; color: #fcfcfc; }
  hr { margin: 1em 0; border: none; height: 1px; background-color: #737373; }
  img { max-width: 100%; max-height: 95vh; }
  button:active { box-shadow: inset 0 1px 2px #0006; }
  #typeans { width: 100%; box-sizing: border-box; line-height: 1.75; }
  .typeGood { background: #afa; color: #000; } .typeBad { background: #faa; color: #000; } .typeMissed { background: #ccc; color: #000; }
</style>"""
"""How Anki 26.9 styles the parts of a page that a card has, too, where a card leaves them alone."""

SWAP = """([html, classes]) => {
  document.body.className = classes;
  const place = document.getElementById("qa");
  place.innerHTML = html;
  for (const old of place.querySelectorAll("script")) {
    const script = document.createElement("script");
    script.textContent = old.textContent;
    old.replaceWith(script);
  }
}"""
"""How Anki's own reviewer shows a side: in place of the one before, on the same page, with its scripts run."""


def unpacked(package: Path) -> tuple[list[str], dict[str, str]]:
    """The names in a package's zip, and its media map."""
    with ZipFile(package) as archive:
        return archive.namelist(), json.loads(archive.read("media"))
