"""A ladder as SVG: two lifelines, time running down, slanted arrows; states in boxes beside the line when they change.

Labels run along their arrows. They are placed where they meet neither each other nor another arrow; where there is no
such place, the rows are drawn further apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from math import atan2, cos, degrees, hypot, radians, sin

from quizgen.figures.geometry import Point, Polygon, between, inside, meet, turned
from quizgen.figures.ladder import Arrow, Remark, arrows, remarks
from quizgen.figures.svg import Canvas
from quizgen.figures.widths import pixels, wrap
from quizgen.figures.words import named
from quizgen.models.figure import Ladder

_LABEL, _STATE, _EVENT, _NOTE = 12.5, 12.0, 12.0, 11.0
_MARGIN, _TOP, _TICK, _PORT = 8.0, 46.0, 14.0, 13.0
_SIDE = 150.0
_DISC, _GAP, _MASK = 8.0, 6.0, 40.0
_HEIGHTS = {"event": 17.0, "state": 25.0, "note": 14.0}
_SIZES = {"event": _EVENT, "state": _STATE, "note": _NOTE}
_DASHES = {"forged": "7 4", "old": "7 4", "duplicate": "2 3"}


@dataclass(frozen=True)
class _Line:
    """A remark, wrapped: one line of a side's column, `y` below the row's."""

    kind: str
    text: str
    y: float


@dataclass(frozen=True)
class _Shaft:
    """An arrow's line from `start` to `end`, and its label's centre, turned by `angle`."""

    arrow: Arrow
    start: Point
    end: Point

    @property
    def angle(self) -> float:
        """The slant, such that text along it stands upright."""
        (x, y), (to_x, to_y) = sorted((self.start, self.end))
        return degrees(atan2(to_y - y, to_x - x))

    @property
    def width(self) -> float:
        """The length of the label with its number."""
        return 2 * _DISC + _GAP + (_MASK if self.arrow.masked else pixels(self.arrow.label, _LABEL)) + self.word_width

    @property
    def word_width(self) -> float:
        """The length of the word that follows the label."""
        shown = self.arrow.word and self.arrow.begins_between
        return pixels(self.arrow.word, _NOTE) + _GAP if shown else 0.0

    def label(self, fraction: float, above: bool) -> tuple[Point, Polygon]:
        """Where the label's centre is at that fraction of the way, on that side, and the place that it takes."""
        x, y = between(self.start, self.end, fraction)
        off = -11.5 if above else 11.5
        tilt = radians(self.angle)
        centre = (x - off * sin(tilt), y + off * cos(tilt))
        return centre, turned(centre, self.width + 4, 17, self.angle)


@dataclass
class _Plan:
    """Where everything is."""

    left: float
    right: float
    width: float
    rows: list[float]
    shafts: list[_Shaft]
    labels: list[Point] = field(default_factory=list)
    conflicts: int = 0


def _column(remarks_: list[Remark]) -> list[_Line]:
    lines: list[_Line] = []
    y = 0.0
    for remark in remarks_:
        size = _SIZES[remark.kind]
        for part in wrap(remark.text, _SIDE, partial(pixels, size=size)):
            step = _HEIGHTS[remark.kind] if not lines else (_HEIGHTS[lines[-1].kind] + _HEIGHTS[remark.kind]) / 2
            y = y + step if lines else 0.0
            lines.append(_Line(remark.kind, part, y))
    return lines


def _column_width(columns: list[list[_Line]], name: str) -> float:
    widths = [
        pixels(line.text, _SIZES[line.kind], line.kind == "state") + (16 if line.kind == "state" else 0)
        for column in columns
        for line in column
    ]
    return max([*widths, pixels(name, 13.5, bold=True) / 2 - _TICK])


def _ports(ladder: Ladder, drawn: list[Arrow]) -> dict[tuple[int, str], int]:
    """How far below its row each tail (number, "sent") and head (number, "arrived") is: heads first, then tails."""
    taken: dict[tuple[int, int], int] = {}
    ports: dict[tuple[int, str], int] = {}
    heads = [(arrow.message.arrived, arrow.receiver, arrow.number, "arrived") for arrow in drawn]
    tails = [(arrow.message.sent, arrow.sender, arrow.number, "sent") for arrow in drawn]
    for row, side, number, which in [*heads, *tails]:
        if row is not None:
            ports[number, which] = taken.get((row, side), 0)
            taken[row, side] = ports[number, which] + 1
    return ports


