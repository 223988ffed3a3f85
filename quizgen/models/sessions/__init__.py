"""Sessions: what a server remembers under an id, how the id travels, when it ends, and what goes wrong."""

from __future__ import annotations

from functools import partial

from quizgen.models.base import Model, Text, Vocabulary
from quizgen.models.sessions import cluster_words, load_words, vocabulary
from quizgen.models.sessions.scenario import run
from quizgen.models.sessions.spec import (
    ATTACK_ROWS,
    ATTACKS,
    BALANCING,
    CARRIERS,
    DEFENCE_ROWS,
    DEFENCES,
    ELEMENTS,
    ID_NAMES,
    SOFTWARE,
    SPEC,
    STORES,
    Spec,
)
from quizgen.models.values import Domain, Term

__all__ = ["SPEC", "Spec", "build"]

_CONSTANTS: tuple[Domain, ...] = (
    vocabulary.PLACES,
    vocabulary.DATA,
    vocabulary.EVENTS,
    ATTACKS,
    DEFENCES,
    SOFTWARE,
    STORES,
    BALANCING,
)


def _constant_name(term: Term) -> str:
    return term.identifier.upper()


def _meaning(domain: Domain, term: Term) -> str:
    row = ATTACK_ROWS.get(term.name) or DEFENCE_ROWS.get(term.name)
    return f"{domain.name.capitalize()}: {term.show()}. {row.title['en'] + '.' if row else ''}".strip()


def _vocabulary(spec: Spec) -> Vocabulary:
    words = Vocabulary()
    for part in (vocabulary, load_words, cluster_words):
        words.update(part.WORDS.bind(spec))
    for domain in _CONSTANTS:
        for term in domain.terms():
            words.constant(_constant_name(term), term, _meaning(domain, term))
    for carrier, name in zip(CARRIERS.terms(), ("COOKIE_CARRIER", "URL_CARRIER"), strict=True):
        words.constant(name, carrier, f"Carrier of the session id: {carrier.show()}.")
    return words


def _name_row(server: str, name: str) -> list[Text]:
    return [{"en": server, "zh": server}, {"en": f"`{name}`", "zh": f"`{name}`"}]


def _name_table() -> list[list[Text]]:
    heading: list[Text] = [
        {"en": "Server", "zh": "服务器"},
        {"en": "Name of the id's cookie", "zh": "标识符 cookie 的名字"},
    ]
    return [heading, *(_name_row(server, name) for server, name in ID_NAMES.items())]


def _attack_row(attack: Term) -> list[Text]:
    row = ATTACK_ROWS[attack.name]
    return [{lang: attack.show(lang) for lang in ("en", "zh")}, row.title, dict.fromkeys(("en", "zh"), str(row.cite))]


def _attack_table() -> list[list[Text]]:
    source: Text = {"en": "Source", "zh": "出处"}
    heading: list[Text] = [{"en": "Attack", "zh": "攻击"}, {"en": "What happens", "zh": "经过"}, source]
    return [heading, *map(_attack_row, ATTACKS.terms())]


def build(spec: Spec = SPEC) -> Model:
    """The model over a spec; without one, as the standards have it."""
    return Model(
        name="sessions",
        title={"en": "Sessions", "zh": "会话"},
        vocabulary=_vocabulary(spec),
        elements=ELEMENTS,
        run=partial(run, spec=spec),
        tables={"attacks": _attack_table(), "id-names": _name_table()},
    )
