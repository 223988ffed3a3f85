"""Tables with a row for each question: CSV for spreadsheets and programs, TSV for Anki's import of text files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from quizgen.items.question import Bank, Question
from quizgen.markup import plain
from quizgen.models.base import Text
from quizgen.render import output
from quizgen.render.anki.decks import deck_name
from quizgen.render.anki.notes import tags
from quizgen.render.asked import asked
from quizgen.render.options import Options

COLUMNS = (
    "question", "key", "rationale", "source", "stem", "distractors", "id", "lang", "topic", "type", "difficulty",
    "standing", "misconception", "deck", "tags", "guid",
)  # fmt: skip
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def render_csv(bank: Bank, out: Path, options: Options) -> None:
    """Write csv/quizgen.<lang>.csv: UTF-8, a header row, commas, quotes where needed (RFC 4180, with \\n)."""
    for lang in options.languages:
        with output("csv", lang, out).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(_rows(bank, lang, options.seed))


def render_tsv(bank: Bank, out: Path, options: Options) -> None:
    """Write tsv/quizgen.<lang>.tsv, whose first lines tell Anki's importer what to do; the last of these names the columns.

    The first two columns become front and back of Anki's basic note type, whatever these are called in the language of
    the learner's Anki: Anki's own line `#columns:` would have it look for fields of these names. The GUID is none of a note in a package, so
    that importing both doubles a question, but never turns a note into one of another type.
    """
    head = {
        "separator": "Tab", "html": "false", "notetype": "Basic",
        "guid column": _column("guid"), "deck column": _column("deck"), "tags column": _column("tags"),
    }  # fmt: skip
    for lang in options.languages:
        with output("tsv", lang, out).open("w", encoding="utf-8", newline="") as file:
            file.writelines(f"#{name}:{value}\n" for name, value in head.items())
            file.write("#" + "\t".join(COLUMNS) + "\n")
            # Every cell in quotes: a line that begins with # would be a remark.
            writer = csv.writer(file, dialect="excel-tab", lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerows(_rows(bank, lang, options.seed))


def _column(name: str) -> int:
    return COLUMNS.index(name) + 1


def _rows(bank: Bank, lang: str, seed: int) -> Iterator[Sequence[str | int]]:
    titles = {topic.id: topic for topic in bank.topics}
    claims = {entry.id: entry.claim for topic in bank.topics for entry in topic.misconceptions}
    for question in bank.questions:
        deck = deck_name(titles[question.topic], lang)
        yield [_clean(cell) if isinstance(cell, str) else cell for cell in _row(question, lang, seed, deck, claims)]


def _row(question: Question, lang: str, seed: int, deck: str, claims: dict[str, Text]) -> Sequence[str | int]:
    put = asked(question, lang, seed)
    shown = [plain(put.stem), *("\n".join(_lettered(group)) for group in put.groups)]
    key = [f"{number}. {line}" for number, line in enumerate(put.key, 1)] if put.numbered else put.key
    claim = claims.get(question.misconception or "", {}).get(lang, "")
    return (
        "\n".join(shown), _lines(key), plain(question.rationale.get(lang, "")), question.source,
        plain(put.stem), _lines(put.wrong), question.id, lang, question.topic, question.type, question.difficulty,
        question.standing, plain(claim), deck, " ".join(tags(question)), f"{question.id} {lang}",
    )  # fmt: skip


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(map(plain, texts))


def _lettered(group: Sequence[str]) -> Iterator[str]:
    for place, text in enumerate(group):
        yield f"{_LETTERS[place]}. {plain(text)}" if place < len(_LETTERS) else plain(text)


def _clean(cell: str) -> str:
    """Without what no reader of tables takes: NUL, lone surrogates, carriage returns."""
    return cell.replace("\r", " ").translate({0: "\ufffd"}).encode("utf-8", "replace").decode()
