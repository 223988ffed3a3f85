"""Sessions: what a server remembers under an id, how the id travels, when it ends, and what goes wrong."""

from __future__ import annotations

from functools import partial

from quizgen.models.base import Model, Text, Vocabulary
from quizgen.models.sessions import cluster_words, load_words, vocabulary
from quizgen.models.sessions.asks import asks
from quizgen.models.sessions.cluster_words import recognised
from quizgen.models.sessions.mutants import mutants
from quizgen.models.sessions.scenario import run
from quizgen.models.sessions.server import ROUND_ROBIN, SIGNED_COOKIE, STICKY, Setup
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


_YES: Text = {"en": "yes", "zh": "是"}
_NO: Text = {"en": "no", "zh": "否"}


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


def _place_row(kept: Term) -> list[Text]:
    farm = {way: Setup(kept=kept, servers=2, balancing=way) for way in BALANCING.terms()}
    cells = [recognised(SPEC, farm[ROUND_ROBIN]), recognised(SPEC, farm[STICKY], failed=True), kept != SIGNED_COOKIE]
    return [{lang: kept.show(lang) for lang in ("en", "zh")}, *(_YES if cell else _NO for cell in cells)]


def _place_table() -> list[list[Text]]:
    heading: list[Text] = [
        {"en": "Where the sessions are", "zh": "会话放在哪里"},
        {"en": "Any server can answer", "zh": "任何一台服务器都能应答"},
        {"en": "Survives the failure of a server", "zh": "一台服务器故障后仍在"},
        {"en": "Ended by the server at once", "zh": "服务器能立即终止"},
    ]
    return [heading, *map(_place_row, STORES.terms())]


def build(spec: Spec = SPEC) -> Model:
    """The model over a spec; without one, as the standards have it."""
    return Model(
        name="sessions",
        title={"en": "Sessions", "zh": "会话"},
        vocabulary=_vocabulary(spec),
        elements=ELEMENTS,
        run=partial(run, spec=spec),
        tables={"attacks": _attack_table(), "id-names": _name_table(), "places": _place_table()},
        mutants=partial(mutants, build),
        asks=asks,
    )
