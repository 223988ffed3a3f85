"""The package itself: bytes, tables, ids, media."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.knowledge.lock import stable_id
from quizgen.render.anki.collection import Deck, Field, NoteType, Template
from quizgen.render.anki.package import Media
from quizgen.render.anki.writer import Note, checksum, guid, sort_text, write_package
from tests.render.anki.engine import anki_checksum, anki_sort_text, database, unpacked

KIND = NoteType(1_500_000_000_000, "kind", [Field(1, "Front")], [Template(1, "Card", "{{Front}}", "")], "", 1)
DECK = Deck(1_500_000_000_001, "deck", "", 1)


def note(name: str, id_: int | None = None, cards: tuple[int, ...] = (0,), media: tuple[Media, ...] = ()) -> Note:
    return Note(id_ or stable_id(name), guid(name), KIND.id, DECK.id, (name,), 1_600_000_000, cards=cards, media=media)


def write(path: Path, *notes: Note) -> Path:
    write_package(path, [KIND], [DECK], iter(notes), 1_600_000_000)
    return path


def rows(package: Path, folder: Path, query: str) -> list[tuple[object, ...]]:
    with database(package, folder) as connection:
        return connection.execute(query).fetchall()


def test_same_notes_same_bytes(tmp_path: Path) -> None:
    notes = [note(str(n), media=(Media("a.svg", b"<svg/>"),)) for n in range(3000)]
    assert write(tmp_path / "a", *notes).read_bytes() == write(tmp_path / "b", *notes).read_bytes()


def test_notes_are_not_held(tmp_path: Path) -> None:
    """No more than one batch of an endless supply is asked for before rows are written."""
    asked = 0

    def supply() -> Iterator[Note]:
        nonlocal asked
        for asked in range(1, 1_000_000):
            yield note(str(asked), id_=asked if asked != 5000 else "no number")  # type: ignore[arg-type]

    with pytest.raises(TypeError):
        write_package(tmp_path / "a", [KIND], [DECK], supply(), 1)
    assert asked <= 20_000


def test_cards_count_on_from_their_note(tmp_path: Path) -> None:
    package = write(tmp_path / "a", note("a", 1000, (0, 1, 3)), note("b", 3000), note("c", 2000, ()))
    assert rows(package, tmp_path, "SELECT id, flds FROM notes") == [(1000, "a"), (2000, "c"), (3000, "b")]
    assert rows(package, tmp_path, "SELECT id, nid, ord, due FROM cards") == [
        (1000, 1000, 0, 1), (1001, 1000, 1, 1), (1003, 1000, 3, 1), (3000, 3000, 0, 2),
    ]  # fmt: skip


def test_media_are_packed_once(tmp_path: Path) -> None:
    one, other = Media("one.svg", b"1"), Media("other.svg", b"2")
    names, media = unpacked(write(tmp_path / "a", note("a", media=(one, other)), note("b", media=(other, one))))
    assert media == {"0": "one.svg", "1": "other.svg"}
    assert names == ["0", "1", "collection.anki2", "media"]


def test_ids_are_moments_of_the_past() -> None:
    ids = [stable_id(str(n)) for n in range(2000)]
    assert len(set(ids)) == 2000
    assert min(ids) > 1_400_000_000_000
    assert max(ids) < 1_700_000_000_000


def test_identity_is_not_ambiguous() -> None:
    assert guid("a", "bc") != guid("ab", "c")
    assert len(guid("a")) == 12


@pytest.mark.parametrize(
    "field",
    [
        "plain",
        "a &amp; b &lt;i&gt; &#91;latex]",
        "<b>bold</b> and <code>x</code>",
        'see <img src="a b.svg" alt="x"> and <img alt=y src=c.png>',
        "<style>p {}</style><script>x</script><!-- gone -->text&nbsp;end",
        "三次握手 <br>字",
        "",
        "007",
        "<span>\\</span>(x)",
    ],
)
def test_checksum_is_ankis(field: str) -> None:
    pytest.importorskip("anki.collection", reason="the package anki is not installed")
    assert checksum(field) == anki_checksum(field)
    assert sort_text(field) == anki_sort_text(field)


@given(st.text(alphabet="ab<>&;\"'=/ \nim gsrc#123"))
def test_sort_text_never_fails(field: str) -> None:
    assert "\x1f" not in sort_text(field)
