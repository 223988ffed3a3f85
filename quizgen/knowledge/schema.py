"""The shape of knowledge files. Reading them checks every key and type and nothing of their truth.

YAML's scalars arrive here as text, whatever they look like; the fields say what they mean. A Text is either one string
for every language (`SYN-SENT`) or one for each: {en: ..., zh: ...}; it is kept as {language: text}, with "" for every.
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter

from quizgen.knowledge import scalars
from quizgen.knowledge.fields import (
    Expression,
    Filled,
    Id,
    Identifier,
    Span,
    Text,
    TopicId,
    Truth,
    Variable,
    Words,
    keys,
    strict,
)
from quizgen.knowledge.written import Choice, Distractors


@strict
class FigureRef:
    """A drawing: the ladder of a `scenario`, or a `diagram` that a model draws (states, header). `mask` hides parts."""

    scenario: Identifier | None = None
    diagram: str | None = None
    model: str | None = None
    mask: Words = field(default_factory=list)


def _figure(raw: Any) -> Any:
    return {"scenario": raw} if isinstance(raw, str) else raw


Drawing = Annotated[FigureRef, BeforeValidator(_figure)]


@strict
class Block:
    """A piece of a topic's prose: a paragraph (`text`), a `figure`, or a `table` that the model gives."""

    text: Text | None = None
    figure: Drawing | None = None
    table: str | None = None
    title: Text | None = None


def _block(raw: Any) -> Any:
    if isinstance(raw, str) or (isinstance(raw, dict) and raw and raw.keys().isdisjoint(keys(Block))):
        return {"text": raw}
    return raw


@strict
class _Item:
    id: Id
    model: Words | None = None
    difficulty: Literal["1", "2", "3"] = "2"
    families: dict[Variable, list[str]] = Field(default_factory=dict, alias="for")
    vary: dict[Variable, Span] = field(default_factory=dict)
    cited: Text | None = None
    misconception: Id | None = None
    rationale: Text | None = None
    source: Filled | None = None
    ladder: Identifier | Literal["none"] | None = None


@strict
class ChoiceItem(_Item):
    type: Literal["choice"]
    stem: Text
    ask: Expression | None = None
    key: Choice | None = None
    distractors: Distractors = field(default_factory=list)
    options: list[Choice] = field(default_factory=list)


@strict
class FigureItem(_Item):
    type: Literal["figure"]
    stem: Text
    figure: Drawing
    ask: Expression | None = None
    key: Choice | None = None
    distractors: Distractors = field(default_factory=list)
    options: list[Choice] = field(default_factory=list)


@strict
class MultipleItem(_Item):
    type: Literal["multiple"]
    stem: Text
    ask: Expression | None = None
    keys: list[Choice] = Field(min_length=1)
    distractors: list[Choice] = Field(min_length=1)


@strict
class TrueFalseItem(_Item):
    type: Literal["true-false"]
    statement: Text
    claim: Expression | None = None
    key: Truth


@strict
class Gap:
    """A blank of a cloze: what the model computes for `ask`, shown as `key` (or `text`), and further spellings."""

    ask: Expression | None = None
    key: str | None = None
    text: Text | None = None
    accept: Words = field(default_factory=list)


@strict
class ClozeItem(_Item):
    type: Literal["cloze"]
    text: Text
    blanks: list[Gap] = Field(min_length=1)


@strict
class NumericItem(_Item):
    type: Literal["numeric"]
    stem: Text
    ask: Expression | None = None
    key: str | None = None
    unit: Filled | None = None
    tolerance: str = "0"


@strict
class ShortItem(_Item):
    type: Literal["short"]
    stem: Text
    ask: Expression | None = None
    key: str | None = None
    text: Text | None = None
    accept: Words = field(default_factory=list)


@strict
class OrderItem(_Item):
    type: Literal["order"]
    stem: Text
    ask: Expression | None = None
    sequence: list[Choice] = Field(min_length=2)
    accept: list[list[str]] = field(default_factory=list)


@strict
class Pair:
    """Two things that belong together. With the item's `ask`, `right` is what it computes for `left`."""

    left: Choice
    right: Choice


@strict
class MatchItem(_Item):
    type: Literal["match"]
    stem: Text
    ask: Expression | None = None
    pairs: list[Pair] = Field(min_length=2)


ITEMS: dict[str, type[_Item]] = {
    "choice": ChoiceItem,
    "multiple": MultipleItem,
    "true-false": TrueFalseItem,
    "cloze": ClozeItem,
    "numeric": NumericItem,
    "short": ShortItem,
    "order": OrderItem,
    "match": MatchItem,
    "figure": FigureItem,
}

Item = Annotated[
    ChoiceItem
    | MultipleItem
    | TrueFalseItem
    | ClozeItem
    | NumericItem
    | ShortItem
    | OrderItem
    | MatchItem
    | FigureItem,
    Field(discriminator="type"),
]


@strict
class Scenario:
    """A run of a model. What its steps mean is the model's to say."""

    title: Text
    run: list[Any] = Field(min_length=1)
    source: Filled | None = None
    model: str | None = None


@strict
class Misconception:
    """What many believe: the `statement`, the `claim` that says the same and that the model refutes, the `correction`.

    `origin` says in a sentence where learners get it.

    `answer` is what its believers answer to questions that the claim is about; where the claim reads `question == value`
    it is that value.
    """

    statement: Text
    origin: Text | None = None
    claim: Expression | None = None
    answer: Expression | None = None
    cited: Text | None = None
    correction: Text
    source: Filled


@strict
class File:
    """A knowledge file: a topic with its items, or only scenarios and misconceptions that topics share."""

    topic: TopicId | None = None
    title: Text | None = None
    licence: Filled | None = None
    model: Words = field(default_factory=list)
    requires: Annotated[list[TopicId], BeforeValidator(scalars.words)] = field(default_factory=list)
    notes: list[Annotated[Block, BeforeValidator(_block)]] = field(default_factory=list)
    scenarios: dict[Identifier, Scenario] = field(default_factory=dict)
    misconceptions: dict[Id, Misconception] = field(default_factory=dict)
    not_covered: dict[str, Text] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)


FILE: TypeAdapter[File] = TypeAdapter(File)
"""What reads a file: `validate_python` of its plain value gives the File, or raises ValidationError."""
