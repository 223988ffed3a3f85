"""What quizgen tells an author: one finding, with a code, a place, reasons and help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quizgen.spans import Span

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Label:
    """A further place that matters to a finding, with a word on it."""

    span: Span
    text: str


@dataclass(frozen=True)
class Diagnostic:
    """One finding.

    code: `QG204`; each has a page (`quizgen explain QG204`) and a severity in the catalogue.
    message: one sentence, no full stop.
    span: where; None for a finding about a whole file (`file` names it then).
    label: what stands beside the carets ("the model computes x + 1").
    notes: lines shown as `= ...`: the trace, the row, the section.
    help: what to do, or None.
    fix: text that would replace the span, or None.
    """

    code: str
    message: str
    span: Span | None = None
    file: str = ""
    label: str = ""
    notes: tuple[str, ...] = ()
    help: str | None = None
    fix: str | None = None
    labels: tuple[Label, ...] = ()
    severity: Severity = "error"

    @property
    def path(self) -> str:
        """The file's name as shown."""
        return self.span.source.name if self.span else self.file


def did_you_mean(nearest: Sequence[str]) -> str | None:
    """Help that offers the nearest spellings: `did you mean `a` or `b`?`; None when nothing is near."""
    return f"did you mean {' or '.join(f'`{name}`' for name in nearest)}?" if nearest else None
