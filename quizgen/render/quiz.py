"""The quiz pages: one self-contained file a topic and language, and one with everything.

A page is first of all a readable paper, with the answers folded away; its script makes it a quiz. A question is rendered
once and written to both of its pages at once, so that memory stays flat however many questions there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from quizgen.items.question import Bank, Blank, Misconception, Question, Topic
from quizgen.items.response import normalised
from quizgen.items.shuffle import shuffled
from quizgen.markup import inline, plain
from quizgen.models.values import UNIT_NAMES, UNITS, Quantity
from quizgen.render.drawings import Drawing, Drawings
from quizgen.render.options import Options
from quizgen.render.page import assets
from quizgen.render.templates import environment, strings

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

SCRIPTS = (
    "page/page.js",
    "quiz/script/answers.js",
    "quiz/script/controls.js",
    "quiz/script/order.js",
    "quiz/script/round.js",
    "quiz/script/script.js",
)
STYLES = ("page/page.css", "figures/figures.css", "quiz/style.css")
_BODY = "<!-- questions -->"
_GAP = re.compile(r"\{(\d+)\}([，。、；：？！）”’》,.;:?!)]*)")


def render(bank: Bank, out: Path, options: Options) -> None:
    """Write out/quiz/<area>-<topic>.<lang>.html for each topic with questions, and out/quiz/all.<lang>.html."""
    folder = out / "quiz"
    folder.mkdir(parents=True, exist_ok=True)
    for lang in options.languages:
        _Writer(bank, folder, lang, options).write(bank)


def slug(topic: str) -> str:
    """The name of a topic's files: "tcp/handshake" is written as "tcp-handshake"."""
    return topic.replace("/", "-")


class _Page:
    """A page being written. Figures are defined where they are first needed, and only referred to from then on."""

    def __init__(self, file: IO[str], define: Template) -> None:
        self._file, self._define = file, define
        self._defined: set[str] = set()

    def add(self, html: str, drawings: tuple[Drawing, ...] = ()) -> None:
        fresh = [drawing for drawing in drawings if drawing.id not in self._defined]
        if fresh:
            self._defined.update(drawing.id for drawing in fresh)
            self._file.write(self._define.render(drawings={drawing.id: drawing for drawing in fresh}.values()))
        self._file.write(html)


