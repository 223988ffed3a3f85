"""What a learner did in Anki outlives `quizgen push`: schedules, tags, edited notes, decks, note types, notes of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.render.anki.ankiconnect import Actions
from tests.render.anki.author import CHANGED, HEAD, ITEM, SECOND, THIRD, note, schedule, study
from tests.render.anki.desk import Desk
from tests.render.anki.engine import db, deck, note_type
from tests.render.anki.test_import import checked

if TYPE_CHECKING:
    from anki.collection import Collection

TYPED = """
  - id: typed
    type: numeric
    stem: {en: How many segments has the handshake?}
    ask: count(handshake.segments)
    key: "3"
    rationale: {en: One each way and one more.}
    source: RFC 9293 §3.5
"""


def edit(mine: Collection, name: str, mod: int = 1_800_000_000, **fields: str) -> None:
    """A learner's edit, at that time."""
    own = note(mine, name)
    for field, value in fields.items():
        own[field] = value
    mine.update_note(own)
    db(mine).execute("UPDATE notes SET mod = ? WHERE id = ?", mod, own.id)


@pytest.mark.parametrize("built", [False, True], ids=["the push sees the edit first", "a build saw it before"])
def test_a_changed_note_is_updated_and_keeps_schedule_and_tags(desk: Desk, built: bool) -> None:
    desk.push()
    studied = study(desk.mine, "second")
    own = note(desk.mine, "second")
    desk.mine.tags.bulk_add([own.id], "marked mine::hard")
    db(desk.mine).execute("UPDATE notes SET mod = ? WHERE id = ?", 1_780_005_000, own.id)
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    if built:
        desk.author.build()
    assert desk.push() == [
        "~ lecture/opening/second", "0 notes added, 1 updated, 0 tagged as removed, 1 up to date",
    ]  # fmt: skip
    assert note(desk.mine, "second")["Rationale"] == "Every SYN occupies one sequence number."
    assert {"marked", "mine::hard", "quizgen::proved"} <= set(note(desk.mine, "second").tags)
    assert schedule(desk.mine, "second") == studied
    assert desk.push()[-1].endswith("2 up to date")
    checked(desk.mine)


def test_a_note_that_the_learner_only_tagged_later_is_updated(desk: Desk) -> None:
    desk.push()
    own = note(desk.mine, "second")
    desk.mine.tags.bulk_add([own.id], "marked")
    db(desk.mine).execute("UPDATE notes SET mod = ? WHERE id = ?", 1_790_000_000, own.id)
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    assert "~ lecture/opening/second" in desk.push()
    assert "marked" in note(desk.mine, "second").tags


def test_an_edit_of_the_learner_stays(desk: Desk) -> None:
    desk.push()
    edit(desk.mine, "second", Rationale="My words")
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    before = desk.snapshot()
    assert desk.push() == [
        "= lecture/opening/second",
        "0 notes added, 0 updated, 0 tagged as removed, 1 kept as you edited them, 1 up to date",
    ]
    assert desk.snapshot() == before
    assert desk.push()[-1].endswith("1 kept as you edited them, 1 up to date"), "and ever after"


@pytest.mark.parametrize("built", [False, True], ids=["the push sees the edit first", "a build saw it before"])
def test_an_edit_between_releases_stays_too(desk: Desk, built: bool) -> None:
    """Anki's own import would overwrite it, for the release is younger; the lock knows what was sent before."""
    desk.push()
    edit(desk.mine, "second", mod=1_780_005_000, Rationale="My words")
    for words in ("Every SYN", "Each SYN", "The SYN"):
        desk.author.write("opening", HEAD + SECOND.replace("A SYN", words) + THIRD)
        if built:
            desk.author.build()
        for _ in range(2):
            assert "= lecture/opening/second" in desk.push()
    assert note(desk.mine, "second")["Rationale"] == "My words"


def test_a_note_that_missed_a_release_and_was_tagged_is_updated(desk: Desk) -> None:
    desk.push()
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    desk.author.build()
    desk.mine.tags.bulk_add([note(desk.mine, "second").id], "marked")
    desk.author.write("opening", HEAD + SECOND.replace("A SYN", "Each SYN") + THIRD)
    assert "~ lecture/opening/second" in desk.push()


