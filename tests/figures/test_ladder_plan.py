"""Every label of every ladder has a place where it meets no arrow and no other label."""

import pytest

from quizgen.figures.ladder import arrows, remarks
from quizgen.figures.ladder_plan import best_plan, column
from quizgen.figures.words import named
from quizgen.models.figure import Ladder
from tests.figures.drawings import FIGURES
from tests.figures.shipped import figures as shipped

LADDERS = {name: figure for name, figure in (FIGURES | shipped()).items() if isinstance(figure.drawing, Ladder)}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", LADDERS)
def test_every_label_is_free(name: str, lang: str) -> None:
    ladder, mask = LADDERS[name].drawing, LADDERS[name].mask
    assert isinstance(ladder, Ladder)
    columns = [[column(row) for row in remarks(ladder, end, mask, lang)] for end in ladder.ends]
    plan = best_plan(ladder, columns, [named(lang, "end", end) for end in ladder.ends], arrows(ladder, mask, lang))
    assert plan.conflicts == 0
    assert len(plan.labels) == len(ladder.messages)
    assert plan.rows == sorted(plan.rows)
