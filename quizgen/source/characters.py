"""Characters that may not stand in a text: nobody sees them, and no page, card or terminal shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.source.node import Node
from quizgen.spans import SourceFile, Span

PASSED_BY_LIBYAML = "\x85\u2028\u2029\ufeff"
_MAX_CHARACTERS = 20
_READABLE = "\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_UNREADABLE = re.compile(f"[^{_READABLE}]|[{PASSED_BY_LIBYAML}]")
"""What libyaml refuses; NEL, LS and PS, which it takes for line ends and nobody sees; and a BOM that is not first."""
_CONTROL = re.compile(f"[^{_READABLE}\x85]")
"""What is left of these when each is written as an escape, which everybody sees."""
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0abefv])|.)", re.DOTALL)
_SUSPECT = re.compile(r"\\[0abefuUvx]")
_LETTERS = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "e": 27}
_NAMES = {0: "NUL", 0x85: "NEL", 0x2028: "LINE SEPARATOR", 0x2029: "PARAGRAPH SEPARATOR", 0xFEFF: "BOM"}


def unreadable(source: SourceFile) -> list[Diagnostic]:
    """The characters that may not stand in a file, the first of them."""
    found = islice(_UNREADABLE.finditer(source.text), _MAX_CHARACTERS)
    help_ = "delete it; it does not show in most editors"
    return [_finding(ord(match[0]), Span(source, match.start(), match.end()), "file", help_) for match in found]


def escaped_controls(root: Node) -> list[Diagnostic]:
    """The escapes of texts in double quotes that stand for such characters, the first of them."""
    if not _SUSPECT.search(root.source.text):
        return []
    return list(islice((found for node in _quoted(root) for found in _controls(node)), _MAX_CHARACTERS))


def _quoted(node: Node) -> Iterator[Node]:
    if node.quoted and node.source.text[node.start] == '"':
        yield node
    for child in (*node.elements, *node.entries.values()):
        yield from _quoted(child)


def _controls(node: Node) -> Iterator[Diagnostic]:
    if not _CONTROL.search(node.text):
        return
    span = node.span
    for match in _ESCAPE.finditer(node.source.text, span.start, span.end):
        digits = match[1] or match[2] or match[3]
        number = int(digits, 16) if digits else _LETTERS.get(match[4], 32)
        if _CONTROL.match(chr(number)):
            help_ = f"delete `{match[0]}`; if the text is about this character, write its name"
            yield _finding(number, Span(node.source, match.start(), match.end()), "text", help_)


def _finding(number: int, span: Span, where: str, help_: str) -> Diagnostic:
    name = f" ({_NAMES[number]})" if number in _NAMES else ""
    return Diagnostic("QG027", f"the character U+{number:04X}{name} may not stand in a {where}", span, help=help_)
