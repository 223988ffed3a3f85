"""One item in one variant, while it is judged: what it asks of the models, what it found, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import Evaluation, evaluate
from quizgen.claims.explain import deciding
from quizgen.claims.kinds import a_kind, kind, read, show
from quizgen.claims.names import Names
from quizgen.diagnostics.diagnostic import Diagnostic, did_you_mean
from quizgen.items.evidence import evidence, reasons
from quizgen.items.question import Question, Type
from quizgen.knowledge.knowledge import Entry, say
from quizgen.markup import literal
from quizgen.models import names as model_names
from quizgen.models.base import Record, Text
from quizgen.models.values import Quantity, Unreadable, shortened
from quizgen.source.node import Node
from quizgen.spans import Span

if TYPE_CHECKING:
    from quizgen.items.shared import Shared

_HOLE = re.compile(r"\{\{|\}\}|\{([A-Za-z_]\w*)\}")

_HELP = {
    "QG201": "write an expression, as in handshake.segment(2).ack == x + 1; docs/claims.md says of what it may consist",
    "QG202": "docs/claims.md says of what an expression may consist",
    "QG203": "`quizgen vocabulary` lists the names",
    "QG206": "ask for something that there is; `quizgen vocabulary` says what each name answers",
}
_TICK = re.compile(r"(?<!\\)`")
_UNMARKED = re.compile(r"(?:[^`*_\\]++|(?<=[^\W_])_(?=[^\W_]))*+")
_HYPHENED = re.compile(r"[A-Za-z]\w*(?:-[A-Za-z]\w*)+")


@dataclass
class Case:
    """The context in which an item's type judges it. `bound` are the variables of a family or parametric item; `vacuous`
    are the claims that rest on nothing of a model. `unanswered`: a scenario that it asks cannot run, which is reported there.
    """

    entry: Entry
    names: Names
    shared: Shared
    bound: Mapping[str, Any] = field(default_factory=dict)
    variant: str = ""
    found: list[Diagnostic] = field(default_factory=list)
    vacuous: list[Node] = field(default_factory=list)
    record: Record = field(default_factory=Record)
    last: Evaluation | None = None
    answer: Any = None
    unanswered: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the bank."""
        return self.shared.languages

    @property
    def cited(self) -> bool:
        """Whether the item says that no model can judge it."""
        return self.entry.spec.cited is not None

    def node(self, *path: str | int) -> Node:
        """The node at a path below the item."""
        return self.entry.node.at(path)

    def report(
        self,
        code: str,
        message: str,
        where: Node | Span,
        *,
        label: str = "",
        help_: str | None = None,
        fix: str | None = None,
        why: bool = False,
    ) -> None:
        """Add a finding; with `why`, what the last evaluation rests on is added as notes."""
        notes = evidence(self.last) if why and self.last is not None else ()
        if self.bound:
            notes = (f"in the variant {variant_name(self.bound)}", *notes)
        span = where if isinstance(where, Span) else where.span
        finding = Diagnostic(code, message, span, label=label, help=help_, fix=fix, notes=notes)
        if finding not in self.found:
            self.found.append(finding)

    def ask(self, expression: str, where: Node) -> Any:
        """The value of an expression, or None after reporting why there is none."""
        text = expression.strip()
        try:
            self.last = evaluate(text, self.names)
        except ClaimError as error:
            hyphened = _hyphened(text, self.names)
            if hyphened is not None:
                name, help_ = hyphened[0], "inside expressions names have underscores"
                message = f"`{name}` is read as {name.replace('-', ' minus ')}"
                where_ = inside(where, *hyphened.span())
                self.report("QG203", message, where_, help_=f"{help_}: {name.replace('-', '_')}")
            elif error.code == "QG203" and self.shared.may_exist(text[error.start : error.end]):
                self.unanswered = True
            else:
                self.report(
                    error.code,
                    error.message,
                    inside(where, error.start, error.end),
                    help_=self._without_model(error.code) or error.help or _HELP[error.code],
                )
            return None
        self._keep(self.last.record, deciding(self.last))
        if self.last.value is None:
            self.report("QG206", "the model has no answer to this", where, help_=_HELP["QG206"], why=True)
        return self.last.value

    def _without_model(self, code: str) -> str | None:
        return (
            f"add `model:` to the file: {', '.join(model_names())}"
            if code == "QG203" and not self.entry.models
            else None
        )

    def compute(self, expression: str, where: Node) -> Any:
        """The value of an expression that a learner can give as an answer, or None after reporting why there is none."""
        value = self.ask(expression, where)
        if value is None or is_answer(value):
            return value
        parts = sorted(getattr(type(value), "published", ()))
        help_ = f"ask for a part of it: {', '.join(parts)}" if parts else "call it, or ask for a part of it"
        self.report("QG206", f"{a_kind(value)} is nothing that a learner can answer", where, help_=help_)
        return None

    def _keep(self, record: Record, decided: Record) -> None:
        self.record.elements |= record.elements
        self.record.reasons.update(decided.reasons)
        self.record.traces += [trace for trace in record.traces if not any(trace is one for one in self.record.traces)]

    def truth(self, expression: str, where: Node) -> bool | None:
        """The truth of a claim, or None after reporting why there is none."""
        value = self.ask(expression, where)
        if isinstance(value, bool) and self.last is not None and not self.last.record.elements:
            self.vacuous.append(where)
        if value is None or isinstance(value, bool):
            return value
        self.report(
            "QG208",
            f"a claim is true or false, but this is {a_kind(value)}: {show(value)}",
            where,
            help_="compare it with something, as in `... == ...`",
        )
        return None

    def place(self, *path: str | int) -> Node:
        """The node that carries an option's value: the option itself, or its `value`."""
        node = self.node(*path)
        return node.at(("value",)) if node.kind == "map" else node

    def read(self, text: str, like: Any, *path: str | int) -> Any:
        """The author's text as a value like the model's, or None after reporting that it is none."""
        try:
            return read(text, like)
        except Unreadable as error:
            help_ = did_you_mean(error.nearest) or f"the model answers with {a_kind(like)} such as {show(like)}"
            fix = error.nearest[0] if error.nearest else None
            message = str(error).replace(text, shortened(text))
            self.report("QG207", message, self.place(*path), help_=help_, fix=fix)
            return None

    def same(self, believed: Any, value: Any) -> bool:
        """Whether what an author wrote is what the model computes. Of a fraction the digits that are shown will do."""
        if believed == value:
            return True
        if isinstance(value, Quantity) and isinstance(believed, Quantity) and kind(believed) == kind(value):
            return value.amount.denominator != 1 and show(Quantity(0, value.unit) + believed) == show(value)
        return isinstance(value, float | Fraction) and kind(believed) == "number" and show(believed) == show(value)

    def read_apart(self, what: str, texts: Sequence[tuple[Text, Sequence[str | int]]]) -> None:
        """Report the first of several texts that reads in some language as one before it: learners could not tell them
        apart. `what` names them in the message; each comes with its path below the item.
        """
        for lang in self.languages:
            seen: set[str] = set()
            for text, path in texts:
                folded = text[lang].strip().casefold()
                if folded in seen:
                    message = f"two {what} read the same in {lang}: {text[lang]}"
                    self.report("QG210", message, self.node(*path), help_="drop one, or say it differently")
                    return
                seen.add(folded)

    def text(self, text: Mapping[str, str], *path: str | int) -> Text:
        """A text in every language of the bank, its {variables} filled in."""
        return {lang: self._fill(say(text, lang), lang, (*path, lang)) for lang in self.languages}

    def _fill(self, text: str, lang: str, path: Sequence[str | int]) -> str:
        if "{" not in text and "}" not in text:
            return text

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name is None:
                return match[0][0]
            if name == "answer" and self.answer is not None:
                return _put(match, show(self.answer, lang))
            if name in self.bound:
                return _put(match, show(self.bound[name], lang))
            known = ", ".join(f"{{{one}}}" for one in (*self.bound, *(["answer"] if self.answer is not None else [])))
            self.report(
                "QG110",
                f"`{{{name}}}` stands for nothing here",
                inside(self.node(*path), *match.span()),
                help_=f"known here: {known or 'no variable'}; write {{{{ and }}}} for braces",
            )
            return match[0]

        return _HOLE.sub(value, text)

    def question(self, type_: Type, stem: Text, **parts: Any) -> Question:
        """The finished question of this case; `parts` are those that its type fills."""
        spec, entry = self.entry.spec, self.entry
        return Question(
            id=f"{entry.topic}/{entry.id}{'#' + self.variant if self.variant else ''}",
            topic=entry.topic,
            type=type_,
            standing="cited" if self.cited else "proved",
            stem=stem,
            rationale=self.text(spec.rationale, "rationale") if spec.rationale else {},
            source=spec.source or self._source(),
            difficulty=int(spec.difficulty),
            ladder=self.shared.ladder(self),
            evidence=self.told(),
            misconception=spec.misconception,
            **parts,
        )

    def told(self) -> tuple[str, ...]:
        """The first of the models' reasons, as learners read them."""
        return tuple(map(self.shared.told, reasons(self.record)[:6]))

    def _source(self) -> str:
        return next((str(cite) for cite in self.record.reasons.values() if cite), "")

    def shown(self, value: Any) -> Text:
        """A value as a text: as every language writes it."""
        return {lang: as_text(show(value, lang)) for lang in self.languages}


