"""`quizgen vocabulary` tells an author all that claims may ask."""

import re

import pytest
from typer.testing import CliRunner

from quizgen.check.compile import shipped_scenarios
from quizgen.cli.app import app
from quizgen.models import BUILTIN, load

RUNS = [name for name in BUILTIN if load(name).run]


@pytest.mark.parametrize("name", RUNS)
def test_every_part_of_a_run_with_its_meaning(name: str) -> None:
    said = CliRunner().invoke(app, ["vocabulary", name]).output
    scenario = next(iter(shipped_scenarios([name]).values()))
    run = load(name).run
    assert run is not None
    shapes = [run(scenario.spec.run)]
    shapes += [shapes[0].segment(1)] if name == "tcp" else []
    for shape in shapes:
        for part in type(shape).published:
            assert re.search(rf"^  \.{part}\b[^\n]*\n      \S", said, re.MULTILINE), part


def test_how_a_part_is_asked() -> None:
    said = CliRunner().invoke(app, ["vocabulary", "tcp"]).output
    assert "tcp: what may be asked of a segment\n" in said
    assert "  .state(end: Term, after: int | None = None) -> Term\n" in said
    assert "  .segments\n" in said
