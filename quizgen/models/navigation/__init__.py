"""From the address bar to the page: a partial order of events (URL, HTML, CSS; RFC 9110, 9112, 9293, 8446, 9000, 9114)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from quizgen.models.base import Model, Text
from quizgen.models.figure import OrderGraph
from quizgen.models.navigation.asks import asks
from quizgen.models.navigation.events import ALWAYS, TABLE
from quizgen.models.navigation.mutants import mutants
from quizgen.models.navigation.order import SPEC, Spec
from quizgen.models.navigation.vocabulary import elements, vocabulary


def build(spec: Spec = SPEC) -> Model:
    """The model of that spec; the standards' own unless another one is given."""
    return Model(
        "navigation",
        {"en": "From the address bar to the page", "zh": "从地址栏到页面"},
        vocabulary(spec),
        elements(spec),
        tables={"events": _events(spec)},
        graphs={"events": _graph(spec)},
        mutants=partial(mutants, build),
        asks=partial(asks, spec),
    )


def _graph(spec: Spec) -> OrderGraph:
    """The rows that hold wherever both events happen, over the events of all variants."""
    return OrderGraph(
        {event.name: event.title for event in TABLE},
        tuple((edge.first, edge.then) for edge in spec.edges if not edge.phases),
        frozenset(event.name for event in TABLE if event.phase != ALWAYS),
    )


def _events(spec: Spec) -> Sequence[Sequence[Text]]:
    """Each event, what must directly precede it, and the place that describes it."""
    titles = {event.name: event.title for event in TABLE}
    heading = ({"en": "Event", "zh": "事件"}, {"en": "Only after", "zh": "必须在其后"}, {"en": "Source", "zh": "出处"})
    rows: list[Sequence[Text]] = [heading]
    for event in TABLE:
        earlier = [edge for edge in spec.edges if edge.then == event.name]
        joined = {
            lang: mark.join(titles[edge.first][lang] + edge.condition[lang] for edge in earlier)
            for lang, mark in (("en", "; "), ("zh", "；"))
        }
        rows.append((event.title, joined, {"en": str(event.cite), "zh": str(event.cite)}))
    return rows