def _rows(ladder: Ladder, columns: list[list[list[_Line]]], drawn: list[Arrow], stretch: float) -> list[float]:
    """The y of each row: as far apart as what stands beside them and the arrows ask for."""
    ports = _ports(ladder, drawn)
    y, found = _TOP + 14, []
    for row in range(len(ladder.moments)):
        found.append(y)
        beside = max(
            (lines[-1].y + _HEIGHTS[lines[-1].kind] + 5 for side in columns if (lines := side[row])), default=0.0
        )
        moves = [port for (number, which), port in ports.items() if getattr(drawn[number - 1].message, which) == row]
        busy = 42 * stretch + max(moves) * _PORT if moves else 12.0
        y += max(beside, busy)
    return found


def _shaft(arrow: Arrow, plan: _Plan, ports: dict[tuple[int, str], int]) -> _Shaft:
    near, far = (plan.left, plan.right) if arrow.rightwards else (plan.right, plan.left)
    start = (near, plan.rows[arrow.message.sent] + ports[arrow.number, "sent"] * _PORT)
    if arrow.message.arrived is None:
        end = between(start, (far, start[1] + 42), 0.8)
    else:
        end = (far, max(start[1], plan.rows[arrow.message.arrived] + ports[arrow.number, "arrived"] * _PORT))
    return _Shaft(arrow, between(start, end, 0.14) if arrow.begins_between else start, end)


def _candidates(shaft: _Shaft) -> Iterator[tuple[Point, Polygon]]:
    for above in (True, False):
        for fraction in (0.5, 0.45, 0.4, 0.35, 0.3, 0.27, 0.24, 0.55, 0.6, 0.65, 0.7, 0.76):
            yield shaft.label(fraction, above)


def _place_labels(plan: _Plan) -> None:
    taken: list[Polygon] = []
    for shaft in plan.shafts:
        others = [(other.start, other.end) for other in plan.shafts if other is not shaft]
        best, fewest = shaft.label(0.5, True), 1000
        for centre, place in _candidates(shaft):
            meets = sum(meet(place, other) for other in [*taken, *others])
            meets += not inside(place, plan.left + 3, plan.right - 3)
            if meets < fewest:
                best, fewest = (centre, place), meets
            if not fewest:
                break
        taken.append(best[1])
        plan.labels.append(best[0])
        plan.conflicts += fewest


def _plan(
    ladder: Ladder, columns: list[list[list[_Line]]], drawn: list[Arrow], lang: str, stretch: float, gap: float
) -> _Plan:
    names = [named(lang, "end", end) for end in ladder.ends]
    widths = [_column_width(columns[side], names[side]) for side in (0, 1)]
    left = _MARGIN + widths[0] + _TICK
    plan = _Plan(left, left + gap, left + gap + _TICK + widths[1] + _MARGIN, _rows(ladder, columns, drawn, stretch), [])
    ports = _ports(ladder, drawn)
    plan.shafts = [_shaft(arrow, plan, ports) for arrow in drawn]
    _place_labels(plan)
    return plan


def _best_plan(ladder: Ladder, columns: list[list[list[_Line]]], drawn: list[Arrow], lang: str) -> _Plan:
    """The narrowest and flattest plan whose labels are all free, or the one with the fewest that are not."""
    longest = max((_Shaft(arrow, (0, 0), (1, 0)).width for arrow in drawn), default=0.0)
    gap = max(290.0, longest + 50)
    plans = []
    for stretch in (1.0, 1.3, 1.7, 2.2):
        for wider in (1.0, 1.25, 1.6, 2.0):
            plan = _plan(ladder, columns, drawn, lang, stretch, gap * wider)
            if not plan.conflicts:
                return plan
            plans.append(plan)
    return min(plans, key=lambda plan: plan.conflicts)


