"""A ladder as SVG: two lifelines, time running down, slanted arrows; states in boxes beside the line when they change."""

from __future__ import annotations

from collections.abc import Collection
from math import cos, hypot, radians, sin

from quizgen.figures.geometry import Point
from quizgen.figures.ladder import arrows, remarks
from quizgen.figures.ladder_plan import (
    ASIDE,
    DISC,
    GAP,
    LABEL,
    LEAD,
    MASK,
    NAME,
    SIZES,
    TICK,
    WIDE,
    Block,
    Room,
    Shaft,
    best_plan,
    column,
)
from quizgen.figures.svg import Canvas
from quizgen.figures.words import MASK as SIGN
from quizgen.figures.words import named
from quizgen.models.figure import Ladder

_DASHES = {"forged": "7 4", "old": "7 4", "duplicate": "2 3"}


def _draw_lines(canvas: Canvas, block: Block, x: float, y: float, anchor: str) -> None:
    top = y - (len(block.lines) - 1) * block.lead / 2
    for index, line in enumerate(block.lines):
        middle = top + index * block.lead
        state = block.kind == "state"
        canvas.text(line, x, middle, size=SIZES[block.kind], anchor=anchor, bold=state, italic=not state)


def _draw_block(canvas: Canvas, block: Block, x: float, row: float, outwards: int) -> None:
    """A remark beside a lifeline at x; `outwards` is -1 on the left, 1 on the right."""
    edge, middle = x + outwards * TICK, row + block.y
    if block.kind != "state":
        _draw_lines(canvas, block, edge, middle, "end" if outwards < 0 else "start")
        return
    corner = edge if outwards > 0 else edge - block.width
    top = middle - block.height / 2
    canvas.line([(x, row + block.y), (edge, middle)])
    if block.lines == (SIGN,):
        canvas.mask(corner, top, block.width, block.height)
    else:
        canvas.rectangle(corner, top, block.width, block.height, radius=3)
        _draw_lines(canvas, block, corner + block.width / 2, middle, "middle")


def _draw_label(canvas: Canvas, shaft: Shaft, centre: Point) -> None:
    arrow, turn, (x, y) = shaft.arrow, (shaft.angle, centre), centre
    start, tilt = x - shaft.width / 2, radians(shaft.angle)
    first = y - (len(shaft.lines) - 1) * LEAD / 2
    along, down = start + DISC - x, first - y
    canvas.disc((x + along * cos(tilt) - down * sin(tilt), y + along * sin(tilt) + down * cos(tilt)), DISC - 0.5)
    canvas.text(str(arrow.number), start + DISC, first, size=10.5, anchor="middle", bold=True, turn=turn)
    text = start + 2 * DISC + GAP
    if arrow.masked:
        canvas.mask(text, y - 8, MASK, 16, turn=turn)
    else:
        for index, line in enumerate(shaft.lines):
            canvas.text(line, text, first + index * LEAD, size=LABEL, turn=turn)
    if shaft.word_width:
        canvas.text(arrow.word, text + shaft.text_width + GAP, first, size=SIZES["note"], italic=True, turn=turn)


def _draw_shaft(canvas: Canvas, shaft: Shaft) -> None:
    (x, y), (to_x, to_y) = shaft.start, shaft.end
    length = hypot(to_x - x, to_y - y)
    along = ((to_x - x) / length, (to_y - y) / length)
    arrow = shaft.arrow
    if arrow.begins_between:
        canvas.disc((x - along[0] * 3.5, y - along[1] * 3.5), 3.5, class_="q-accent")
    lost = arrow.message.lost
    tip = shaft.end if lost else (to_x - along[0] * 7, to_y - along[1] * 7)
    canvas.line([shaft.start, tip], width=1.6, dash=_DASHES.get(arrow.message.fate), class_="q-accent")
    if lost:
        for sign in (-1, 1):
            canvas.line([(to_x - 6, to_y - 6 * sign), (to_x + 6, to_y + 6 * sign)], width=2.2, class_="q-accent")
    else:
        canvas.head(shaft.end, along)
    if arrow.message.arrived is None:
        anchor = "start" if arrow.rightwards else "end"
        aside = ASIDE if arrow.rightwards else -ASIDE
        canvas.text(arrow.ending, to_x + aside, to_y, size=SIZES["note"], anchor=anchor, italic=True)


def ladder_svg(
    ladder: Ladder, mask: Collection[str], lang: str, room: Room = WIDE
) -> tuple[Canvas, tuple[float, float]]:
    """The drawing and its size."""
    drawn = arrows(ladder, mask, lang)
    names = [named(lang, "end", end) for end in ladder.ends]
    columns = [[column(row, room) for row in remarks(ladder, end, mask, lang)] for end in ladder.ends]
    plan = best_plan(ladder, columns, names, drawn, room)
    blocks = [(row, block) for side in columns for row, here in zip(plan.rows, side, strict=True) for block in here]
    ends = [y for shaft in plan.shafts for _, y in (shaft.start, shaft.end)]
    bottom = max(plan.rows[-1], *ends, *(row + block.bottom - 4 for row, block in blocks)) + 16
    canvas = Canvas()
    for side, x in enumerate((plan.left, plan.right)):
        canvas.text(names[side], x, 16, size=NAME, anchor="middle", bold=True)
        canvas.line([(x, 30), (x, bottom)], width=2)
        canvas.head((x, bottom + 8), (0, 1), class_="q-line", size=8)
        for row, here in zip(plan.rows, columns[side], strict=True):
            for block in here:
                _draw_block(canvas, block, x, row, 2 * side - 1)
    for shaft, centre in zip(plan.shafts, plan.labels, strict=True):
        _draw_shaft(canvas, shaft)
        _draw_label(canvas, shaft, centre)
    return canvas, (plan.width, bottom + 14)
