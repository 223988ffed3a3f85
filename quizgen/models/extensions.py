"""The linear extensions of a partial order: listed lazily, and counted without listing them.

A set of places is an int, bit by bit. `needs[place]` is the set of places that must come before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def _ready(needs: Sequence[int], placed: int) -> Iterator[int]:
    """The places that may come next when `placed` have come."""
    return (place for place, need in enumerate(needs) if not placed >> place & 1 and not need & ~placed)


def extensions(needs: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every order of all places that has each after what it needs; none when the needs go in a circle."""

    def extend(done: tuple[int, ...], placed: int) -> Iterator[tuple[int, ...]]:
        if len(done) == len(needs):
            yield done
        for place in _ready(needs, placed):
            yield from extend((*done, place), placed | 1 << place)

    return extend((), 0)


def number(needs: Sequence[int]) -> int:
    """How many there are: the ways to each set that lacks nothing it needs, summed up from the smaller sets."""
    ways = {0: 1}
    for _ in needs:
        larger: dict[int, int] = {}
        for placed, many in ways.items():
            for place in _ready(needs, placed):
                larger[placed | 1 << place] = larger.get(placed | 1 << place, 0) + many
        ways = larger
    return sum(ways.values())
