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
    parts = [strings(one)[f"anki.about.{part}"] for one in spoken(lang) for part in ("what", "update")]
    about = "<br>".join(escape(part.format(version=bank.version)) for part in parts)
    return [
        Deck(stable_id("deck", "", lang), ROOT, about, 0),
        *(
            Deck(deck_id(topic.id, lang), lock.deck(topic.id, lang, deck_name(topic, lang)), about, 0)
            for topic in bank.topics
        ),
    ]


@cache
def deck_id(topic: str, lang: str) -> int:
    """The id of a topic's deck."""
    return stable_id("deck", topic, lang)


def deck_name(topic: Topic, lang: str) -> str:
    """The name of a topic's deck, below the deck `quizgen`."""
    said = " · ".join(dict.fromkeys(plain(topic.title[one]) for one in spoken(lang)))
    title = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]+", " ", said)
    return f"{ROOT}::{_ENDS.sub('', re.sub(':{2,}', ':', title)) or topic.id}"
