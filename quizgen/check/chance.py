"""What chance alone would give: how often something happens among independent cases that need not be equally likely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from math import exp, lgamma, log

LEVEL = 0.99
_NOTHING = 1e-12
"""A probability that changes no bound; leaving those out keeps the time that a large bank takes in proportion."""


@dataclass(frozen=True)
class Share:
    """How often something was so, among `of` cases; chance gives `expected` on average, and from `low` to `high` in at
    least LEVEL of all banks, with at most half of the rest on either side."""

    count: int
    of: int
    expected: float
    low: int
    high: int

    @property
    def usual(self) -> bool:
        """Whether chance alone would explain it."""
        return self.low <= self.count <= self.high


def share(cases: Iterable[tuple[bool, float]]) -> Share:
    """Of cases, each with whether it was so and how likely that was, above 0. The distribution is computed, not
    approximated: binomial for those that are equally likely, and these multiplied out."""
    held = list(cases)
    start, weights = 0, [1.0]
    for likely, number in sorted(Counter(likely for _, likely in held).items()):
        first, more = _binomial(number, likely)
        start, weights = start + first, _multiplied(weights, more)
    up_to = list(accumulate(weights))
    tail = (1 - LEVEL) / 2
    low = next(at for at, total in enumerate(up_to) if total > tail)
    high = next((at for at, total in enumerate(up_to) if total >= 1 - tail), len(up_to) - 1)
    return Share(sum(so for so, _ in held), len(held), sum(likely for _, likely in held), start + low, start + high)


def _binomial(number: int, likely: float) -> tuple[int, list[float]]:
    """How likely each count is that is not next to impossible, and the first of them."""
    if likely >= 1:
        return number, [1.0]
    most = min(int((number + 1) * likely), number)
    low = high = most
    weights = {most: _weight(number, most, likely)}
    while low > 0 and weights[low] > _NOTHING:
        low -= 1
        weights[low] = _weight(number, low, likely)
    while high < number and weights[high] > _NOTHING:
        high += 1
        weights[high] = _weight(number, high, likely)
    return low, [weights[count] for count in range(low, high + 1)]


def _weight(number: int, count: int, likely: float) -> float:
    choices = lgamma(number + 1) - lgamma(count + 1) - lgamma(number - count + 1)
    return exp(choices + count * log(likely) + (number - count) * log(1 - likely))


def _multiplied(ones: list[float], twos: list[float]) -> list[float]:
    """The distribution of a sum, from those of its two parts."""
    both = [0.0] * (len(ones) + len(twos) - 1)
    for at, one in enumerate(ones):
        for other, two in enumerate(twos, at):
            both[other] += one * two
    return both
