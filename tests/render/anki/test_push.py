"""`quizgen push` to AnkiConnect on Anki's own engine: what is added, updated, tagged, kept; and what is never touched."""

from __future__ import annotations

import errno
import json
import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from typer.testing import CliRunner, Result

from quizgen.cli.app import app
from tests.render.anki.ankiconnect import Actions, listening, serving
from tests.render.anki.engine import take
from tests.render.anki.test_import import checked
from tests.render.anki.test_updates import HEAD, OTHER, SECOND, THIRD, Author, note, schedule, study

if TYPE_CHECKING:
    from anki.collection import Collection

    Open = Callable[[str], Collection]

TYPED = """
  - id: typed
    type: numeric
    stem: {en: How many segments has the handshake?}
    ask: count(handshake.segments)
    key: "3"
    rationale: {en: One each way and one more.}
    source: RFC 9293 §3.5
"""
CHANGED = SECOND.replace("A SYN", "Every SYN")


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
            self.mine.db.all(f"SELECT * FROM {table} ORDER BY 1") for table in ("notes", "cards", "decks", "notetypes")
        ]
        return [*rows, sorted(Path(self.mine.media.dir()).iterdir())]


@pytest.fixture
def desk(collection: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    (tmp_path / "author").mkdir()
    mine = collection("mine")
    actions = Actions(mine)
    with serving(actions) as address:
        yield Desk(Author(tmp_path / "author", monkeypatch), mine, actions, address)


def edit(mine: Collection, name: str, mod: int = 1_800_000_000, **fields: str) -> None:
    """A learner's edit, at that time."""
    own = note(mine, name)
    for field, value in fields.items():
        own[field] = value
    mine.update_note(own)
    mine.db.execute("UPDATE notes SET mod = ? WHERE id = ?", mod, own.id)


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


@pytest.mark.parametrize("built", [False, True], ids=["the push sees the edit first", "a build saw it before"])
def test_a_changed_note_is_updated_and_keeps_schedule_and_tags(desk: Desk, built: bool) -> None:
    desk.push()
    studied = study(desk.mine, "second")
    own = note(desk.mine, "second")
    desk.mine.tags.bulk_add([own.id], "marked mine::hard")
    desk.mine.db.execute("UPDATE notes SET mod = ? WHERE id = ?", 1_780_005_000, own.id)
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
    desk.mine.db.execute("UPDATE notes SET mod = ? WHERE id = ?", 1_790_000_000, own.id)
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
    mine.db.execute("DELETE FROM cards WHERE nid = ?", own.id)
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
    basic = mine.models.by_name(other)
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


def test_newcomers_are_spared_what_was_removed(desk: Desk) -> None:
    desk.author.build()
    desk.author.write("opening", HEAD + THIRD)
    assert desk.push()[-1] == "1 note added, 0 updated, 0 tagged as removed, 0 up to date"
    assert desk.mine.note_count() == 1


def test_foreign_notes_are_not_touched(desk: Desk) -> None:
    desk.push()
    mine, ours = desk.mine, note(desk.mine, "second")
    basic = mine.new_note(mine.models.by_name("Basic"))
    basic["Front"], basic["Back"], basic.tags = "lecture/opening/second", "my own", ["quizgen::proved"]
    mine.add_note(basic, mine.decks.id("quizgen::Opening"))
    copy = mine.new_note(ours.note_type())
    copy.fields = list(ours.fields)
    copy["Rationale"] = "My copy"
    mine.add_note(copy, mine.decks.id("quizgen::Opening"))
    foreign = [mine.db.all("SELECT * FROM notes WHERE id = ?", one.id) for one in (basic, copy)]
    desk.author.write("opening", HEAD + CHANGED)
    desk.push()
    assert [mine.db.all("SELECT * FROM notes WHERE id = ?", one.id) for one in (basic, copy)] == foreign
    assert mine.get_note(ours.id)["Rationale"] == "Every SYN occupies one sequence number."
    assert mine.note_count() == 4


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


def test_a_deck_that_the_learner_renamed_is_not_made_again(desk: Desk) -> None:
    desk.push()
    desk.mine.decks.rename(desk.mine.decks.by_name("quizgen"), "Mine")
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    desk.push()
    assert not any(deck.startswith("quizgen") for deck in desk.actions.deckNames())


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
    notes = desk.mine.db.all("SELECT * FROM notes")
    assert "looks otherwise" in desk.push("--dry-run")[-1]
    assert desk.push() == ["0 notes added, 0 updated, 0 tagged as removed, 2 up to date"]
    assert desk.actions.modelStyling("quizgen choice (en)")["css"].endswith("/* new */")
    assert desk.mine.db.all("SELECT * FROM notes") == notes
    desk.push()
    assert "importPackage" not in desk.actions.asked


def test_a_style_that_the_learner_changed_stays(desk: Desk) -> None:
    desk.push()
    kind = desk.mine.models.by_name("quizgen choice (en)")
    kind["css"] += "/* mine */"
    desk.mine.models.update_dict(kind)
    assert desk.push()[-1] == "the note type `quizgen choice (en)` looks as you made it"
    assert desk.actions.modelStyling("quizgen choice (en)")["css"].endswith("/* mine */")


def test_a_renamed_note_type_is_still_ours(desk: Desk) -> None:
    desk.push()
    kind = desk.mine.models.by_name("quizgen choice (en)")
    kind["name"] = "Choice"
    desk.mine.models.update_dict(kind)
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    assert "~ lecture/opening/second" in desk.push()


def test_a_note_type_without_a_field_is_refused(desk: Desk) -> None:
    desk.push()
    kind = desk.mine.models.by_name("quizgen choice (en)")
    desk.mine.models.rename_field(kind, kind["flds"][5], "Why")
    desk.mine.models.update_dict(kind)
    before = desk.snapshot()
    done = desk.run()
    assert done.exit_code == 1
    assert "the note type `quizgen choice (en)` in Anki lacks `Rationale`" in done.output
    assert desk.snapshot() == before


def test_what_anki_did_not_take_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Actions, "importPackage", lambda self, path: True)
    done = desk.run()
    assert done.exit_code == 1
    assert "Anki did not take lecture/opening/second" in done.output


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