class _Writer:
    """Writes the pages of one language."""

    def __init__(self, bank: Bank, folder: Path, lang: str, options: Options) -> None:
        self._folder, self._lang, self._seed = folder, lang, options.seed
        self._drawings = Drawings(lang)
        self._view = lru_cache(maxsize=512)(self._viewed)
        self._misconceptions = {each.id: each for topic in bank.topics for each in topic.misconceptions}
        self._environment = environment("quiz")
        self._shared: dict[str, Any] = {
            "bank": bank,
            "lang": lang,
            "t": strings(lang),
            "languages": [(other, strings(other)["quiz.language"]) for other in options.languages],
            "assets": assets(SCRIPTS, STYLES),
            "parts": parts,
            "plain": plain,
            "spellings": spellings,
            "unit_name": unit_name,
        }

    def write(self, bank: Bank) -> None:
        topics = [topic for topic in bank.topics if topic.questions]
        title = strings(self._lang)["quiz.everything"]
        with self._page("all", title, topics) as everything:
            for topic in topics:
                self._topic(topic, everything)

    def _topic(self, topic: Topic, everything: _Page) -> None:
        title = topic.title[self._lang]
        with self._page(slug(topic.id), title, [topic]) as page, ExitStack() as sections:
            sections.enter_context(self._section(page, topic, self._shared["t"]["quiz.questions"]))
            sections.enter_context(self._section(everything, topic, title))
            for number, question in _numbered(topic.questions):
                html, drawings = self._question(question, number)
                page.add(html, drawings)
                everything.add(html, drawings)

    @contextmanager
    def _page(self, name: str, title: str, topics: list[Topic]) -> Iterator[_Page]:
        template = self._environment.get_template("page.html")
        path = self._folder / f"{name}.{self._lang}.html"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            head, foot = template.render(
                self._shared, name=name, title=title, topics=topics, body=_BODY, settings=self._settings(name)
            ).split(_BODY)
            file.write(head)
            yield _Page(file, self._environment.get_template("drawings.html"))
            file.write(foot)

    @contextmanager
    def _section(self, page: _Page, topic: Topic, title: str) -> Iterator[None]:
        template = self._environment.get_template("section.html")
        head, foot = template.render(topic=topic, title=title, body=_BODY).split(_BODY)
        page.add(head)
        yield
        page.add(foot)

    def _question(self, question: Question, number: str) -> tuple[str, tuple[Drawing, ...]]:
        figure, ladder = self._drawings.of(question.figure), self._drawings.of(question.ladder)
        template = self._environment.get_template(f"items/{question.type}.html")
        html = template.render(
            self._shared,
            q=question,
            number=number,
            order=order(question, self._seed),
            figure=figure and self._view(figure),
            ladder=ladder and self._view(ladder),
            misconceptions=self._held(question),
        )
        return html, tuple(drawing for drawing in (figure, ladder) if drawing is not None)

    def _viewed(self, drawing: Drawing) -> Markup:
        from markupsafe import Markup

        return Markup(self._environment.get_template("figure.html").render(drawing=drawing))

    def _held(self, question: Question) -> list[Misconception]:
        """The misconceptions that the question is about, each once."""
        names = dict.fromkeys([question.misconception, *(option.misconception for option in question.options)])
        return [self._misconceptions[name] for name in names if name in self._misconceptions]

    def _settings(self, name: str) -> dict[str, Any]:
        """What the page's script must know beside what stands on the page."""
        prefix = "quiz.script."
        said = {key.removeprefix(prefix): text for key, text in self._shared["t"].items() if key.startswith(prefix)}
        units = {unit: [dimension, float(factor)] for unit, (dimension, factor) in UNITS.items()}
        return {"page": name, "text": said, "units": units, "names": UNIT_NAMES}


def _numbered(questions: tuple[Question, ...]) -> Iterator[tuple[str, Question]]:
    """Questions with their numbers: 1, 2, 3; variants of one item are 4.1, 4.2."""
    number, variant, item = 0, 0, ""
    for question in questions:
        number, variant = (number, variant + 1) if question.item == item else (number + 1, 1)
        item = question.item
        yield f"{number}.{variant}" if "#" in question.id else str(number), question


def order(question: Question, seed: int) -> list[int]:
    """The order in which options, terms or right halves are printed, as indexes; True stands before False."""
    indexes = range(len(question.options or question.sequence or question.pairs))
    return list(indexes) if question.type == "true-false" else shuffled(indexes, question.id, seed)


def parts(stem: str, blanks: tuple[Blank, ...]) -> list[tuple[Markup, Blank | None, Markup]]:
    """The stem of a cloze, cut behind each {1}, {2}, ...: HTML, the blank that follows it (None after the last), and the
    marks that close behind the blank, which no line may begin with."""
    from markupsafe import Markup

    pieces = _GAP.split(inline(stem))
    wanted = [blanks[int(number) - 1] for number in pieces[1::3]]
    marks = map(Markup, [*pieces[2::3], ""])
    return list(zip(map(Markup, pieces[::3]), [*wanted, None], marks, strict=True))


def spellings(blank: Blank) -> list[str]:
    """Every spelling that counts, normalised as typed answers are."""
    return list(dict.fromkeys(map(normalised, (*blank.accepted, *map(plain, blank.answer.values())))))


def unit_name(blank: Blank, lang: str) -> str:
    """The word that stands beside a gap for a number: `bytes`, `s`, or "" for none."""
    return Quantity(2, blank.unit).show(lang).partition(" ")[2] if blank.unit in UNITS else blank.unit
