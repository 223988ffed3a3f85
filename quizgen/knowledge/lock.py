"""quizgen.lock: what learners' Anki collections already hold, so that the next package changes just what has changed.

Anki takes a note from a package only over one of a lower `mod`, and keeps what a learner edited after it. So a note's
`mod` must rise when, and only when, what it shows has changed. The lock remembers both, beside the content.

A line is a thing, its parts with a tab between, sorted:

    deck    tcp/handshake     en    quizgen::The three-way handshake
    note    tcp/handshake/isn en    choice    1500000000000    1764000000    8c6976e5b5410415    61be55a8,a3e0f24c
    removed tcp/handshake/old en    basic     1500000001000    1764000000    5feceb66
    type    choice            en    1764000000    2c26b46b68ffc68f

Numbers are a note's id (milliseconds), the time of the last change (seconds), a hash of what is shown, and hashes of the texts
that it has had: what a learner has that is none of them, the learner wrote. Two versions of a lock merge as texts do: marks of
a conflict are passed over, and of two lines for one thing the one of the later time counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote, unquote

NAME = "quizgen.lock"
FIRST_RELEASE = 1_767_225_600
"""2026-01-01, in seconds: when everything changed last for whom no lock remembers more."""
_HEAD = """\
# What learners' Anki already holds. `quizgen build` keeps this file up to date: commit it with the content.
# Without it an update of the deck still finds its notes, but sends out every one of them as changed.
"""
STEP = 1000
"""What lies between the ids of two notes, so that each has room for the ids of its cards, which count on from its own."""
_FIRST_ID, _IDS = 1_420_070_400_000, 1 << 28
_PARTS = {"deck": (4,), "note": (7, 8), "removed": (6, 7), "type": (5,)}
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_AWKWARD = re.compile(r"[\s%\x00-\x1f\x7f]")
"""What would be taken for the end of a part or of a line."""


class LockError(Exception):
    """A line that means nothing; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Stamp(NamedTuple):
    """What is remembered of a note. `shown` is the hash of what it shows, "" for a removed one; `texts` are hashes of its
    fields as they are and as they have been.
    """

    id: int
    mod: int
    shown: str
    texts: tuple[str, ...] = ()


Key = tuple[str, str]
"""A topic's id or a kind of note type's, and the language."""
NoteKey = tuple[str, str, str]
"""A question's id, the language, and the kind of its note: Anki cannot make a note one of another kind."""


