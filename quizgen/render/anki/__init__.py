"""Anki decks: one package for each language, which later releases update in place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from quizgen.items.question import Bank
from quizgen.render.anki.decks import decks
from quizgen.render.anki.notes import notes
from quizgen.render.anki.notetypes import note_types
from quizgen.render.anki.package import Package
from quizgen.render.anki.writer import write_package
from quizgen.render.options import Options


def render(bank: Bank, out: Path, options: Options) -> None:
    """Write anki/quizgen.<lang>.apkg for each language below the folder `out`, and bring the lock up to date."""
    folder = out / "anki"
    folder.mkdir(parents=True, exist_ok=True)
    for lang in options.languages:
        kinds = note_types(lang, options.lock)
        write_package(
            folder / f"quizgen.{lang}.apkg",
            kinds,
            decks(bank, lang, options.lock),
            notes(bank, lang, options.lock),
            max(kind.mod for kind in kinds),
            _form(lang) if options.modern else Package,
        )


def _form(lang: str) -> Callable[[ZipFile], Package]:
    from quizgen.render.anki.modern import ModernPackage

    return partial(ModernPackage, lang=lang)
