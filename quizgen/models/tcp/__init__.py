"""TCP after RFC 9293: header, states, endpoints, a wire between two of them, and the words that claims may use."""

from __future__ import annotations

from functools import partial

from quizgen.models.base import Model, Vocabulary
from quizgen.models.tcp import header_words, option_words, vocabulary
from quizgen.models.tcp.asks import asks
from quizgen.models.tcp.elements import ELEMENTS, graph, tables
from quizgen.models.tcp.header import layout
from quizgen.models.tcp.mutants import mutants
from quizgen.models.tcp.near import SLIPS, near
from quizgen.models.tcp.scenario import run
from quizgen.models.tcp.spec import SPEC, Spec
from quizgen.models.tcp.states import diagram

__all__ = ["SPEC", "Spec", "build"]


def _vocabulary(spec: Spec) -> Vocabulary:
    words = Vocabulary()
    for part in (vocabulary, header_words, option_words):
        words.update(part.WORDS.bind(spec))
    vocabulary.add_constants(words, spec)
    header_words.add_constants(words)
    option_words.add_constants(words)
    return words


def build(spec: Spec = SPEC) -> Model:
    """The model of that spec; RFC 9293's own unless another one is given."""
    return Model(
        name="tcp",
        title={"en": "TCP", "zh": "TCP"},
        vocabulary=_vocabulary(spec),
        elements=ELEMENTS,
        run=partial(run, rules=spec.endpoint),
        diagrams={"states": diagram(spec.table), "header": layout(spec.fields, spec.bits)},
        tables=tables(),
        graphs={"states": graph()},
        near=near,
        slips=SLIPS,
        mutants=partial(mutants, build),
        asks=asks,
    )
