"""The floor: YAML events, sqlite3, zipfile and nothing else; no check, no markup, no care. `python -m bench.prototype FILE OUT`."""

from __future__ import annotations

import gc
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import yaml


def scalars(text: str) -> Iterator[str]:
    """Every scalar of a YAML text."""
    for event in yaml.parse(text, Loader=yaml.CLoader):
        if isinstance(event, yaml.ScalarEvent):
            yield event.value


def main(source: Path, out: Path) -> None:
    """Put every item's scalars into a table of notes and cards and zip it."""
    gc.disable()
    database = out.with_suffix(".anki2")
    database.unlink(missing_ok=True)
    connection = sqlite3.connect(database)
    connection.executescript(
        "pragma journal_mode=off; pragma synchronous=off; create table notes(id integer primary key, flds text); create table cards(id integer primary key, nid int)"
    )
    values = list(scalars(source.read_text("utf-8")))
    starts = [index for index, value in enumerate(values) if value == "id"]
    rows = (
        (number, "\x1f".join(values[a:b]))
        for number, (a, b) in enumerate(zip(starts, [*starts[1:], None], strict=True))
    )
    connection.executemany("insert into notes values (?, ?)", rows)
    connection.execute("insert into cards select id, id from notes")
    connection.commit()
    connection.close()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.write(database, "collection.anki2")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
