"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file to write, which takes the place of `path` when the block ends well, and vanishes when it does not.

    Where `path` is a link, what it points to is replaced; a pipe or a device is written to as it is. Who may read the file
    stays. Raises OSError, which names `path`.
    """
    try:
        if path.exists() and not path.is_file():
            yield path  # not followed: the links in /dev/fd lead to pipes that have no name
            return
        place = followed(path)
        fresh = place.with_name(f".{place.name}.{os.getpid()}.new")
        try:
            yield fresh
            if place.exists():
                shutil.copymode(place, fresh)
            fresh.replace(place)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def followed(path: Path) -> Path:
    """Where a path leads in the end, through links; nothing needs to be there. Raises OSError for links in a circle."""
    place = Path(os.path.realpath(path))
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return place
