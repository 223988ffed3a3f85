"""The lists of mutants that make no difference name lines that the code has, each with a reason."""

from importlib import import_module
from pathlib import Path

import pytest

from tests.models.equivalent import Equivalent

HERE = Path(__file__).parent
LISTED = [
    pytest.param(model, one, id=f"{model}: {one.mutated}")
    for model in sorted(path.parent.name for path in HERE.glob("*/equivalent_mutants.py"))
    for one in import_module(f"tests.models.{model}.equivalent_mutants").EQUIVALENT
]


@pytest.mark.parametrize(("model", "one"), LISTED)
def test_the_line_is_in_the_code(model: str, one: Equivalent) -> None:
    package = Path(str(import_module(f"quizgen.models.{model}").__file__)).parent
    lines = (package / one.file).read_text("utf-8").splitlines()
    assert one.original in [line.strip() for line in lines]
    assert one.mutated != one.original
    assert one.why