def test_nothing_is_sent_where_the_lock_cannot_be_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.author.build()
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    monkeypatch.setattr(Path, "replace", refuse)
    done = desk.run()
    assert (done.exit_code, desk.mine.note_count()) == (1, 0), done.output
    assert f"nothing was sent, for {desk.author.lock} cannot be written: No space left on device" in done.output


def refuse(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_key(collection: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "author").mkdir()
    actions = Actions(collection("mine"), "secret")
    with serving(actions) as address:
        desk = Desk(Author(tmp_path / "author", monkeypatch), collection("other"), actions, address)
        assert "with --key or ANKICONNECT_KEY" in desk.run().output
        assert desk.push("--key", "secret")[-1].startswith("2 notes added")


def unused() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def refused(author: Author, *args: str, code: int) -> str:
    done = CliRunner().invoke(app, ["push", *args])
    assert done.exit_code == code, done.output
    assert not author.lock.exists()
    return done.output


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    (tmp_path / "author").mkdir()
    return Author(tmp_path / "author", monkeypatch)


def test_without_anki(author: Author) -> None:
    address = unused()
    said = refused(author, "--address", address, code=1)
    assert f"Anki does not answer at {address}: Connection refused\n" in said
    assert "start Anki with the add-on AnkiConnect" in said


def test_anki_that_is_busy_for_too_long(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.render.anki.connect._SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        said = refused(author, "--address", f"127.0.0.1:{silent.getsockname()[1]}", code=1)
    assert "did not answer" in said
    assert "let Anki finish" in said


STRANGERS = {
    "another server": (404, b"<html>"),
    "a page": (200, b"<html>"),
    "other JSON": (200, b"[1, 2]"),
    "an old answer": (200, b"null"),
    "a redirect": (302, b"http://127.0.0.1:9/"),
}


@pytest.mark.parametrize("answer", STRANGERS.values(), ids=STRANGERS)
def test_what_is_not_ankiconnect(author: Author, answer: tuple[int, bytes]) -> None:
    with listening(lambda body: answer) as address:
        assert "is not AnkiConnect" in refused(author, "--address", address, code=1)


@pytest.mark.parametrize(
    ("error", "help_"),
    [
        ("unsupported action", "add-on up to date"),
        ("collection is not available", "open a profile"),
        ("CollectionNotOpen", "let Anki finish"),
        ("Failed to open '/tmp/push.apkg': No such file or directory (os error 2)", "let TMPDIR name a folder"),
    ],
    ids=["too old", "no profile", "while Anki syncs all", "Anki may not read the file"],
)
def test_what_ankiconnect_refuses(author: Author, error: str, help_: str) -> None:
    with listening(lambda body: (200, json.dumps({"result": None, "error": error}).encode())) as address:
        said = refused(author, "--address", address, code=1)
    assert error in said
    assert help_ in said


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.7:8765", "http://example.com:8765", "https://127.0.0.1:8765", "http://127.0.0.1@example.com",
        "file:///etc/passwd", "http://[2001:db8::1]:8765", "http://[::1", "http://127.0.0.1:x", "", "http://0.0.0.0:8765",
    ],
)  # fmt: skip
def test_an_address_of_another_machine_is_refused(author: Author, address: str) -> None:
    assert "is no address of this machine" in refused(author, "--address", address, code=2)


@pytest.mark.parametrize("address", ["localhost:8765", "http://127.0.0.1", "http://127.3.2.1:9/", "http://[::1]:8765"])
def test_addresses_of_this_machine(address: str) -> None:
    from quizgen.render.anki.connect import local

    assert re.fullmatch(r"http://(127[.\d]+|\[::1\]):\d+", local(address))


def test_a_proxy_is_not_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", unused())
    monkeypatch.delenv("no_proxy", raising=False)
    assert desk.push()[-1].startswith("2 notes added")


@pytest.mark.parametrize(
    ("args", "words"),
    [(("--lang", "fr"), "its languages are en"), (("--deck", "::"), "is no name of a deck"), (("no.yaml",), "there is no file")],
)  # fmt: skip
def test_wrong_usage(desk: Desk, args: tuple[str, ...], words: str) -> None:
    done = desk.run(*args)
    assert (done.exit_code, words in done.output) == (2, True), done.output
    assert "importPackage" not in desk.actions.asked
