"""A ladder in characters: a message that nothing overtakes is one arrow, one that others cross leaves and arrives apart.

  client                                    server
SYN-SENT │── 1 SYN SEQ=x ─────────────────────▶│ SYN-RECEIVED
         │── 2 ACK SEQ=x+1 ACK=y+1 ──▷         │
         │                         ▷── 2 ─────▶│
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quizgen.figures.ladder import Arrow, Remark, arrows, remarks, sentences
from quizgen.figures.widths import cells, pad, wrap
from quizgen.figures.words import MASK, named
from quizgen.models.figure import Ladder

_LINES = {"forged": "╌", "old": "╌", "duplicate": "┄"}
_NARROWEST = 24
_EVENT = 16


def _shaft(arrow: Arrow, label: str, inner: int, *, tail: bool, head: bool) -> str:
    """An arrow in `inner` columns: the whole of it, only its beginning (no head) or only its end (no tail)."""
    stroke = _LINES.get(arrow.message.fate, "─")
    begin = ("○" if arrow.begins_between else stroke) if tail else ("▷" if arrow.rightwards else "◁")
    tip = ("▶" if arrow.rightwards else "◀") if head else ("▷" if arrow.rightwards else "◁")
    if tail and arrow.message.arrived is None:
        tip = f"✗ {arrow.word}" if arrow.message.fate == "lost" else f"{tip} {arrow.word}"
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
    return f"{arrow.word} {tip[0]}" if len(tip) > 1 else tip


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
        f"{arrow.number} "
        + (f"[{MASK}]" if arrow.masked else arrow.label)
        + (f" ({arrow.word})" if arrow.word and arrow.begins_between else "")
    )


def _middle(row: int, drawn: Sequence[Arrow], inner: int) -> tuple[list[str], list[str]]:
    """The arrows of a row: those that arrive, and those that leave."""
    come = []
    for arrow in drawn:
        if arrow.message.arrived == row:
            whole = _whole(arrow, drawn)
            label = _captions(arrow) if whole else str(arrow.number)
            come.append(_shaft(arrow, label, inner, tail=whole, head=True))
    leave = [
        _shaft(arrow, _captions(arrow), inner, tail=True, head=False)
        for arrow in drawn
        if arrow.message.sent == row and not _whole(arrow, drawn)
    ]
    return come, leave


def _beside(here: list[Remark], width: int) -> list[str]:
    shown = []
    for remark in here:
        if remark.kind == "state":
            shown.append(f"[{MASK}]" if remark.text == MASK else remark.text)
        elif remark.kind == "event":
            shown += wrap(f"({remark.text})", width)
    return shown


def _notes(here: list[Remark], inner: int, align: str) -> list[str]:
    """Why messages were dropped, below their arrows on the receiver's side."""
    notes = [line for remark in here if remark.kind == "note" for line in wrap(remark.text, inner - 4)]
    return [pad(pad(line, inner - 2, align), inner, "^") for line in notes]


def _row_lines(sides: list[list[str]], come: list[str], leave: list[str], inner: int) -> list[tuple[str, str, str]]:
    """The lines of a row: (left, middle, right). What comes stands on the line of what it causes."""
    middle = list(come)
    height = max(len(middle), len(sides[0]), len(sides[1]))
    middle += [" " * inner] * (height - len(middle)) + leave
    left, right = (side + [""] * (len(middle) - len(side)) for side in sides)
    return list(zip(left, middle, right, strict=True))


def _column_width(rows: list[list[Remark]], name: str) -> int:
    """As wide as the widest state, the end's name and short events; longer ones wrap."""
    states = [cells(remark.text) for row in rows for remark in row if remark.kind == "state"]
    events = [min(cells(remark.text) + 2, _EVENT) for row in rows for remark in row if remark.kind == "event"]
    return max([*states, *events, cells(name), 8])


def ladder_text(ladder: Ladder, mask: Collection[str], lang: str, width: int) -> list[str]:
    """The ladder in lines of at most `width` columns; where that is too narrow for a drawing, in sentences."""
    drawn = arrows(ladder, mask, lang)
    beside = [remarks(ladder, end, mask, lang) for end in ladder.ends]
    names = [named(lang, "end", end) for end in ladder.ends]
    columns = [_column_width(beside[side], names[side]) for side in (0, 1)]
    inner = min(width - sum(columns) - 4, 64)
    if inner < _NARROWEST:
        return [line for told in sentences(ladder, mask, lang) for line in wrap(told, width)]
    lines = [f"{pad(names[0], columns[0], '>')} ╷{' ' * inner}╷ {pad(names[1], columns[1])}"]
    for row in range(len(ladder.moments)):
        sides = [_beside(beside[side][row], columns[side]) for side in (0, 1)]
        come, leave = _middle(row, drawn, inner)
        dropped = [_notes(beside[side][row], inner, "<>"[side]) for side in (0, 1)]
        leave = [*dropped[0], *dropped[1], *leave]
        for left, middle, right in _row_lines(sides, come, leave, inner):
            lines.append(f"{pad(left, columns[0], '>')} │{middle}│ {pad(right, columns[1])}")
    return [line.rstrip() for line in lines]
