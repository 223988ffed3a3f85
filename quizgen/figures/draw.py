"""What a model gave to be drawn, as SVG for pages and as Unicode text for terminals."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from quizgen.figures.header_rows import header_sentences
from quizgen.figures.header_svg import header_svg
from quizgen.figures.header_text import header_text
from quizgen.figures.ladder import sentences
from quizgen.figures.ladder_plan import NARROW, WIDE, Room
from quizgen.figures.ladder_svg import ladder_svg
from quizgen.figures.ladder_text import ladder_text
from quizgen.figures.states import states_sentences
from quizgen.figures.states_svg import states_svg
from quizgen.figures.states_text import states_text
from quizgen.figures.svg import Canvas
from quizgen.knowledge.knowledge import say
from quizgen.markup import plain
from quizgen.models.figure import Figure, HeaderLayout, Ladder, StateDiagram


def svg(figure: Figure, lang: str, id_prefix: str, *, narrow: bool = False) -> str:
    """The figure as one `<svg>` element, the same bytes each time. `id_prefix` makes the ids of its title and
    description unique in a page; what is masked is nowhere in it. `narrow`: a ladder that a phone shows without shrinking
    it much.
    """
    canvas, size, told = _drawn(figure.drawing, figure.mask, lang, NARROW if narrow else WIDE)
    return canvas.document(size, plain(say(figure.title, lang)), "; ".join(told), lang, id_prefix)


def covered_svg(title: str, diagram: StateDiagram, covered: Collection[str], lang: str, id_prefix: str) -> str:
    """A state diagram that shows which of its states and arcs are among the elements that are `covered`."""
    canvas, size = states_svg(diagram, (), lang, covered)
    return canvas.document(size, plain(title), "; ".join(states_sentences(diagram, (), lang)), lang, id_prefix)


_Drawing: TypeAlias = "tuple[Canvas, tuple[float, float], list[str]]"
# Every output shows the same figures, and planning a ladder takes a while. The drawing is kept, so that its id stays its own.
_kept: dict[tuple[int, frozenset[str], str, Room], tuple[object, _Drawing]] = {}


def _drawn(drawing: Ladder | StateDiagram | HeaderLayout, mask: frozenset[str], lang: str, room: Room) -> _Drawing:
    key = (id(drawing), mask, lang, room)
    if key not in _kept:
        _kept[key] = (drawing, _draw(drawing, mask, lang, room))
    return _kept[key][1]


def _draw(drawing: Ladder | StateDiagram | HeaderLayout, mask: frozenset[str], lang: str, room: Room) -> _Drawing:
    if isinstance(drawing, Ladder):
        return *ladder_svg(drawing, mask, lang, room), sentences(drawing, mask, lang)
    if isinstance(drawing, HeaderLayout):
        return *header_svg(drawing, mask, lang), header_sentences(drawing, mask, lang)
    return *states_svg(drawing, mask, lang), states_sentences(drawing, mask, lang)


def text(figure: Figure, lang: str, width: int) -> str:
    """The figure without its title in Unicode characters, no line wider than `width` columns of a terminal."""
    drawing, mask = figure.drawing, figure.mask
    if isinstance(drawing, Ladder):
        lines = ladder_text(drawing, mask, lang, width)
    elif isinstance(drawing, HeaderLayout):
        lines = header_text(drawing, mask, lang, width)
    else:
        lines = states_text(drawing, mask, lang, width)
    return "\n".join(lines)
