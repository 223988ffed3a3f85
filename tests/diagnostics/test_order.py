"""Findings come by file, place and code, each once."""

from dataclasses import replace

from quizgen.diagnostics.order import ordered
from quizgen.diagnostics.renderers import RENDERERS, renderer
from tests.diagnostics import samples


def test_by_file_then_place_then_code() -> None:
    later = replace(samples.WRONG_KEY, code="QG900")
    shown = ordered([later, *reversed(samples.ALL)])
    places = [(found.path, found.span.start if found.span else -1, found.code) for found in shown]
    assert places == sorted(places)
    assert len(shown) == len(samples.ALL) + 1


def test_what_is_there_twice_comes_once() -> None:
    again = replace(samples.WRONG_KEY)
    assert ordered([samples.WRONG_KEY, samples.NO_SPAN, again, samples.NO_SPAN]) == [samples.NO_SPAN, samples.WRONG_KEY]


def test_two_messages_at_one_place_both_stay() -> None:
    other = replace(samples.WRONG_KEY, message="another")
    assert len(ordered([samples.WRONG_KEY, other])) == 2


def test_every_renderer_takes_everything() -> None:
    for name in RENDERERS:
        assert "QG204" in renderer(name)(samples.ALL, 80, False)
