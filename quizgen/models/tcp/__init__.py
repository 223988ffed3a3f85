"""TCP after RFC 9293: header, states, endpoints, a wire between two of them, and the words that claims may use."""

from quizgen.models.base import Element, Model
from quizgen.models.tcp.endpoint.reasons import RULES
from quizgen.models.tcp.header import CONTROL_BITS, FIELDS
from quizgen.models.tcp.header_words import WORDS
from quizgen.models.tcp.scenario import run
from quizgen.models.tcp.states import STATES, TABLE, Transition


def build() -> Model:
    """The model as RFC 9293 has it."""
    return Model("tcp", {"en": "TCP", "zh": "TCP"}, WORDS, {one.id: one for one in _elements()}, run)


def _elements() -> list[Element]:
    from quizgen.models.base import Rfc

    states = [
        Element(f"state:{state}", "states", {"en": state, "zh": state}, Rfc(9293, "3.3.2")) for state in STATES.members
    ]
    flags = [Element(f"flag:{flag.name}", "flags", flag.title, flag.cite) for flag in CONTROL_BITS]
    fields = [Element(f"field:{field.name}", "fields", field.title, field.cite) for field in FIELDS]
    rules = [Element(f"rule:{id}", "rules", title, cite) for id, (title, cite) in RULES.items()]
    return [*states, *map(_transition, TABLE), *flags, *fields, *rules]


def _transition(row: Transition) -> Element:
    title = {lang: f"{row.state} → {row.next}: {row.event.show(lang)}" for lang in ("en", "zh")}
    return Element(row.id, "transitions", title, row.cite)
