"""The order in which findings are shown."""

from __future__ import annotations

from collections.abc import Iterable

from quizgen.diagnostics.diagnostic import Diagnostic


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By file, place, code and message; what is there twice comes once."""
    found = {_key(diagnostic): diagnostic for diagnostic in reversed(list(diagnostics))}
    return [found[key] for key in sorted(found)]


def _key(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span = diagnostic.span
    start, end = (span.start, span.end) if span else (-1, -1)
    return diagnostic.path, start, end, diagnostic.code, diagnostic.message
