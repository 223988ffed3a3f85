"""Anki decks: one package for each language, which later releases update in place."""

from __future__ import annotations

from pathlib import Path

from quizgen.items.question import Bank
from quizgen.render.anki.decks import decks
from quizgen.render.anki.notes import notes
from quizgen.render.anki.notetypes import note_types
from quizgen.render.anki.writer import write_package
from quizgen.render.options import Options

RELEASED = 1_767_225_600
"""When the texts and the note types are said to have changed last (seconds; 2026-01-01). Anki takes a note from a
package only over one with a lower time, so this must lie in the past and rise when what is written here changes."""


def render(bank: Bank, out: Path, options: Options) -> None:
    """Write anki/quizgen.<lang>.apkg for each language below the folder `out`."""
    folder = out / "anki"
    folder.mkdir(parents=True, exist_ok=True)
    for lang in options.languages:
        write_package(
            folder / f"quizgen.{lang}.apkg",
            note_types(lang, RELEASED),
            decks(bank, lang, RELEASED),
            notes(bank, lang, RELEASED),
            RELEASED,
        )