def _draw_line(canvas: Canvas, line: _Line, x: float, y: float, outwards: int) -> None:
    """A remark beside a lifeline at x; `outwards` is -1 on the left, 1 on the right."""
    edge, middle = x + outwards * _TICK, y + line.y
    if line.kind != "state":
        anchor = "end" if outwards < 0 else "start"
        canvas.text(line.text, edge, middle, size=_SIZES[line.kind], anchor=anchor, italic=True)
        return
    masked = line.text == "?"
    width = _MASK if masked else pixels(line.text, _STATE, bold=True) + 14
    corner = edge if outwards > 0 else edge - width
    canvas.line([(x, middle), (edge, middle)])
    if masked:
        canvas.mask(corner, middle - 10, width, 20)
    else:
        canvas.rectangle(corner, middle - 10, width, 20, radius=3)
        canvas.text(line.text, corner + width / 2, middle, size=_STATE, anchor="middle", bold=True)


def _draw_label(canvas: Canvas, shaft: _Shaft, centre: Point) -> None:
    arrow, turn = shaft.arrow, (shaft.angle, centre)
    start = centre[0] - shaft.width / 2
    middle = centre[1]
    tilt = radians(shaft.angle)
    along = _DISC - shaft.width / 2
    disc = (centre[0] + along * cos(tilt), middle + along * sin(tilt))
    canvas.disc(disc, _DISC - 0.5)
    canvas.text(str(arrow.number), start + _DISC, middle, size=10.5, anchor="middle", bold=True, turn=turn)
    text = start + 2 * _DISC + _GAP
    if arrow.masked:
        canvas.mask(text, middle - 8, _MASK, 16, turn=turn)
    else:
        canvas.text(arrow.label, text, middle, size=_LABEL, turn=turn)
    if shaft.word_width:
        canvas.text(
            arrow.word, start + shaft.width - shaft.word_width + _GAP, middle, size=_NOTE, italic=True, turn=turn
        )


def _draw_shaft(canvas: Canvas, shaft: _Shaft) -> None:
    (x, y), (to_x, to_y) = shaft.start, shaft.end
    length = hypot(to_x - x, to_y - y)
    along = ((to_x - x) / length, (to_y - y) / length)
    arrow = shaft.arrow
    if arrow.begins_between:
        canvas.disc((x - along[0] * 3.5, y - along[1] * 3.5), 3.5, class_="q-accent")
    lost = arrow.message.fate == "lost"
    tip = shaft.end if lost else (to_x - along[0] * 7, to_y - along[1] * 7)
    canvas.line([shaft.start, tip], width=1.6, dash=_DASHES.get(arrow.message.fate), class_="q-accent")
    if lost:
        for sign in (-1, 1):
            canvas.line([(to_x - 6, to_y - 6 * sign), (to_x + 6, to_y + 6 * sign)], width=2.2, class_="q-accent")
    else:
        canvas.head(shaft.end, along)
    if arrow.message.arrived is None:
        anchor = "start" if arrow.rightwards else "end"
        canvas.text(arrow.word, to_x + (11 if arrow.rightwards else -11), to_y, size=_NOTE, anchor=anchor, italic=True)


def ladder_svg(ladder: Ladder, mask: Collection[str], lang: str) -> tuple[Canvas, tuple[float, float]]:
    """The drawing and its size."""
    drawn = arrows(ladder, mask, lang)
    columns = [[_column(row) for row in remarks(ladder, end, mask, lang)] for end in ladder.ends]
    plan = _best_plan(ladder, columns, drawn, lang)
    beside = [plan.rows[row] + lines[-1].y + 14 for side in columns for row, lines in enumerate(side) if lines]
    bottom = max(
        [*beside, *(shaft.end[1] + 18 for shaft in plan.shafts), *(shaft.start[1] + 18 for shaft in plan.shafts)]
    )
    canvas = Canvas()
    for side, x in enumerate((plan.left, plan.right)):
        canvas.text(named(lang, "end", ladder.ends[side]), x, 16, size=13.5, anchor="middle", bold=True)
        canvas.line([(x, 30), (x, bottom)], width=2)
        canvas.head((x, bottom + 8), (0, 1), class_="q-line", size=8)
        for y, lines in zip(plan.rows, columns[side], strict=True):
            for line in lines:
                _draw_line(canvas, line, x, y, 2 * side - 1)
    for shaft, centre in zip(plan.shafts, plan.labels, strict=True):
        _draw_shaft(canvas, shaft)
        _draw_label(canvas, shaft, centre)
    return canvas, (plan.width, bottom + 14)
