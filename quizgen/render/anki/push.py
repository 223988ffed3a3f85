"""What a running Anki lacks of a deck, and giving it that.

AnkiConnect's addNotes sets neither GUIDs nor the ids of note types, so that a package imported later would double every
note. So what is missing goes through importPackage, as a package of just these notes: Anki does the rest as ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from quizgen.items.question import Bank
from quizgen.knowledge.lock import Lock, NoteKey, Stamp, text_hash
from quizgen.render.anki.collection import Deck, NoteType
from quizgen.render.anki.connect import AnkiConnect
from quizgen.render.anki.decks import ROOT, decks
from quizgen.render.anki.held import Held, held_notes, known_types, other_looks, retyped
from quizgen.render.anki.notes import REMOVED, notes
from quizgen.render.anki.notetypes import KINDS, note_type_id, note_types
from quizgen.render.anki.writer import Note, write_package

Change = Literal["new", "changed", "removed", "kept", "same"]
"""What becomes of a note: `kept` is one that the learner edited, `same` one that needs nothing."""


@dataclass
class Plan:
    """What is to be done: what goes into the package, and what becomes of the notes of which questions.

    `looks`: the note types whose templates or style are not as they should be, by their ids.
    """

    becomes: dict[Change, list[str]] = field(default_factory=dict)
    looks: dict[int, str] = field(default_factory=dict)
    kinds: list[NoteType] = field(default_factory=list)
    decks: list[Deck] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def plan(anki: AnkiConnect, bank: Bank, languages: Sequence[str], lock: Lock, root: str = ROOT) -> Plan:
    """Compare the bank with what Anki holds, and bring the lock up to date. New cards go below the deck `root`.

    Raises ConnectError, also where a note type in Anki lacks one of its fields.
    """
    made, before = Plan(), dict(lock.notes)
    for lang in languages:
        made.decks += [deck._replace(name=_below(root, deck.name)) for deck in decks(bank, lang, lock)]
        _Comparison(anki, lang, note_types(lang, lock), before).add(made, bank, lock)
    return made


def _below(root: str, name: str) -> str:
    """The name of a deck below another than `quizgen`; one that the lock has elsewhere goes there under its whole name."""
    if root == ROOT:
        return name
    return root + (name.removeprefix(ROOT) if f"{name}::".startswith(f"{ROOT}::") else f"::{name}")


@dataclass(frozen=True)
class Done:
    """What came of it: the questions whose notes Anki did not take, and the note types that look as the learner made them."""

    missed: list[str]
    looks: list[str]


def push(anki: AnkiConnect, made: Plan) -> Done:
    """Do what is planned. Raises ConnectError."""
    if not made.notes:
        return Done([], [])
    with TemporaryDirectory(prefix="quizgen-") as folder:
        package = Path(folder) / "push.apkg"
        used = {note.deck for note in made.notes if note.cards}
        wanted = [deck for deck in made.decks if deck.id in used]
        write_package(package, made.kinds, wanted, made.notes, max(kind.mod for kind in made.kinds))
        anki.ask("importPackage", path=str(package))
    known = known_types(anki, made.kinds)
    held, names = held_notes(anki, known), {kind.id: _names(kind) for kind in made.kinds}
    missed = [
        unescape(note.fields[0])
        for note in made.notes
        if not any(
            _values(one, names[note.notetype]) == note.fields and set(note.tags) <= set(one.tags)
            for one in held.get((note.notetype, note.fields[0]), [])
        )
    ]
    return Done(missed, sorted(other_looks(anki, known).values()))


class _Comparison:
    """The notes of one language beside those that Anki holds."""

    def __init__(
        self, anki: AnkiConnect, lang: str, kinds: Sequence[NoteType], before: Mapping[NoteKey, Stamp]
    ) -> None:
        known = known_types(anki, kinds)
        self._held, self._looks = held_notes(anki, known), other_looks(anki, known)
        self._types = {kind.id: kind for kind in (*kinds, *known.values())}
        self._names = {kind.id: _names(kind) for kind in kinds}
        self._kinds = {note_type_id(kind, lang): kind for kind in KINDS}
        self._lang, self._before, self._anki = lang, before, anki

    def add(self, made: Plan, bank: Bank, lock: Lock) -> None:
        """Add to the plan what becomes of each note, and what must be sent for it."""
        made.kinds += self._types.values()
        carriers: dict[int, Note] = {}
        ours = [(note, self._mine(note)) for note in notes(bank, self._lang, lock)]
        theirs = retyped(self._anki, [note for note, mine in ours if mine is None and REMOVED not in note.tags])
        for note, mine in ours:
            becomes, sent = self._becomes(note, mine) if note.id not in theirs else ("kept", None)
            if becomes is not None:
                made.becomes.setdefault(becomes, []).append(unescape(note.fields[0]))
            if sent is not None:
                made.notes.append(self._whole(sent, mine))
                carriers.pop(note.notetype, None)
            elif mine is not None and becomes == "same" and note.notetype in self._looks:
                # Anki takes a note type only with a note of it; this one is older than its own and changes nothing.
                older = note._replace(mod=mine.mod - 1, cards=(), media=())
                carriers.setdefault(note.notetype, self._whole(older, mine))
        sent_kinds = {note.notetype for note in made.notes}
        made.notes += [note for kind, note in carriers.items() if kind not in sent_kinds]
        made.looks |= self._looks

    def _mine(self, note: Note) -> Held | None:
        # A copy that the learner made has the same Id; ours has the number under which it was sent, if it was free.
        held = self._held.get((note.notetype, note.fields[0]), [])
        return min(held, key=lambda one: (one.id != note.id, one.id), default=None)

    def _becomes(self, note: Note, mine: Held | None) -> tuple[Change | None, Note | None]:
        """What becomes of a note (None: nothing, for it was never there or is already marked), and what to send."""
        gone = REMOVED in note.tags
        if mine is None:
            return (None, None) if gone else ("new", note)
        was_gone, edited, shown = REMOVED in mine.tags, self._edited(mine, note), self._shown(mine, note)
        if gone and was_gone:
            return None, None
        own = {tag for tag in mine.tags if tag.startswith(f"{ROOT}::")}
        if shown == note.fields and own == set(note.tags):
            return "same", None
        if edited and gone == was_gone:
            return "kept", None
        return "removed" if gone else "changed", _over(mine, note._replace(fields=shown) if edited else note)

    def _whole(self, note: Note, mine: Held | None) -> Note:
        """The note with the fields that the learner added, as they are: Anki would empty those that are not sent."""
        added = _names(self._types[note.notetype])[len(note.fields) :]
        return note._replace(fields=(*note.fields, *(mine.fields[name] if mine else "" for name in added)))

    def _shown(self, mine: Held, note: Note) -> tuple[str, ...]:
        return _values(mine, self._names[note.notetype])

    def _edited(self, mine: Held, note: Note) -> bool:
        """Whether the learner edited the note after it was sent: it says something that it has never been known to say.

        Where only one text is known, that of an older note may be from before the lock began.
        """
        if REMOVED in mine.tags and not mine.fields["Type"]:
            return False  # It says only that it was removed.
        old = self._before.get((unescape(note.fields[0]), self._lang, self._kinds[note.notetype]))
        if old is None:
            return mine.mod > note.mod
        if text_hash(self._shown(mine, note)) in old.texts:
            return False
        return len(old.texts) > 1 or mine.mod > old.mod


def _over(mine: Held, note: Note) -> Note:
    """The note so that Anki takes it over its own: younger, with the learner's tags, and cards only where some are missing."""
    own = tuple(tag for tag in mine.tags if not tag.startswith(f"{ROOT}::"))
    cards = note.cards if mine.cards < len(note.cards) else ()
    return note._replace(mod=max(note.mod, mine.mod + 1), tags=(*own, *note.tags), cards=cards)


def _names(kind: NoteType) -> tuple[str, ...]:
    return tuple(field.name for field in kind.fields)


def _values(mine: Held, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(mine.fields[name] for name in names)