def _put(hole: re.Match[str], value: str) -> str:
    """A value in place of its hole; in a code span nothing needs an escape, nor would a backslash be one."""
    ticks = len(_TICK.findall(hole.string, 0, hole.start()))
    return value if ticks % 2 else as_text(value)


def as_text(said: str) -> str:
    """What is no markup as a text with markup. Most says the same either way, wherever it stands, and stays as it is."""
    return said if _UNMARKED.fullmatch(said) else literal(said)


def _hyphened(text: str, names: Names) -> re.Match[str] | None:
    """The first SYN-SENT of an expression where SYN_SENT is a name."""
    known = set(names)
    return next((match for match in _HYPHENED.finditer(text) if match[0].replace("-", "_") in known), None)


def is_answer(value: object) -> bool:
    """Whether people can write the value, and an author's text can be read as one."""
    if isinstance(value, frozenset | tuple):
        return all(map(is_answer, value))
    return isinstance(value, int | float | str | Fraction) or hasattr(value, "read")


def inside(where: Node, start: int, end: int) -> Span:
    """The part of a scalar that an offset into its text means; the whole scalar where escapes make that uncertain."""
    span = where.span
    quotes = 1 if where.quoted and span.source.text[span.start] in "\"'" else 0
    if where.kind != "scalar" or span.end - span.start != len(where.text) + 2 * quotes:
        return span
    first = span.start + quotes
    return Span(span.source, first + start, min(first + max(end, start + 1), span.end - quotes))


def variant_name(bound: Mapping[str, Any]) -> str:
    """`end=client,n=1`: the part of a question's id behind the `#`."""
    return ",".join(f"{name}={show(value)}" for name, value in bound.items())
