"""The models' mutants: one at least for every element, each answering something otherwise than the model does."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from quizgen.check.compile import shipped_scenarios
from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names
from quizgen.models import BUILTIN, load
from quizgen.models.base import Model, Mutant, ScenarioError
from tests.models.mutant_questions import QUESTIONS, RUNS

UNASKED: Mapping[str, str] = {}
"""Elements without a mutant, and why."""


def names_of(model: Model) -> Names:
    """The words of a model and the shipped scenarios, run on it."""

    @cache
    def run(name: str) -> Any:
        assert model.run is not None
        return model.run(RUNS[name] if name in RUNS else shipped_scenarios([model.name])[name].spec.run)

    return Names((model.name,), scenario=run, model=lambda name: model)


def answer(names: Names, question: str) -> tuple[object, frozenset[str]]:
    """What is answered, as a person reads it, and what that rests on."""
    try:
        found = evaluate(question, names)
    except (ClaimError, ScenarioError, AssertionError, LookupError, StopIteration) as error:
        return type(error).__name__, frozenset()
    shown = found.value.show() if hasattr(found.value, "show") else found.value
    return shown, frozenset(found.record.elements)


@cache
def standard(name: str) -> dict[str, tuple[object, frozenset[str]]]:
    names = names_of(load(name))
    return {question: answer(names, question) for question in QUESTIONS[name]}


def mutants() -> list[tuple[str, Mutant]]:
    return [(name, mutant) for name in BUILTIN for mutant in load(name).mutants()]


@pytest.mark.parametrize("name", BUILTIN)
def test_every_element_has_a_mutant(name: str) -> None:
    model = load(name)
    altered = {mutant.element for mutant in model.mutants()}
    assert altered <= set(model.elements)
    assert set(model.elements) - altered == {element for element in UNASKED if element in model.elements}


@pytest.mark.parametrize("name", BUILTIN)
def test_ids_are_unique_and_titles_are_full(name: str) -> None:
    found = list(load(name).mutants())
    assert len({mutant.id for mutant in found}) == len(found)
    assert all(mutant.title["en"].strip() and mutant.title["zh"].strip() for mutant in found)


@pytest.mark.parametrize(("name", "mutant"), mutants(), ids=lambda one: one if isinstance(one, str) else one.id)
def test_a_mutant_answers_a_question_otherwise_that_rests_on_what_it_alters(name: str, mutant: Mutant) -> None:
    names = names_of(mutant.build())
    asked = (question for question, (_, elements) in standard(name).items() if mutant.element in elements)
    assert any(answer(names, question)[0] != standard(name)[question][0] for question in asked)
