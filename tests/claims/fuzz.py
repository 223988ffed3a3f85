"""The claim evaluator under random expressions: `python -m tests.claims.fuzz [COUNT] [SEED]`.

Three sources: a grammar over the words, scenarios and published parts of all models, which grows what it found to have an
answer; the shipped bank's own claims, mutated; and texts that an attacker would try. Of each it is asked that nothing but a
ClaimError comes of it, that nothing outside of the allow-list is reached, and that it takes at most LIMIT of CPU time,
together with what is said about it.
"""

from __future__ import annotations

import gc
import inspect
import operator
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from quizgen.check.compile import compile_paths, shipped_scenarios
from quizgen.claims import evaluate as evaluator
from quizgen.claims.errors import ClaimError
from quizgen.items import case
from quizgen.items.evidence import evidence
from quizgen.items.shared import Shared
from quizgen.models import BUILTIN
from tests.claims.expressions import Writer

LIMIT = 0.050
"""Seconds of CPU time."""
CONTENT = Path(__file__).parents[2] / "content"


@dataclass
class World:
    """Names that claims see, and claims of the shipped bank with the names that each saw."""

    names: list[Mapping[str, Any]]
    real: list[tuple[str, Mapping[str, Any]]]


def world() -> World:
    """The shipped knowledge, judged once, so that every scenario has run and every model is loaded."""
    real: list[tuple[str, Mapping[str, Any]]] = []

    def recorded(expression: str, names: Mapping[str, Any]) -> Any:
        real.append((expression, names))
        return evaluator.evaluate(expression, names)

    with patch.object(case, "evaluate", recorded):
        checked = compile_paths([CONTENT])
    shared = Shared(checked.knowledge, checked.bank.languages, shipped_scenarios(BUILTIN))
    names = [shared.names(models) for models in (*((model,) for model in BUILTIN), BUILTIN)]
    for name in list(names[-1]):
        names[-1][name]
    "é".encode("idna")  # a codec that Python imports when it is first asked for
    return World(list(names), real)


@dataclass
class Watch:
    """What the evaluator reaches, held against the allow-list while `active`."""

    reached: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    callables: list[Any] = field(default_factory=list)
    words: set[int] = field(default_factory=set)
    active: bool = False

    def getattr(self, owner: Any, name: str, *default: Any) -> Any:
        """In place of the evaluator's getattr: parts that the owner's type publishes, the list of these, a call's cost."""
        if (isinstance(owner, type) and name == "published") or (inspect.isroutine(owner) and name == "steps"):
            return getattr(owner, name, *default)
        if name not in getattr(type(owner), "published", ()) or name.startswith("_"):
            self.wrong.append(f"attribute {type(owner).__name__}.{name}")
        self.reached[f"{type(owner).__name__}.{name}"] += 1
        value = getattr(owner, name, *default)
        self.callables.append(value)
        return value

    def apply(self, walk: Any, node: Any, function: Any, *args: Any, **named: Any) -> Any:
        """In place of the evaluator's apply: operators, words of the vocabulary, and published parts."""
        known = function == self.getattr or function is frozenset or function in _OPERATORS
        if not (known or id(function) in self.words or any(function == one for one in self.callables)):
            self.wrong.append(f"call of {function!r}")
        return _APPLY(walk, node, function, *args, **named)

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """Python's own reports of what code reaches: imports, files, processes, code objects, frames."""
        is_signature = event == "object.__getattr__" and args[1] in _SIGNATURE
        if self.active and event not in ("compile", "builtins.id") and not is_signature:
            self.wrong.append(f"audit event {event} {args!r:.80}")


class Seen(Mapping[str, Any]):
    """Names that report each look-up."""

    def __init__(self, names: Mapping[str, Any], watch: Watch) -> None:
        self._names, self._watch, self._allowed = names, watch, set(names)

    def __getitem__(self, name: str) -> Any:
        value = self._names[name]
        if name not in self._allowed:
            self._watch.wrong.append(f"name {name}")
        self._watch.reached[name] += 1
        self._watch.words.add(id(value))
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


