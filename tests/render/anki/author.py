"""Somebody who writes a deck and changes it, and what has become of its notes in the collection of somebody who learns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from quizgen.cli.app import app

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.notes import Note

ITEM = """
  - id: {id}
    type: {type}
    stem: {{en: What does segment {n} acknowledge?}}
    ask: handshake.segment({n}).ack
    key: {key}
    distractors: [x, y]
    rationale: {{en: A SYN occupies one sequence number.}}
    source: RFC 9293 §3.4
"""
SECOND = ITEM.format(id="second", type="choice", n=2, key="x + 1")
THIRD = ITEM.format(id="third", type="choice", n=3, key="y + 1")
CHANGED = SECOND.replace("A SYN", "Every SYN")
CLOZE = """
  - id: cloze
    type: cloze
    text: {en: "Its SYN takes the client to {1}."}
    blanks:
      - {ask: "handshake.state(client, after=1)", key: SYN-SENT}
    rationale: {en: The client need not wait.}
    source: RFC 9293 Figure 6
"""
HEAD = "topic: lecture/opening\ntitle: {en: Opening}\nmodel: tcp\nitems:"
OTHER = "topic: lecture/closing\ntitle: {en: Closing}\nmodel: tcp\nitems:"


class Author:
    """Somebody with a folder of content, who builds a deck every hour."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._now, self._setenv = folder, 1_780_000_000, monkeypatch.setenv
        monkeypatch.chdir(folder)
        self.write("opening", HEAD + SECOND + THIRD)

    def write(self, name: str, text: str) -> None:
        """Write a knowledge file; an empty text removes it."""
        file = self.folder / "content" / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8") if text else file.unlink()

    def later(self) -> None:
        """Let an hour go by."""
        self._now += 3600
        self._setenv("SOURCE_DATE_EPOCH", str(self._now))

    def build(self, *args: str, lang: str = "en") -> Path:
        """The deck of the content as it is now."""
        self.later()
        done = CliRunner().invoke(app, ["build", "--format", "anki", "--out", str(self.folder / "build"), *args])
        assert done.exit_code == 0, done.output
        return self.folder / "build" / "anki" / f"quizgen.{lang}.apkg"

    @property
    def lock(self) -> Path:
        return self.folder / "content" / "quizgen.lock"


def note(mine: Collection, name: str) -> Note:
    """The note of the item with that name."""
    [number] = [n for n in mine.find_notes("") if mine.get_note(n)["Id"].endswith(f"/{name}")]
    return mine.get_note(number)


def study(mine: Collection, name: str) -> tuple[int, int, int, int]:
    """Let the learner have reviewed the card of an item; its schedule."""
    from anki.consts import CARD_TYPE_REV, QUEUE_TYPE_REV

    card = note(mine, name).cards()[0]
    card.type, card.queue = CARD_TYPE_REV, QUEUE_TYPE_REV
    card.ivl, card.reps, card.due, card.factor = 40, 7, 99, 2300
    mine.update_card(card)
    return schedule(mine, name)


def schedule(mine: Collection, name: str) -> tuple[int, int, int, int]:
    """Interval, number of reviews, due day and ease of the card of an item."""
    card = note(mine, name).cards()[0]
    return card.ivl, card.reps, card.due, card.factor
