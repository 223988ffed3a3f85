"""The writers alone: the same texts, already in memory, made into notes and a package.

`python -m bench.writers quizgen|genanki COUNT OUT` prints the seconds from the first note to the finished file.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from bench.corpus import cards

_SECOND = 1_700_000_000
_FRONT, _BACK = "{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"
Texts = Sequence[tuple[str, str, str]]
"""A name, a front and a back for each note."""


def quizgen(texts: Texts, out: Path) -> None:
    """With our own writer, as the command line runs it: without the collector of circles."""
    import gc

    gc.disable()
    from quizgen.render.anki.collection import Deck, Field, NoteType, Template
    from quizgen.render.anki.writer import Note, guid, write_package

    fields, template = [Field(1, "Front"), Field(2, "Back")], Template(3, "Card 1", _FRONT, _BACK)
    kind = NoteType(1_600_000_000_001, "Basic", fields, [template], "", _SECOND)
    deck = Deck(1_600_000_000_002, "Cards", "", _SECOND)
    notes = (
        Note((_SECOND + number) * 1000, guid(name), kind.id, deck.id, (front, back), _SECOND, (name,))
        for number, (name, front, back) in enumerate(texts)
    )
    write_package(out, [kind], [deck], notes, _SECOND)


def genanki(texts: Texts, out: Path) -> None:
    """With genanki, as its documentation shows it."""
    library = import_module("genanki")

    fields, template = [{"name": "Front"}, {"name": "Back"}], {"name": "Card 1", "qfmt": _FRONT, "afmt": _BACK}
    kind = library.Model(1_600_000_001, "Basic", fields=fields, templates=[template])
    deck = library.Deck(1_600_000_002, "Cards")
    for name, front, back in texts:
        deck.add_note(library.Note(model=kind, fields=[front, back], guid=library.guid_for(name), tags=[name]))
    library.Package(deck).write_to_file(str(out))


WRITERS = {"quizgen": quizgen, "genanki": genanki}


def main(writer: str, count: int, out: Path) -> None:
    """Write, and print the seconds. What is imported for it counts."""
    texts = [
        (f"card-{number}", question, f"{ack}. The next byte expected is {ack}. RFC 9293 §3.4")
        for number, question, _, _, ack in cards(count)
    ]
    start = time.perf_counter()
    WRITERS[writer](texts, out)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
