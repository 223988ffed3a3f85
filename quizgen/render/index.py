"""The front page: what was built, topic by topic, with links to every file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quizgen.items.question import Bank, Topic
from quizgen.render import FORMATS
from quizgen.render.bilingual import spoken
from quizgen.render.options import Options
from quizgen.render.page import assets
from quizgen.render.quiz import slug
from quizgen.render.templates import environment, strings


@dataclass(frozen=True)
class _Counts:
    """Items of topics without their variants, questions with them, and what the models proved."""

    items: int
    questions: int
    proved: int
    misconceptions: int


def render_index(bank: Bank, out: Path, options: Options, formats: Sequence[str]) -> None:
    """Write out/index.html, with links to those files of the formats that lie in `out`: call it last."""
    built = assets(("page/page.js", "page/editions.js"), ("page/page.css", "index/style.css"))
    page = environment("index").get_template("page.html")
    chunks = page.generate(
        bank=bank,
        languages=[(lang, strings(spoken(lang)[0])) for lang in options.languages],
        spoken=spoken,
        assets=built,
        counts={topic.id: _counts((topic,)) for topic in bank.topics},
        total=_counts(bank.topics),
        links=lambda name, lang: _links(out, formats, name, lang),
        slug=slug,
    )
    with (out / "index.html").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(chunks)


def _counts(topics: Sequence[Topic]) -> _Counts:
    questions = [question for topic in topics for question in topic.questions]
    standings = {question.item: question.standing for question in questions}
    proved = sum(standing == "proved" for standing in standings.values())
    return _Counts(len(standings), len(questions), proved, sum(len(topic.misconceptions) for topic in topics))


def _links(out: Path, formats: Sequence[str], name: str, lang: str) -> list[tuple[str, str]]:
    """(key of the label, path) of a topic's files, or for the name "all" of those with everything."""
    wanted = [(f"index.{key}", format_.place) for key, format_ in FORMATS.items() if key in formats]
    paths = [(key, place.format(name=name, lang=lang)) for key, place in wanted if "{name}" in place or name == "all"]
    return [(key, path) for key, path in paths if (out / path).is_file()]
