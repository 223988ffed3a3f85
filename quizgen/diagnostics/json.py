"""Diagnostics for programs, as JSON. The shape is stable: keys may be added, none changes its meaning or goes.

    {"version": 1, "diagnostics": [{
        "code": "QG204", "severity": "error" or "warning", "message": "...", "label": "...",
        "file": "content/tcp/handshake.yaml",
        "start": {"line": 14, "column": 10, "offset": 312}, "end": {...},    null for a finding about a whole file
        "labels": [{"file": "...", "start": {...}, "end": {...}, "text": "..."}],
        "notes": ["..."], "help": "..." or null, "fix": "..." or null}]}

Lines and columns are counted from 1, offsets from 0, all in characters; `end` is the place after the last character.
`fix` is the text that would replace what stands from start to end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.diagnostics.order import ordered
from quizgen.spans import SourceFile, Span

VERSION = 1


def render(diagnostics: Iterable[Diagnostic], columns: int = 0, color: bool = False) -> str:
    """The diagnostics in their order as a JSON document; `columns` and `color` mean nothing here."""
    shown = {"version": VERSION, "diagnostics": [_object(diagnostic) for diagnostic in ordered(diagnostics)]}
    text = json.dumps(shown, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def _object(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "label": diagnostic.label,
        "file": diagnostic.path,
        **_place(diagnostic.span),
        "labels": [
            {"file": label.span.source.name, **_place(label.span), "text": label.text} for label in diagnostic.labels
        ],
        "notes": list(diagnostic.notes),
        "help": diagnostic.help,
        "fix": diagnostic.fix,
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"start": None, "end": None}
    return {"start": _position(span.source, span.start), "end": _position(span.source, span.end)}


def _position(source: SourceFile, offset: int) -> dict[str, int]:
    line, column = source.position(offset)
    return {"line": line, "column": column, "offset": offset}
