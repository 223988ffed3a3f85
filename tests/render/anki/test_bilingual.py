"""Notes with two languages: what they show, that they live beside the others, and that they are brought up to date."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from quizgen.cli.app import app
from quizgen.items.question import Blank
from quizgen.render.anki import render
from quizgen.render.options import Options
from tests.conftest import Golden
from tests.render.anki.author import HEAD, SECOND, THIRD, Author, note, schedule, study
from tests.render.anki.conftest import Open, bank_of
from tests.render.anki.engine import cards, take
from tests.render.anki.test_import import checked
from tests.samples import BANK, QUESTIONS, text

if TYPE_CHECKING:
    from anki.collection import Collection

BOTH = [part.replace("{en: ", "{zh: 中文, en: ") for part in (HEAD, SECOND, THIRD)]


@pytest.fixture
def mine(collection: Open, tmp_path: Path) -> Collection:
    """A collection with the sample bank in both languages."""
    made = collection("mine")
    render(BANK, tmp_path, Options(("en+zh",)))
    assert take(made, tmp_path / "anki" / "quizgen.en+zh.apkg") == {"new": len(QUESTIONS)}
    return made


def shown(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL))


def test_every_type_shows_both_languages(mine: Collection) -> None:
    checked(mine)
    for question in QUESTIONS:
        card = cards(mine)[question.id.rpartition("/")[2]]
        front, back = shown(card.question()), shown(card.answer())
        for lang in ("en", "zh"):
            stem = re.sub(r"\{\d}.*", "", question.stem[lang])
            assert stem in unescape(front)
            assert {"en": "sequence number & no more.", "zh": "序号。"}[lang] in unescape(back)
    assert {mine.decks.name(card.did) for card in cards(mine).values()} == {
        "quizgen::The three-way handshake · 三次握手"
    }


def test_fields(mine: Collection, golden: Golden) -> None:
    """Each note's fields, with the drawings' names left out."""
    notes = [card.note() for name, card in cards(mine).items() if not name.endswith("-2")]
    lines = [f"{name}: {value}" for one in notes for name, value in one.items() if value]
    golden(
        "anki/notes.en+zh.txt",
        "\n".join(re.sub(r"quizgen-[0-9a-f]{16}", "quizgen-HASH", line) for line in lines) + "\n",
    )


def test_what_is_the_same_in_both_stands_once(mine: Collection) -> None:
    options = cards(mine)["acknowledges"].note()["Options"]
    assert '<li class="right"><p>x + 1</p></li>' in options
    assert '<span lang="zh">模型算出 x + 1，而不是 x。</span>' in options


def test_a_gap_is_hidden_in_both_languages(mine: Collection) -> None:
    front = shown(cards(mine)["cloze"].question())
    assert front.count("[...]") == 2
    assert "SYN-SENT" not in front
    assert front.count("ESTABLISHED") == 2


def test_interface_words_stand_in_both(mine: Collection) -> None:
    assert "Check · 检查" in cards(mine)["acknowledges"].question()
    assert "Source · 出处：" in cards(mine)["acknowledges"].answer()


@pytest.mark.parametrize(
    ("blank", "typed"),
    [
        (Blank(text("LISTEN"), ("LISTEN",)), "LISTEN"),
        (Blank(text("client", "客户端"), ("client", "客户端")), ""),
        (Blank(text("20 bytes", "20 字节"), ("20 bytes",), 20.0, 0.0, "B"), "20"),
    ],
    ids=["the same", "another", "a number"],
)
def test_what_is_typed(collection: Open, tmp_path: Path, blank: Blank, typed: str) -> None:
    other = collection("other")
    render(bank_of(replace(QUESTIONS[5], blanks=(blank,))), tmp_path, Options(("en+zh",)))
    take(other, tmp_path / "anki" / "quizgen.en+zh.apkg")
    own = cards(other)["state"].note()
    assert own["Typed"] == typed
    assert all(blank.answer[lang] in own["Key"] for lang in ("en", "zh"))


def test_beside_the_decks_of_one_language(mine: Collection, packages: dict[str, Path]) -> None:
    for lang in ("en", "zh"):
        assert take(mine, packages[lang]) == {"new": len(QUESTIONS)}
    assert mine.note_count() == 3 * len(QUESTIONS)
    checked(mine)


def test_an_edit_in_either_language_updates_the_note(collection: Open, author: Author) -> None:
    mine = collection("mine")
    author.write("opening", "".join(BOTH))
    package = author.build("--lang", "en+zh", lang="en+zh")
    assert take(mine, package) == {"new": 2}
    studied = study(mine, "second")
    lock = author.lock.read_text("utf-8")
    assert author.build("--lang", "en+zh", lang="en+zh").read_bytes() == package.read_bytes()
    assert author.lock.read_text("utf-8") == lock
    author.write("opening", BOTH[0] + BOTH[1].replace("rationale: {zh: 中文", "rationale: {zh: 改过") + BOTH[2])
    assert take(mine, author.build("--lang", "en+zh", lang="en+zh")) == {"updated": 1, "duplicate": 1}
    assert "改过" in note(mine, "second")["Rationale"]
    author.write("opening", BOTH[0] + BOTH[2])
    assert take(mine, author.build("--lang", "en+zh", lang="en+zh")) == {"updated": 1, "duplicate": 1}
    assert note(mine, "second").tags == ["quizgen::removed"]
    assert "已从牌组中移除" in note(mine, "second")["Question"]
    assert "no longer part" in note(mine, "second")["Question"]
    assert schedule(mine, "second") == studied


def test_a_lock_that_is_behind_is_found(author: Author) -> None:
    author.write("opening", "".join(BOTH))
    author.build()
    author.build("--lang", "en+zh", lang="en+zh")
    assert CliRunner().invoke(app, ["check", "--locked"]).exit_code == 0
    author.write("opening", BOTH[0] + BOTH[1].replace("A SYN", "Every SYN") + BOTH[2])
    author.build()
    done = CliRunner().invoke(app, ["check", "--locked"])
    assert (done.exit_code, done.output.count("QG401")) == (1, 1)
    author.build("--lang", "en+zh", lang="en+zh")
    assert CliRunner().invoke(app, ["check", "--locked"]).exit_code == 0


def test_the_front_page_links_the_package(author: Author) -> None:
    author.write("opening", "".join(BOTH))
    author.build("--lang", "zh+en", lang="zh+en")
    page = (author.folder / "build" / "index.html").read_text("utf-8")
    assert 'href="anki/quizgen.zh+en.apkg"' in page
    assert '<html lang="zh">' in page


WRONG = {
    "another format": (["build", "--lang", "en+zh"], "choose the format anki alone"),
    "another format exported": (["export", "csv", "--lang", "en+zh"], "only Anki packages hold `en+zh`"),
    "an unknown one": (["export", "anki", "--lang", "en+fr"], "its languages are en, zh"),
    "the same twice": (["export", "anki", "--lang", "en+en"], "not written in `en+en`"),
    "none": (["build", "--format", "anki", "--lang", "+"], "not written in `+`"),
}


@pytest.mark.parametrize(("args", "words"), WRONG.values(), ids=WRONG)
def test_wrong_usage(author: Author, args: list[str], words: str) -> None:
    author.write("opening", "".join(BOTH))
    done = CliRunner().invoke(app, args)
    assert (done.exit_code, words in done.output) == (2, True), done.output
    assert not author.lock.exists()
