"""All that a model says, as text for a golden file: what it is made of, and what it answers with which reasons."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.kinds import show
from quizgen.models.base import Model, ModelError, Record, ScenarioError, recording
from quizgen.models.figure import OrderGraph

GOLDEN = Path(__file__).parents[1] / "golden" / "models"


def says_otherwise(model: str) -> bool:
    """Whether the model says anything else than its golden file has; found at the first difference, without pytest."""
    path = GOLDEN / f"{model}.txt"
    if not path.is_file():
        return False
    try:
        said: Iterator[str] = importlib.import_module(f"tests.models.{model}.told").told()
        pieces = (f"{line}\n" for line in said)
        with path.open(encoding="utf-8", newline="") as golden:
            return any(golden.read(len(piece)) != piece for piece in pieces) or golden.read(1) != ""
    except Exception:
        return True


def parts(model: Model) -> Iterator[str]:
    """The model's name, words, elements, tables and graphs, a line for each."""
    yield f"{model.name}: {_both(model.title)}"
    for word in model.vocabulary.values():
        yield f"word {word.signature} [{word.cite}]: {' '.join(word.doc.split())}"
    for id_, element in model.elements.items():
        yield f"element {id_} = {element.id}, {element.group} [{element.cite}]: {_both(element.title)}"
    yield from (f"mutant {mutant.id}: {_both(mutant.title)}" for mutant in model.mutants())
    for name, rows in model.tables.items():
        yield from (f"table {name}: {' | '.join(_both(cell) for cell in row)}" for row in rows)
    for name, graph in model.graphs.items():
        assert isinstance(graph, OrderGraph)
        yield from (f"graph {name}: {event} {_both(title)}" for event, title in graph.events.items())
        yield from (f"graph {name}: {first} < {then}" for first, then in graph.before)
        yield f"graph {name}: sometimes {', '.join(sorted(graph.sometimes))}"


def answers(expressions: Iterable[str], names: Mapping[str, Any]) -> Iterator[str]:
    """What each expression comes to, and what the answer rests on; or why it has none."""
    for expression in dict.fromkeys(expressions):
        try:
            found = evaluate(expression, names)
        except ClaimError as error:
            yield f"{expression}\n  error: {error.message}"
            continue
        yield f"{expression}\n  = {show(found.value)}"
        yield from evidence(found.record)


def runs(
    model: Model, scenarios: Mapping[str, Sequence[Any]], ask: Mapping[str, Sequence[int] | None] = MappingProxyType({})
) -> Iterator[str]:
    """Each scenario as it is told and drawn, or why it cannot happen; and what each of the published names of `ask` says:
    a property (None), or a function of one of these numbers.
    """
    assert model.run is not None
    for name, steps in scenarios.items():
        yield f"scenario {name}"
        try:
            run = model.run(steps)
        except ScenarioError as error:
            yield f"  error in step {error.step}: {error.message} {list(error.nearest)}"
            continue
        yield from (f"  {line}" for line in run.lines())
        yield f"  drawn: {' and '.join(run.ladder().ends)}"
        yield from (f"  drawn: {moment.states} {moment.events}" for moment in run.ladder().moments)
        yield from (
            f"  drawn: {one.sender} {one.sent} -> {one.arrived} ({one.fate}): {one.label} ({one.note})"
            for one in run.ladder().messages
        )
        for published, numbers in ask.items():
            for number in numbers or (None,):
                yield from _asked(run, published, number)


def _asked(run: Any, published: str, number: int | None) -> Iterator[str]:
    with recording() as record:
        try:
            value = getattr(run, published)
            told = show(value if number is None else value(number))
        except ModelError as error:
            told = f"error: {error}"
    yield f"  {published}{'' if number is None else f'({number})'} = {told}"
    yield from (f"  {line}" for line in evidence(record, traces=False))


def evidence(record: Record, *, traces: bool = True) -> Iterator[str]:
    """What an answer rests on: reasons with their places, elements, and the runs that it was read off."""
    yield from (f"  because {reason} [{cite}]" for reason, cite in record.reasons.items())
    if record.elements:
        yield f"  on {', '.join(sorted(record.elements))}"
    for trace in record.traces if traces else ():
        yield from (f"  run {line}" for line in trace.lines())


def _both(text: Mapping[str, str]) -> str:
    return " / ".join(f"{lang}: {text[lang]}" for lang in text)
