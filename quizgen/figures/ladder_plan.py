"""Where everything of a ladder goes. Labels run along their arrows, where they meet neither each other nor another arrow;
where there is no such place, the rows are drawn further apart, and then the ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import product
from math import atan2, cos, degrees, radians, sin
from typing import NamedTuple

from quizgen.figures.geometry import Point, Polygon, between, box, inside, met, obstacle, turned
from quizgen.figures.ladder import Arrow, Remark
from quizgen.figures.widths import pixels, wrap
from quizgen.models.figure import Ladder

LABEL, LEAD, NAME = 12.5, 16.5, 13.5
TICK, DISC, GAP, MASK, ASIDE = 14.0, 8.0, 6.0, 40.0, 11.0
SIZES = {"event": 12.0, "state": 12.0, "note": 11.0}
_LEADS = {"event": 14.0, "state": 15.0, "note": 13.0}
_FRAMES = {"event": 3.0, "state": 10.0, "note": 2.0}
_MARGIN, _TOP, _PORT, _SLANT, _QUIET = 8.0, 60.0, 13.0, 42.0, 12.0


class Room(NamedTuple):
    """How wide remarks beside a lifeline and labels along arrows are before they are wrapped, and how near the ends are."""

    side: float
    label: float
    ends: float


WIDE = Room(150.0, 330.0, 290.0)
NARROW = Room(96.0, 170.0, 190.0)
"""For a phone, whose width shrinks a wide drawing until nobody can read it."""

_SIZES_TRIED = tuple(product((1.0, 1.25, 1.6, 2.1, 2.8), (1.0, 1.15, 1.3, 1.5, 1.75, 2.1)))
"""How much further apart rows and ends are drawn, until every label has a place."""
_MANY = 1000
_SHORT = 0.76
"""How much of the way a message goes that never arrives, at most: behind its end stands the word for that."""


@dataclass(frozen=True)
class Block:
    """A remark beside a lifeline: its lines, and its middle, `y` below the row's."""

    kind: str
    lines: tuple[str, ...]
    y: float

    @property
    def width(self) -> float:
        """With the frame of a state."""
        widest = max(pixels(line, SIZES[self.kind], self.kind == "state") for line in self.lines)
        return MASK if self.lines == ("?",) else widest + (14 if self.kind == "state" else 0)

    @property
    def lead(self) -> float:
        """From line to line."""
        return _LEADS[self.kind]

    @property
    def height(self) -> float:
        """What it takes of the column, frame and all."""
        return len(self.lines) * self.lead + _FRAMES[self.kind] - (5 if self.kind == "state" else 0)

    @property
    def bottom(self) -> float:
        """Its lower edge, below the row."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Shaft:
    """An arrow's line from `start` to `end`."""

    arrow: Arrow
    start: Point
    end: Point
    longest: float = WIDE.label

    @cached_property
    def angle(self) -> float:
        """The slant, such that text along it stands upright."""
        (x, y), (to_x, to_y) = sorted((self.start, self.end))
        return degrees(atan2(to_y - y, to_x - x))

    @cached_property
    def lines(self) -> list[str]:
        """The label, wrapped."""
        return wrap(self.arrow.label, self.longest, partial(pixels, size=LABEL))

    @cached_property
    def text_width(self) -> float:
        """The width of the label, or of the box in its place."""
        return MASK if self.arrow.masked else max(pixels(line, LABEL) for line in self.lines)

    @cached_property
    def word_width(self) -> float:
        """The width of the word that follows the label."""
        return pixels(self.arrow.word, SIZES["note"]) + GAP if self.arrow.word else 0.0

    @cached_property
    def width(self) -> float:
        """The width of number, label and word."""
        return 2 * DISC + GAP + self.text_width + self.word_width

    def label(self, fraction: float, above: bool) -> tuple[Point, Polygon]:
        """Where the label's centre is at that fraction of the way, on that side, and the place that it takes."""
        x, y = between(self.start, self.end, fraction)
        right, down = self._aside
        centre = (x - right, y - down) if above else (x + right, y + down)
        return centre, [(centre[0] + across, centre[1] + along) for across, along in self._outline]

    @cached_property
    def _aside(self) -> Point:
        """From the line to the centre of a label below it."""
        off, tilt = 11.5 + (len(self.lines) - 1) * LEAD / 2, radians(self.angle)
        return -off * sin(tilt), off * cos(tilt)

    @cached_property
    def _outline(self) -> Polygon:
        """The corners of the label around its centre."""
        return turned((0, 0), self.width + 4, 2 + len(self.lines) * LEAD, self.angle)

    def word_place(self) -> Polygon:
        """The place of the word beside the end of a message that never arrives."""
        width = pixels(self.arrow.ending, SIZES["note"]) + ASIDE + 2
        x, y = self.end
        return box(x if self.arrow.rightwards else x - width, y - 8, width, 16)


@dataclass
class Plan:
    """The places: x of both lifelines, y of each row, the shafts, and the centre of each shaft's label."""

    room: Room
    left: float
    right: float
    width: float
    rows: list[float]
    shafts: list[Shaft]
    labels: list[Point] = field(default_factory=list)
    conflicts: int = 0


