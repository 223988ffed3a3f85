"""What the models' mutants have in common: each is a model built from a spec with one part replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from quizgen.models.base import Model, Mutant, Text

Build = Callable[[Any], Model]
"""Makes the model of a spec."""


def text(en: str, zh: str) -> Text:
    """A title in both languages."""
    return {"en": en, "zh": zh}


def off(title: Text) -> Text:
    """The title of the mutant in which a statement does not hold."""
    return text(f"not so: {title['en']}", f"并非如此：{title['zh']}")


def mutant(build: Build, spec: Any, id_: str, title: Text, **changes: Any) -> Mutant:
    """The model of the spec with these parts replaced, built when it is asked for. `id_`: see Mutant."""
    return Mutant(id_, title, partial(_built, build, spec, changes))


def _built(build: Build, spec: Any, changes: dict[str, Any]) -> Model:
    return build(replace(spec, **changes))
