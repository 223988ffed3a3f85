"""What a running Anki holds of quizgen's notes: those of its note types, told apart by their field Id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quizgen.render.anki.collection import Field, NoteType
from quizgen.render.anki.connect import AnkiConnect, ConnectError
from quizgen.render.anki.writer import Note

_BATCH = 250


class Held(NamedTuple):
    """A note in Anki: the time of its last change in seconds, and how many cards it has."""

    id: int
    mod: int
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    cards: int


Found = dict[tuple[int, str], list[Held]]
"""By note type and Id; there are several where a learner copied a note."""


def known_types(anki: AnkiConnect, kinds: Sequence[NoteType]) -> dict[str, NoteType]:
    """Those of the note types that Anki has, by what they are called there, each with the fields that the learner added.

    Raises ConnectError where one lacks a field, for Anki would change all of its notes to give it that.
    """
    by_id = {kind.id: kind for kind in kinds}
    names: dict[str, int] = anki.ask("modelNamesAndIds")
    known = {name: by_id[number] for name, number in names.items() if number in by_id}
    for name, kind in known.items():
        ours, theirs = [field.name for field in kind.fields], anki.ask("modelFieldNames", modelName=name)
        if lacks := set(ours) - set(theirs):
            message = f"the note type `{name}` in Anki lacks {', '.join(f'`{field}`' for field in sorted(lacks))}"
            raise ConnectError(message, "give its fields their names again (Tools > Manage Note Types > Fields)")
        added = [Field(None, field) for field in theirs if field not in ours]
        known[name] = kind._replace(fields=(*kind.fields, *added))
    return known


def held_notes(anki: AnkiConnect, known: Mapping[str, NoteType]) -> Found:
    """The notes of these types that have cards; of others AnkiConnect can tell nothing."""
    found: Found = {}
    types = " OR ".join(f"mid:{kind.id}" for kind in known.values())
    numbers = anki.ask("findNotes", query=f"deck:* ({types})") if known else []
    for name, note in _told(anki, numbers):
        found.setdefault((known[name].id, note.fields["Id"]), []).append(note)
    return found


def retyped(anki: AnkiConnect, notes: Iterable[Note]) -> set[int]:
    """The ids of those of the notes that Anki has with another note type, for the learner changed it.

    They must not be sent again: the import of AnkiConnect would make one of both note types, of all notes that have them.
    """
    by_type: dict[int, list[str]] = {}
    for note in notes:
        by_type.setdefault(note.notetype, []).append(str(note.id))
    queries = [f"nid:{','.join(numbers)} -mid:{kind}" for kind, numbers in by_type.items()]
    return {number for query in queries for number in anki.ask("findNotes", query=query)}


def _told(anki: AnkiConnect, numbers: Sequence[int]) -> Iterator[tuple[str, Held]]:
    for start in range(0, len(numbers), _BATCH):
        for told in anki.ask("notesInfo", notes=numbers[start : start + _BATCH]):
            if told:  # {}: deleted meanwhile
                yield told["modelName"], _note(told)


def _note(told: Mapping[str, Any]) -> Held:
    if "mod" not in told or "cards" not in told:
        message = "this AnkiConnect does not tell when a note was edited"
        raise ConnectError(message, "bring the add-on up to date: Tools > Add-ons > Check for Updates")
    fields = {name: part["value"] for name, part in told["fields"].items()}
    return Held(told["noteId"], told["mod"], fields, tuple(told["tags"]), len(told["cards"]))


def other_looks(anki: AnkiConnect, known: Mapping[str, NoteType]) -> dict[int, str]:
    """Of the note types that do not look as they should, the ids, and what they are called in Anki."""
    return {kind.id: name for name, kind in known.items() if not _looks(anki, name, kind)}


def _looks(anki: AnkiConnect, name: str, kind: NoteType) -> bool:
    templates: dict[str, dict[str, str]] = anki.ask("modelTemplates", modelName=name)
    sides = [(told["Front"], told["Back"]) for told in templates.values()]
    same = anki.ask("modelStyling", modelName=name)["css"] == kind.css
    return same and sides == [(template.front, template.back) for template in kind.templates]
