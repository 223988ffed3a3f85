"""A ladder in characters: a message that nothing overtakes is one arrow, one that others cross leaves and arrives apart.

  client                                    server
SYN-SENT │── 1 SYN SEQ=x ─────────────────────▶│ SYN-RECEIVED
         │── 2 ACK SEQ=x+1 ACK=y+1 ──▷         │
         │                         ▷── 2 ─────▶│
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from quizgen.figures.ladder import Arrow, Remark, arrows, remarks, sentences
from quizgen.figures.widths import cells, pad, wrap
from quizgen.figures.words import MASK, named
from quizgen.models.figure import Ladder

_LINES = {"forged": "╌", "old": "╌", "duplicate": "┄"}
_NARROWEST = 24
_EVENT, _NARROW_EVENT = 16, 8
_FRAME = 5
"""Columns of an arrow besides its caption and its tip: two strokes at the beginning, one at the end, two blanks."""

Paint: TypeAlias = "Callable[[str, int], str]"
"""Gives a text the colour of an end, 0 for the left one and 1 for the right one."""
_Line: TypeAlias = "tuple[str, int]"
"""A text between the lifelines, and the end whose colour it has."""


def _tip(arrow: Arrow, *, tail: bool, head: bool) -> str:
    """The end of an arrow, with the word for one that never arrives."""
    tip = ("▶" if arrow.rightwards else "◀") if head else ("▷" if arrow.rightwards else "◁")
    if tail and arrow.message.arrived is None:
        return f"{'✗' if arrow.message.lost else tip} {arrow.ending}"
    return tip


def _shaft(arrow: Arrow, label: str, inner: int, *, tail: bool, head: bool) -> str:
    """An arrow in `inner` columns: the whole of it, only its beginning (no head) or only its end (no tail)."""
    stroke, tip = _LINES.get(arrow.message.fate, "─"), _tip(arrow, tail=tail, head=head)
    begin = ("○" if arrow.begins_between else stroke) if tail else ("▷" if arrow.rightwards else "◁")
    room = inner if tail and head else min(inner, max(inner * 2 // 3, cells(label) + cells(tip) + 5))
    named_ = pad(f" {label} ", min(cells(label) + 2, room - 3 - cells(tip)))
    fill = stroke * max(room - 2 - cells(named_) - cells(tip), 0)
    if arrow.rightwards:
        drawn = begin + stroke + named_ + fill + tip
    else:
        drawn = _mirrored(tip, arrow) + fill + named_ + stroke + begin
    return pad(drawn, inner, "<" if tail == arrow.rightwards else ">")


def _mirrored(tip: str, arrow: Arrow) -> str:
    """The tip for an arrow to the left: the word before the sign."""
    return f"{arrow.ending} {tip[0]}" if len(tip) > 1 else tip


def _whole(arrow: Arrow, drawn: Sequence[Arrow]) -> bool:
    """Whether one line can show the message: it arrives in the next row, or nothing else moves meanwhile."""
    sent, arrived = arrow.message.sent, arrow.message.arrived
    if arrived is None:
        return False
    moves = [
        row
        for other in drawn
        if other is not arrow
        for row in (other.message.sent, other.message.arrived)
        if row is not None
    ]
    crossed = any(
        other is not arrow and other.message.sent < arrived and (other.message.arrived or 0) > sent for other in drawn
    )
    return not crossed and not any(sent < row < arrived for row in moves)


def _captions(arrow: Arrow) -> str:
    return (
        f"{arrow.number} " + (f"[{MASK}]" if arrow.masked else arrow.label) + (f" ({arrow.word})" if arrow.word else "")
    )


def _labelled(arrow: Arrow, inner: int, *, head: bool) -> list[_Line]:
    """An arrow with its caption, which stands below where it is too long for the arrow."""
    caption = _captions(arrow)
    if cells(caption) + cells(_tip(arrow, tail=True, head=head)) + _FRAME <= inner:
        return [(_shaft(arrow, caption, inner, tail=True, head=head), arrow.sender)]
    number, _, label = caption.partition(" ")
    below = [pad(f" {line} ", inner, "<>"[arrow.sender]) for line in wrap(label, inner - 2)]
    return [(line, arrow.sender) for line in (_shaft(arrow, number, inner, tail=True, head=head), *below)]


def _middle(row: int, drawn: Sequence[Arrow], inner: int) -> tuple[list[_Line], list[_Line]]:
    """The arrows of a row in their senders' colours: those that arrive, and those that leave."""
    come: list[_Line] = []
    leave: list[_Line] = []
    for arrow in drawn:
        whole = _whole(arrow, drawn)
        if arrow.message.arrived == row and whole:
            come += _labelled(arrow, inner, head=True)
        elif arrow.message.arrived == row:
            come.append((_shaft(arrow, str(arrow.number), inner, tail=False, head=True), arrow.sender))
        if arrow.message.sent == row and not whole:
            leave += _labelled(arrow, inner, head=False)
    return come, leave


