"""What commands that know of quizgen.lock share: which file it is, what time it is, and what is wrong with it."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quizgen.cli.compile import show, usage_error

if TYPE_CHECKING:
    from quizgen.knowledge.lockfile import LockFile


def lock_of(paths: Sequence[Path], out: Path | None = None) -> LockFile:
    """The lock of the content at these paths; exits with 1 when it means nothing, with 2 when it cannot be read.

    The lock of content that is not the user's to change is that of the output folder `out`, if one is given, and goes
    by what came with the content.
    """
    from quizgen.knowledge.lock import NAME
    from quizgen.knowledge.lockfile import beside, load_lock, writable

    path, came_with = beside(paths), []
    if out is not None and (_installed(path) or not writable(path)):
        path, came_with = out.absolute() / NAME, [path]
    try:
        found = load_lock(path, paths, _now(), came_with)
    except OSError as error:
        usage_error(f"cannot read {error.filename or path}: {error.strerror}")
    if isinstance(found, list):
        show(found, "text", to_stderr=True)
        raise typer.Exit(1)
    return found


def _installed(path: Path) -> bool:
    """Whether the lock is that of the shipped knowledge in an installed quizgen."""
    from quizgen.resources import resource

    return path.parent == resource("content").resolve() and not path.is_relative_to(Path.cwd())


def _now() -> int:
    """The time in seconds: SOURCE_DATE_EPOCH where that is set (reproducible-builds.org), else the clock's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given and not given.isdecimal():
        usage_error(f"SOURCE_DATE_EPOCH is `{given}`, which is no number of seconds", "unset it, or correct it")
    return int(given) if given else int(time.time())
