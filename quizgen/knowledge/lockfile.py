"""Where the lock of some content is, and reading and writing it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.files import hold, replacing
from quizgen.knowledge.lock import NAME, Lock, LockError, read
from quizgen.spans import SourceFile, Span


@dataclass(frozen=True)
class LockFile:
    """A lock and its file. `before` is what the file held, "" if there was none."""

    path: Path
    lock: Lock
    before: str

    @property
    def changed(self) -> bool:
        """Whether the lock holds something, and is not what the file holds."""
        return bool(self.lock.notes) and self.lock.text() != self.before

    def write(self, path: Path | None = None) -> None:
        """Write the lock, all or nothing, to `path` if one is given. Else, what another process has written there meanwhile,
        who built another part of the content, is read once more and kept. Raises OSError."""
        with ExitStack() as held:
            if path is None and hold(self.path.parent, held) and self.path.is_file():
                meanwhile = self.path.read_text("utf-8-sig", "replace")
                with suppress(LockError):
                    read(self.lock, meanwhile if meanwhile != self.before else "")
            with replacing(path or self.path) as fresh:
                fresh.write_text(self.lock.text(), "utf-8", newline="\n")


def beside(paths: Sequence[Path]) -> Path:
    """The lock of the content at these paths: the nearest one in or above their common folder, or a new one there."""
    folders = [path.resolve() if path.is_dir() else path.resolve().parent for path in paths]
    same_drive = all(folder.anchor == folders[0].anchor for folder in folders)
    common = Path(os.path.commonpath(folders)) if same_drive else folders[0]
    return next((up / NAME for up in (common, *common.parents) if (up / NAME).is_file()), common / NAME)


def writable(path: Path) -> bool:
    """Whether a lock can be written there."""
    return os.access(path.parent, os.W_OK)


def load_lock(path: Path, paths: Sequence[Path], now: int, shipped: Iterable[Path] = ()) -> LockFile | list[Diagnostic]:
    """The lock at `path`, together with others that came with the content (`shipped`); or what is wrong with one.

    `paths` are what is built, `now` is the time in seconds. Raises OSError.
    """
    whole = any(one.resolve() in (path.parent, *path.parent.parents) for one in paths if one.is_dir())
    texts = {file: file.read_text("utf-8-sig", "replace") for file in (path, *shipped) if file.is_file()}
    lock = Lock(now, whole)
    for file, text in texts.items():
        try:
            read(lock, text)
        except LockError as error:
            return [_misread(SourceFile(str(file), text), error)]
    return LockFile(path, lock, texts.get(path, ""))


def _misread(source: SourceFile, error: LockError) -> Diagnostic:
    start = sum(len(line) + 1 for line in source.text.split("\n")[: error.line - 1])
    return Diagnostic(
        "QG402",
        "this line of the lock means nothing",
        Span(source, start, start + len(source.line(error.line))),
        help="take the file from version control again, or a newer quizgen if that wrote it; without the line its note counts as changed",
    )
