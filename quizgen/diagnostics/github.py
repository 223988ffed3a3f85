"""Diagnostics as workflow commands: GitHub Actions shows them beside the lines of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterable

from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.diagnostics.order import ordered
from quizgen.diagnostics.visible import visible


def render(diagnostics: Iterable[Diagnostic], columns: int = 0, color: bool = False) -> str:
    """One command a line; `columns` and `color` mean nothing here."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in ordered(diagnostics))


def _command(diagnostic: Diagnostic) -> str:
    properties = {"file": diagnostic.path}
    if diagnostic.span is not None:
        properties |= _place(diagnostic)
    properties["title"] = diagnostic.code
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{diagnostic.severity} {shown}::{_data(_message(diagnostic))}"


def _place(diagnostic: Diagnostic) -> dict[str, str]:
    """GitHub takes columns only for a place on one line, and counts them from 1, the last one included."""
    span = diagnostic.span
    assert span is not None
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.start, span.end - 1))
    place = {"line": str(line), "endLine": str(end_line)}
    return place | ({"col": str(column), "endColumn": str(end_column)} if line == end_line else {})


def _message(diagnostic: Diagnostic) -> str:
    first = f"{diagnostic.message}: {diagnostic.label}" if diagnostic.label else diagnostic.message
    others = [f"{_other(diagnostic, label)}: {label.text}" for label in diagnostic.labels]
    help_ = [f"help: {diagnostic.help}"] if diagnostic.help else []
    lines = "\n".join([first, *others, *diagnostic.notes, *help_]).splitlines()
    return "\n".join(map(visible, lines))


def _other(diagnostic: Diagnostic, label: Label) -> str:
    """Where a further place is: its line, with the file when that is another one."""
    if diagnostic.span is not None and label.span.source is diagnostic.span.source:
        return f"line {label.span.line}"
    return f"{label.span.source.name}:{label.span.line}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
