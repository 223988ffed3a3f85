"""Packages in the form that Anki itself has written since 2.1.50: compressed with zstd, and smaller.

`meta` holds the number of the form, `collection.anki21b` the collection (of any schema: Anki brings it up to date as it
opens it), `media` a list of names, sizes and hashes. What older versions look for, `collection.anki2`, asks to update.
"""

from __future__ import annotations

from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile

from quizgen.knowledge.lock import FIRST_RELEASE, stable_id
from quizgen.render.anki.collection import Field, NoteType, Template
from quizgen.render.anki.package import Media, Package, entry
from quizgen.render.anki.writer import Note, guid, write_database
from quizgen.render.bilingual import label

if TYPE_CHECKING:
    from zstandard import ZstdCompressor

_VERSION = b"\x08\x03"
"""PackageMetadata of Anki's import_export.proto: field 1, the version, is 3."""


class ModernPackage(Package):
    """A package in this form. Needs zstandard, of the extra `modern`; `lang` is what it tells versions that are too old."""

    def __init__(self, archive: ZipFile, lang: str) -> None:
        super().__init__(archive)
        self._lang, self._map = lang, b""
        self._put("meta", _VERSION)

    def _store(self, number: str, file: Media) -> None:
        self._put(number, _zstd().compress(file.data))
        self._map += _bytes(
            1, _bytes(1, file.name.encode()) + _number(2, len(file.data)) + _bytes(3, sha1(file.data).digest())
        )

    def finish(self, collection: Path) -> None:
        with (
            collection.open("rb") as source,
            self._archive.open(entry("collection.anki21b", deflated=False), "w") as target,
        ):
            _zstd().copy_stream(source, target, size=collection.stat().st_size)
        with TemporaryDirectory(prefix="quizgen-") as folder:
            old = Path(folder) / "collection"
            _too_old(old, self._lang)
            self._copy("collection.anki2", old)
        self._put("media", _zstd().compress(self._map))

    def _put(self, name: str, data: bytes) -> None:
        self._archive.writestr(entry(name, deflated=False), data)


def _zstd() -> ZstdCompressor:
    from zstandard import ZstdCompressor

    return ZstdCompressor()


def _too_old(path: Path, lang: str) -> None:
    """A collection with one note, which asks to update Anki."""
    number = stable_id("note type", "too old", lang)
    template = Template(number + 1, "Card", "{{Front}}", "")
    kind = NoteType(number, "quizgen", [Field(number + 2, "Front")], [template], "", FIRST_RELEASE)
    text = label(lang, "anki.too-old")
    note = Note(stable_id("note", "too old", lang), guid("too old", lang), number, 1, (text,), FIRST_RELEASE)
    write_database(path, [kind], [], [note], FIRST_RELEASE)


def _bytes(field: int, data: bytes) -> bytes:
    """A field of a Protocol Buffers message that holds bytes, text or a message."""
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low]) if not rest else bytes([low | 0x80]) + _varint(rest)
