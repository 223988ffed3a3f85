"""The same question/answer cards as sources for quizgen and for its peers; each of quizgen's is judged by the model."""

from __future__ import annotations

import json
import random
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
    """The same cards as anki-yaml-tool reads them; nothing checks them."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "config:\n  name: Basic\n  fields: [Front, Back]\n  templates:\n  - name: Card 1\n    qfmt: '{{Front}}'\n"
            "    afmt: '{{FrontSide}}<hr id=answer>{{Back}}'\n  css: '.card {}'\ndeck-name: Cards\ndata:\n"
        )
        for number, question, _, _, ack in cards(count):
            file.write(
                f"- front: {json.dumps(question)}\n  back: '{ack}. The next byte expected is {ack}. RFC 9293 §3.4'\n  tags: [card-{number}]\n"
            )
