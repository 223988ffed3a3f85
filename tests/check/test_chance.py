"""The bounds of chance against the whole distribution, multiplied out case by case with fractions."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.check.chance import share


def bounds(likely: Sequence[float]) -> tuple[int, int]:
    """The bounds, computed from the exact distribution."""
    weights = [Fraction(1)]
    for each in likely:
        p = Fraction(each)
        without, with_ = [w * (1 - p) for w in weights] + [Fraction(0)], [Fraction(0)] + [w * p for w in weights]
        weights = [one + two for one, two in zip(without, with_, strict=True)]
    tail, total = Fraction(1, 200), Fraction(0)
    low: int | None = None
    for count, weight in enumerate(weights):
        total += weight
        if low is None and total > tail:
            low = count
        if low is not None and total >= 1 - tail:
            return low, count
    raise AssertionError


@given(st.lists(st.sampled_from([0.25, 0.5, 0.75, 0.375, 1.0]), max_size=60))
def test_bounds_are_exact(likely: Sequence[float]) -> None:
    found = share((False, each) for each in likely)
    assert (found.low, found.high) == bounds(likely)


@pytest.mark.parametrize(
    ("count", "usual"),
    [
        pytest.param(2, False, id="too-few"),  # at most 2 of 16: 137 of 65536, 0.2 %
        pytest.param(3, True, id="fewest"),  # at most 3 of 16: 697 of 65536, 1.1 %
        pytest.param(13, True, id="most"),
        pytest.param(14, False, id="too-many"),
    ],
)
def test_sixteen_coins(count: int, usual: bool) -> None:
    found = share((at < count, 0.5) for at in range(16))
    assert (found.count, found.of, found.expected) == (count, 16, 8.0)
    assert found.usual is usual


def test_no_cases() -> None:
    found = share([])
    assert (found.count, found.of, found.low, found.high) == (0, 0, 0, 0)
    assert found.usual


def test_many_cases() -> None:
    found = share((True, 0.25) for _ in range(1_000_000))
    assert (found.low, found.high) == (248885, 251116)  # 250000 -+ 2.5758 * 433.0
