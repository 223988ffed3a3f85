"""What Anki does with a changed package, row by row, where test_updates.py does not show it: why ids, fields and times are
as they are. Decks of `quizgen build` before and after, in Anki's own engine.
"""

from __future__ import annotations

from sys import modules

import pytest

from quizgen.render.anki import notetypes
from quizgen.render.anki.collection import Field
from tests.render.anki.author import CHANGED, HEAD, SECOND, THIRD, Author, note, schedule, study
from tests.render.anki.conftest import Open
from tests.render.anki.engine import deck, take
from tests.render.anki.test_import import checked

EDITED = HEAD + CHANGED + THIRD


def test_a_text_of_the_same_time_is_ignored_and_the_lock_prevents_it(
    collection: Open, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(author, "later", lambda: None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    mine = collection("mine")
    take(mine, author.build())
    first = author.lock.read_bytes()
    author.lock.unlink()
    author.write("opening", EDITED)
    assert take(mine, author.build()) == {"duplicate": 2}
    author.lock.write_bytes(first)
    assert take(mine, author.build("--out", str(author.folder / "build"), "--seed", "1")) == {
        "updated": 1,
        "duplicate": 1,
    }
    assert note(mine, "second")["Rationale"].startswith("Every SYN")


def test_another_id_is_another_note(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    studied = study(mine, "second")
    author.write("opening", HEAD + SECOND.replace("id: second", "id: renamed") + THIRD)
    assert take(mine, author.build()) == {"new": 1, "updated": 1, "duplicate": 1}
    assert (schedule(mine, "second"), schedule(mine, "renamed")[:2]) == (studied, (0, 0))
    assert note(mine, "second").tags == ["quizgen::removed"]


def _other_fields(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    kinds = dict(notetypes.KINDS)
    number, fields = kinds["choice"]
    made = {
        "added": (*fields, Field(99_999, "Extra")),
        "moved": (*fields[:-2], fields[-1], fields[-2]),
        "renamed": tuple(field._replace(name="Hint") if field.name == "Spare 1" else field for field in fields),
    }[change]
    kinds["choice"] = notetypes.KindOf(number, made)
    monkeypatch.setattr(notetypes, "KINDS", kinds)
    names = {kind: tuple(field.name for field in parts.fields) for kind, parts in kinds.items()}
    monkeypatch.setattr(modules["quizgen.render.anki.notes"], "_NAMES", names)


@pytest.mark.parametrize("change", ["added", "moved"])
def test_other_fields_would_part_the_notes_from_the_learners(
    collection: Open, author: Author, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Why test_note_types_are_frozen guards them."""
    mine = collection("mine")
    take(mine, author.build())
    author.write("opening", EDITED)
    _other_fields(monkeypatch, change)
    assert take(mine, author.build()) == {"conflicting": 2}
    assert note(mine, "second")["Rationale"].startswith("A SYN")


def test_a_spare_field_may_take_a_name(collection: Open, author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = collection("mine")
    take(mine, author.build())
    studied = study(mine, "second")
    author.write("opening", EDITED)
    _other_fields(monkeypatch, "renamed")
    assert take(mine, author.build()) == {"updated": 1, "duplicate": 1}
    mine.models._clear_cache()  # the engine has it; its Python side remembers what was before
    assert {"Hint", "Spare 2"} < set(note(mine, "second").keys())
    assert "Spare 1" not in note(mine, "second")
    assert schedule(mine, "second") == studied
    assert len([kind for kind in mine.models.all_names_and_ids() if "choice" in kind.name]) == 1


def test_a_changed_template_reaches_the_learner(
    collection: Open, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = collection("mine")
    take(mine, author.build())
    file = notetypes._file
    monkeypatch.setattr(notetypes, "_file", lambda name: file(name) + ("<p>new</p>" if name == "tail.html" else ""))
    assert take(mine, author.build("--seed", "1")) == {"duplicate": 2}
    assert "<p>new</p>" in note(mine, "second").cards()[0].answer()


def test_decks_match_by_name_and_a_learner_s_place_for_a_card_stays(collection: Open, author: Author) -> None:
    mine = collection("mine")
    take(mine, author.build())
    mine.decks.rename(deck(mine, "quizgen::Opening"), "My exam")
    author.write("opening", EDITED)
    assert take(mine, author.build()) == {"updated": 1, "duplicate": 1}
    assert {mine.decks.name(card.did) for card in note(mine, "second").cards()} == {"My exam"}


CLOZE = """
  - id: gaps
    type: cloze
    text: {en: "The active OPEN takes the client from CLOSED to {1}; the SYN-ACK takes it to {2}."}
    blanks:
      - {ask: "next_state(CLOSED, ACTIVE_OPEN)", key: SYN-SENT}
      - {ask: "next_state(SYN_SENT, RCV_SYN_ACK)", key: ESTABLISHED}
    rationale: {en: It need not wait for anything after that.}
    source: RFC 9293 Figure 5
"""


def test_the_card_of_a_dropped_gap_stays_until_anki_is_asked_for_empty_cards(collection: Open, author: Author) -> None:
    mine = collection("mine")
    author.write("opening", HEAD + CLOZE)
    take(mine, author.build())
    first, second = note(mine, "gaps").cards()
    lines = CLOZE.replace("to {2}.", "to ESTABLISHED.").splitlines(keepends=True)
    author.write("opening", HEAD + "".join(line for line in lines if "RCV_SYN_ACK" not in line))
    assert take(mine, author.build()) == {"updated": 1}
    assert note(mine, "gaps").card_ids() == [first.id, second.id]
    assert [list(found.card_ids) for found in mine.get_empty_cards().notes] == [[second.id]]
    new = collection("new")
    take(new, author.folder / "build" / "anki" / "quizgen.en.apkg")
    assert new.card_count() == 1
    checked(new)