def _beside(here: list[Remark], width: int) -> list[str]:
    shown = []
    for remark in here:
        if remark.kind == "state":
            shown.append(f"[{MASK}]" if remark.text == MASK else remark.text)
        elif remark.kind == "event":
            shown += [part for line in wrap(f"({remark.text})", width) for part in _hyphenated(line, width)]
    return shown


def _hyphenated(word: str, width: int) -> list[str]:
    """A word that is too long for a line, in parts."""
    if cells(word) <= width or not word.isascii():
        return [word]
    return [f"{word[: width - 1]}-", *_hyphenated(word[width - 1 :], width)]


def _notes(here: list[Remark], inner: int, side: int) -> list[_Line]:
    """Why messages were dropped, below their arrows on the receiver's side."""
    notes = [line for remark in here if remark.kind == "note" for line in wrap(remark.text, inner - 4)]
    return [(pad(pad(line, inner - 2, "<>"[side]), inner, "^"), side) for line in notes]


def _row_lines(
    sides: list[list[str]], come: list[_Line], leave: list[_Line], inner: int
) -> list[tuple[str, _Line, str]]:
    """The lines of a row: (left, middle, right). What comes stands on the line of what it causes."""
    middle = list(come)
    height = max(len(middle), len(sides[0]), len(sides[1]))
    middle += [(" " * inner, 0)] * (height - len(middle)) + leave
    left, right = (side + [""] * (len(middle) - len(side)) for side in sides)
    return list(zip(left, middle, right, strict=True))


def _column_width(rows: list[list[Remark]], name: str, event: int) -> int:
    """As wide as the widest state, the end's name and events of up to `event` columns; longer ones wrap."""
    states = [cells(remark.text) for row in rows for remark in row if remark.kind == "state"]
    events = [min(cells(remark.text) + 2, event) for row in rows for remark in row if remark.kind == "event"]
    return max([*states, *events, cells(name), 8])


def _columns(
    beside: list[list[list[Remark]]], names: list[str], drawn: list[Arrow], width: int
) -> tuple[int, int, int]:
    """The widths of the left side, the right side and the room between; the sides give way where a label lacks room."""
    longest = max((cells(_captions(arrow)) + cells(arrow.ending) + 7 for arrow in drawn), default=0)
    inner = 0
    for event in (_EVENT, _NARROW_EVENT):
        left, right = (_column_width(rows, name, event) for rows, name in zip(beside, names, strict=True))
        inner = min(width - left - right - 4, 64)
        if inner >= longest:
            break
    return left, right, inner


def _plain(text: str, side: int) -> str:
    return text


def ladder_text(ladder: Ladder, mask: Collection[str], lang: str, width: int, paint: Paint = _plain) -> list[str]:
    """The ladder in lines of at most `width` columns; where that is too narrow for a drawing, in sentences without
    colours.
    """
    drawn = arrows(ladder, mask, lang)
    beside = [remarks(ladder, end, mask, lang) for end in ladder.ends]
    names = [named(lang, "end", end) for end in ladder.ends]
    *columns, inner = _columns(beside, names, drawn, width)
    if inner < _NARROWEST:
        return [line for told in sentences(ladder, mask, lang) for line in wrap(told, width)]
    blank = (" " * inner, 0)
    lines = [(pad(names[0], columns[0], ">"), "╷", blank, names[1])]
    for row in range(len(ladder.moments)):
        sides = [_beside(beside[side][row], columns[side]) for side in (0, 1)]
        come, leave = _middle(row, drawn, inner)
        leave = [*_notes(beside[0][row], inner, 0), *_notes(beside[1][row], inner, 1), *leave]
        for left, middle, right in _row_lines(sides, come, leave, inner):
            lines.append((pad(left, columns[0], ">"), "│", middle, pad(right, columns[1]).rstrip()))
    return [
        f"{paint(left, 0)} {line}{paint(*middle)}{line} {paint(right, 1)}".rstrip()
        for left, line, middle, right in lines
    ]
