"""The names that claims of a topic may use: its models' words, a few common ones, and the scenarios, run when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from quizgen.models import load
from quizgen.models.base import Model, ModelError, Vocabulary
from quizgen.models.values import Quantity

COMMON = Vocabulary()
_BYTES, _SECONDS = Quantity(1, "B"), Quantity(1, "s")


@COMMON.function()
def size(text: str) -> Quantity:
    """An amount of data: size("4 KiB"), size("4096 bytes")."""
    return _BYTES.read(text)


@COMMON.function()
def duration(text: str) -> Quantity:
    """A length of time: duration("2 min"), duration("400 days")."""
    return _SECONDS.read(text)


@COMMON.function()
def rate(text: str) -> Quantity:
    """A data rate: rate("5 Mbit/s")."""
    return Quantity(1, "bit/s").read(text)


@COMMON.function(name="numbers")
def numbers_(first: int, last: int) -> range:
    """The whole numbers from `first` to `last`, both included, for use in comprehensions."""
    if last - first > 10_000:
        raise ModelError("numbers() gives at most 10,000 of them")
    return range(first, last + 1)


@COMMON.function(name="count")
def count_(things: Sequence[Any]) -> int:
    """How many members a set or sequence has."""
    return len(things)


def _truth(member: object) -> bool:
    if not isinstance(member, bool):
        raise ModelError("all() and any() take what is true or false, as in all(a == b for a in ...)")
    return member


@COMMON.function(name="all")
def all_(truths: Sequence[bool]) -> bool:
    """Whether every member is true."""
    return all(map(_truth, truths))


@COMMON.function(name="any")
def any_(truths: Sequence[bool]) -> bool:
    """Whether at least one member is true."""
    return any(map(_truth, truths))


@COMMON.function(name="min")
def min_(values: Sequence[Any]) -> Any:
    """The smallest member."""
    return min(values)


@COMMON.function(name="max")
def max_(values: Sequence[Any]) -> Any:
    """The largest member."""
    return max(values)


class Names(Mapping[str, Any]):
    """What a claim sees. `scenario(name)` gives a run or raises KeyError; `bound` are the variables of a family.

    `model(name)` gives the models: those of the standards, or wrong ones, to see whether a claim would notice.
    """

    def __init__(
        self,
        models: Sequence[str],
        scenarios: Sequence[str] = (),
        scenario: Callable[[str], Any] | None = None,
        bound: Mapping[str, Any] | None = None,
        model: Callable[[str], Model] = load,
    ) -> None:
        self._words: dict[str, Any] = {name: word.value for name, word in COMMON.items()}
        for name in models:
            self._words.update((word.name, word.value) for word in model(name).vocabulary.values())
        self._scenarios, self._scenario, self._bound = scenarios, scenario, dict(bound or {})

    def bind(self, bound: Mapping[str, Any]) -> Names:
        """The same names with further variables."""
        made = object.__new__(Names)
        made._words, made._scenarios, made._scenario = self._words, self._scenarios, self._scenario
        made._bound = {**self._bound, **bound}
        return made

    def __getitem__(self, name: str) -> Any:
        if name in self._bound:
            return self._bound[name]
        if name in self._words:
            return self._words[name]
        if self._scenario is None:
            raise KeyError(name)
        return self._scenario(name)

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._bound), **dict.fromkeys(self._scenarios), **self._words})

    def __len__(self) -> int:
        return len(set(self))
