"""When to ask an item again: FSRS, by its reference implementation. Time is an argument, and nothing is random.

A missed item is due again after ten minutes; an item answered right, after as many days as FSRS gives it. The schedule
follows from the review log alone (`replay`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsrs import Card, Scheduler


class Rating(IntEnum):
    """FSRS's ratings of an answer: Again for a wrong one, Good for a right one unless the learner says otherwise."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@cache
def _scheduler() -> Scheduler:
    """FSRS with its default weights and a retention of 90%; unfuzzed, so that the log gives the same schedule again."""
    from fsrs import Scheduler

    soon = (timedelta(minutes=10),)
    return Scheduler(learning_steps=soon, relearning_steps=soon, enable_fuzzing=False)


def reviewed(card: Card | None, rating: Rating, now: datetime) -> Card:
    """What is remembered of an item after a review at `now` (any time zone); None before its first one."""
    import fsrs

    at = now.astimezone(UTC)
    card = card or fsrs.Card(card_id=0, due=at)
    return _scheduler().review_card(card, fsrs.Rating(rating), at)[0]


def replay(reviews: Iterable[tuple[datetime, Rating]]) -> Card | None:
    """The card that a history of reviews gives, oldest first; None for an empty one."""
    card = None
    for at, rating in reviews:
        card = reviewed(card, rating, at)
    return card


def retrievability(card: Card, now: datetime) -> float:
    """The chance, from 0 to 1, that the item is remembered at `now`."""
    return _scheduler().get_card_retrievability(card, now.astimezone(UTC))
