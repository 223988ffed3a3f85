"""Diagnostics for people: the finding, the lines of the file with marks, notes and help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.diagnostics.order import ordered
from quizgen.diagnostics.snippet import Mark, Row, marks, rows
from quizgen.diagnostics.visible import visible, width

_COLORS = {"error": "1;31", "warning": "1;33", "gutter": "1;34", "help": "1;36", "bold": "1"}
Paint = Callable[[str, str], str]


def render(diagnostics: Iterable[Diagnostic], columns: int = 100, color: bool = False) -> str:
    """The diagnostics in their order, a blank line after each; "" for none.

    columns: how wide the terminal is; lines of the file are cut to it around their marks. Notes are never cut.
    color: whether to write ANSI colours.
    """
    paint = _paint if color else _plain
    return "".join("\n".join(_lines(diagnostic, columns, paint)) + "\n\n" for diagnostic in ordered(diagnostics))


def _paint(text: str, kind: str) -> str:
    return f"\x1b[{_COLORS[kind]}m{text}\x1b[0m"


def _plain(text: str, kind: str) -> str:
    return text


def _lines(diagnostic: Diagnostic, columns: int, paint: Paint) -> Iterator[str]:
    place = visible(diagnostic.path)
    if diagnostic.span is not None:
        place += f":{diagnostic.span.line}:{diagnostic.span.column}"
    kind = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    yield f"{place}: {kind}: {paint(visible(diagnostic.message), 'bold')}"
    gutter = 1
    if diagnostic.span is not None:
        found = _marks(diagnostic)
        gutter = len(str(max(mark.line for mark in found)))
        yield from _snippet(diagnostic, found, columns, gutter, paint)
    yield from _notes(diagnostic, gutter, paint)


def _marks(diagnostic: Diagnostic) -> list[Mark]:
    """The marks of the finding and of its labels in the same file."""
    span = diagnostic.span
    assert span is not None
    found = marks(span, diagnostic.label, "^")
    for label in diagnostic.labels:
        if label.span.source is span.source:
            found += marks(label.span, label.text, "-")
    return found


def _snippet(diagnostic: Diagnostic, found: list[Mark], columns: int, gutter: int, paint: Paint) -> Iterator[str]:
    span = diagnostic.span
    assert span is not None
    lines = {mark.line: span.source.line(mark.line) for mark in found}
    yield paint(f"{'':{gutter}} |", "gutter")
    for row in rows(lines, found, columns - gutter - 3):
        yield from _row(row, diagnostic.severity, columns, gutter, paint)


def _row(row: Row, severity: str, columns: int, gutter: int, paint: Paint) -> Iterator[str]:
    if row.number is not None:
        yield f"{paint(f'{row.number:{gutter}} |', 'gutter')} {row.text}".rstrip()
    elif not row.sign:
        yield paint("...", "gutter")
    else:
        yield from _mark(row, severity, columns - gutter - 3, paint(f"{'':{gutter}} |", "gutter"), paint)


def _mark(row: Row, severity: str, room: int, bar: str, paint: Paint) -> Iterator[str]:
    """The mark with its words beside it; below it, when the terminal is too narrow for that."""
    kind = severity if row.sign[0] == "^" else "gutter"
    words = visible(row.words)
    if row.indent + len(row.sign) + 1 + width(words) <= room or not words:
        yield f"{bar} {'':{row.indent}}{paint(f'{row.sign} {words}'.rstrip(), kind)}"
        return
    yield f"{bar} {'':{row.indent}}{paint(row.sign, kind)}"
    yield f"{bar} {'':{max(0, min(row.indent, room - width(words)))}}{paint(words, kind)}"


def _notes(diagnostic: Diagnostic, gutter: int, paint: Paint) -> Iterator[str]:
    elsewhere = [
        f"{label.span.source.name}:{label.span.line}:{label.span.column}: {label.text}"
        for label in diagnostic.labels
        if diagnostic.span is None or label.span.source is not diagnostic.span.source
    ]
    for note in [*elsewhere, *diagnostic.notes]:
        yield from _note(note, "", gutter, paint)
    if diagnostic.help is not None:
        yield from _note(diagnostic.help, "help: ", gutter, paint)


def _note(text: str, head: str, gutter: int, paint: Paint) -> Iterator[str]:
    first, *others = text.splitlines() or [""]
    mark = paint("=", "gutter") + " " + (paint(head.rstrip(), "help") + " " if head else "")
    yield f"{'':{gutter}} {mark}{visible(first)}"
    for line in others:
        yield f"{'':{gutter}}   {'':{len(head)}}{visible(line)}".rstrip()
