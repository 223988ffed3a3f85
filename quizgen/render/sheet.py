"""The study sheets: what a student prints the night before, one HTML file a topic and language, and one with everything.

Of an item with variants the first one is printed, and the key says so. The key stands apart, from a page of its own on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

from quizgen.figures.draw import svg
from quizgen.items.question import Bank, Block, Question, Table, Topic
from quizgen.models.base import Text
from quizgen.models.figure import Figure
from quizgen.render.options import Options
from quizgen.render.page import assets
from quizgen.render.quiz import order, parts, slug, unit_name
from quizgen.render.templates import environment, strings

if TYPE_CHECKING:
    from markupsafe import Markup

STYLES = ("figures/figures.css", "sheet/style.css")
_SCRIPTS = {"zh": "zh-Hans"}


def render(bank: Bank, out: Path, options: Options) -> None:
    """Write out/sheets/<area>-<topic>.<lang>.html for each topic, and out/sheets/all.<lang>.html."""
    folder = out / "sheets"
    folder.mkdir(parents=True, exist_ok=True)
    for lang in options.languages:
        sections = [_section(topic, lang, options.seed) for topic in bank.topics]
        for section in sections:
            _write(folder / f"{slug(section.topic.id)}.{lang}.html", [section], section.title, bank, lang)
        _write(folder / f"all.{lang}.html", sections, strings(lang)["sheet.all"], bank, lang)


@dataclass(frozen=True)
class Section:
    """A topic, rendered: what is to be read and answered (`body`), and the answers (`key`, empty without questions)."""

    topic: Topic
    title: str
    body: Markup
    key: Markup


@dataclass(frozen=True)
class Printed:
    """A question as it stands on paper: its number, the order in which its parts are printed (`letters` A, B, ... to
    indexes of options, terms or right halves), and of how many `variants` it is the first."""

    question: Question
    number: int
    letters: dict[str, int]
    variants: int

    @property
    def prefix(self) -> str:
        """What ids in the page begin with."""
        return slug(self.question.id).replace("#", "-")


def printed(questions: tuple[Question, ...], seed: int) -> list[Printed]:
    """The first question of each item, numbered, its parts in the order that the seed gives."""
    variants: dict[str, list[Question]] = {}
    for question in questions:
        variants.setdefault(question.item, []).append(question)
    return [
        Printed(first, number, _letters(first, seed), 1 + len(others))
        for number, (first, *others) in enumerate(variants.values(), 1)
    ]


def _letters(question: Question, seed: int) -> dict[str, int]:
    return {_letter(place): index for place, index in enumerate(order(question, seed))}


def _letter(place: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    before, last = divmod(place, len(ascii_uppercase))
    return (_letter(before - 1) if before else "") + ascii_uppercase[last]


def answer(item: Printed, lang: str) -> str:
    """The key as one line of inline Markdown: letters with their texts, the words of the blanks, B → A → C, or 1–B, 2–A."""
    question = item.question
    if question.blanks:
        return strings(lang)["sheet.semicolon"].join(blank.answer[lang] for blank in question.blanks)
    at = {index: letter for letter, index in item.letters.items()}
    if question.sequence:
        return " → ".join(at[index] for index in question.orders[0])
    if question.pairs:
        return ", ".join(f"{left + 1}–{at[left]}" for left in range(len(question.pairs)))
    right = [
        (letter, question.options[index]) for letter, index in item.letters.items() if question.options[index].right
    ]
    if question.type == "true-false":
        return right[0][1].text[lang]
    return strings(lang)["sheet.semicolon"].join(f"**{letter}** {option.text[lang]}" for letter, option in right)


def _section(topic: Topic, lang: str, seed: int) -> Section:
    from markupsafe import Markup

    templates = environment("sheet")
    shared = {
        "topic": topic,
        "lang": lang,
        "t": strings(lang),
        "items": printed(topic.questions, seed),
        "blocks": list(_blocks(topic)),
        "svg": lambda figure, prefix: Markup(svg(figure, lang, prefix)),
        "parts": parts,
        "unit_name": unit_name,
        "answer": lambda item: answer(item, lang),
    }
    body, key = (Markup(templates.get_template(name).render(shared)) for name in ("topic.html", "key.html"))
    return Section(topic, topic.title[lang], body, key)


def _blocks(topic: Topic) -> Iterator[tuple[str, Block, str]]:
    """The kind of each block, the block, and a prefix for ids in it."""
    for number, block in enumerate(topic.blocks, 1):
        kind = "figure" if isinstance(block, Figure) else "table" if isinstance(block, Table) else "prose"
        yield kind, block, f"{slug(topic.id)}-{number}"


def _write(path: Path, sections: list[Section], title: str, bank: Bank, lang: str) -> None:
    page = environment("sheet").get_template("page.html")
    said: Text = strings(lang)
    stream = page.stream(
        sections=sections, title=title, bank=bank, t=said, assets=assets((), STYLES), language=_SCRIPTS.get(lang, lang)
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(stream)