Columns = list[list[list[Block]]]


def column(remarks: list[Remark], room: Room = WIDE) -> list[Block]:
    """The remarks of a row at one end, one below the other; the first line stands on the row."""
    blocks: list[Block] = []
    for remark in remarks:
        measure = partial(pixels, size=SIZES[remark.kind], bold=remark.kind == "state")
        block = Block(remark.kind, tuple(wrap(remark.text, room.side, measure)), 0.0)
        y = blocks[-1].bottom + 3 + block.height / 2 if blocks else (len(block.lines) - 1) * block.lead / 2
        blocks.append(Block(block.kind, block.lines, y))
    return blocks


def _column_width(rows: list[list[Block]], name: str) -> float:
    return max([*(block.width for row in rows for block in row), pixels(name, NAME, bold=True) / 2 - TICK])


def _ports(drawn: list[Arrow]) -> dict[tuple[int, str], int]:
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


def _rows(ladder: Ladder, columns: Columns, drawn: list[Arrow], stretch: float) -> list[float]:
    """The y of each row: as far apart as what stands beside them and the arrows ask for."""
    ports = _ports(drawn)
    y, found = _TOP, []
    for row in range(len(ladder.moments)):
        found.append(y)
        beside = max((side[row][-1].bottom + 14 for side in columns if side[row]), default=0.0)
        moves = [port for (number, which), port in ports.items() if getattr(drawn[number - 1].message, which) == row]
        y += max(beside, _SLANT * stretch + max(moves) * _PORT if moves else _QUIET)
    return found


def _shaft(arrow: Arrow, plan: Plan, ports: dict[tuple[int, str], int]) -> Shaft:
    near, far = (plan.left, plan.right) if arrow.rightwards else (plan.right, plan.left)
    start = (near, plan.rows[arrow.message.sent] + ports[arrow.number, "sent"] * _PORT)
    if arrow.message.arrived is None:
        word = (pixels(arrow.ending, SIZES["note"]) + ASIDE + GAP) / abs(far - near)
        end = between(start, (far, start[1] + _SLANT), min(_SHORT, 1 - word))
    else:
        end = (far, max(start[1], plan.rows[arrow.message.arrived] + ports[arrow.number, "arrived"] * _PORT))
    return Shaft(arrow, between(start, end, 0.14) if arrow.begins_between else start, end, plan.room.label)


def _candidates(shaft: Shaft) -> Iterator[tuple[Point, Polygon]]:
    for above in (True, False):
        for fraction in (0.5, 0.45, 0.4, 0.35, 0.3, 0.27, 0.24, 0.55, 0.6, 0.65, 0.7, 0.76):
            yield shaft.label(fraction, above)


def _place_labels(plan: Plan, limit: int) -> None:
    """Give each label the best place that is left, until there are as many conflicts as the limit says."""
    lines = [obstacle((shaft.start, shaft.end)) for shaft in plan.shafts]
    taken = [obstacle(shaft.word_place()) for shaft in plan.shafts if shaft.arrow.message.arrived is None]
    for _, _, word in taken:
        plan.conflicts += met(word, lines) > 1
    for shaft, line in zip(plan.shafts, lines, strict=True):
        others = [*taken, *(other for other in lines if other is not line)]
        best, fewest = shaft.label(0.5, True), _MANY
        for centre, place in _candidates(shaft):
            meets = met(place, others)
            meets += not inside(place, plan.left + 3, plan.right - 3)
            meets += min(y for _, y in place) < _TOP - 34
            if meets < fewest:
                best, fewest = (centre, place), meets
            if not fewest:
                break
        taken.append(obstacle(best[1]))
        plan.labels.append(best[0])
        plan.conflicts += fewest
        if plan.conflicts >= limit:
            return


def _plan(
    ladder: Ladder, columns: Columns, widths: list[float], drawn: list[Arrow], room: Room, stretch: float, gap: float
) -> Plan:
    left = _MARGIN + widths[0] + TICK
    plan = Plan(
        room, left, left + gap, left + gap + TICK + widths[1] + _MARGIN, _rows(ladder, columns, drawn, stretch), []
    )
    ports = _ports(drawn)
    plan.shafts = [_shaft(arrow, plan, ports) for arrow in drawn]
    return plan


def best_plan(ladder: Ladder, columns: Columns, names: list[str], drawn: list[Arrow], room: Room = WIDE) -> Plan:
    """The smallest plan whose labels are all free, or the one with the fewest that are not."""
    widths = [_column_width(rows, name) for rows, name in zip(columns, names, strict=True)]
    longest = max((Shaft(arrow, (0, 0), (1, 0), room.label).width for arrow in drawn), default=0.0)
    gap = max(room.ends, longest + 50)
    plans: list[Plan] = []
    for stretch, wider in sorted(_SIZES_TRIED, key=lambda tried: tried[0] * tried[1] ** 2):
        plan = _plan(ladder, columns, widths, drawn, room, stretch, gap * wider)
        _place_labels(plan, min((other.conflicts for other in plans), default=_MANY))
        if not plan.conflicts:
            return plan
        plans.append(plan)
    return min(plans, key=lambda plan: plan.conflicts)
