"""All or nothing: outputs are written beside their place and exchanged with what is there in one step."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from quizgen.files import followed, hold, left_beside

MARK = "report.json"
"""The file by which quizgen knows a folder that it wrote itself, and so may replace."""

_AT_FDCWD, _EXCHANGE, _SWAP = -100, 2, 2


class NotOurs(Exception):
    """The output folder holds something that quizgen did not write."""


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A new empty folder that takes the place of `out` when the block ends well, and vanishes when it does not.

    Whatever happens, also a kill, `out` holds either all of the old files or all of the new ones. Where it is a link, what
    it points to is replaced. Raises NotOurs when `out` is neither empty nor a folder that quizgen wrote, and OSError when
    the place cannot be written.
    """
    out = followed(out)
    if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or (out / MARK).is_file())):
        raise NotOurs(f"{out} was not written by quizgen")
    out.parent.mkdir(parents=True, exist_ok=True)
    _recover(out)
    fresh = out.parent / f".{out.name}.{os.getpid()}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    with _made(fresh):
        try:
            yield fresh
            _take_place(fresh, out)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder, which other builds leave alone as long as this process lives."""
    with ExitStack() as held:
        while not folder.exists():  # another build may have removed it before it was held
            folder.mkdir()
            hold(folder, held)
        yield


def _take_place(fresh: Path, out: Path) -> None:
    if not out.exists():
        fresh.rename(out)
    elif not _exchange(fresh, out):
        old = out.parent / f".{out.name}.{os.getpid()}.old"
        with ExitStack() as held:
            hold(out, held)
            out.rename(old)
            fresh.rename(out)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places atomically. False where the system or file system has no call for it."""
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if libc is not None and sys.platform.startswith("linux") and hasattr(libc, "renameat2"):
        done = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    elif libc is not None and sys.platform == "darwin":
        done = libc.renamex_np(os.fsencode(one), os.fsencode(other), _SWAP)
    else:
        return False
    if done != 0 and ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    return bool(done == 0)


def _recover(out: Path) -> None:
    """Clean up after builds that were killed: put back what was moved aside, remove what was half written."""
    for left, kind in left_beside(out):
        if kind == "old" and not out.exists():
            left.rename(out)
        else:
            shutil.rmtree(left, ignore_errors=True)