def test_an_edit_that_the_learner_took_back_is_none(desk: Desk) -> None:
    desk.push()
    for words in ("My words", "A SYN occupies one sequence number."):
        edit(desk.mine, "second", Rationale=words)
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    assert "~ lecture/opening/second" in desk.push()


def test_a_removed_item_that_the_learner_edited_gets_only_the_tag(desk: Desk) -> None:
    desk.push()
    edit(desk.mine, "second", Rationale="My words")
    desk.author.write("opening", HEAD + THIRD)
    assert "- lecture/opening/second" in desk.push()
    assert note(desk.mine, "second").tags == ["quizgen::removed"]
    assert note(desk.mine, "second")["Rationale"] == "My words"
    desk.author.write("opening", HEAD + SECOND + THIRD)
    assert "~ lecture/opening/second" in desk.push(), "it is back, and loses the tag"
    assert "quizgen::removed" not in note(desk.mine, "second").tags
    assert note(desk.mine, "second")["Rationale"] == "My words"
    assert "= lecture/opening/second" in desk.push()


def test_a_removed_item_that_comes_back_is_whole_again_whenever_it_was_tagged(desk: Desk) -> None:
    desk.push()
    desk.author.write("opening", HEAD + THIRD)
    desk.push()
    desk.mine.tags.bulk_add([note(desk.mine, "second").id], "mine::hard")
    desk.author.write("opening", HEAD + SECOND + THIRD)
    assert "~ lecture/opening/second" in desk.push()
    assert note(desk.mine, "second")["Rationale"] == "A SYN occupies one sequence number."
    assert {"mine::hard", "quizgen::proved"} <= set(note(desk.mine, "second").tags)


def test_a_note_that_lost_its_card_gets_it_again(desk: Desk) -> None:
    """Of notes without a card AnkiConnect tells nothing: its notesInfo fails with the note's number."""
    desk.push()
    mine, own = desk.mine, note(desk.mine, "second")
    db(mine).execute("DELETE FROM cards WHERE nid = ?", own.id)
    with pytest.raises(KeyError):
        desk.actions.notesInfo([own.id])
    assert "+ lecture/opening/second" in desk.push()
    assert (len(note(mine, "second").cards()), mine.note_count()) == (1, 2)


@pytest.mark.parametrize("other", ["Basic", "quizgen basic (en)"])
@pytest.mark.parametrize("lost", [False, True], ids=["", "the lock was lost"])
def test_a_note_that_the_learner_made_one_of_another_type_is_left_alone(desk: Desk, other: str, lost: bool) -> None:
    """AnkiConnect's import merges note types: to send such a note again would make one of the two of all their notes."""
    desk.author.write("opening", HEAD + SECOND + THIRD + TYPED)
    desk.push()
    mine, own = desk.mine, note(desk.mine, "second")
    basic = note_type(mine, other)
    request = mine.models.change_notetype_info(old_notetype_id=own.mid, new_notetype_id=basic["id"]).input
    request.note_ids.append(own.id)
    mine.models.change_notetype_of_notes(request)
    desk.author.write("opening", HEAD + CHANGED + THIRD + TYPED)
    if lost:
        desk.author.lock.unlink()
    before = desk.snapshot()
    assert desk.push() == [
        "= lecture/opening/second",
        "0 notes added, 0 updated, 0 tagged as removed, 1 kept as you edited them, 2 up to date",
    ]
    assert desk.snapshot() == before


