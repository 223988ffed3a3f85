"""What leaves the compiler: questions whose answers are decided, ready to be printed, packed or asked.

Nothing downstream asks a model. Texts are {language: text}; they may hold inline Markdown (`code`, **strong**,
*emphasis*) and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from quizgen.models.base import Text
from quizgen.models.figure import Figure

Type = Literal["choice", "multiple", "true-false", "cloze", "numeric", "short", "order", "match", "figure"]
Standing = Literal["proved", "cited"]


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a choice. `why` refutes a wrong one (or confirms a right one); `misconception` is an id or None."""

    text: Text
    right: bool
    why: Text = field(default_factory=dict)
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap to type into. `answer` is shown; `accepted` are all spellings that count, whatever case and spacing.

    `number`: when the answer is a number, its value, and `tolerance` the largest accepted absolute difference; `unit` is
    shown beside the gap ("" for none); a learner types the number in that unit, or with another unit of its dimension.
    """

    answer: Text
    accepted: tuple[str, ...]
    number: float | None = None
    tolerance: float = 0.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer. Which of the parts are filled follows from `type`:

    choice, multiple, true-false, figure: `options` (the author's order: the key(s) first; shuffle before showing, but for
        true-false, whose options are always True, False). A figure question is a choice about a masked `figure`.
    numeric, short: `blanks`, exactly one.
    cloze: `stem` holds {1}, {2}, ... where `blanks` 1, 2, ... go.
    order: `sequence` in a right order, and `orders`: every accepted order as indexes into `sequence`.
    match: `pairs` of (left, right); the rights are distinct.

    `id` is "topic/item" and, for a variant of a family or a parametric item, "#variant"; it is the identity everywhere.
    Where nothing shuffles at run time, options are shown in the order of quizgen.items.shuffle.shuffled(options, id, seed).
    `figure` belongs to the question and is seen before answering; `ladder` belongs to the feedback.
    `evidence` are lines of the model's reasoning (English or notation), `source` the place that the author cites.
    """

    id: str
    topic: str
    type: Type
    standing: Standing
    stem: Text
    rationale: Text
    source: str
    difficulty: int = 2
    options: tuple[Option, ...] = ()
    blanks: tuple[Blank, ...] = ()
    sequence: tuple[Text, ...] = ()
    orders: tuple[tuple[int, ...], ...] = ()
    pairs: tuple[tuple[Text, Text], ...] = ()
    figure: Figure | None = None
    ladder: Figure | None = None
    evidence: tuple[str, ...] = ()
    misconception: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def item(self) -> str:
        """The id of the item, without the variant."""
        return self.id.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Misconception:
    """Something that many believe and that the model refutes. `claim` is what they say, `correction` what is so, and
    `origin` where they got it, or nothing."""

    id: str
    topic: str
    claim: Text
    correction: Text
    source: str
    evidence: tuple[str, ...] = ()
    origin: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a study sheet; the first row is the heading."""

    title: Text
    rows: tuple[tuple[Text, ...], ...]


Block = Text | Figure | Table
"""A piece of a topic's prose: a paragraph, a figure or a table."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A finished topic. `id` is "area/name" ("tcp/handshake"); file names write it "area-name". `licence` is what the author
    says of passing it on, or "".
    """

    id: str
    title: Text
    blocks: tuple[Block, ...]
    misconceptions: tuple[Misconception, ...]
    questions: tuple[Question, ...]
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything that outputs are made of. `languages` are those that every text has."""

    topics: tuple[Topic, ...]
    languages: tuple[str, ...]
    version: str

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order of topics and items."""
        return tuple(question for topic in self.topics for question in topic.questions)
