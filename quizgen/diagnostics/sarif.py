"""Diagnostics as SARIF 2.1.0, which code scanning of GitHub and GitLab, and editors, read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; the sections cited below are its.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from quizgen import __version__
from quizgen.diagnostics import catalogue
from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.diagnostics.order import ordered
from quizgen.diagnostics.visible import visible
from quizgen.spans import SourceFile, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_FIRST_LINE = {"startLine": 1, "endLine": 1}
"""Where a finding about a whole file is shown; GitHub takes none without a line."""


def render(diagnostics: Iterable[Diagnostic], columns: int = 0, color: bool = False) -> str:
    """A log with one run, whose results stand in their order; `columns` and `color` mean nothing here."""
    found = ordered(diagnostics)
    codes = sorted({diagnostic.code for diagnostic in found})
    driver = {"name": "quizgen", "semanticVersion": __version__, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which quizgen ran."}}},
        "results": [_result(diagnostic, codes) for diagnostic in found],
    }
    text = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def _rule(code: str) -> dict[str, Any]:
    finds, page = catalogue.finds(code), catalogue.page(code)
    return {
        "id": code,
        "name": catalogue.title(code),
        "shortDescription": {"text": re.split(r"(?<=\.)\s", finds, maxsplit=1)[0]},
        "fullDescription": {"text": finds},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": catalogue.severity(code)},
    }


def _result(diagnostic: Diagnostic, codes: Sequence[str]) -> dict[str, Any]:
    span = diagnostic.span
    place = {**_file(diagnostic.path), "region": _FIRST_LINE if span is None else _region(span)}
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": diagnostic.severity,
        "message": _message(_told(diagnostic)),
        "locations": [{"physicalLocation": place}],
    }
    if diagnostic.labels:
        result["relatedLocations"] = [_related(number, label) for number, label in enumerate(diagnostic.labels)]
    if diagnostic.fix is not None and span is not None:
        result["fixes"] = [_fix(diagnostic, span, diagnostic.fix)]
    return result


def _told(diagnostic: Diagnostic) -> str:
    """The finding, then its notes and help: GitHub shows nothing else of a result beside its line."""
    first = f"{diagnostic.message}: {diagnostic.label}" if diagnostic.label else diagnostic.message
    help_ = [f"help: {diagnostic.help}"] if diagnostic.help else []
    return "\n".join([first, *diagnostic.notes, *help_])


def _message(text: str) -> dict[str, str]:
    """A message object, in which braces are doubled, as single ones stand for arguments (§3.11.5)."""
    shown = "\n".join(map(visible, text.splitlines()))
    return {"text": shown.replace("{", "{{").replace("}", "}}")}


def _related(number: int, label: Label) -> dict[str, Any]:
    place = {**_file(label.span.source.name), "region": _region(label.span)}
    return {"id": number, "physicalLocation": place, "message": _message(label.text)}


def _fix(diagnostic: Diagnostic, span: Span, text: str) -> dict[str, Any]:
    change = {
        **_file(diagnostic.path),
        "replacements": [{"deletedRegion": _region(span), "insertedContent": {"text": text}}],
    }
    return {"description": _message(diagnostic.help or f"write `{text}`"), "artifactChanges": [change]}


def _file(name: str) -> dict[str, Any]:
    """The file's URI, relative to the folder of the run where it is below it."""
    path, root = Path(name).absolute(), Path.cwd()
    if ".." in Path(name).parts or not path.is_relative_to(root):
        return {"artifactLocation": {"uri": path.resolve().as_uri()}}
    relative = path.as_uri().removeprefix(root.as_uri()).lstrip("/")
    return {"artifactLocation": {"uri": relative, "uriBaseId": _ROOT}}


def _region(span: Span) -> dict[str, int]:
    """Lines and columns from 1; the end is the column after the last character (§3.30.8)."""
    line, column = _position(span.source, span.start)
    end_line, end_column = _position(span.source, span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _position(source: SourceFile, offset: int) -> tuple[int, int]:
    """As in the file, but for columns that count UTF-16 code units: characters beyond U+FFFF are two."""
    line, column = source.position(offset)
    before = source.text[offset - column + 1 : offset]
    return line, column + sum(char > "\uffff" for char in before)
