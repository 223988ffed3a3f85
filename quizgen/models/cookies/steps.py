"""Reading what a person wrote as the step of a scenario: `word`, `word: argument` or `word: {key: ...}`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from quizgen.models.base import ModelError, ScenarioError
from quizgen.models.cookies.matching import Url, parse_url
from quizgen.models.cookies.store import METHODS
from quizgen.models.values import Quantity, Unreadable

_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


def listed(value: Any) -> tuple[Any, ...]:
    """A list, for which an author may write its only member."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


@dataclass(frozen=True)
class Step:
    """One step. `number` counts from 0; `argument` is None, a text, or a mapping of texts."""

    number: int
    word: str
    argument: Any

    def fail(self, message: str, nearest: Sequence[str] = ()) -> ScenarioError:
        """The error to raise for this step."""
        return ScenarioError(self.number, message, nearest)

    def text(self, what: str) -> str:
        """The argument as one text; `what` says in the error what is missing."""
        if not isinstance(self.argument, str) or not self.argument.strip():
            raise self.fail(f"`{self.word}` needs {what}")
        return self.argument.strip()

    def fields(self, known: Collection[str], main: str = "", lists: Collection[str] = ()) -> Mapping[str, Any]:
        """The argument as a mapping with known keys; a plain text stands for the key `main`. A value is one text; that of a
        key among `lists` may be a list, too.
        """
        if isinstance(self.argument, str) and main:
            return {main: self.argument.strip()}
        if not isinstance(self.argument, Mapping):
            raise self.fail(f"`{self.word}` needs {', '.join(known)} in {{ }}")
        for key, value in self.argument.items():
            if key not in known:
                close = get_close_matches(str(key), known, n=2, cutoff=0.5)
                raise self.fail(f"`{key}` is nothing that `{self.word}` knows", close or sorted(known))
            if isinstance(value, Mapping) or (isinstance(value, list) and key not in lists):
                raise self.fail(f"`{key}` is one text{' or a list of them' if key in lists else ''}")
        return self.argument

    def method(self, text: Any) -> str:
        """A request method in the argument, whatever its case."""
        method = str(text).upper()
        if method not in METHODS:
            raise self.fail(f"`{text}` is no method", get_close_matches(method, METHODS, n=1))
        return method

    def url(self, text: Any) -> Url:
        """A URL in the argument."""
        try:
            return parse_url(str(text))
        except ModelError as error:
            raise self.fail(str(error)) from None

    def seconds(self, text: Any) -> int:
        """A length of time in the argument, in whole seconds."""
        try:
            amount = Quantity(1, "s").read(str(text)).base[1]
        except Unreadable as error:
            raise self.fail(str(error), error.nearest) from None
        if amount < 0 or amount.denominator != 1:
            raise self.fail(f"`{text}` is no whole number of seconds from 0 up")
        return int(amount)

    def truth(self, text: Any) -> bool:
        """`yes` or `no` in the argument."""
        if str(text).casefold() not in _TRUTHS:
            raise self.fail(f"`{text}` is neither yes nor no", ("yes", "no"))
        return _TRUTHS[str(text).casefold()]


def read_step(number: int, raw: Any, known: Collection[str]) -> Step:
    """One step, as YAML gave it. Raises ScenarioError for another shape or a word that is not known."""
    if isinstance(raw, str):
        word, argument = raw.strip(), None
    elif isinstance(raw, Mapping) and len(raw) == 1:
        word, argument = next(iter(raw.items()))
    else:
        raise ScenarioError(number, "a step is one word, or one word with what it needs, as in `wait: 10 min`")
    if word not in known:
        close = get_close_matches(str(word), known, n=2, cutoff=0.5)
        raise ScenarioError(number, f"`{word}` is no step of this model", close or sorted(known))
    return Step(number, word, argument)
