"""Packages in Anki's own engine: what an import makes of them, and a later import of a newer one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizgen.items.question import Bank, Blank, Option, Question
from quizgen.render import anki
from quizgen.render.options import Options
from quizgen.resources import strings
from tests.render.anki.conftest import Open, bank_of
from tests.render.anki.engine import anki_checksum, anki_sort_text, cards, db, deck, take
from tests.samples import BANK, QUESTIONS, text

if TYPE_CHECKING:
    from anki.collection import Collection

N = len(QUESTIONS)


def package(bank: Bank, out: Path, lang: str = "en") -> Path:
    anki.render(bank, out, Options((lang,)))
    return out / "anki" / f"quizgen.{lang}.apkg"


def checked(collection: Collection) -> None:
    """Anki finds nothing to repair, no media missing or unused, no empty card."""
    for number, first, second, csum, sfld in _rows(collection):
        assert csum == anki_checksum(first) != 0, number
        assert sfld == anki_sort_text(second) or _is_number(anki_sort_text(second)), number
    media = collection.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    assert [list(note.card_ids) for note in collection.get_empty_cards().notes] == []
    report, ok = collection.fix_integrity()
    assert (report.strip(), ok) == ("Database rebuilt and optimized.", True)


def _is_number(text: str) -> bool:
    """Whether SQLite keeps the text as a number in Anki's column for sorting."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def _rows(collection: Collection) -> list[tuple[Any, ...]]:
    rows = db(collection).all("SELECT id, flds, csum, sfld FROM notes")
    return [(number, *flds.split("\x1f")[:2], csum, sfld) for number, flds, csum, sfld in rows]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_into_an_empty_collection(collection: Open, packages: dict[str, Path], lang: str) -> None:
    mine = collection("mine")
    assert take(mine, packages[lang]) == {"new": N}
    assert mine.card_count() == N + 1, "the cloze has two gaps"
    assert len(list(Path(mine.media.dir()).iterdir())) == 2
    title = BANK.topics[0].title[lang]
    assert {deck.name for deck in mine.decks.all_names_and_ids()} - {"Default"} == {"quizgen", f"quizgen::{title}"}
    for name in ("quizgen", f"quizgen::{title}"):
        description = deck(mine, name)["desc"]
        assert description.split("<br>") == [
            strings(lang)[f"anki.about.{part}"].format(version=BANK.version, licence="CC BY 4.0")
            for part in ("what", "licence", "update")
        ]
    assert {"quizgen::tcp::handshake", "quizgen::type::choice", "quizgen::difficulty::2", "quizgen::proved"} <= set(
        mine.tags.all()
    )
    checked(mine)


def test_both_languages_side_by_side(collection: Open, packages: dict[str, Path]) -> None:
    mine = collection("mine")
    assert [take(mine, packages[lang]) for lang in ("en", "zh")] == [{"new": N}, {"new": N}]
    assert len({deck.id for deck in mine.decks.all_names_and_ids()}) == 4
    checked(mine)


def test_again(collection: Open, packages: dict[str, Path]) -> None:
    mine = collection("mine")
    take(mine, packages["en"])
    kinds = len(mine.models.all_names_and_ids())
    assert take(mine, packages["en"]) == {"duplicate": N}
    assert len(mine.models.all_names_and_ids()) == kinds


HOSTILE = [
    "{{c1::cloze}} }} {{ {{Question}} {{#Figure}}",
    "[latex]\\input{/etc/passwd}[/latex] [$]x[/$] [$$]y[/$$]",
    "[sound:a.mp3] [anki:tts lang=en_US]x[/anki:tts] [[type:Key]]",
    "<img src=x onerror=alert(1)><script>alert(1)</script></article>",
    "a & b &amp; &#91; &nbsp; \" ' < >",
    "עברית \u202eRTL 三次握手 🤝 e\u0301",
    "007",
    "x" * 20_000,
    "tab\tand a  double space",
]


def told(field: str) -> str:
    """What a reader sees of a field."""
    from html.parser import HTMLParser

    parts: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            parts.append(data)

    parser = Reader(convert_charrefs=True)
    parser.feed(field)
    parser.close()
    return "".join(parts)


