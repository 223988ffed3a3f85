"""Anki's own importer of text files takes what `quizgen export tsv` writes, and updates it by the next one."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizgen.items.question import Bank
from quizgen.render import renderer, whole
from quizgen.render.options import Options
from tests.render.anki.conftest import Open, bank_of
from tests.render.test_plain import hostile
from tests.samples import BANK, QUESTIONS, text

if TYPE_CHECKING:
    from anki.collection import Collection


def written(bank: Bank, out: Path, lang: str = "en") -> Path:
    renderer("tsv")(bank, out, Options((lang,)))
    return out / whole("tsv", lang)


def take(mine: Collection, path: Path) -> dict[str, int]:
    """Import the file with what Anki reads from its first lines and suggests; how many notes fell where."""
    from anki.collection import ImportCsvRequest

    metadata = mine.get_csv_metadata(path=str(path), delimiter=None)
    log = mine.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    classes = ("new", "updated", "duplicate", "conflicting", "missing_notetype", "missing_deck", "empty_first_field")
    return {name: len(getattr(log, name)) for name in classes if len(getattr(log, name))}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_question_becomes_a_note_of_front_and_back(collection: Open, tmp_path: Path, lang: str) -> None:
    mine = collection("mine")
    assert take(mine, written(BANK, tmp_path, lang)) == {"new": len(QUESTIONS)}
    notes = {note.guid: note for note in map(mine.get_note, mine.find_notes(""))}
    assert set(notes) == {f"{question.id} {lang}" for question in QUESTIONS}
    first = notes[f"tcp/handshake/acknowledges {lang}"]
    assert unescape(first["Front"]).startswith(QUESTIONS[0].stem[lang] + "<br>A. ")
    assert first["Back"] == "x + 1"
    assert "quizgen::type::choice" in first.tags
    [card] = first.cards()
    assert mine.decks.name(card.did) == f"quizgen::{BANK.topics[0].title[lang]}"


def test_the_next_file_brings_the_same_notes_up_to_date(collection: Open, tmp_path: Path) -> None:
    mine = collection("mine")
    take(mine, written(BANK, tmp_path))
    changed = bank_of(replace(QUESTIONS[5], stem=text("Which state comes next?")), *QUESTIONS[6:])
    assert take(mine, written(changed, tmp_path)) == {"updated": 1, "duplicate": 3}
    assert mine.note_count() == len(QUESTIONS)
    assert mine.find_notes('front:"Which state comes next?"')


def test_hostile_texts_come_back_as_written(collection: Open, tmp_path: Path) -> None:
    mine = collection("mine")
    bank = hostile("<b>x</b> & {{c1::y}} \t \"quoted\" 'single' #remark\n#html:true 🦉 [sound:a.mp3]")
    assert take(mine, written(bank, tmp_path)) == {"new": len(QUESTIONS)}
    for note in map(mine.get_note, mine.find_notes("")):
        assert "&lt;b&gt;x&lt;/b&gt; &amp;" in note["Front"]
        assert '"quoted"' in note["Front"].replace("&quot;", '"')
    problems, well = mine.fix_integrity()
    assert well, problems


def test_both_languages_side_by_side_and_beside_the_package(
    collection: Open, packages: dict[str, Path], tmp_path: Path
) -> None:
    from tests.render.anki.engine import take as take_package

    mine = collection("mine")
    take_package(mine, packages["en"])
    take(mine, written(BANK, tmp_path, "en"))
    take(mine, written(BANK, tmp_path, "zh"))
    assert mine.note_count() == 3 * len(QUESTIONS)
