"""Somebody who writes a deck, beside a running Anki that `quizgen push` talks to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner, Result

from quizgen.cli.app import app
from tests.render.anki.ankiconnect import Actions
from tests.render.anki.author import Author
from tests.render.anki.engine import db

if TYPE_CHECKING:
    from anki.collection import Collection


class Desk:
    """An author with a running Anki."""

    def __init__(self, author: Author, mine: Collection, actions: Actions, address: str) -> None:
        self.author, self.mine, self.actions, self.address = author, mine, actions, address

    def run(self, *args: str) -> Result:
        """Push one hour later."""
        self.author.later()
        self.actions.asked.clear()
        return CliRunner().invoke(app, ["push", *args], env={"ANKICONNECT_URL": self.address, "COLUMNS": "200"})

    def push(self, *args: str) -> list[str]:
        """What a push that ends well says."""
        done = self.run(*args)
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    def snapshot(self) -> list[object]:
        """All that the collection holds of notes, cards, decks and note types."""
        rows = [
            db(self.mine).all(f"SELECT * FROM {table} ORDER BY 1") for table in ("notes", "cards", "decks", "notetypes")
        ]
        return [*rows, sorted(Path(self.mine.media.dir()).iterdir())]
