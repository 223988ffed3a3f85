"""Every label of every ladder has a place where it meets no arrow and no other label."""

import pytest

from quizgen.figures.ladder import arrows, remarks
from quizgen.figures.ladder_plan import NARROW, WIDE, Plan, Room, best_plan, column
from quizgen.figures.words import named
from quizgen.models.figure import Ladder
from tests.figures.drawings import FIGURES
from tests.figures.shipped import figures as shipped

LADDERS = {
    name: (figure.drawing, figure.mask)
    for name, figure in (FIGURES | shipped()).items()
    if isinstance(figure.drawing, Ladder)
}


def planned(name: str, lang: str, room: Room) -> Plan:
    ladder, mask = LADDERS[name]
    columns = [[column(row, room) for row in remarks(ladder, end, mask, lang)] for end in ladder.ends]
    names = [named(lang, "end", end) for end in ladder.ends]
    return best_plan(ladder, columns, names, arrows(ladder, mask, lang), room)


@pytest.mark.parametrize("room", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", LADDERS)
def test_every_label_is_free(name: str, lang: str, room: Room) -> None:
    plan = planned(name, lang, room)
    assert plan.conflicts == 0
    assert len(plan.labels) == len(LADDERS[name][0].messages)
    assert plan.rows == sorted(plan.rows)


@pytest.mark.parametrize("room", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", LADDERS)
def test_the_word_behind_a_message_that_never_arrives_stays_between_the_ends(name: str, lang: str, room: Room) -> None:
    plan = planned(name, lang, room)
    words = [shaft.word_place() for shaft in plan.shafts if shaft.arrow.message.arrived is None]
    assert all(plan.left < x < plan.right for word in words for x, _ in word)


@pytest.mark.parametrize("name", LADDERS)
def test_the_narrow_plan_is_no_wider(name: str) -> None:
    assert planned(name, "en", NARROW).width <= planned(name, "en", WIDE).width


def test_most_narrow_plans_are_half_as_wide_again_as_a_phone_at_most() -> None:
    widths = sorted(planned(name, "en", NARROW).width for name in LADDERS)
    assert widths[len(widths) * 3 // 4] <= 390 * 1.5
