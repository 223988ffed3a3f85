"""A deck for each topic below the deck `quizgen`. Anki knows decks by name, so a topic's title is part of its identity."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from quizgen.items.question import Bank, Topic
from quizgen.knowledge.lock import Lock, stable_id
from quizgen.markup import plain
from quizgen.render.anki.collection import Deck
from quizgen.render.bilingual import spoken
from quizgen.resources import strings

ROOT = "quizgen"
_ENDS = re.compile(r"^[\s:]+|[\s:]+$")
"""What Anki takes off the ends of a name, of which nothing might be left."""


def decks(bank: Bank, lang: str, lock: Lock) -> list[Deck]:
    """The decks of a package."""
    licences = dict.fromkeys(topic.licence for topic in bank.topics)
    together = next(iter(licences)) if len(licences) == 1 else ""
    return [
        Deck(stable_id("deck", "", lang), ROOT, _about(bank.version, together, lang), 0),
        *(
            Deck(
                deck_id(topic.id, lang),
                lock.deck(topic.id, lang, deck_name(topic, lang)),
                _about(bank.version, topic.licence, lang),
                0,
            )
            for topic in bank.topics
        ),
    ]


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
    title = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]+", " ", said)
    return f"{ROOT}::{_ENDS.sub('', re.sub(':{2,}', ':', title)) or topic.id}"
