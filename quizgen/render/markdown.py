"""A document of questions and answers in Markdown, for wikis, repositories and pandoc."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quizgen.figures import draw
from quizgen.items.question import Bank, Question
from quizgen.markup import literal
from quizgen.render import output
from quizgen.render.asked import Asked, asked
from quizgen.render.commonmark import commonmark, fenced
from quizgen.render.options import Options
from quizgen.resources import strings

WIDTH = 78
"""Of figures, in characters."""


def render(bank: Bank, out: Path, options: Options) -> None:
    """Write markdown/quizgen.<lang>.md: a heading for each topic and question, the answer in a block quotation."""
    for lang in options.languages:
        with output("markdown", lang, out).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in _document(bank, lang, options.seed))


def _document(bank: Bank, lang: str, seed: int) -> Iterator[str]:
    yield f"# {strings(lang)['quiz.questions']}"
    for topic in bank.topics:
        if topic.questions:
            yield from ("", f"## {commonmark(topic.title[lang])}")
        for number, question in enumerate(topic.questions, 1):
            yield from ("", f"### {number}", "", *_question(question, lang, seed))


def _question(question: Question, lang: str, seed: int) -> Iterator[str]:
    put = asked(question, lang, seed)
    yield commonmark(put.stem)
    if question.figure is not None:
        yield from ("", *fenced(draw.text(question.figure, lang, WIDTH)))
    for mark, group in zip("-*", put.groups, strict=False):
        yield from ("", *bullets(group, mark))
    yield ""
    for line in _answer(question, put, lang):
        yield f"> {line}".rstrip()


def _answer(question: Question, put: Asked, lang: str) -> Iterator[str]:
    words = strings(lang)
    yield f"**{words['quiz.right-answer'].strip()}**"
    yield ""
    yield from numbered(put.key) if put.numbered else bullets(put.key)
    yield ""
    yield commonmark(question.rationale.get(lang, ""))
    yield ""
    wrong = [option for option in question.options if not option.right and option.why]
    for option in wrong:
        yield f"- {commonmark(option.text[lang])} – {commonmark(option.why[lang])}"
    if wrong:
        yield ""
    yield f"*{words['quiz.source'].strip()}* {commonmark(literal(question.source))}"


def bullets(texts: Sequence[str], mark: str = "-") -> list[str]:
    """A list. Two lists that follow each other need marks of their own: CommonMark joins them otherwise."""
    return [f"{mark} {commonmark(text)}" for text in texts]


def numbered(texts: Sequence[str]) -> list[str]:
    """A list whose order counts."""
    return [f"{number}. {commonmark(text)}" for number, text in enumerate(texts, 1)]
