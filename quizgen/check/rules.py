"""The rules about how knowledge is written; whether it is true was decided before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quizgen.check import citations, rationale, sources, translations
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge

Rule = Callable[[Knowledge, Bank], Iterable[Diagnostic]]

RULES: tuple[Rule, ...] = (translations.check, rationale.check, sources.check, citations.check)
