"""Writes an Anki package (.apkg): a zip of a `collection.anki2` of schema 11, a media map and the media.

Every Anki since 2.1, AnkiDroid and AnkiMobile read this form. Notes come from an iterator and are held nowhere; the
same input gives the same bytes, whatever the clock says.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha1, sha256
from html import unescape
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from quizgen.render.anki.collection import TABLES, Deck, NoteType, col_row
from quizgen.render.anki.package import Media, Package

if TYPE_CHECKING:
    from sqlite3 import Connection

_BATCH = 20_000
"""Notes that are held at a time: sorted by id, they go into the tree of a table in one sweep."""
_PRAGMAS = (
    "page_size = 16384",
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "cache_size = -65536",
)
_TAG = re.compile(r"<!--.*?-->|<style.*?>.*?</style>|<script.*?>.*?</script>|<.*?>", re.DOTALL | re.IGNORECASE)
_MEDIA = re.compile(
    r"""<(?:img|audio|video|object)\b[^>]*?\b(?:src|data)=(?:"([^"]+)"|'([^']+)'|([^\s>"']+))[^>]*>""", re.I
)
_NOTE = "INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,?,0,'')"
_CARD = "INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')"


class Note(NamedTuple):
    """A note with one new card for each of `cards` (indexes of templates, or cloze numbers less 1).

    `id` is a time in milliseconds, a whole number of seconds; the cards' ids count on from it. `notetype` and `deck` are
    ids; `fields` are HTML, `sort` the index of the one to sort by; `mod` is in seconds. `media` are the files that the
    fields name; a file may come with many notes and is packed once.
    """

    id: int
    guid: str
    notetype: int
    deck: int
    fields: tuple[str, ...]
    mod: int
    tags: tuple[str, ...] = ()
    cards: tuple[int, ...] = (0,)
    sort: int = 0
    media: tuple[Media, ...] = ()


def guid(*identity: str) -> str:
    """The GUID of a note, from what names it and never from its text."""
    return urlsafe_b64encode(sha256("\0".join(identity).encode()).digest()[:9]).decode()


def write_package(
    path: Path,
    notetypes: Sequence[NoteType],
    decks: Sequence[Deck],
    notes: Iterable[Note],
    mod: int,
    form: Callable[[ZipFile], Package] = Package,
) -> None:
    """Write the package; `mod` (seconds) is the time of the collection itself."""
    with TemporaryDirectory(prefix="quizgen-") as folder, ZipFile(path, "w") as archive:
        database, package = Path(folder) / "collection", form(archive)
        write_database(database, notetypes, decks, _with_media(notes, package), mod)
        package.finish(database)


def _with_media(notes: Iterable[Note], package: Package) -> Iterator[Note]:
    """The notes as they are, each after its media have gone into the package."""
    for note in notes:
        package.add(note.media)
        yield note


def write_database(
    path: Path, notetypes: Sequence[NoteType], decks: Sequence[Deck], notes: Iterable[Note], mod: int
) -> None:
    """Write the collection alone. Raises OSError."""
    import errno
    import sqlite3

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        _fill(connection, col_row(notetypes, decks, mod), notes)
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error)) from error  # a full disk, most likely
    finally:
        connection.close()


def _fill(connection: Connection, col: tuple[object, ...], notes: Iterable[Note]) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    connection.execute(f"INSERT INTO col VALUES ({','.join('?' * len(col))})", col)
    source, position = iter(notes), 0
    while batch := list(islice(source, _BATCH)):
        placed = [(note.id, due, note) for due, note in enumerate(batch, position + 1)]
        placed.sort()
        connection.executemany(_NOTE, map(_note_row, placed))
        connection.executemany(_CARD, _card_rows(placed))
        position += len(batch)
    connection.execute("COMMIT")


_Placed = tuple[int, int, Note]
"""A note's id, its place in the order of learning, and itself."""


def _note_row(placed: _Placed) -> tuple[object, ...]:
    number, _, note = placed
    fields = note.fields
    first, tags = sort_text(fields[0]), f" {' '.join(note.tags)} " if note.tags else ""
    shown = first if note.sort == 0 else sort_text(fields[note.sort])
    return (number, note.guid, note.notetype, note.mod, tags, "\x1f".join(fields), shown, _sum(first))


def _card_rows(placed: Iterable[_Placed]) -> Iterator[tuple[int, ...]]:
    for number, due, note in placed:
        for card in note.cards:
            yield number + card, number, note.deck, card, note.mod, due


def sort_text(field: str) -> str:
    """A field without HTML, but with the names of its media, as Anki sorts and compares it."""
    if "<" in field:
        field = _TAG.sub("", _MEDIA.sub(r" \1\2\3 ", field))
    return unescape(field).replace("\xa0", " ") if "&" in field else field


def checksum(field: str) -> int:
    """Anki's checksum of a first field, by which it finds duplicates."""
    return _sum(sort_text(field))


def _sum(text: str) -> int:
    return int.from_bytes(sha1(text.encode()).digest()[:4], "big")
