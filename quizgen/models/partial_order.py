"""Answers that say which of some terms come before which, such as the events of a navigation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from quizgen.models.extensions import extensions, number
from quizgen.models.values import Term


@dataclass(frozen=True)
class PartialOrder:
    """Which of some terms must come before which. `before` holds pairs (earlier, later), not necessarily closed."""

    published: ClassVar[frozenset[str]] = frozenset({"precedes", "admits", "count"})
    terms: tuple[Term, ...]
    before: frozenset[tuple[Term, Term]]

    @cached_property
    def _closure(self) -> frozenset[tuple[Term, Term]]:
        later: dict[Term, set[Term]] = {}
        for first, then in self.before:
            later.setdefault(first, set()).add(then)
        pairs: set[tuple[Term, Term]] = set()
        for first in later:
            reached, ahead = set[Term](), [*later[first]]
            while ahead:
                then = ahead.pop()
                if then not in reached:
                    reached.add(then)
                    ahead.extend(later.get(then, ()))
            pairs.update((first, then) for then in reached)
        return frozenset(pairs)

    def precedes(self, first: Term, then: Term) -> bool:
        """Whether `first` comes before `then` in every admitted order."""
        return (first, then) in self._closure

    def only(self, terms: Collection[Term]) -> PartialOrder:
        """The order restricted to some of its terms."""
        kept = tuple(term for term in self.terms if term in terms)
        return PartialOrder(kept, frozenset(pair for pair in self._closure if pair[0] in kept and pair[1] in kept))

    def admits(self, sequence: Sequence[Term]) -> bool:
        """Whether these terms may happen in this order."""
        place = {term: index for index, term in enumerate(sequence)}
        return all(place[a] < place[b] for a, b in self._closure if a in place and b in place)

    def _needs(self) -> list[int]:
        """For each term, which terms must have come before it, as bits."""
        return [
            sum(1 << at for at, first in enumerate(self.terms) if (first, then) in self._closure) for then in self.terms
        ]

    def orders(self) -> Iterator[tuple[Term, ...]]:
        """Every admitted order of all terms, lazily."""
        return (tuple(self.terms[place] for place in order) for order in extensions(self._needs()))

    def count(self) -> int:
        """The number of admitted orders; they are not listed for that."""
        return number(self._needs())

    def show(self, lang: str = "en") -> str:
        """One admitted order."""
        return " → ".join(term.show(lang) for term in next(self.orders()))
