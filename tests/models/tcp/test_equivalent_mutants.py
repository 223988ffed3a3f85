"""The list of mutants that make no difference names lines that the code has, each with a reason."""

from pathlib import Path

import pytest

from quizgen.models import tcp
from tests.models.tcp.equivalent_mutants import EQUIVALENT, Equivalent


@pytest.mark.parametrize("one", EQUIVALENT, ids=lambda one: one.mutated)
def test_the_line_is_in_the_code(one: Equivalent) -> None:
    lines = (Path(tcp.__file__).parent / one.file).read_text("utf-8").splitlines()
    assert one.original in [line.strip() for line in lines]
    assert one.mutated != one.original
    assert one.why