def test_a_field_and_a_card_template_that_the_learner_added_are_kept(desk: Desk) -> None:
    from anki.consts import CARD_TYPE_REV, QUEUE_TYPE_REV

    desk.push()
    mine, kind = desk.mine, note_type(desk.mine, "quizgen choice (en)")
    field, template = mine.models.new_field("Mnemonic"), mine.models.new_template("Own")
    template["qfmt"], template["afmt"] = "{{Mnemonic}}", "{{Question}}"
    mine.models.add_field(kind, field)
    mine.models.reposition_field(kind, field, 2)
    mine.models.add_template(kind, template)
    mine.models.update_dict(kind)
    edit(mine, "second", Mnemonic="one more")
    own = note(mine, "second").cards()[1]
    own.type, own.queue, own.ivl = CARD_TYPE_REV, QUEUE_TYPE_REV, 40
    mine.update_card(own)
    new = ITEM.format(id="new", type="choice", n=2, key="x + 1")
    desk.author.write("opening", HEAD + CHANGED + THIRD + new)
    assert "1 note added, 1 updated, 0 tagged as removed, 1 up to date" in desk.push()
    assert note(mine, "second")["Rationale"] == "Every SYN occupies one sequence number."
    assert (note(mine, "second")["Mnemonic"], note(mine, "third")["Mnemonic"]) == ("one more", "")
    assert [card.ivl for card in note(mine, "second").cards()] == [0, 40]
    assert desk.push()[-2].endswith("3 up to date")
    checked(mine)


def test_foreign_notes_are_not_touched(desk: Desk) -> None:
    desk.push()
    mine, ours = desk.mine, note(desk.mine, "second")
    opening = deck(mine, "quizgen::Opening")["id"]
    basic = mine.new_note(note_type(mine, "Basic"))
    basic["Front"], basic["Back"], basic.tags = "lecture/opening/second", "my own", ["quizgen::proved"]
    mine.add_note(basic, opening)
    copy = mine.new_note(note_type(mine, "quizgen choice (en)"))
    copy.fields = list(ours.fields)
    copy["Rationale"] = "My copy"
    mine.add_note(copy, opening)
    foreign = [db(mine).all("SELECT * FROM notes WHERE id = ?", one.id) for one in (basic, copy)]
    desk.author.write("opening", HEAD + CHANGED)
    desk.push()
    assert [db(mine).all("SELECT * FROM notes WHERE id = ?", one.id) for one in (basic, copy)] == foreign
    assert mine.get_note(ours.id)["Rationale"] == "Every SYN occupies one sequence number."
    assert mine.note_count() == 4


def test_a_deck_that_the_learner_renamed_is_not_made_again(desk: Desk) -> None:
    desk.push()
    desk.mine.decks.rename(deck(desk.mine, "quizgen"), "Mine")
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    desk.push()
    assert not any(deck.startswith("quizgen") for deck in desk.actions.deckNames())


def test_a_style_that_the_learner_changed_stays(desk: Desk) -> None:
    desk.push()
    kind = note_type(desk.mine, "quizgen choice (en)")
    kind["css"] += "/* mine */"
    desk.mine.models.update_dict(kind)
    assert desk.push()[-1] == "the note type `quizgen choice (en)` looks as you made it"
    assert desk.actions.modelStyling("quizgen choice (en)")["css"].endswith("/* mine */")


def test_a_renamed_note_type_is_still_ours(desk: Desk) -> None:
    desk.push()
    kind = note_type(desk.mine, "quizgen choice (en)")
    kind["name"] = "Choice"
    desk.mine.models.update_dict(kind)
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    assert "~ lecture/opening/second" in desk.push()


def test_a_note_that_anki_took_without_saying_so_is_no_edit_of_the_learner(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.push()
    take_in = Actions.importPackage

    def too_late(self: Actions, path: str) -> bool:
        take_in(self, path)
        raise TimeoutError("too late")

    desk.author.write("opening", HEAD + CHANGED + THIRD)
    with monkeypatch.context() as slow:
        slow.setattr(Actions, "importPackage", too_late)
        assert desk.run().exit_code == 1
    assert note(desk.mine, "second")["Rationale"] == "Every SYN occupies one sequence number."
    desk.author.write("opening", HEAD + CHANGED.replace("Every SYN", "Each SYN") + THIRD)
    assert "~ lecture/opening/second" in desk.push()
    assert note(desk.mine, "second")["Rationale"] == "Each SYN occupies one sequence number."