@pytest.mark.parametrize("written", HOSTILE, ids=lambda written: written[:16])
def test_hostile_texts_come_back_as_written(collection: Open, tmp_path: Path, written: str) -> None:
    from unicodedata import normalize

    from quizgen.markup import plain

    question = partial(Question, rationale=text(written), source=written, evidence=(written,))
    questions = (
        question("tcp/handshake/choice", "tcp/handshake", "choice", "cited", text(written), options=(Option(text(written), True, text(written)), Option(text("b"), False))),
        question("tcp/handshake/cloze", "tcp/handshake", "cloze", "cited", text(f"{written} {{1}}"), blanks=(Blank(text(written), (written,)),)),
        question("tcp/handshake/short", "tcp/handshake", "short", "cited", text(written), blanks=(Blank(text(written), (written, written + "!")),)),
        question("tcp/handshake/match", "tcp/handshake", "match", "cited", text(written), pairs=((text(written), text(written)), (text("a"), text("b")))),
    )  # fmt: skip
    mine = collection("mine")
    assert take(mine, package(bank_of(*questions), tmp_path)) == {"new": 4}
    expected = normalize("NFC", plain(written))
    for name, card in cards(mine).items():
        note, output = card.note(), card.render_output()
        assert told(note["Rationale"]) == expected
        assert name == "cloze" or told(note["Question"]) == expected
        assert output.question_av_tags == output.answer_av_tags == []
        assert "onerror=alert(1)>" not in output.answer_text
        assert "[latex" not in output.answer_text
        assert expected in told(output.answer_text), name
    assert mine.card_count() == 4
    checked(mine)


def test_control_characters_are_seen(collection: Open, tmp_path: Path) -> None:
    mine = collection("mine")
    question = replace(QUESTIONS[0], stem=text("a\x1fb\x00c"), source="\ud800")
    assert take(mine, package(bank_of(question), tmp_path)) == {"new": 1}
    note = mine.get_note(mine.find_notes("")[0])
    assert (note["Question"], note["Source"]) == ("a\ufffdb\ufffdc", "\ufffd")


def test_same_bytes_whenever_it_is_built(
    packages: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert package(BANK, tmp_path).read_bytes() == packages["en"].read_bytes()


@pytest.mark.parametrize("form", ["apkg", "apkg legacy", "colpkg"])
def test_exported_by_anki_and_imported_again_nothing_is_lost(
    collection: Open, packages: dict[str, Path], tmp_path: Path, form: str
) -> None:
    """With reviews and their schedule, into a collection that holds nothing yet."""
    from anki.collection import ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    mine, path = collection("mine"), tmp_path / f"exported.{form[:6].strip()}"
    take(mine, packages["en"])
    mine.decks.select(deck(mine, "quizgen")["id"])
    for _ in range(4):
        card = mine.sched.getCard()
        assert card is not None
        card.start_timer()
        mine.sched.answerCard(card, 4)
    before = _everything(mine)
    if form == "colpkg":
        mine.export_collection_package(str(path), include_media=True, legacy=False)
        other = _restored(tmp_path / "other", path)
    else:
        whole = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=form.endswith("legacy")
        )
        mine.export_anki_package(out_path=str(path), options=whole, limit=None)
        other = collection("other")
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        other.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))
    after = _everything(other)
    assert len(before["reviews"]) == 4
    assert after == before
    checked(other)
    assert take(other, packages["en"]) == {"duplicate": N}
    other.close()


def _restored(folder: Path, path: Path) -> Collection:
    from anki.collection import Collection

    folder.mkdir()
    media, data = folder / "collection.media", folder / "collection.media.db2"
    made = Collection(str(folder / "collection.anki2"))
    made.close()
    made._backend.import_collection_package(
        col_path=made.path, backup_path=str(path), media_folder=str(media), media_db=str(data)
    )
    return Collection(str(folder / "collection.anki2"))


def _everything(mine: Collection) -> dict[str, Any]:
    return {
        "notes": db(mine).all("SELECT id, guid, mid, mod, tags, flds, sfld, csum FROM notes ORDER BY id"),
        "cards": db(mine).all("SELECT id, nid, ord, type, queue, due, ivl, factor, reps, lapses FROM cards ORDER BY id"),
        "reviews": db(mine).all("SELECT id, cid, ease, ivl, factor, type FROM revlog ORDER BY id"),
        "decks": sorted(f"{deck['name']}: {deck['desc']}" for deck in mine.decks.all() if deck["name"] != "Default"),
        "looks": sorted((kind["id"], kind["css"], str(kind["tmpls"])) for kind in mine.models.all() if "quizgen" in kind["name"]),
        "media": {file.name: file.read_bytes() for file in Path(mine.media.dir()).iterdir()},
    }  # fmt: skip
