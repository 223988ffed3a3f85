"""QG308: two items whose stems read the same but for spaces, case and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.check.wording import Asked, asked
from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge
from quizgen.markup import plain

_NO_LETTER = re.compile(r"[\W_]+")


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Each stem asks something of its own; about different drawings the same words ask different things."""
    seen: dict[tuple[str, str], list[Asked]] = {}
    for each in asked(knowledge, bank):
        for lang in bank.languages:
            alike = seen.setdefault((lang, _letters(each.question.stem[lang])), [])
            first = next((other for other in alike if other.question.figure == each.question.figure), None)
            alike.append(each)
            if first is not None:
                message = f"`{first.entry.topic}/{first.entry.id}` has the same stem ({lang})"
                help_ = "drop one of the two, or say what distinguishes them"
                labels = (Label(first.stem(lang).span, "the same words"),)
                yield each.warning("QG308", message, each.stem(lang).span, help_, labels)
                break


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", plain(text).casefold())
