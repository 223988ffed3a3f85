"""A deck for each topic below the deck `quizgen`. Anki knows decks by name, so a topic's title is part of its identity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from unicodedata import normalize

from quizgen.items.question import Bank, Topic
from quizgen.knowledge.lock import Lock, stable_id
from quizgen.markup import plain
from quizgen.render.anki.collection import Deck
from quizgen.render.bilingual import spoken
from quizgen.resources import strings

ROOT = "quizgen"
UNNAMEABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
"""What no name has in it."""
_ENDS = re.compile(r"^[\s:]+|[\s:]+$")
"""What Anki takes off the ends of a name, of which nothing might be left."""


def decks(bank: Bank, lang: str, lock: Lock) -> list[Deck]:
    """The decks of a package."""
    licences = dict.fromkeys(topic.licence for topic in bank.topics)
    together = next(iter(licences)) if len(licences) == 1 else ""
    return [
        Deck(stable_id("deck", "", lang), ROOT, _about(bank.version, together, lang), 0),
        *(
            Deck(deck_id(topic.id, lang), name, _about(bank.version, topic.licence, lang), 0)
            for topic, name in _named(bank, lang, lock)
        ),
    ]


def _named(bank: Bank, lang: str, lock: Lock) -> Iterator[tuple[Topic, str]]:
    """The topics and the names of their decks. Of several with one title, later ones show their ids: Anki would add a `_`."""
    known = {topic.id: name for topic in bank.topics if (name := lock.decks.get((topic.id, lang)))}
    taken = set(map(_alike, known.values()))
    for topic in bank.topics:
        name = deck_name(topic, lang)
        if topic.id not in known and _alike(name) in taken:
            name += f" ({topic.id})"
        taken.add(_alike(name))
        yield topic, lock.deck(topic.id, lang, name)


def _alike(name: str) -> str:
    """What is the same for names that are the same to Anki."""
    return normalize("NFC", name).casefold()


def _about(version: str, licence: str, lang: str) -> str:
    """The description of a deck: who made it, under which licence it is, and how to update it."""
    parts = ("what", "licence", "update") if licence else ("what", "update")
    texts = [strings(one)[f"anki.about.{part}"] for one in spoken(lang) for part in parts]
    return "<br>".join(escape(text.format(version=version, licence=licence)) for text in texts)


@cache
def deck_id(topic: str, lang: str) -> int:
    """The id of a topic's deck."""
    return stable_id("deck", topic, lang)


def deck_name(topic: Topic, lang: str) -> str:
    """The name of a topic's deck, below the deck `quizgen`."""
    said = " · ".join(dict.fromkeys(plain(topic.title[one]) for one in spoken(lang)))
    title = UNNAMEABLE.sub(" ", said)
    return f"{ROOT}::{_ENDS.sub('', re.sub(':{2,}', ':', title)) or topic.id}"
