"""Cards for hashcards (https://github.com/eudoxia0/hashcards): Q: and A:, and C: for clozes, in a Markdown file.

A line that begins with Q:, A: or C: begins a part of a card; in a cloze each [...] is a gap, and nothing escapes a bracket
there, so that brackets of the text become character references.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from quizgen.figures import draw
from quizgen.items.question import Bank, Question
from quizgen.markup import Style, literal
from quizgen.render import output
from quizgen.render.asked import Asked, asked
from quizgen.render.commonmark import STARS, commonmark, fenced, piece
from quizgen.render.markdown import WIDTH, bullets, numbered
from quizgen.render.options import Options
from quizgen.resources import strings

_TAG = re.compile(r"(?=[QAC]:)")
_GAP = re.compile(r"\\?\{(\d{1,3})\\?\}")
_MARKUP, _BACKSLASH = re.compile(r"[\\`*_|~$#]"), r"\\\g<0>"
_REFERENCES = str.maketrans({"[": "&#91;", "]": "&#93;", "!": "&#33;", "&": "&amp;", "<": "&lt;", ">": "&gt;"})


def render(bank: Bank, out: Path, options: Options) -> None:
    """Write hashcards/quizgen.<lang>.md, a deck with a card for each question and each gap of a cloze."""
    for lang in options.languages:
        with output("hashcards", lang, out).open("w", encoding="utf-8", newline="\n") as file:
            file.write(f"---\nname = {json.dumps(f'quizgen ({lang})')}\n---\n")
            for question in bank.questions:
                card = _cloze(question, lang) if question.type == "cloze" else _basic(question, lang, options.seed)
                file.writelines(f"{line}\n" for line in ("", *card))


def _basic(question: Question, lang: str, seed: int) -> Iterator[str]:
    put = asked(question, lang, seed)
    yield f"Q: {commonmark(put.stem)}"
    if question.figure is not None:
        yield from map(_no_tag, ("", *fenced(draw.text(question.figure, lang, WIDTH))))
    for mark, group in zip("-*", put.groups, strict=False):
        yield from ("", *bullets(group, mark))
    yield from ("", *_answer(question, put, lang))


def _answer(question: Question, put: Asked, lang: str) -> Iterator[str]:
    if len(put.key) == 1:
        yield f"A: {commonmark(put.key[0])}"
    else:
        yield from ("A:", "", *(numbered(put.key) if put.numbered else bullets(put.key)))
    source = f"*{strings(lang)['quiz.source'].strip()}* {commonmark(literal(question.source))}"
    for text in filter(None, (commonmark(question.rationale.get(lang, "")), source)):
        yield from ("", _no_tag(text))


def _no_tag(line: str) -> str:
    """The line so that it does not begin a part of a card."""
    return _TAG.sub(" ", line, count=1) if _TAG.match(line) else line


def _cloze(question: Question, lang: str) -> Iterator[str]:
    answers = [commonmark(blank.answer[lang], _in_cloze) for blank in question.blanks]

    def gap(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"[{answers[number - 1]}]" if 1 <= number <= len(answers) else match[0]

    yield f"C: {_GAP.sub(gap, commonmark(question.stem[lang], _in_cloze))}"


def _in_cloze(style: Style, content: str) -> str:
    if style == "code" and not re.search(r"[][!]", content):
        return piece(style, content)
    stars = STARS.get(style, "")
    return f"{stars}{_MARKUP.sub(_BACKSLASH, content).translate(_REFERENCES)}{stars}"
