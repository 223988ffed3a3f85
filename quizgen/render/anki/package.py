"""The zip around a collection: where the collection, the media and the map of their names lie in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_LEVEL = 1


class Media(NamedTuple):
    """A media file. Its name must say its bytes (a hash), for Anki never replaces a file by another of its name."""

    name: str
    data: bytes


class Package:
    """A package being written, as every Anki since 2.1, AnkiDroid and AnkiMobile read it: `collection.anki2`, and a media
    map in JSON. Media go in as notes bring them; only what the map says of them stays in memory.
    """

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names: dict[str, int] = {}

    def add(self, files: Iterable[Media]) -> None:
        """Put in those of the files that are not there yet."""
        for file in files:
            if file.name not in self._names:
                self._names[file.name] = len(self._names)
                self._store(str(self._names[file.name]), file)

    def _store(self, number: str, file: Media) -> None:
        self._archive.writestr(entry(number), file.data)

    def finish(self, collection: Path) -> None:
        """Put in the collection and the media map."""
        self._copy("collection.anki2", collection)
        names = {str(number): name for name, number in self._names.items()}
        self._archive.writestr(entry("media"), json.dumps(names))

    def _copy(self, name: str, file: Path) -> None:
        with file.open("rb") as source, self._archive.open(entry(name), "w") as target:
            shutil.copyfileobj(source, target, 1 << 20)


def entry(name: str, *, deflated: bool = True) -> ZipInfo:
    """The head of a file in the zip, the same at any time."""
    made = ZipInfo(name)
    made.create_system, made.external_attr = 3, 0o644 << 16
    made.compress_type = ZIP_DEFLATED if deflated else ZIP_STORED
    made._compresslevel = _LEVEL  # type: ignore[attr-defined]
    return made
