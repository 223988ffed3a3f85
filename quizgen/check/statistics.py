"""Figures about the whole bank that no single item shows: where keys stand, whether their length gives them away, how
true statements and false ones, easy items and hard ones are mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from quizgen.check.chance import Share, share
from quizgen.check.wording import Asked, asked, width
from quizgen.items.question import Bank, Question
from quizgen.items.shuffle import shuffled
from quizgen.knowledge.knowledge import Knowledge
from quizgen.markup import plain

_CHOICES = ("choice", "multiple", "figure")


@dataclass(frozen=True)
class Statistics:
    """Figures of a bank. Items are counted without their variants, but for `places`.

    places: how often a right option is printed at the first, second, ... place, over all variants, in the order of a seed.
    longest: by language, how often a right option is longer than all others, over the items where one option is.
    true: how many statements are true. `difficulty`: how many items of each.
    unbelieved: the ids of the items that name no misconception.
    """

    items: int
    places: tuple[Share, ...]
    longest: dict[str, Share]
    true: Share
    difficulty: dict[int, int]
    unbelieved: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """The same as JSON has it; each share also says whether chance explains it."""
        return {
            **asdict(self),
            "places": [_plain(one) for one in self.places],
            "longest": {lang: _plain(one) for lang, one in self.longest.items()},
            "true": _plain(self.true),
        }


def _plain(one: Share) -> dict[str, Any]:
    return {**asdict(one), "usual": one.usual}


def statistics(knowledge: Knowledge, bank: Bank, seed: int = 0) -> Statistics:
    """The figures of a bank whose options are printed in the order of this seed."""
    items = list(asked(knowledge, bank))
    return Statistics(
        len(items),
        _places(bank.questions, seed),
        {lang: share(case[1:] for case in longest(items, lang)) for lang in bank.languages},
        share((each.entry.spec.key, 0.5) for each in statements(items)),
        dict(sorted(Counter(each.question.difficulty for each in items).items())),
        tuple(each.question.item for each in items if not _believed(each.question)),
    )


def longest(items: Iterable[Asked], lang: str) -> Iterator[tuple[Asked, bool, float]]:
    """The items in which one option is longer than all others, with whether it is right, and how likely that was."""
    for each in items:
        options = each.question.options if each.question.type in _CHOICES else ()
        widths = [width(plain(option.text[lang])) for option in options]  # `each.texts` would be kept, for every item
        if len(widths) > 1 and widths.count(max(widths)) == 1:
            likely = sum(option.right for option in options) / len(options)
            yield each, options[widths.index(max(widths))].right, likely


def statements(items: Iterable[Asked]) -> Iterator[Asked]:
    """The items that are true or false."""
    return (each for each in items if each.question.type == "true-false")


def _places(questions: Iterable[Question], seed: int) -> tuple[Share, ...]:
    places: dict[int, list[tuple[bool, float]]] = {}
    for question in questions:
        if question.type in _CHOICES:
            likely = sum(option.right for option in question.options) / len(question.options)
            for place, option in enumerate(shuffled(question.options, question.id, seed)):
                places.setdefault(place, []).append((option.right, likely))
    return tuple(share(places[place]) for place in sorted(places))


def _believed(question: Question) -> bool:
    return question.misconception is not None or any(option.misconception for option in question.options)
