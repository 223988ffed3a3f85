"""What a reference model is: vocabulary for claims, elements to know, citations, and evidence for each answer.

A model is built from data (tables, limits, switches for rules), so that a small wrong variant of it, a mutant, is the
same code over other data. Models use the standard library only: no YAML, no clock, no randomness, no I/O. Time,
sequence numbers and random choices are arguments.

While a claim is evaluated, the model says what its answer rests on: `touch` names elements, `because` gives a reason
with its citation. Both do nothing outside of `recording()`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from quizgen.models.figure import HeaderLayout, Ladder, OrderGraph, StateDiagram

Text = Mapping[str, str]
"""One text in several languages: {"en": ..., "zh": ...}."""


@dataclass(frozen=True, slots=True)
class Cite:
    """A place in a document: Cite("HTML Standard", "13.2")."""

    document: str
    section: str = ""

    def __str__(self) -> str:
        return (
            f"{self.document} §{self.section}"
            if self.section[:1].isdigit()
            else f"{self.document} {self.section}".strip()
        )


def Rfc(number: int, section: str = "") -> Cite:
    """A place in an RFC: Rfc(9293, "3.5") shows as `RFC 9293 §3.5`, Rfc(9293, "Figure 6") as `RFC 9293 Figure 6`."""
    return Cite(f"RFC {number}", section)


@dataclass(frozen=True, slots=True)
class Element:
    """One thing there is to know of a model. `group` is plural and lower-case: states, transitions, flags, fields, rules."""

    id: str
    group: str
    title: Text
    cite: Cite


@dataclass(frozen=True, slots=True)
class Word:
    """A name that claims may use: a function or a constant. `doc` gives meaning, units and errors."""

    name: str
    value: Any
    doc: str
    cite: Cite | None = None

    @property
    def signature(self) -> str:
        """`acknowledges(seq, length)` for a function, the bare name for a constant."""
        if not inspect.isfunction(self.value):
            return self.name
        # Postponed annotations come quoted, and so do defaults that are texts: only the former lose their quotes.
        return self.name + re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(self.value)))


class Vocabulary(dict[str, Word]):
    """The names of one model; filled by `function` (a decorator) and `constant`."""

    def function(self, cite: Cite | None = None, *, name: str | None = None) -> Callable[[_F], _F]:
        """Add the decorated function under its own name (less trailing underscores); its docstring is the word's doc."""

        def add(function: _F) -> _F:
            word = name or function.__name__.rstrip("_")
            self[word] = Word(word, function, inspect.getdoc(function) or "", cite)
            return function

        return add

    def constant(self, name: str, value: object, doc: str, cite: Cite | None = None) -> None:
        """Add a constant."""
        self[name] = Word(name, value, doc, cite)


@dataclass(frozen=True, slots=True)
class Near:
    """A wrong answer that learners come to. `why` says what it would be right for, or what was forgotten."""

    value: Any
    why: Text


@dataclass(frozen=True, slots=True)
class Slip:
    """A way to get a word's answer wrong: `answer` takes the word's arguments and gives what comes of it, or None."""

    answer: Callable[..., Any]
    why: Text


@dataclass(frozen=True)
class Model:
    """A reference model. `run` compiles the steps of a scenario (plain strings, lists and dicts, as a person wrote them)
    into a value that claims ask, and raises ScenarioError; None when the model has no scenarios.

    `diagrams` are the figures that the model draws from its own tables, by name (see quizgen.models.figure);
    `tables` are rows for study sheets, by name: the first row is the heading. `graphs` are for graph-drawing programs,
    by name: StateDiagram or OrderGraph, with all that the model has, where a figure keeps to what can be read.

    Wrong answers for `distractors: auto`: `near` gives those beside a right one of the model's own kinds, the likeliest
    first; `slips` are those of its words, by name. Both may give what is right after all; that is left out.

    `mutants` gives the model's wrong variants; each is built only when asked for.

    `asks` gives for each element, by id, an expression whose answer rests on it, over the words and the shipped scenarios of
    the model: what an author may begin an item with.
    """

    name: str
    title: Text
    vocabulary: Mapping[str, Word]
    elements: Mapping[str, Element]
    run: Callable[[Sequence[Any]], Any] | None = None
    diagrams: Mapping[str, Ladder | StateDiagram | HeaderLayout] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Sequence[Text]]] = field(default_factory=dict)
    graphs: Mapping[str, StateDiagram | OrderGraph] = field(default_factory=dict)
    near: Callable[[Any], Iterable[Near]] | None = None
    slips: Mapping[str, Sequence[Slip]] = field(default_factory=dict)
    mutants: Callable[[], Iterable[Mutant]] = tuple
    asks: Callable[[], Mapping[str, str]] = dict


@dataclass(frozen=True)
class Mutant:
    """A small wrong variant of a model, which a bank of items ought to notice: the model with one thing altered.

    `id` is that of the element that it alters, `#`, and how; `title` says what it holds, in every language.
    """

    id: str
    title: Text
    build: Callable[[], Model]

    @property
    def element(self) -> str:
        """The id of the element that is altered."""
        return self.id.rpartition("#")[0]


class ScenarioError(Exception):
    """A step of a scenario that means nothing or cannot happen. `step` counts from 0; `nearest` are likely spellings."""

    def __init__(self, step: int, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.step, self.message, self.nearest = step, message, tuple(nearest)


class ModelError(Exception):
    """A question that makes no sense to the model (segment 9 of a trace that has 3). The message says why and what would."""


@dataclass
class Record:
    """What one evaluation rested on: elements touched, reasons in order, and traces (things with `.ladder()`)."""

    elements: set[str] = field(default_factory=set)
    reasons: dict[str, Cite | None] = field(default_factory=dict)
    traces: list[Traced] = field(default_factory=list)


class Traced(Protocol):
    """A run that can be drawn as a ladder and told line by line."""

    def ladder(self) -> Ladder: ...
    def lines(self) -> Sequence[str]: ...


_current: ContextVar[Record | None] = ContextVar("record", default=None)
_F = TypeVar("_F", bound=Callable[..., Any])


def takes(steps: int) -> Callable[[_F], _F]:
    """Say of a word that a call takes as long as that many steps of a claim, each about a microsecond."""

    def mark(function: _F) -> _F:
        vars(function)["steps"] = steps
        return function

    return mark


class recording:
    """Collect what the models touch and say inside the block."""

    def __enter__(self) -> Record:
        record = Record()
        self._token = _current.set(record)
        return record

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


def touch(*elements: str) -> None:
    """Say that the answer depends on these elements (ids as in Model.elements)."""
    record = _current.get()
    if record is not None:
        record.elements.update(elements)


def because(reason: str, cite: Cite | None = None) -> None:
    """Give a reason for the answer, in one English sentence, with the place that says so."""
    record = _current.get()
    if record is not None and reason:
        record.reasons.setdefault(reason, cite)


def shows(trace: Traced) -> None:
    """Say that the answer is read off this trace, so that it can be shown beside it."""
    record = _current.get()
    if record is not None and trace not in record.traces:
        record.traces.append(trace)


def repeat(record: Record) -> None:
    """Say again what was recorded elsewhere."""
    touch(*record.elements)
    for reason, cite in record.reasons.items():
        because(reason, cite)
    for trace in record.traces:
        shows(trace)
