"""Which questions a session asks: items that are due, the most overdue first, then new ones in the bank's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from quizgen.items.question import Bank, Question
from quizgen.items.shuffle import shuffled
from quizgen.study.progress import Scheduled


def by_item(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """Every item's questions (its variants, or the one that it is), in the bank's order."""
    items: dict[str, list[Question]] = {}
    for question in questions:
        items.setdefault(question.item, []).append(question)
    return items


def chosen_topics(bank: Bank, wanted: Sequence[str]) -> list[str]:
    """The ids of the topics wanted, in the bank's order; all for none. A topic goes by its id ("tcp/handshake"), an area
    by its name ("tcp"). Raises KeyError with the first name that is neither."""
    ids = [topic.id for topic in bank.topics]
    for name in wanted:
        if not any(_covers(name, topic) for topic in ids):
            raise KeyError(name)
    return [topic for topic in ids if not wanted or any(_covers(name, topic) for name in wanted)]


def _covers(name: str, topic: str) -> bool:
    name = name.rstrip("/")
    return topic == name or topic.startswith(f"{name}/")


def due_first(
    items: Mapping[str, Sequence[Question]], scheduled: Mapping[str, Scheduled], now: datetime, count: int
) -> list[str]:
    """At most `count` items to ask at `now`: those due, the longest overdue first, then those never asked."""
    due = [item for item in items if item in scheduled and scheduled[item].card.due <= now]
    due.sort(key=lambda item: scheduled[item].card.due)
    new = [item for item in items if item not in scheduled]
    return (due + new)[:count]


def everything(items: Mapping[str, Sequence[Question]], scheduled: Mapping[str, Scheduled], seed: int) -> list[str]:
    """All items, topics mixed, in an order that the seed and the reviews so far decide."""
    done = sum(known.reviews for known in scheduled.values())
    return shuffled(list(items), f"session/{done}", seed)


def variant(questions: Sequence[Question], reviews: int, seed: int) -> Question:
    """The variant of an item to ask after that many reviews: each has its turn before one comes again."""
    return shuffled(questions, questions[0].item, seed)[reviews % len(questions)]
