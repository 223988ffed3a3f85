"""QG308: two items whose stems read the same but for spaces, case and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizgen.check.wording import Asked, warning
from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.markup import plain

_LETTERS = re.compile(r"[^\W_]+")


def check(items: Sequence[Asked]) -> Iterator[Diagnostic]:
    """Each stem asks something of its own; about different drawings the same words ask different things."""
    for lang in items[0].languages if items else ():
        seen: dict[str, Asked] = {}
        for each in items:
            letters = _letters(each.question.stem[lang])
            while letters in seen and seen[letters].question.figure != each.question.figure:
                letters += " "
            first = seen.setdefault(letters, each)
            if first is not each:
                message = f"`{first.entry.topic}/{first.entry.id}` has the same stem ({lang})"
                help_ = "drop one of the two, or say what distinguishes them"
                labels = (Label(first.stem(lang).span, "the same words"),)
                yield warning("QG308", message, each.stem(lang).span, help_, labels)


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(plain(text).casefold()))
