"""Words of a vocabulary that are functions over a spec: each is written once and bound when a model is built."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from quizgen.models.base import Cite, Vocabulary, Word

_Function = Callable[..., Any]


class Words:
    """Functions whose first argument is the model's spec, with their citations.

    `steps` is what a call of one takes that does not say so itself (see quizgen.models.base.takes).
    """

    def __init__(self, steps: int | None = None) -> None:
        self._steps = steps
        self._functions: list[tuple[_Function, Cite]] = []

    def word(self, cite: Cite) -> Callable[[_Function], _Function]:
        """Add the decorated function as a word of its own name."""

        def add(function: _Function) -> _Function:
            self._functions.append((function, cite))
            if self._steps is not None:
                vars(function).setdefault("steps", self._steps)
            return function

        return add

    def bind(self, spec: object) -> Vocabulary:
        """A vocabulary of these words over one spec."""
        vocabulary = Vocabulary()
        for function, cite in self._functions:
            name = function.__name__
            vocabulary[name] = Word(name, _bound(function, spec), inspect.getdoc(function) or "", cite)
        return vocabulary


def _bound(function: _Function, spec: object) -> _Function:
    signature = inspect.signature(function)
    signature = signature.replace(parameters=list(signature.parameters.values())[1:])

    @wraps(function)
    def word(*args: Any, **named: Any) -> Any:
        try:
            return function(spec, *args, **named)
        except TypeError:
            # If the call is wrong, this says so in the terms of who wrote it: without the spec.
            signature.bind(*args, **named)
            raise

    word.__signature__ = signature  # type: ignore[attr-defined]
    return word
