"""TCP after RFC 9293: header, states, endpoints, a wire between two of them, and the words that claims may use."""

from quizgen.models.base import Element, Model
from quizgen.models.tcp.elements import ELEMENTS, graph, tables
from quizgen.models.tcp.endpoint.reasons import RULES
from quizgen.models.tcp.header import layout
from quizgen.models.tcp.option_words import WORDS
from quizgen.models.tcp.scenario import run
from quizgen.models.tcp.states import diagram


def build() -> Model:
    """The model as RFC 9293 has it."""
    rules = {f"rule:{id}": Element(f"rule:{id}", "rules", title, cite) for id, (title, cite) in RULES.items()}
    diagrams = {"states": diagram(), "header": layout()}
    return Model(
        name="tcp",
        title={"en": "TCP", "zh": "TCP"},
        vocabulary=WORDS,
        elements={**ELEMENTS, **rules},
        run=run,
        diagrams=diagrams,
        tables=tables(),
        graphs={"states": graph()},
    )
