"""The same cards as sources for quizgen and for its peers; each of quizgen's is judged by the model."""

from __future__ import annotations

import json
import random
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

MODULUS = 2**32


def cards(count: int) -> Iterator[tuple[int, str, int, int, int]]:
    """Number, question, sequence number, length, and the acknowledgment number that answers it; always the same."""
    draw = random.Random(9293)
    for number in range(count):
        seq, length = draw.randrange(MODULUS), draw.randrange(2, 1461)
        yield (
            number,
            f"Card {number}: a segment with SEQ={seq} carries {length} bytes. Which ACK answers it?",
            seq,
            length,
            (seq + length) % MODULUS,
        )


def write_quizgen(path: Path, count: int) -> None:
    """A knowledge file of choices, whose keys and distractors the TCP model computes and refutes."""
    with path.open("w", encoding="utf-8") as file:
        file.write("topic: bench/cards\ntitle: Cards\nmodel: tcp\nitems:\n")
        for number, question, seq, length, ack in cards(count):
            wrong = ", ".join(str((ack + off) % MODULUS) for off in (1, -1, -length))
            file.write(
                f"  - id: card-{number}\n    type: choice\n    stem: {json.dumps(question)}\n    ask: acknowledges({seq}, {length})\n"
                f"    key: {ack}\n    distractors: [{wrong}]\n    rationale: The next byte expected is {ack}.\n    source: RFC 9293 §3.4\n"
            )


def write_short(path: Path, count: int) -> None:
    """The same questions without options, each with an answer that the TCP model computes: what the peers' cards are."""
    with path.open("w", encoding="utf-8") as file:
        file.write("topic: bench/cards\ntitle: Cards\nmodel: tcp\nitems:\n")
        for number, question, seq, length, ack in cards(count):
            file.write(
                f"  - id: card-{number}\n    type: short\n    stem: {json.dumps(question)}\n    ask: acknowledges({seq}, {length})\n"
                f"    key: {ack}\n    rationale: The next byte expected is {ack}.\n    source: RFC 9293 §3.4\n"
            )


def write_anki_yaml_tool(path: Path, count: int) -> None:
    """The same cards as anki-yaml-tool reads them, with nothing but a question and an answer; nothing checks them."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "config:\n  name: Basic\n  fields: [Front, Back]\n  templates:\n  - name: Card 1\n    qfmt: '{{Front}}'\n"
            "    afmt: '{{FrontSide}}<hr id=answer>{{Back}}'\n  css: '.card {}'\ndeck-name: Cards\ndata:\n"
        )
        for number, question, _, _, ack in cards(count):
            file.write(
                f"- front: {json.dumps(question)}\n  back: '{ack}. The next byte expected is {ack}. RFC 9293 §3.4'\n  tags: [card-{number}]\n"
            )


def write_notes(path: Path, package: Path) -> None:
    """The notes of a package of one note type as anki-yaml-tool reads them: each field that any note fills, and the tags.

    This is what an author would write who wants quizgen's notes from the peer: what quizgen derives (options with
    their reasons, evidence, source, standing) stands in the YAML.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = zipfile.ZipFile(package).extract("collection.anki2", folder)
        with sqlite3.connect(database) as connection:
            (models,) = connection.execute("SELECT models FROM col").fetchone()
            notes = connection.execute("SELECT mid, flds, tags FROM notes ORDER BY id").fetchall()
    (model,) = {mid for mid, _, _ in notes}
    fields = [field["name"] for field in json.loads(models)[str(model)]["flds"]]
    rows = [dict(zip(fields, values.split("\x1f"), strict=True)) for _, values, _ in notes]
    filled = [name for name in fields if any(row[name] for row in rows)]
    with path.open("w", encoding="utf-8") as file:
        file.write(
            f"config:\n  name: Notes\n  fields: {json.dumps(filled)}\n  templates:\n  - name: Card 1\n    qfmt: '{{{{Question}}}}'\n"
            "    afmt: '{{FrontSide}}<hr id=answer>{{Key}}'\n  css: '.card {}'\ndeck-name: Cards\ndata:\n"
        )
        for row, (_, _, tags) in zip(rows, notes, strict=True):
            lines = [f"{name.lower()}: {json.dumps(row[name])}" for name in filled]
            file.write("- " + "\n  ".join([*lines, f"tags: {json.dumps(tags.split())}"]) + "\n")