_SIGNATURE = ("__code__", "__defaults__", "__kwdefaults__")
"""What the evaluator, not a claim, reads to say how a word is asked (inspect.signature)."""
_APPLY = evaluator.Walk.apply
_OPERATORS = [*evaluator._BINARY.values(), *evaluator.COMPARE.values(), operator.neg]


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Put the watch into the evaluator."""
    sys.addaudithook(watch.audit)
    vars(evaluator)["getattr"] = watch.getattr
    setattr(evaluator.Walk, "apply", lambda walk, *args, **named: watch.apply(walk, *args, **named))  # noqa: B010
    try:
        yield
    finally:
        watch.active = False
        del vars(evaluator)["getattr"]
        setattr(evaluator.Walk, "apply", _APPLY)  # noqa: B010


@dataclass
class Report:
    """What came of a run."""

    count: int = 0
    answered: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)
    worst: float = 0.0

    @property
    def faults(self) -> list[str]:
        """Everything that must not be."""
        return [*self.crashes, *self.wrong, *(f"{1000 * seconds:.0f} ms: {text}" for seconds, text in self.slow)]


def run(count: int, seed: int, over: World) -> Report:
    """Evaluate that many expressions."""
    report, watch = Report(), Watch()
    writer = Writer(random.Random(seed), over.names, over.real)
    gc.collect()
    gc.disable()  # as the command line does
    try:
        with watching(watch):
            for _ in range(count):
                source, text, names = writer.next()
                report.sources[source] += 1
                _one(report, watch, writer, text, names)
    finally:
        gc.enable()
    report.count, report.wrong, report.reached = count, watch.wrong, watch.reached
    return report


def _one(report: Report, watch: Watch, writer: Writer, text: str, names: Mapping[str, Any]) -> None:
    seen, reported = Seen(names, watch), len(watch.wrong)
    watch.callables.clear()
    began, watch.active = time.process_time(), True
    try:
        answer = evaluator.evaluate(text, seen)
        evidence(answer)
    except ClaimError as error:
        report.codes[error.code] += 1
        if not 0 <= error.start <= error.end <= max(len(text), 1) or not error.message:
            report.crashes.append(f"a place outside of {text!r}")
    except BaseException as error:
        report.crashes.append(f"{type(error).__name__}: {error!s:.80} from {text!r}")
    else:
        report.answered += 1
        writer.keep(text, names, answer.value)
    watch.active, spent = False, time.process_time() - began
    report.worst = max(report.worst, spent)
    if spent > LIMIT:
        report.slow.append((spent, text))
    watch.wrong[reported:] = [f"{wrong} by {text!r}" for wrong in watch.wrong[reported:]]
    if report.sources.total() % 2000 == 0:
        gc.collect()


def timed(text: str, names: Mapping[str, Any]) -> float:
    """The CPU time that an expression takes, in seconds, with what is said about it."""
    began = time.process_time()
    with suppress(ClaimError):
        evidence(evaluator.evaluate(text, names))
    return time.process_time() - began


def main(arguments: list[str]) -> int:
    count, seed = (int(text) for text in [*arguments, *["200000", "1"][len(arguments) :]])
    report = run(count, seed, world())
    names = {re.sub(r"\W.*", "", name) for name in report.reached}
    print(f"{report.count:,} expressions: {report.answered:,} answered, {dict(sorted(report.codes.items()))}")
    print(f"from {dict(report.sources)}; {len(report.reached):,} words and parts of {len(names):,} reached")
    print(f"longest: {1000 * report.worst:.1f} ms of CPU time")
    print(f"{len(report.crashes)} crashes, {len(report.wrong)} outside of the allow-list, {len(report.slow)} slow")
    for fault in report.faults[:40]:
        print(f"  {fault[:400]}")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
