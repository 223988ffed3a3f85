"""Figures as SVG: golden drawings, well-formed, the same each time, and silent about what is masked."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from quizgen.figures import draw
from quizgen.models.figure import Arc, Figure, StateDiagram
from tests.conftest import Golden
from tests.figures.drawings import FIGURES, HANDSHAKE_PARTS, TCP
from tests.samples import LADDER, text

SVG = "{http://www.w3.org/2000/svg}"
GOLDEN = ["handshake-masked", "faults", "states", "session", "header", "tcp-header-masked"]


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name: str, golden: Golden) -> None:
    golden(f"figures/{name}.en.svg", draw.svg(FIGURES[name], "en", "golden"))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", FIGURES)
def test_one_named_picture_without_style_script_or_reference(name: str, lang: str) -> None:
    drawn = draw.svg(FIGURES[name], lang, "a1")
    root = ElementTree.fromstring(drawn)
    assert drawn == draw.svg(FIGURES[name], lang, "a1")
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == FIGURES[name].title[lang]
    assert root.findtext(f"{SVG}desc")
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert ids == ["a1-title", "a1-desc"] == (root.get("aria-labelledby") or "").split()
    assert not {each.tag.removeprefix(SVG) for each in root.iter()} & {"style", "script", "use", "image"}
    assert not [each for each in root.iter() if "style" in each.attrib]
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawn)) <= {"none", "currentColor"}


@pytest.mark.parametrize("part, hidden", HANDSHAKE_PARTS)
def test_a_masked_part_of_a_ladder_is_nowhere(part: str, hidden: str) -> None:
    masked = Figure(LADDER.title, LADDER.drawing, frozenset({part}))
    shows: tuple[Callable[[Figure], str], ...] = (
        lambda figure: draw.svg(figure, "en", "a"),
        lambda figure: draw.text(figure, "en", 80),
    )
    for show in shows:
        assert show(masked).count(hidden) < show(LADDER).count(hidden)
        assert "?" in show(masked)


def test_a_masked_state_is_masked_wherever_it_is_drawn() -> None:
    masked = Figure(text("States"), TCP, frozenset({"state:CLOSED", "state:FIN-WAIT-2"}))
    drawn = draw.svg(masked, "en", "a")
    assert ">CLOSED<" not in drawn
    assert "CLOSED" not in drawn
    assert "FIN-WAIT-2" not in drawn
    assert "FIN-WAIT-2" not in draw.text(masked, "en", 80)


def test_a_masked_field_is_masked_in_the_description_too() -> None:
    drawn = draw.svg(FIGURES["tcp-header-masked"], "en", "a")
    assert "Window" not in drawn
    assert ">SYN<" not in drawn


def test_every_arc_of_figure_5_is_drawn_and_others_are_told() -> None:
    drawn = draw.svg(Figure(text("States"), TCP), "en", "a")
    shafts = len(re.findall("<path", drawn))
    assert shafts == len(TCP.arcs) - 1
    assert ">ESTABLISHED → CLOSED: ABORT / snd RST, delete TCB<" in drawn


def test_labels_without_a_place_are_numbered_and_told() -> None:
    names = tuple("ABCDEF")
    arcs = tuple(
        Arc(a, b, f"from {a} to {b} by a long event", "an action of some length") for a in names for b in names
    )
    drawn = draw.svg(Figure(text("Everything"), StateDiagram(names, arcs)), "en", "a")
    assert ">(1)<" in drawn
    for arc in arcs:
        assert arc.event in " ".join(re.findall(">([^<]*)<", drawn))


def test_prefixes_are_escaped() -> None:
    ElementTree.fromstring(draw.svg(Figure(text("a < b & c"), TCP), "en", 'p"<'))
