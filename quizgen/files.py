"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from glob import escape
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file to write, which takes the place of `path` when the block ends well, and vanishes when it does not.

    Where `path` is a link, what it points to is replaced; a pipe or a device is written to as it is. Who may read the file
    stays. What killed processes left of such files of theirs is removed. Raises OSError, which names `path`.
    """
    try:
        if path.exists() and not path.is_file():
            yield path  # not followed: the links in /dev/fd lead to pipes that have no name
            return
        place = followed(path)
        _remove_left(place)
        fresh = place.with_name(f".{place.name}.{os.getpid()}.new")
        with ExitStack() as held:
            held.callback(fresh.unlink, missing_ok=True)
            while not fresh.exists():  # another process may have removed it before it was held
                fresh.touch()
                hold(fresh, held)
            yield fresh
            if place.exists():
                shutil.copymode(place, fresh)
            fresh.replace(place)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def followed(path: Path) -> Path:
    """Where a path leads in the end, through links; nothing needs to be there. Raises OSError for links in a circle."""
    place = Path(os.path.realpath(path))
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return place


def hold(path: Path, held: ExitStack, *, wait: bool = True) -> bool:
    """Lock a file or folder until `held` ends, if the system can; whether it is locked now.

    A kill lets go of it, and no later process of the same number can be taken for this one.
    """
    if fcntl is None:
        return False
    try:
        handle = os.open(path, os.O_RDONLY)
        held.callback(os.close, handle)
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def left_beside(place: Path) -> Iterator[tuple[Path, str]]:
    """What processes that live no more left beside `place`, `.NAME.PID.new` or `.old`, held in turn, and which it is."""
    for left in place.parent.glob(f".{escape(place.name)}.*.*"):
        process, kind = left.name.split(".")[-2:]
        with ExitStack() as held:
            if kind in ("new", "old") and process.isdigit() and hold(left, held, wait=False):
                yield left, kind


def _remove_left(place: Path) -> None:
    for left, _ in left_beside(place):
        if left.is_file():
            left.unlink(missing_ok=True)
