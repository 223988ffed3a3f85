"""Decks of `quizgen build` before and after an edit, imported one over the other by Anki's own engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from quizgen.cli.app import app
from tests.render.anki.author import CHANGED, CLOZE, HEAD, OTHER, SECOND, THIRD, Author, note, schedule, study
from tests.render.anki.conftest import Open
from tests.render.anki.engine import database, db, note_type, take, unpacked
from tests.render.anki.test_import import checked

if TYPE_CHECKING:
    pass


def test_an_edited_text_is_brought_up_to_date_and_the_schedule_kept(collection: Open, author: Author) -> None:
    mine = collection("mine")
    assert take(mine, author.build()) == {"new": 2}
    studied = study(mine, "second")
    author.write("opening", HEAD + CHANGED + THIRD)
    assert take(mine, author.build()) == {"updated": 1, "duplicate": 1}
    assert note(mine, "second")["Rationale"] == "Every SYN occupies one sequence number."
    assert schedule(mine, "second") == studied
    checked(mine)


def test_an_edit_of_the_learner_stays_although_the_text_changed_too(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    own = note(mine, "second")
    own["Rationale"] = "My words"
    mine.update_note(own)
    db(mine).execute("UPDATE notes SET mod = ? WHERE id = ?", 1_790_000_000, own.id)
    author.write("opening", HEAD + CHANGED + THIRD)
    assert take(mine, author.build()) == {"duplicate": 2}
    assert note(mine, "second")["Rationale"] == "My words"


def test_items_added_and_put_in_another_order(collection: Open, author: Author) -> None:
    mine = collection("mine")
    author.write("opening", HEAD + THIRD)
    take(mine, author.build())
    studied = study(mine, "third")
    author.write("opening", HEAD + SECOND + THIRD)
    assert take(mine, author.build()) == {"new": 1, "duplicate": 1}
    author.write("opening", HEAD + THIRD + SECOND)
    assert take(mine, author.build()) == {"duplicate": 2}
    assert (mine.note_count(), schedule(mine, "third")) == (2, studied)


def test_a_topic_moved_to_another_file(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    author.write("opening", "")
    author.write("begin", HEAD + SECOND + THIRD)
    assert take(mine, author.build()) == {"duplicate": 2}


def test_a_removed_item_is_tagged_and_newcomers_are_spared_it(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    studied = study(mine, "second")
    author.write("opening", HEAD + THIRD)
    deck = author.build()
    assert take(mine, deck) == {"updated": 1, "duplicate": 1}
    assert note(mine, "second").tags == ["quizgen::removed"]
    assert "no longer part of the deck" in note(mine, "second")["Question"]
    assert (schedule(mine, "second"), mine.card_count()) == (studied, 2)
    checked(mine)
    new = collection("new")
    take(new, deck)
    assert new.card_count() == 1
    checked(new)
    assert new.card_count() == 2, "Anki's Check Database gives every note a card"
    assert author.build().read_bytes() == deck.read_bytes(), "it goes out the same ever after"


def test_a_removed_cloze_says_so(collection: Open, author: Author) -> None:
    mine = collection("mine")
    author.write("opening", HEAD + CLOZE + THIRD)
    take(mine, author.build())
    author.write("opening", HEAD + THIRD)
    assert take(mine, author.build()) == {"updated": 1, "duplicate": 1}
    [card] = note(mine, "cloze").cards()
    for side in (card.question(), card.answer()):
        assert "no longer part of the deck" in side
        assert "No cloze" not in side
    checked(mine)


def test_a_removed_item_that_comes_back(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    author.write("opening", HEAD + THIRD)
    take(mine, author.build())
    author.write("opening", HEAD + SECOND + THIRD)
    assert take(mine, author.build()) == {"updated": 1, "duplicate": 1}
    assert "quizgen::removed" not in note(mine, "second").tags
    assert mine.card_count() == 2


def test_a_removed_topic(collection: Open, author: Author) -> None:
    mine = collection("mine")
    author.write("closing", OTHER + SECOND)
    take(mine, author.build())
    author.write("closing", "")
    assert take(mine, author.build()) == {"updated": 1, "duplicate": 2}


def test_what_a_part_of_the_content_does_not_hold_is_not_removed(collection: Open, author: Author) -> None:
    mine = collection("mine")
    author.write("closing", OTHER + SECOND)
    take(mine, author.build())
    assert take(mine, author.build("content/opening.yaml")) == {"duplicate": 2}
    assert "removed" not in author.lock.read_text("utf-8").replace("quizgen::removed", "")


def test_a_renamed_topic_keeps_its_deck(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    before = {deck.name for deck in mine.decks.all_names_and_ids()}
    author.write("opening", HEAD.replace("Opening", "How a connection begins") + SECOND + THIRD)
    assert take(mine, author.build()) == {"updated": 2}
    assert note(mine, "second")["Topic"] == "How a connection begins"
    assert {deck.name for deck in mine.decks.all_names_and_ids()} == before


@pytest.mark.parametrize("title", ["Opening", "OPENING"])
def test_topics_with_one_title_have_decks_of_their_own(collection: Open, author: Author, title: str) -> None:
    mine = collection("mine")
    author.write("closing", OTHER.replace("Closing", title) + SECOND)
    deck = author.build()
    take(mine, deck)
    decks = {mine.decks.name(card.did) for card in map(mine.get_card, mine.find_cards(""))}
    assert decks == {f"quizgen::{title}", "quizgen::Opening (lecture/opening)"}
    author.write("another", HEAD.replace("lecture/opening", "another/opening") + THIRD)
    take(mine, author.build())
    assert "quizgen::Opening (another/opening)" in {deck.name for deck in mine.decks.all_names_and_ids()}
    assert decks < {deck.name for deck in mine.decks.all_names_and_ids()}


def test_an_item_of_another_type_is_another_note(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    typed = SECOND.replace("type: choice", "type: short").replace("    distractors: [x, y]\n", "")
    author.write("opening", HEAD + typed + THIRD)
    assert take(mine, author.build()) == {"new": 1, "updated": 1, "duplicate": 1}
    kinds = [mine.get_card(number).note().note_type() for number in mine.find_cards("-tag:quizgen::removed")]
    assert sorted(kind["name"] for kind in kinds if kind) == ["quizgen basic (en)", "quizgen choice (en)"]


def test_a_translation_is_a_deck_of_its_own(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    both = (HEAD + SECOND).replace("{en: ", "{zh: 中文, en: ")
    author.write("opening", both + THIRD.replace("{en: ", "{zh: 中文, en: "))
    assert take(mine, author.build()) == {"duplicate": 2}
    assert take(mine, author.build(lang="zh")) == {"new": 2}
    assert mine.note_count() == 4


def test_a_changed_figure_is_a_new_file(collection: Open, author: Author) -> None:
    mine = collection("mine")
    own = "scenarios:\n  own:\n    title: {en: TITLE}\n    run: [server: OPEN passive, client: OPEN active, deliver]\nitems:"
    shown = [
        HEAD.replace("items:", own.replace("TITLE", title)) + SECOND + "    ladder: own\n" for title in ("One", "Two")
    ]
    author.write("opening", shown[0])
    take(mine, author.build())
    first = note(mine, "second")["Ladder"]
    author.write("opening", shown[1])
    deck = author.build()
    assert take(mine, deck) == {"updated": 1}
    assert "One" in first
    assert "Two" in note(mine, "second")["Ladder"]
    assert mine.media.check().missing == []
    [name] = unpacked(deck)[1].values()
    assert f'src="{name}"' in note(mine, "second")["Ladder"]
    assert f'src="{name}"' not in first


def test_a_changed_style_reaches_the_learner(collection: Open, author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    from quizgen.render.anki import notetypes

    mine = collection("mine")
    take(mine, author.build())
    kinds = len(mine.models.all_names_and_ids())
    file = notetypes._file
    monkeypatch.setattr(notetypes, "_file", lambda name: file(name) + ("/* new */" if name == "card.css" else ""))
    (author.folder / "build" / "report.json").write_text("{}", "utf-8")
    assert take(mine, author.build()) == {"duplicate": 2}
    assert note_type(mine, "quizgen choice (en)")["css"].endswith("/* new */")
    assert len(mine.models.all_names_and_ids()) == kinds


def test_nothing_changed_leaves_lock_and_package_as_they_are(author: Author) -> None:
    deck, lock = author.build().read_bytes(), author.lock.read_bytes()
    assert author.build("--out", str(author.folder / "again")).read_bytes() == deck
    assert (author.folder / "again" / "anki" / "quizgen.en.apkg").read_bytes() == deck
    assert author.lock.read_bytes() == lock


def test_no_time_lies_in_the_future_and_ids_in_the_past(author: Author, tmp_path: Path) -> None:
    with database(author.build(), tmp_path) as connection:
        [(newest, mod)] = connection.execute("SELECT max(id), max(mod) FROM notes").fetchall()
        models = json.loads(connection.execute("SELECT models FROM col").fetchone()[0])
    assert newest < 1_700_000_000_000
    assert mod == 1_780_003_600
    assert {model["mod"] for model in models.values()} == {1_780_003_600}


def test_a_lost_lock_still_finds_the_notes(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    studied = study(mine, "second")
    author.lock.unlink()
    assert take(mine, author.build()) == {"updated": 2}
    assert schedule(mine, "second") == studied


def test_content_that_cannot_be_written_has_its_lock_in_the_output(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizgen.knowledge.lockfile.writable", lambda path: False)
    deck = author.build().read_bytes()
    assert not author.lock.exists()
    assert (author.folder / "build" / "quizgen.lock").read_text("utf-8").count("note\t") == 2
    (author.folder / "build" / "report.json").write_text("{}", "utf-8")
    assert author.build().read_bytes() == deck


def test_the_lock_of_the_shipped_knowledge_is_up_to_date() -> None:
    done = CliRunner().invoke(app, ["check", "--locked", str(Path(__file__).parents[3] / "content")])
    assert done.exit_code == 0, done.output
