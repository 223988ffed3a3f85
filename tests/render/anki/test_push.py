"""`quizgen push` to AnkiConnect on Anki's own engine: what is planned and sent, and that the rest is left as it is."""

from __future__ import annotations

import pytest

from tests.render.anki.author import CHANGED, HEAD, OTHER, SECOND, THIRD, note, schedule, study
from tests.render.anki.desk import Desk
from tests.render.anki.engine import db, take
from tests.render.anki.test_import import checked


def test_new_notes_are_added_and_a_second_push_does_nothing(desk: Desk) -> None:
    assert desk.push() == [
        "+ lecture/opening/second", "+ lecture/opening/third",
        "2 notes added, 0 updated, 0 tagged as removed, 0 up to date",
    ]  # fmt: skip
    assert {deck for deck in desk.actions.deckNames() if "quizgen" in deck} == {"quizgen", "quizgen::Opening"}
    before, lock = desk.snapshot(), desk.author.lock.read_bytes()
    assert desk.push() == ["0 notes added, 0 updated, 0 tagged as removed, 2 up to date"]
    assert "importPackage" not in desk.actions.asked
    assert (desk.snapshot(), desk.author.lock.read_bytes()) == (before, lock)
    checked(desk.mine)


def test_what_was_pushed_is_what_the_package_holds(desk: Desk) -> None:
    desk.push()
    assert take(desk.mine, desk.author.build()) == {"duplicate": 2}
    assert desk.mine.note_count() == 2
    assert len(desk.mine.models.all_names_and_ids()) == len(
        {kind.name for kind in desk.mine.models.all_names_and_ids()}
    )


def test_what_was_imported_is_not_pushed_again(desk: Desk) -> None:
    take(desk.mine, desk.author.build())
    assert desk.push() == ["0 notes added, 0 updated, 0 tagged as removed, 2 up to date"]


def test_a_removed_item_is_tagged_and_keeps_its_schedule(desk: Desk) -> None:
    desk.push()
    studied = study(desk.mine, "second")
    desk.author.write("opening", HEAD + THIRD)
    assert desk.push() == [
        "- lecture/opening/second", "0 notes added, 0 updated, 1 tagged as removed, 1 up to date",
    ]  # fmt: skip
    assert note(desk.mine, "second").tags == ["quizgen::removed"]
    assert "no longer part of the deck" in note(desk.mine, "second")["Question"]
    assert schedule(desk.mine, "second") == studied
    assert desk.push() == ["0 notes added, 0 updated, 0 tagged as removed, 1 up to date"]
    desk.author.write("opening", HEAD + SECOND + THIRD)
    assert "~ lecture/opening/second" in desk.push()
    assert "quizgen::removed" not in note(desk.mine, "second").tags


def test_newcomers_are_spared_what_was_removed(desk: Desk) -> None:
    desk.author.build()
    desk.author.write("opening", HEAD + THIRD)
    assert desk.push()[-1] == "1 note added, 0 updated, 0 tagged as removed, 0 up to date"
    assert desk.mine.note_count() == 1


def test_a_dry_run_changes_nothing(desk: Desk) -> None:
    before = desk.snapshot()
    assert desk.push("--dry-run") == [
        "+ lecture/opening/second", "+ lecture/opening/third",
        "2 notes to add, 0 to update, 0 to tag as removed, 0 up to date; nothing was done",
    ]  # fmt: skip
    assert desk.snapshot() == before
    assert not desk.author.lock.exists()
    desk.push()
    desk.author.write("opening", HEAD + CHANGED)
    before, lock = desk.snapshot(), desk.author.lock.read_bytes()
    assert desk.push("--dry-run")[-1].startswith("0 notes to add, 1 to update, 1 to tag as removed")
    assert (desk.snapshot(), desk.author.lock.read_bytes()) == (before, lock)


def test_another_deck(desk: Desk) -> None:
    desk.push("--deck", "Networks::TCP")
    decks = set(desk.actions.deckNames())
    assert "Networks::TCP::Opening" in decks
    assert not any(deck.startswith("quizgen") for deck in decks)


@pytest.mark.parametrize(
    ("args", "made"),
    [((), "Networks::Opening"), (("--deck", "Mine"), "Mine::Networks::Opening")],
    ids=["as the lock says", "below another"],
)
def test_a_deck_that_the_lock_has_elsewhere(desk: Desk, args: tuple[str, ...], made: str) -> None:
    desk.author.build()
    lock = desk.author.lock
    lock.write_text(lock.read_text("utf-8").replace("quizgen::Opening", "Networks::Opening"), "utf-8")
    desk.push(*args)
    assert {desk.mine.decks.name(card.did) for card in note(desk.mine, "second").cards()} == {made}


def test_a_part_of_the_content_removes_nothing(desk: Desk) -> None:
    desk.author.write("closing", OTHER + SECOND)
    desk.push()
    assert desk.push("content/opening.yaml") == ["0 notes added, 0 updated, 0 tagged as removed, 2 up to date"]


def test_languages(desk: Desk) -> None:
    both = [text.replace("{en: ", "{zh: 中文, en: ") for text in (HEAD, SECOND, THIRD)]
    desk.author.write("opening", "".join(both))
    assert desk.push()[-1].startswith("2 notes added")
    assert desk.push("--lang", "all")[-1] == "2 notes added, 0 updated, 0 tagged as removed, 2 up to date"
    assert desk.push("--lang", "zh")[-1].endswith("2 up to date")


def test_figures_come_along(desk: Desk) -> None:
    desk.author.write("opening", HEAD + SECOND + "    ladder: handshake\n")
    desk.push()
    assert "<img" in note(desk.mine, "second")["Ladder"]
    assert desk.mine.media.check().missing == []


def test_a_changed_style_reaches_the_learner(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from quizgen.render.anki import notetypes

    desk.push()
    file = notetypes._file
    monkeypatch.setattr(notetypes, "_file", lambda name: file(name) + ("/* new */" if name == "card.css" else ""))
    notes = db(desk.mine).all("SELECT * FROM notes")
    assert "looks otherwise" in desk.push("--dry-run")[-1]
    assert desk.push() == ["0 notes added, 0 updated, 0 tagged as removed, 2 up to date"]
    assert desk.actions.modelStyling("quizgen choice (en)")["css"].endswith("/* new */")
    assert db(desk.mine).all("SELECT * FROM notes") == notes
    desk.push()
    assert "importPackage" not in desk.actions.asked
