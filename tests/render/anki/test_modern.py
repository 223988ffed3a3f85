"""Packages in the form that today's Anki writes: Anki's engine takes them, and classic and modern ones update each other."""

from __future__ import annotations

import importlib.util
import sqlite3
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from typer.testing import CliRunner

from quizgen.cli.app import app
from quizgen.render.anki import render
from quizgen.render.options import Options
from tests.render.anki.author import HEAD, SECOND, THIRD, Author, note, schedule, study
from tests.render.anki.conftest import Open
from tests.render.anki.engine import db, take
from tests.render.anki.test_import import checked
from tests.samples import BANK, QUESTIONS

if TYPE_CHECKING:
    from anki.collection import Collection

zstandard = pytest.importorskip("zstandard", reason="the package zstandard is not installed")


@pytest.fixture(scope="module")
def modern(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample bank's packages by language, in the modern form."""
    out = tmp_path_factory.mktemp("modern")
    render(BANK, out, Options(BANK.languages, modern=True))
    return {lang: out / "anki" / f"quizgen.{lang}.apkg" for lang in BANK.languages}


def unpacked(data: bytes) -> bytes:
    held: bytes = zstandard.ZstdDecompressor().decompressobj().decompress(data)
    return held


def held(mine: Collection) -> list[Any]:
    """What a learner has: notes, cards, decks and note types, without the times at which they came."""
    return [
        db(mine).all("SELECT guid, mid, mod, tags, flds, sfld, csum FROM notes ORDER BY guid"),
        db(mine).all("SELECT g.guid, c.ord, d.name, c.due FROM cards c JOIN notes g ON g.id = c.nid JOIN decks d ON d.id = c.did ORDER BY 1, 2"),
        sorted((kind for kind in mine.models.all() if kind["name"].startswith("quizgen")), key=lambda kind: kind["id"]),
        {file.name: file.read_bytes() for file in Path(mine.media.dir()).iterdir()},
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_anki_takes_the_same_from_both_forms(
    collection: Open, packages: dict[str, Path], modern: dict[str, Path], lang: str
) -> None:
    mine, other = collection("mine"), collection("other")
    assert take(mine, modern[lang]) == take(other, packages[lang]) == {"new": len(QUESTIONS)}
    assert held(mine) == held(other)
    checked(mine)


def test_the_forms_are_the_same_notes_to_anki(
    collection: Open, packages: dict[str, Path], modern: dict[str, Path]
) -> None:
    for first, second, name in ((packages, modern, "one"), (modern, packages, "two")):
        mine = collection(name)
        take(mine, first["en"])
        assert take(mine, second["en"]) == {"duplicate": len(QUESTIONS)}
        checked(mine)


def test_the_parts_are_those_that_anki_writes(collection: Open, modern: dict[str, Path], tmp_path: Path) -> None:
    """Beside a package that Anki itself exports: the same parts, stored the same way, and a media map that its own
    Protocol Buffers read."""
    from anki.collection import ExportAnkiPackageOptions
    from anki.import_export_pb2 import MediaEntries, PackageMetadata

    mine = collection("mine")
    take(mine, modern["en"])
    exported = tmp_path / "exported.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False, with_media=True, legacy=False)
    mine.export_anki_package(out_path=str(exported), options=options, limit=None)
    with ZipFile(exported) as theirs, ZipFile(modern["en"]) as ours:
        assert set(ours.namelist()) == set(theirs.namelist())
        assert ours.read("meta") == theirs.read("meta")
        assert PackageMetadata.FromString(ours.read("meta")).version == PackageMetadata.VERSION_LATEST
        stored = {part.filename for part in ours.infolist() if part.compress_type == ZIP_STORED}
        assert stored == set(ours.namelist()) - {"collection.anki2"}
        entries = [MediaEntries.FromString(unpacked(zipped.read("media"))).entries for zipped in (ours, theirs)]
        assert sorted(map(str, entries[0])) == sorted(map(str, entries[1]))
        for number, entry in enumerate(entries[0]):
            data = unpacked(ours.read(str(number)))
            assert (entry.size, entry.sha1) == (len(data), sha1(data).digest())


@pytest.mark.parametrize(("lang", "words"), [("en", "needs Anki 2.1.50"), ("zh", "需要 Anki 2.1.50")])
def test_versions_that_are_too_old_are_told_so(
    collection: Open, modern: dict[str, Path], tmp_path: Path, lang: str, words: str
) -> None:
    old = tmp_path / "old.apkg"
    with ZipFile(modern[lang]) as archive, ZipFile(old, "w") as copy:
        copy.writestr("collection.anki2", archive.read("collection.anki2"))
        copy.writestr("media", "{}")
    mine = collection("mine")
    assert take(mine, old) == {"new": 1}
    [number] = mine.find_cards("")
    assert words in mine.get_card(number).question()


def test_the_collection_is_the_classic_one(packages: dict[str, Path], modern: dict[str, Path], tmp_path: Path) -> None:
    with ZipFile(packages["en"]) as archive, ZipFile(modern["en"]) as other:
        assert unpacked(other.read("collection.anki21b")) == archive.read("collection.anki2")
        (tmp_path / "c").write_bytes(archive.read("collection.anki2"))
    assert sqlite3.connect(tmp_path / "c").execute("SELECT ver FROM col").fetchone() == (11,)


def test_updates_go_from_one_form_to_the_other(collection: Open, author: Author) -> None:
    mine = collection("mine")
    assert take(mine, author.build("--modern")) == {"new": 2}
    studied = study(mine, "second")
    lock = author.lock.read_text("utf-8")
    assert take(mine, author.build()) == {"duplicate": 2}
    assert author.lock.read_text("utf-8") == lock
    for words, args in (("Every SYN", ()), ("Each SYN", ("--modern",))):
        author.write("opening", HEAD + SECOND.replace("A SYN", words) + THIRD)
        assert take(mine, author.build(*args)) == {"updated": 1, "duplicate": 1}
        assert note(mine, "second")["Rationale"].startswith(words)
        assert schedule(mine, "second") == studied
    assert mine.note_count() == 2
    checked(mine)


def test_the_same_bytes_twice_and_a_smaller_file(author: Author) -> None:
    classic = author.build().stat().st_size
    first = author.build("--modern").read_bytes()
    assert author.build("--modern", "--out", str(author.folder / "again")).read_bytes() == first
    assert len(first) < classic


@pytest.mark.parametrize("command", [["build"], ["export", "anki"]])
def test_without_zstandard(author: Author, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "zstandard" else find(name))
    done = CliRunner().invoke(app, [*command, "--modern"])
    assert done.exit_code == 2
    assert "pip install 'quizgen[modern]'" in done.output
    assert not (author.folder / "build").exists()


@pytest.mark.parametrize("command", [["build", "--format", "quiz"], ["export", "csv"]])
def test_where_there_is_no_package(author: Author, command: list[str]) -> None:
    done = CliRunner().invoke(app, [*command, "--modern"])
    assert (done.exit_code, "is about Anki packages" in done.output) == (2, True)
