"""Knowledge as it was written: entries of the schema together with the nodes that say where each part stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizgen.knowledge import schema
from quizgen.source.node import Node


@dataclass(frozen=True, slots=True)
class Entry:
    """One named entry: an item, a scenario or a misconception. `models` are its own or its file's."""

    id: str
    topic: str
    models: tuple[str, ...]
    spec: Any
    node: Node


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic file. `id` is "area/name"."""

    id: str
    models: tuple[str, ...]
    spec: schema.File
    node: Node
    items: tuple[Entry, ...]


@dataclass
class Knowledge:
    """All files together. Scenarios and misconceptions are shared by all topics, by name. `not_covered` are the elements
    that no item is to ask about, each with the author's reason.

    `incomplete`: a part of some file could not be read, so that a name that is not here may still exist.
    """

    topics: dict[str, Topic] = field(default_factory=dict)
    scenarios: dict[str, Entry] = field(default_factory=dict)
    misconceptions: dict[str, Entry] = field(default_factory=dict)
    not_covered: list[Entry] = field(default_factory=list)
    incomplete: bool = False

    @property
    def written(self) -> Iterator[Node]:
        """All that was written: the files of topics, and the entries of files that have none."""
        for topic in self.topics.values():
            yield topic.node
        for entry in (*self.scenarios.values(), *self.misconceptions.values(), *self.not_covered):
            if entry.topic not in self.topics:
                yield entry.node

    @property
    def models(self) -> set[str]:
        """The models in use."""
        named = [topic.models for topic in self.topics.values()]
        named += [item.models for topic in self.topics.values() for item in topic.items]
        named += [entry.models for entry in self.misconceptions.values()]
        return {model for models in named for model in models}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the topics' titles are written in, English first; English alone when none says."""
        found = {lang for topic in self.topics.values() for lang in topic.spec.title or {} if lang}
        return tuple(sorted(found, key=lambda lang: (lang != "en", lang))) or ("en",)


def say(text: Mapping[str, str], lang: str) -> str:
    """A text in a language; failing that, for every language, in English, or in any."""
    return text.get(lang) or text.get("") or text.get("en") or next(iter(text.values()), "")
