"""What figures are drawn from: finished data that a model gives and quizgen.figures draws as SVG or text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizgen.models.base import Text


@dataclass(frozen=True)
class Message:
    """An arrow of a ladder. Rows are the ladder's moments, counted from 0.

    `fate` is `arrives`, or where its sender did not send it: duplicate (a further copy), forged, old (a duplicate of an
    earlier connection). `arrived` is the row of arrival, None when it is `lost` or still under way at the end. `note` says
    why the receiver dropped it, or is "".
    """

    sender: str
    label: str
    sent: int
    arrived: int | None
    fate: str = "arrives"
    note: str = ""
    lost: bool = False


@dataclass(frozen=True)
class Moment:
    """A row of a ladder: what happened at an end (`events`: end -> "OPEN active"), and each end's state after it."""

    states: Mapping[str, str]
    events: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ladder:
    """Two ends, time running down. `ends` are (left, right); row 0 is the beginning, before anything is sent.

    Messages are in the order of sending; figures number them from 1.
    """

    ends: tuple[str, str]
    moments: tuple[Moment, ...]
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Arc:
    """A transition of a state diagram: what happens ("rcv SYN") and what is then done ("snd SYN,ACK").

    Only graphs write the `guard`, and set apart what is not `drawn` by a figure that leaves out what would crowd it. `id`
    is the model's element; it is not drawn.
    """

    source: str
    target: str
    event: str
    action: str
    guard: Text = field(default_factory=dict)
    drawn: bool = True
    id: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True)
class StateDiagram:
    """States (by name) and the transitions between them."""

    states: tuple[str, ...]
    arcs: tuple[Arc, ...]


@dataclass(frozen=True)
class OrderGraph:
    """Events, by name, and which comes before which. `sometimes` are those that not every run has."""

    events: Mapping[str, Text]
    before: tuple[tuple[str, str], ...]
    sometimes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Box:
    """A field of a header: `bit` counts from the header's first bit, `width` in bits (None: variable)."""

    name: str
    bit: int
    width: int | None


@dataclass(frozen=True)
class HeaderLayout:
    """A header drawn in rows of 32 bits."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Figure:
    """A drawing with a title. `mask` names parts shown as `?`:
    `message:N` (label of the N-th message), `state:END:N` (END's state once message N has arrived; N=0: at the start),
    `state:NAME` (a state diagram's), `field:NAME` (a header's).
    """

    title: Text
    drawing: Ladder | StateDiagram | HeaderLayout
    mask: frozenset[str] = frozenset()
