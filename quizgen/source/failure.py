"""Where and how the parser gave up: what the rules that explain it look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.spans import SourceFile, Span

_ENTRY = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[^\s#-].*?:(?=\s|$)|- *$)?")
_LOOK_BACK = 2000


@dataclass(frozen=True)
class Failure:
    """The parser's report.

    context: what it was reading ("while parsing a flow mapping"), begun at the offset `opened`, when it says so.
    problem: what it did not like, at the offset `at`.
    last: the last event before it, or None.
    brackets: offsets of the [ and { that are open, outermost first.
    """

    source: SourceFile
    context: str
    problem: str
    opened: int | None
    at: int
    last: Any
    brackets: tuple[int, ...] = ()

    @property
    def char(self) -> str:
        """The character at the problem; "" at the end of the file."""
        return self.source.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The last character before the problem on its line, spaces left out; "" when the problem is first there."""
        return self._line_before().rstrip()[-1:]

    def _line_before(self) -> str:
        line, column = self.source.position(self.at)
        return self.source.line(line)[: column - 1]

    @property
    def comes_first(self) -> bool:
        """Whether only spaces stand before the problem on its line."""
        return not self._line_before().strip()

    def column(self, offset: int) -> int:
        """The column of an offset, counted from 1."""
        return self.source.position(offset)[1]

    def line(self, offset: int) -> int:
        """The line of an offset, counted from 1."""
        return self.source.position(offset)[0]

    def line_end(self, offset: int) -> int:
        """The offset where the text of this line ends, spaces at its end left out."""
        line, column = self.source.position(offset)
        return max(offset, offset - column + 1 + len(self.source.line(line).rstrip()))

    def indent(self, offset: int) -> int:
        """How many spaces begin the line of an offset."""
        line = self.source.line(self.line(offset))
        return len(line) - len(line.lstrip(" "))

    def rest(self, offset: int) -> str:
        """The text from here to the end of the line."""
        return self.source.text[offset : self.line_end(offset)]

    @property
    def last_scalar(self) -> tuple[int, int, bool] | None:
        """Start, end and whether it is quoted, when the last event was a text that is not a block."""
        style = getattr(self.last, "style", "|")
        if style in ("|", ">"):
            return None
        return self.last.start_mark.index, self.last.end_mark.index, bool(style)

    def levels(self) -> list[int]:
        """Columns in which the entries above the problem begin that a line here could go on with, ascending."""
        found: set[int] = set()
        lowest = 1 << 30
        number = self.line(self.at) - 1
        for line in range(number, max(0, number - _LOOK_BACK), -1):
            entry = _ENTRY.match(self.source.line(line))
            if entry is None or not (entry["dashes"] or entry["key"]) or len(entry["indent"]) >= lowest:
                continue
            columns = [len(entry["indent"]) + 1] + [entry.end("dashes") + 1] * bool(entry["key"] and entry["dashes"])
            found.update(column for column in columns if column <= lowest)
            lowest = len(entry["indent"])
            if not lowest:
                break
        return sorted(found)

    def finding(
        self, code: str, message: str, start: int, end: int, label: str = "",
        *, help: str | None = None, also: tuple[int, int, str] | None = None,
    ) -> Diagnostic:  # fmt: skip
        """A diagnostic over the offsets from `start` to `end`; `also` is a second place: start, end, what it is."""
        labels = (Label(Span(self.source, also[0], also[1]), also[2]),) if also else ()
        return Diagnostic(code, message, Span(self.source, start, end), label=label, labels=labels, help=help)


_LONGEST_SHOWN = 72


def in_quotes(text: str) -> str:
    """`: "the text"`, quoted as YAML wants it, to end an advice with; "" for a text too long to be shown."""
    if len(text) > _LONGEST_SHOWN:
        return ""
    if '"' not in text and "\\" not in text:
        return f': "{text}"'
    return ": '" + text.replace("'", "''") + "'"
