"""A small run of tests.claims.fuzz; the large one is `python -m tests.claims.fuzz`."""

import ast

import pytest

from quizgen.claims import evaluate as evaluator
from tests.claims import fuzz


@pytest.fixture(scope="module")
def world() -> fuzz.World:
    return fuzz.world()


def test_random_expressions(world: fuzz.World) -> None:
    report = fuzz.run(4_000, 7, world)
    assert report.crashes == []
    assert report.wrong == []
    assert min(report.answered, *report.codes.values()) > 200
    assert set(report.codes) == {"QG201", "QG202", "QG203", "QG206"}
    assert [text for _, text in report.slow if again(text, world) > fuzz.LIMIT] == []


def again(text: str, world: fuzz.World) -> float:
    """The least CPU time of a few tries: another process can slow one down."""
    return min(fuzz.timed(text, world.names[-1]) for _ in range(3))


def test_the_watch_sees_what_is_outside(world: fuzz.World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The instruments do measure: an evaluator with a hole is caught."""
    hole = {"open": lambda walk, node: walk.apply(node, open, __file__).close(), "private": _reach}
    watch = fuzz.Watch()
    with fuzz.watching(watch):
        watch.active = True
        for text, handler in hole.items():
            monkeypatch.setitem(evaluator._HANDLERS, ast.Attribute, handler)
            evaluator.evaluate(f"handshake.{text}", fuzz.Seen(world.names[-1], watch))
    assert any("call of <built-in function open>" in wrong for wrong in watch.wrong)
    assert any("audit event open" in wrong for wrong in watch.wrong)
    assert "attribute Trace.__class__" in watch.wrong


def _reach(walk: evaluator.Walk, node: ast.Attribute) -> object:
    return vars(evaluator)["getattr"](walk.value(node.value), "__class__")
