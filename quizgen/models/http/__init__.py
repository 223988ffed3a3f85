"""HTTP as far as persistence and statelessness go (RFC 9110, RFC 9112): two properties that do not depend on each other."""

from __future__ import annotations

from functools import partial

from quizgen.models.base import Model
from quizgen.models.http.asks import asks
from quizgen.models.http.elements import elements, tables
from quizgen.models.http.mutants import mutants
from quizgen.models.http.scenario import run
from quizgen.models.http.spec import SPEC, Spec
from quizgen.models.http.vocabulary import vocabulary

__all__ = ["SPEC", "Spec", "build"]


def build(spec: Spec = SPEC) -> Model:
    """The model of that spec; the standards' own unless another one is given."""
    return Model(
        "http",
        {"en": "HTTP: connections and statelessness", "zh": "HTTP：连接与无状态性"},
        vocabulary(spec),
        elements(spec),
        run=partial(run, spec),
        tables=tables(spec),
        mutants=partial(mutants, build),
        asks=asks,
    )
