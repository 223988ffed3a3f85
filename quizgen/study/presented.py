"""A question as it stands before the learner: what is shown in which place, and what a typed line means for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.items.question import Question
from quizgen.items.response import Response, amount, normalised
from quizgen.items.shuffle import shuffled
from quizgen.models.values import Unreadable

OPTION_KEYS = "123456789abcdefgijklmnoprtvwxyz"
"""Keys of options, places and lefts in the order shown; without h, q, s and u, which mean something else."""
RIGHT_KEYS = "abcdefghijklmnopqrstuvwxyz"
"""Keys of what is matched to a left."""
CHOICES = ("choice", "true-false", "figure")
_BETWEEN = re.compile(r"[\s,;，；、.>→=:：-]+")


@dataclass(frozen=True)
class Presented:
    """`places[i]` is the index of what is shown in place i: an option, a thing to put in order, or a right to match."""

    question: Question
    places: tuple[int, ...]

    @property
    def keys(self) -> str:
        """The keys that answer: one for each place; of a match, those of the rights."""
        return (RIGHT_KEYS if self.question.pairs else OPTION_KEYS)[: len(self.places)]

    def response(self, keys: Sequence[str]) -> Response:
        """What the keys say, pressed one after the other. Raises Unreadable when they are not a whole answer."""
        if any(key not in self.keys for key in keys):
            raise Unreadable(f"`{''.join(keys)}` names something that is not there")
        places = [self.places[self.keys.index(key)] for key in keys]
        if self.question.type == "multiple":
            return frozenset(places)
        wanted = 1 if self.question.type in CHOICES else len(self.places)
        if len(places) != wanted or len(set(places)) != wanted:
            raise Unreadable(f"{wanted} keys are wanted")
        if self.question.pairs:
            return dict(enumerate(places))
        return places[0] if self.question.type in CHOICES else tuple(places)

    def read(self, line: str) -> Response:
        """What a typed line says: `2`, `1 3`, `3, 1, 2`; of a match `b a` (in the order of the lefts) or `1b 2a`.

        Raises Unreadable.
        """
        keys = _BETWEEN.sub("", normalised(line))
        if self.question.pairs and keys[:1].isdigit():
            keys = self._in_order_of_lefts(keys)
        if not keys:
            raise Unreadable("an empty line answers nothing")
        return self.response(keys)

    def _in_order_of_lefts(self, keys: str) -> str:
        lefts, rights = keys[::2], keys[1::2]
        expected = OPTION_KEYS[: len(self.places)]
        if len(keys) % 2 or sorted(lefts) != sorted(expected):
            raise Unreadable(f"`{keys}` does not give each one its match")
        return "".join(right for _, right in sorted(zip(map(expected.index, lefts), rights, strict=True)))

    def check_text(self, blank: int, text: str) -> None:
        """Refuse what can be no answer to a blank: nothing at all, or no number where one is asked for.

        Raises Unreadable.
        """
        if not text.strip():
            raise Unreadable("nothing was typed")
        wanted = self.question.blanks[blank]
        if wanted.number is not None and normalised(text) not in map(normalised, wanted.accepted):
            amount(text, wanted.unit)


def present(question: Question, times: int, seed: int) -> Presented:
    """The question with its options (or things to order or match) shuffled; `times` it was seen decide how.

    True comes before False, and things to order never stand in a right order already.
    """
    count = len(question.options or question.sequence or question.pairs)
    if question.type == "true-false":
        return Presented(question, tuple(range(count)))
    for attempt in range(100):
        places = tuple(shuffled(range(count), f"{question.id}/{times}/{attempt}", seed))
        if places not in question.orders:
            break
    return Presented(question, places)
