"""Cookies after RFC 6265, with 6265bis as a second edition: what a user agent stores, keeps and sends back."""

from __future__ import annotations

from functools import partial

from quizgen.models.base import Model, Text, Vocabulary
from quizgen.models.cookies import exchange_words, limit_words, vocabulary
from quizgen.models.cookies.asks import asks
from quizgen.models.cookies.exchange_words import KEEPERS
from quizgen.models.cookies.mutants import mutants
from quizgen.models.cookies.near import SLIPS
from quizgen.models.cookies.rules import ATTRIBUTES, EDITIONS, LIMITS, RFC_6265, Rule, elements
from quizgen.models.cookies.scenario import run
from quizgen.models.cookies.spec import SPEC, Spec

__all__ = ["SPEC", "Spec", "build"]


def _vocabulary(spec: Spec) -> Vocabulary:
    words = Vocabulary()
    for part in (vocabulary, exchange_words, limit_words):
        words.update(part.WORDS.bind(spec))
    for edition in EDITIONS.terms():
        doc = "The standard of 2011." if edition == RFC_6265 else "Its successor, draft-ietf-httpbis-rfc6265bis-22."
        words.constant(edition.identifier, edition, doc)
    for keeper in KEEPERS.terms():
        words.constant(keeper.identifier.upper(), keeper, f"Who may keep a cookie: {keeper.show()}.")
    return words


def _same(text: str) -> Text:
    return {"en": text, "zh": text}


def _sources(rule: Rule) -> Text:
    return _same("; ".join(str(rule.cite(edition)) for edition in EDITIONS.terms() if rule.within(edition)))


def _attribute_row(name: str, rule: Rule) -> list[Text]:
    return [_same(name), {lang: text[len(name) + 1 :].strip() for lang, text in rule.title.items()}, _sources(rule)]


def _tables() -> dict[str, list[list[Text]]]:
    source: Text = {"en": "Source", "zh": "出处"}
    attributes: list[Text] = [{"en": "Attribute", "zh": "属性"}, {"en": "Meaning", "zh": "含义"}, source]
    limits: list[Text] = [{"en": "Limit", "zh": "限制"}, source]
    return {
        "attributes": [attributes, *(_attribute_row(name, rule) for name, rule in ATTRIBUTES.items())],
        "limits": [limits, *([rule.title, _sources(rule)] for rule in LIMITS.values())],
    }


def build(spec: Spec = SPEC) -> Model:
    """The model over a spec; without one, as the standards have it."""
    return Model(
        name="cookies",
        title={"en": "Cookies", "zh": "Cookie"},
        vocabulary=_vocabulary(spec),
        elements=elements(),
        run=partial(run, spec=spec),
        tables=_tables(),
        slips=SLIPS,
        mutants=partial(mutants, build),
        asks=asks,
    )