@dataclass
class Lock:
    """What was, and what is made of it by a build at the time `now` (seconds).

    `whole`: all of the lock's content takes part in the build, so that a topic that is not there has been removed.
    """

    now: int = FIRST_RELEASE
    whole: bool = True
    notes: dict[NoteKey, Stamp] = field(default_factory=dict)
    types: dict[Key, tuple[int, str]] = field(default_factory=dict)
    decks: dict[Key, str] = field(default_factory=dict)
    _asked: set[NoteKey] = field(default_factory=set)
    _ids: dict[int, NoteKey] = field(default_factory=dict)

    def remember(self, parts: Sequence[str]) -> None:
        """Add a line. Raises ValueError, KeyError or IndexError where it means nothing."""
        word, name, lang, *rest = parts
        key = (unquote(name), lang)
        if len(parts) not in _PARTS[word]:
            raise ValueError
        if word == "deck":
            self.decks[key] = rest[0]
        elif word == "type":
            self.types[key] = max(self.types.get(key, (0, "")), (_number(rest[0]), rest[1]))
        else:
            kind, number, mod, *hashes = rest
            shown = hashes.pop(0) if word == "note" else ""
            texts = tuple(hashes[0].split(",")) if hashes else ()
            self._merge((*key, kind), Stamp(_number(number, STEP), _number(mod), shown, texts))

    def _merge(self, key: NoteKey, stamp: Stamp) -> None:
        stamp = stamp._replace(id=self._free(stamp.id, key))
        older, newer = sorted((stamp, self.notes.get(key, stamp)), key=lambda one: one.mod)
        self.notes[key] = newer._replace(texts=_distinct(*older.texts, *newer.texts))

    def note(self, question: str, lang: str, kind: str, fields: Sequence[str], tags: Sequence[str] = ()) -> Stamp:
        """The id and the time of a note that shows this."""
        key, digest = (question, lang, kind), shown_hash((*fields, *tags))
        self._asked.add(key)
        old = self.notes.get(key) or Stamp(self._free(stable_id("note", *key), key), 0, "")
        mod = old.mod if old.shown == digest else self._after(old.mod)
        self.notes[key] = stamp = Stamp(old.id, mod, digest, _distinct(*old.texts, text_hash(fields)))
        return stamp

    def type_changed(self, kind: str, lang: str, shown: Sequence[str]) -> int:
        """When a note type came to look as it does (seconds)."""
        old, digest = self.types.get((kind, lang), (0, "")), shown_hash(shown)
        if old[1] != digest:
            self.types[kind, lang] = old = (self._after(old[0]), digest)
        return old[0]

    def deck(self, topic: str, lang: str, name: str) -> str:
        """A topic's deck as it was first named: Anki knows decks by name, and cards that it has stay where they are."""
        return self.decks.setdefault((topic, lang), name)

    def removed(self, lang: str, topics: Collection[str]) -> Iterator[tuple[str, str, Stamp]]:
        """The questions of that language that are no more, with the kinds of their notes; to be asked after all others.

        `topics` are those that take part in the build.
        """
        for key, stamp in sorted(self.notes.items()):
            if key[1] != lang or key in self._asked:
                continue
            if stamp.shown and (self.whole or topic_of(key[0]) in topics):
                self.notes[key] = stamp = stamp._replace(mod=self._after(stamp.mod), shown="")
            if not stamp.shown:
                yield key[0], key[2], stamp

    def _after(self, mod: int) -> int:
        # Later than before even where that was written by a clock that is ahead.
        return max(self.now, mod + 1)

    def _free(self, wanted: int, key: NoteKey) -> int:
        """The id for a note, or the next one that is no other note's: two branches may each have given it away."""
        while self._ids.setdefault(wanted, key) != key:
            wanted += STEP
        return wanted

    def text(self) -> str:
        """The lock as a file."""
        lines = [f"deck\t{_joined(key)}\t{name}" for key, name in self.decks.items()]
        lines += [f"type\t{_joined(key)}\t{mod}\t{shown}" for key, (mod, shown) in self.types.items()]
        for key, stamp in self.notes.items():
            word = "note" if stamp.shown else "removed"
            hashes = "".join(f"\t{part}" for part in (stamp.shown, ",".join(stamp.texts)) if part)
            lines.append(f"{word}\t{_joined(key)}\t{stamp.id}\t{stamp.mod}{hashes}")
        return _HEAD + "".join(f"{line}\n" for line in sorted(lines))


def topic_of(question: str) -> str:
    """`tcp/handshake` of `tcp/handshake/isn#x`."""
    return question.partition("#")[0].rpartition("/")[0]


def stable_id(*identity: str) -> int:
    """An id from a name: a time in milliseconds between 2015 and 2023, as Anki's own ids are times."""
    return _FIRST_ID + int.from_bytes(sha256("\0".join(identity).encode()).digest()[:4], "big") % _IDS * STEP


def shown_hash(shown: Sequence[str]) -> str:
    """The hash of what a note or a note type shows."""
    return sha256("\x1f".join(shown).encode()).hexdigest()[:16]


def text_hash(fields: Sequence[str]) -> str:
    """The hash by which a note's text is known again."""
    return shown_hash(fields)[:8]


def _number(text: str, step: int = 1) -> int:
    """An id or a time. Raises ValueError, also where Anki could not hold it."""
    number = int(text)
    if number not in range(0, 1 << 48, step):
        raise ValueError(text)
    return number


def _distinct(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _joined(key: Key | NoteKey) -> str:
    return "\t".join((_AWKWARD.sub(lambda one: quote(one[0]), key[0]), *key[1:]))


def read(lock: Lock, text: str) -> None:
    """Add what a file says. Raises LockError for a line that means nothing."""
    for number, line in enumerate(text.replace("\r", "").split("\n"), start=1):
        if line and not line.startswith(("#", *_CONFLICT)):
            try:
                lock.remember(line.split("\t"))
            except (ValueError, KeyError, IndexError):
                raise LockError(number) from None
