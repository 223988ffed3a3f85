"""Reads YAML files. Nothing else in quizgen does.

Of YAML, texts, lists and maps are read, one document a file, in UTF-8. A text is what stands there: `no` is "no".
"""

from __future__ import annotations

import codecs
import gc
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.source.characters import PASSED_BY_LIBYAML, escaped_controls, unreadable
from quizgen.source.node import Node
from quizgen.spans import SourceFile, Span

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError

    from quizgen.source.build import Builder, Events

MAX_BYTES = 64 * 1024 * 1024
_SNIFFED = 8192
_SAYS_MORE = ("QG007", "QG011")
"""In `{end} is closed` these say all; that `end` has no value (QG012) is no news then."""


def read_file(path: str | os.PathLike[str]) -> tuple[Node | None, list[Diagnostic]]:
    """The root of the file, and what is wrong with it; as `read_text`."""
    name = os.fspath(path)
    try:
        data = _bytes(Path(path))
    except OSError as error:
        reason = error.strerror or str(error)
        return None, [Diagnostic("QG029", f"the file cannot be read: {reason}", file=name)]
    if isinstance(data, Diagnostic):
        return None, [data]
    decoded = _decode(name, data)
    del data
    return (None, [decoded]) if isinstance(decoded, Diagnostic) else read_text(name, decoded)


def _bytes(path: Path) -> bytes | Diagnostic:
    """The file's bytes. Only regular files are opened: a device or a pipe may never end."""
    name, status = os.fspath(path), path.stat()
    if not stat.S_ISREG(status.st_mode):
        what = "it is a folder" if stat.S_ISDIR(status.st_mode) else "it is no regular file"
        return Diagnostic("QG029", f"the file cannot be read: {what}", file=name)
    if status.st_size > MAX_BYTES:
        size, limit = status.st_size / 2**20, MAX_BYTES >> 20
        help_ = "divide it into several files"
        return Diagnostic("QG024", f"the file has {size:.0f} MiB; at most {limit} MiB are read", file=name, help=help_)
    return path.read_bytes()


def _decode(name: str, data: bytes) -> str | Diagnostic:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        help_ = "in your editor, save it with the encoding UTF-8"
        return Diagnostic("QG025", "the file is UTF-16, not UTF-8", file=name, help=help_)
    if b"\0" in data[:_SNIFFED]:
        help_ = "knowledge files are text; is this the right file?"
        return Diagnostic("QG026", "the file is not a text: it holds NUL bytes", file=name, help=help_)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _bad_byte(name, data.removeprefix(codecs.BOM_UTF8), error)


def _bad_byte(name: str, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
    at = error.start
    start = data.rfind(b"\n", 0, at) + 1
    end = data.find(b"\n", at)
    line = data.count(b"\n", 0, at)
    shown = data[start : len(data) if end < 0 else end].decode("utf-8", "replace")
    source = SourceFile(name, "\n" * line + shown)
    offset = line + len(data[start:at].decode())
    return Diagnostic(
        "QG025", "the file is not UTF-8", Span(source, offset, offset + 1), label=f"byte 0x{data[at]:02X}",
        help="in your editor, save it with the encoding UTF-8",
    )  # fmt: skip


def read_text(name: str, text: str) -> tuple[Node | None, list[Diagnostic]]:
    """The root of the text, and what is wrong with it, in the order of the text.

    name: the file's name, as shown. A BOM at the beginning is not part of the text.
    The root is None when the text cannot be read, or when what was read is not what its author meant; duplicate keys
    leave the first of them. Never raises for what the text holds.
    """
    source = SourceFile(name, text.removeprefix("\ufeff"))
    if any(char in source.text for char in PASSED_BY_LIBYAML):
        return None, unreadable(source)
    with _collector_paused():
        return _read(source)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Half of the time would go into looking for garbage among nodes that all live on."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(source: SourceFile) -> tuple[Node | None, list[Diagnostic]]:
    from yaml import MarkedYAMLError
    from yaml.reader import ReaderError

    from quizgen.source.build import Builder, Stop

    builder = Builder(source)
    try:
        root = builder.build(_events(source.text))
    except Stop:
        return None, builder.found
    except MarkedYAMLError as error:
        found = _syntax_error(builder, error)
        return None, builder.found + found
    except (ReaderError, UnicodeEncodeError):
        return None, unreadable(source)
    if root is None or (root.kind == "scalar" and root.span.start == root.span.end):
        return None, [*builder.found, Diagnostic("QG028", "the file is empty", file=source.name)]
    wrong = [*_unspaced(root), *escaped_controls(root)]
    return (root if builder.whole and not wrong else None), builder.found + wrong


def _events(text: str) -> Events:
    """libyaml's parser; without it PyYAML's own, some twenty times slower."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        from yaml import SafeLoader

        return SafeLoader(text)
    return CParser(text)


def _unspaced(root: Node) -> list[Diagnostic]:
    from quizgen.source.failure import Failure
    from quizgen.source.syntax import missing_space

    if root.kind != "scalar" or root.quoted:
        return []
    found = missing_space(Failure(root.source, "", "", None, root.start, None), root.start)
    return [found] if found else []


def _syntax_error(builder: Builder, error: MarkedYAMLError) -> list[Diagnostic]:
    from quizgen.source.failure import Failure
    from quizgen.source.syntax import explain

    size = len(builder.source.text)
    brackets = (start for start in builder.open if builder.source.text[start : start + 1] in ("[", "{"))
    failure = Failure(
        builder.source,
        error.context or "",
        error.problem or "",
        min(error.context_mark.index, size) if error.context_mark else None,
        min(error.problem_mark.index, size) if error.problem_mark else size,
        builder.last,
        tuple(brackets),
    )
    found = explain(failure)
    if found is None:
        return []
    if found.code in _SAYS_MORE:
        builder.found = [other for other in builder.found if other.code != "QG012" or not _on_one_line(other, found)]
    return [found]


def _on_one_line(first: Diagnostic, second: Diagnostic) -> bool:
    return first.span is not None and second.span is not None and first.span.line == second.span.line
