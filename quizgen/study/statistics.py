"""What the review log says about the learner. Pure: reviews and a moment in, numbers out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizgen.study.progress import Review, Scheduled
from quizgen.study.scheduler import retrievability

_DAYS = 7
_LATER = timedelta(days=1)


@dataclass(frozen=True)
class Tally:
    """How many answers, and how many of them right."""

    right: int = 0
    all: int = 0

    @property
    def share(self) -> float:
        """The part that is right, from 0 to 1; 0 of none."""
        return self.right / self.all if self.all else 0.0

    def plus(self, right: bool) -> Tally:
        """With one more answer."""
        return Tally(self.right + right, self.all + 1)


@dataclass(frozen=True)
class Held:
    """A misconception that the last answer to some item showed; `times` counts all answers that ever showed it."""

    misconception: str
    times: int


@dataclass(frozen=True)
class Statistics:
    """`retention` counts reviews a day or more after the item's last one. `recall` is FSRS's mean chance that an item
    seen before is remembered now. `forecast[0]` is due now or today, `forecast[1]` tomorrow, and so on, in the time zone
    of `now`. `topics` are the weakest first, `held` the misconceptions most often shown first."""

    reviews: Tally
    retention: Tally
    items: int
    recall: float
    forecast: tuple[int, ...]
    topics: tuple[tuple[str, Tally], ...]
    held: tuple[Held, ...]


def statistics(reviews: Sequence[Review], scheduled: Mapping[str, Scheduled], now: datetime) -> Statistics:
    """All numbers, from reviews oldest first."""
    every, topics = Tally(), dict[str, Tally]()
    for review in reviews:
        every = every.plus(review.right)
        topics[review.topic] = topics.get(review.topic, Tally()).plus(review.right)
    chances = [retrievability(known.card, now) for known in scheduled.values()]
    return Statistics(
        every,
        _retention(reviews),
        len(scheduled),
        sum(chances) / len(chances) if chances else 0.0,
        _forecast(scheduled, now),
        tuple(sorted(topics.items(), key=lambda entry: (entry[1].share, -entry[1].all))),
        _held(reviews),
    )


def _retention(reviews: Sequence[Review]) -> Tally:
    tally, last = Tally(), dict[str, datetime]()
    for review in reviews:
        if review.item in last and review.at - last[review.item] >= _LATER:
            tally = tally.plus(review.right)
        last[review.item] = review.at
    return tally


def _forecast(scheduled: Mapping[str, Scheduled], now: datetime) -> tuple[int, ...]:
    days = [max((known.card.due.astimezone(now.tzinfo).date() - now.date()).days, 0) for known in scheduled.values()]
    return tuple(days.count(day) for day in range(_DAYS))


def _held(reviews: Sequence[Review]) -> tuple[Held, ...]:
    times = Counter(name for review in reviews for name in review.misconceptions)
    last = {review.item: review.misconceptions for review in reviews}
    held = {name for names in last.values() for name in names}
    return tuple(Held(name, count) for name, count in times.most_common() if name in held)
