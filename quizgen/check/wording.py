"""What the rules on wording share: each item with what a learner reads, how long that is, and where it stands.

An item's first variant stands for all: the words are the author's, and variants differ in names and numbers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from unicodedata import east_asian_width

from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.items.question import Bank, Option, Question
from quizgen.knowledge.knowledge import Entry, Knowledge
from quizgen.markup import pieces, plain
from quizgen.source.node import Node
from quizgen.spans import Span

_STEMS = {"true-false": "statement", "cloze": "text"}
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Asked:
    """An item as it was written and as it is read."""

    entry: Entry
    question: Question

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the bank."""
        return tuple(self.question.stem)

    @property
    def single(self) -> bool:
        """Whether the learner picks one of several options that the author wrote."""
        return self.question.type in ("choice", "figure") and len(self.question.options) > 1

    @cached_property
    def key(self) -> Option:
        """The right option of an item that has one."""
        return next(option for option in self.question.options if option.right)

    @cached_property
    def distractors(self) -> tuple[Option, ...]:
        """The wrong options."""
        return tuple(option for option in self.question.options if not option.right)

    @cached_property
    def texts(self) -> dict[str, tuple[str, ...]]:
        """The options without their markup, by language."""
        return {lang: tuple(plain(option.text[lang]) for option in self.question.options) for lang in self.languages}

    def stem(self, lang: str) -> Node:
        """Where the stem stands."""
        return self.entry.node.at((_STEMS.get(self.question.type, "stem"), lang))

    def option(self, option: Option) -> Span:
        """Where an option stands; the head of the item for one that the model proposed."""
        spec, index = self.entry.spec, self.question.options.index(option)
        keys = sum(each.right for each in self.question.options)
        if option.right:
            place = self.entry.node.at(("keys", index) if self.question.type == "multiple" else ("key",))
        else:
            place = self.entry.node.at(("distractors", index - keys))
        listed = isinstance(getattr(spec, "distractors", None), list) and not getattr(spec, "options", None)
        return place.span if listed and place is not self.entry.node else self.entry.node.head


def warning(code: str, message: str, where: Span, help_: str, labels: tuple[Label, ...] = ()) -> Diagnostic:
    """A finding about how something is written."""
    return Diagnostic(code, message, where, help=help_, labels=labels, severity="warning")


def asked(knowledge: Knowledge, bank: Bank) -> Iterator[Asked]:
    """Each item that stands, in the order of topics and items."""
    first: dict[str, Question] = {}
    for question in bank.questions:
        first.setdefault(question.item, question)
    for topic in knowledge.topics.values():
        for entry in topic.items:
            if f"{topic.id}/{entry.id}" in first:
                yield Asked(entry, first[f"{topic.id}/{entry.id}"])


def width(text: str) -> int:
    """How much room a text without markup takes, in columns; a Chinese character takes two."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def word_count(text: str) -> float:
    """Words of a text: runs of letters or digits, and two Chinese characters, the usual length of a word, for one."""
    bare = plain(text)
    return len(re.findall(r"[^\W_]+(?:[-'’.][^\W_]+)*", HAN.sub(" ", bare))) + len(HAN.findall(bare)) / 2


def unmarked(text: str) -> str:
    """What stands in a text neither emphasised nor as code, each such piece replaced by a `*`."""
    return "".join("*" if style else piece for style, piece in pieces(text))
