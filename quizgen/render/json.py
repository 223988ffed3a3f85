"""The whole bank as JSON, for programs: docs/export.md says what each key means. Texts are {language: inline Markdown}."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quizgen.figures import draw
from quizgen.items.question import Bank, Blank, Misconception, Option, Question, Topic
from quizgen.models.base import Text
from quizgen.models.figure import Figure
from quizgen.render import output
from quizgen.render.markdown import WIDTH
from quizgen.render.options import Options

VERSION = 1
"""Rises when a key goes away or means something else; new keys come without."""


def render(bank: Bank, out: Path, options: Options) -> None:
    """Write json/quizgen.json, with the texts of the chosen languages."""
    shown = _Shown(options.languages)
    document = {
        "format": "quizgen bank",
        "version": VERSION,
        "quizgen": bank.version,
        "languages": list(options.languages),
        "topics": [shown.topic(topic) for topic in bank.topics],
    }
    with output("json", "", out).open("w", encoding="utf-8", newline="\n") as file:
        json.dump(document, file, ensure_ascii=False, indent=1)
        file.write("\n")


class _Shown:
    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages

    def topic(self, topic: Topic) -> dict[str, Any]:
        return {
            "id": topic.id,
            "title": self._text(topic.title),
            "licence": topic.licence,
            "misconceptions": [self._misconception(entry) for entry in topic.misconceptions],
            "questions": [self._question(question) for question in topic.questions],
        }

    def _text(self, text: Text) -> dict[str, str]:
        return {lang: text[lang] for lang in self._languages if lang in text}

    def _texts(self, texts: Iterable[Text]) -> list[dict[str, str]]:
        return [self._text(text) for text in texts]

    def _misconception(self, entry: Misconception) -> dict[str, Any]:
        return {
            "id": entry.id, "claim": self._text(entry.claim), "correction": self._text(entry.correction),
            "origin": self._text(entry.origin), "source": entry.source, "evidence": list(entry.evidence),
        }  # fmt: skip

    def _question(self, question: Question) -> dict[str, Any]:
        return {
            "id": question.id, "type": question.type, "standing": question.standing,
            "difficulty": question.difficulty, "stem": self._text(question.stem),
            "options": [self._option(option) for option in question.options],
            "blanks": [self._blank(blank) for blank in question.blanks],
            "sequence": self._texts(question.sequence), "orders": [list(order) for order in question.orders],
            "pairs": [self._texts(pair) for pair in question.pairs],
            "figure": self._figure(question.figure), "ladder": self._figure(question.ladder),
            "rationale": self._text(question.rationale), "source": question.source,
            "evidence": list(question.evidence), "misconception": question.misconception, "tags": list(question.tags),
        }  # fmt: skip

    def _option(self, option: Option) -> dict[str, Any]:
        return {
            "text": self._text(option.text), "right": option.right, "why": self._text(option.why),
            "misconception": option.misconception,
        }  # fmt: skip

    def _blank(self, blank: Blank) -> dict[str, Any]:
        return {
            "answer": self._text(blank.answer), "accepted": list(blank.accepted), "number": blank.number,
            "tolerance": blank.tolerance, "unit": blank.unit,
        }  # fmt: skip

    def _figure(self, figure: Figure | None) -> dict[str, Any] | None:
        if figure is None:
            return None
        drawn = {lang: draw.text(figure, lang, WIDTH) for lang in self._languages}
        return {"title": self._text(figure.title), "text": drawn}
