"""What a ladder says, row by row and message by message, with what is masked already hidden: for SVG, text and words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quizgen.figures.words import MASK, named, word
from quizgen.models.figure import Ladder, Message

_NOTHING = "–"
"""The state of an end that holds nothing any more, such as a browser without cookies."""
STUBS = ("forged", "old", "duplicate")
"""Fates of messages that the network brings forth: they begin between the ends, not at the sender."""


@dataclass(frozen=True)
class Remark:
    """A line beside an end: `kind` is event, state or note."""

    kind: str
    text: str


@dataclass(frozen=True)
class Arrow:
    """A message with its number (from 1), where it begins and ends, the word for one that the network brought forth, and
    the word for one that never arrives; each "" for others.

    `label` is the mask's sign when `masked`.
    """

    number: int
    message: Message
    rightwards: bool
    label: str
    masked: bool
    word: str
    ending: str

    @property
    def sender(self) -> int:
        """0 for the left end, 1 for the right one."""
        return 0 if self.rightwards else 1

    @property
    def receiver(self) -> int:
        return 1 - self.sender

    @property
    def begins_between(self) -> bool:
        """Whether the network brought it forth."""
        return self.message.fate in STUBS


def _ending(message: Message, lang: str) -> str:
    if message.arrived is None:
        return word(lang, "lost" if message.lost else "under-way")
    return ""


def arrows(ladder: Ladder, mask: Collection[str], lang: str) -> list[Arrow]:
    """The messages in the order of sending."""
    return [
        Arrow(
            number, message, message.sender == ladder.ends[0], MASK if f"message:{number}" in mask else named(lang, "message", message.label),
            f"message:{number}" in mask, word(lang, message.fate) if message.fate in STUBS else "", _ending(message, lang),
        )
        for number, message in enumerate(ladder.messages, 1)
    ]  # fmt: skip


def _masked_rows(ladder: Ladder, end: str, mask: Collection[str]) -> set[int]:
    """The rows whose state is asked for: each stands for the whole time that the end stays in that state."""
    rows = set()
    for part in mask:
        kind, _, rest = part.partition(":")
        name, _, after = rest.rpartition(":")
        if kind == "state" and name == end:
            message = ladder.messages[int(after) - 1] if int(after) else None
            row = 0 if message is None else message.sent if message.arrived is None else message.arrived
            while row and ladder.moments[row - 1].states[end] == ladder.moments[row].states[end]:
                row -= 1
            rows.add(row)
    return rows


def remarks(ladder: Ladder, end: str, mask: Collection[str], lang: str) -> list[list[Remark]]:
    """Beside an end, by row: what happened, the state when it changed, why a message that came was dropped."""
    masked = _masked_rows(ladder, end, mask)
    found: list[list[Remark]] = []
    for row, moment in enumerate(ladder.moments):
        here = [Remark("event", named(lang, "event", moment.events[end]))] if end in moment.events else []
        before = ladder.moments[row - 1].states[end] if row else ""
        if before != moment.states[end] or row in masked:
            here.append(
                Remark("state", MASK if row in masked else named(lang, "state", moment.states[end]) or _NOTHING)
            )
        here += [
            Remark("note", word(lang, "dropped").format(why=named(lang, "note", message.note)))
            for message in ladder.messages
            if message.note and message.arrived == row and message.sender != end
        ]
        found.append(here)
    return found


def sentences(ladder: Ladder, mask: Collection[str], lang: str) -> list[str]:
    """The ladder in words, a line a thing that happens, in the order of time."""
    beside = [remarks(ladder, end, mask, lang) for end in ladder.ends]
    names = [named(lang, "end", end) for end in ladder.ends]
    told: list[str] = []
    for row in range(len(ladder.moments)):
        for side in (0, 1):
            told += [f"{names[side]}: {remark.text}" for remark in beside[side][row]]
        told += [
            f"{arrow.number}. {names[arrow.sender]} → {names[arrow.receiver]}: {arrow.label}"
            + "".join(f" ({word})" for word in (arrow.word, arrow.ending) if word)
            for arrow in arrows(ladder, mask, lang)
            if arrow.message.sent == row
        ]
    return told
