"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file to write, which takes the place of `path` when the block ends well, and vanishes when it does not.

    Where `path` is a link, what it points to is replaced; a pipe or a device is written to as it is. Raises OSError, which
    names `path`.
    """
    try:
        place = path.resolve()
        if place.exists() and not place.is_file():
            yield place
            return
        fresh = place.with_name(f".{place.name}.{os.getpid()}.new")
        try:
            yield fresh
            fresh.replace(place)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
