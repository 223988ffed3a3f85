"""Knowledge files that hold hostile texts wherever an author writes text, and where a learner must read each of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import count, cycle, islice
from typing import NamedTuple

from tests.render.anki.hostile import shown

Told = dict[str, list[str]]
"""What a side of a card must say, by place."""

SELECTORS = {
    "topic": ".topic", "stem": ".stem", "rationale": ".rationale", "source": ".source b", "key": ".key", "unit": ".unit",
    "option": ".options li > :first-child:not(.why)", "why": ".options .why", "belief": ".misconception q",
    "origin": ".misconception .origin", "correction": ".misconception p:last-child", "accepted": ".accepted li",
    "thing": ".items li", "slot": ".slots ol > li > p", "solution": ".solution ol > li", "left": ".solution th",
    "right": ".solution td", "figure": ".figure img",
}  # fmt: skip
TYPES = ("choice", "multiple", "true-false", "cloze", "numeric", "short", "order", "match", "figure", "family")
_ONLY_ESCAPED = re.compile("[\r\n\x85\u2028\u2029\ufeff]")
_RUN = "[{server: OPEN passive}, {client: OPEN active}, deliver]"


class Written(NamedTuple):
    """A knowledge file of the topic `hostile/<name>`. `front` and `back` are what cards must say, by item."""

    name: str
    yaml: str
    contents: int
    front: dict[str, Told]
    back: dict[str, Told]


def quoted(text: str) -> str:
    """A YAML text in single quotes, in which every character is itself."""
    return "'" + text.replace("'", "''") + "'"


def escaped(text: str) -> str:
    """A YAML text in double quotes, with an escape for all but letters, digits and spaces."""
    return f'"{re.sub("[^A-Za-z0-9 ]", lambda char: _escape(ord(char[0])), text)}"'


def _escape(number: int) -> str:
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def backslashed(text: str) -> str:
    """A text as inline Markdown that means every character of it."""
    return re.sub(r"([\\`*_])", r"\\\1", text)


def code(text: str) -> str:
    """A text as a code span."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    gap = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{gap}{text}{gap}{fence}"


class Author:
    """Writes files; `texts` are put in one after the other, each in another way than the one before."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts, self._turn = texts, count()

    def file(self, name: str) -> Written:
        """A file with an item of each type. Raises StopIteration when there are not enough texts left."""
        self._contents, self._held, self._run = 0, f"held-{name}", name.replace("-", "_")
        self._front: dict[str, Told] = defaultdict(lambda: defaultdict(list))
        self._back: dict[str, Told] = defaultdict(lambda: defaultdict(list))
        title = next(self._texts)
        items = [self._item(kind) for kind in TYPES]
        for told in (*self._front.values(), *self._back.values()):
            told["topic"] = [shown(title)]
        head = [f"topic: hostile/{name}", f"title: {{en: {self._scalar(backslashed(title))}}}", "model: tcp"]
        return Written(name, "\n".join([*head, *self._others(), "items:", *items, ""]), self._contents + 1, self._front, self._back)  # fmt: skip

    def _others(self) -> Iterator[str]:
        """The misconception that the choice shows, the scenario that the figure draws."""
        places = (("statement", "belief"), ("origin", "origin"), ("correction", "correction"))
        parts = [f"{key}: {self._prose('choice', place, 'back')}" for key, place in places]
        yield f"misconceptions: {{{self._held}: {{{', '.join(parts)}, cited: nothing, source: nowhere}}}}"
        title = next(self._texts)
        self._contents += 1
        self._front["figure"]["figure"] = self._back["figure"]["figure"] = [shown(title)]
        yield f"scenarios: {{{self._run}: {{title: {self._scalar(backslashed(title))}, run: {_RUN}}}}}"

    def _item(self, kind: str) -> str:
        self._asked = kind
        parts = getattr(self, f"_{kind.replace('-', '_')}")(kind)
        rationale, source = self._prose(self._asked, "rationale", "back"), self._literal(self._asked, "source")
        head = f"id: {kind}, type: {'short' if kind == 'family' else kind}, cited: nothing"
        return f"  - {{{head}, {', '.join(parts)}, rationale: {rationale}, source: {source}}}"

    def _next(self, item: str, place: str, sides: str) -> str:
        text = next(self._texts)
        self._contents += 1
        for side in sides.split():
            (self._front if side == "front" else self._back)[item][place].append(shown(text))
        return text

    def _scalar(self, text: str) -> str:
        return escaped(text) if _ONLY_ESCAPED.search(text) or next(self._turn) % 2 else quoted(text)

    def _prose(self, item: str, place: str, sides: str = "front back") -> str:
        """A text with markup, in which braces are doubled."""
        text = self._next(item, place, sides)
        marked = backslashed(text) if next(self._turn) % 3 or "\n" in text or "\r" in text else code(text)
        return self._scalar(marked.replace("{", "{{").replace("}", "}}"))

    def _literal(self, item: str, place: str, sides: str = "back") -> str:
        return self._scalar(self._next(item, place, sides))

    def _stem(self, item: str) -> str:
        return f"stem: {self._prose(item, 'stem')}"

    def _choice(self, item: str) -> list[str]:
        options = [f"{{text: {self._prose(item, 'option')}, why: {self._prose(item, 'why')}}}" for _ in range(3)]
        distractors = f"distractors: [{options[1]}, {options[2]}]"
        return [self._stem(item), f"key: {options[0]}", distractors, f"misconception: {self._held}"]

    def _multiple(self, item: str) -> list[str]:
        keys, distractor = f"keys: [{self._prose(item, 'option')}]", self._prose(item, "option")
        return [self._stem(item), keys, f"distractors: [{distractor}]"]

    def _true_false(self, item: str) -> list[str]:
        return [f"statement: {self._prose(item, 'stem')}", "key: true"]

    def _cloze(self, item: str) -> list[str]:
        text, answer = islice(self._texts, 2)
        self._contents += 2
        self._front[item]["stem"] = [shown(f"{text} - [...]")]
        self._back[item]["stem"] = [shown(f"{text} - ") + shown(answer)]
        stem, gap = (backslashed(one).replace("{", "{{").replace("}", "}}") for one in (text, answer))
        return [f"text: {self._scalar(stem + ' - {1}')}", f"blanks: [{{key: a, text: {self._scalar(gap)}}}]"]

    def _numeric(self, item: str) -> list[str]:
        unit = self._next(item, "unit", "front")
        self._back[item]["key"] = [shown(f"20 {unit}")]
        return [self._stem(item), "key: 20", f"unit: {self._scalar(unit)}"]

    def _short(self, item: str) -> list[str]:
        accepted = f"{self._literal(item, 'accepted')}, {self._literal(item, 'accepted')}"
        return [self._stem(item), f"key: {self._literal(item, 'key')}", f"accept: [{accepted}]"]

    def _family(self, item: str) -> list[str]:
        """What stands for a variable is part of the question's id too."""
        word = next(text for text in self._texts if len(text) < 100)
        self._contents += 1
        self._asked = name = f"{item}#word={word}"
        self._front[name]["stem"] = self._back[name]["stem"] = [shown(f"{word}:")]
        return [
            "stem: '{word}:'",
            f"key: {self._literal(name, 'key')}",
            f"for: {{word: [{self._scalar(escaped(word))}]}}",
        ]

    def _order(self, item: str) -> list[str]:
        things = [f"{{text: {self._prose(item, 'thing')}, value: v{number}}}" for number in range(3)]
        self._back[item]["solution"] = self._back[item].pop("thing")
        return [self._stem(item), f"sequence: [{', '.join(things)}]"]

    def _match(self, item: str) -> list[str]:
        sides = [(self._prose(item, "left"), self._prose(item, "right")) for _ in range(2)]
        pairs = [f"{{left: {{text: {left}}}, right: {{text: {right}}}}}" for left, right in sides]
        front = self._front[item]
        front["slot"], front["thing"] = front.pop("left"), front.pop("right")
        return [self._stem(item), f"pairs: [{', '.join(pairs)}]"]

    def _figure(self, item: str) -> list[str]:
        key, distractor = self._prose(item, "option"), self._prose(item, "option")
        return [
            self._stem(item),
            f'figure: {{scenario: {self._run}, mask: "message:1"}}',
            f"key: {key}",
            f"distractors: [{distractor}]",
        ]


def files(alone: list[str], pairs: list[str]) -> Iterator[Written]:
    """Each text alone at half of the places, then the pairs, each at one."""
    for start in range(0, len(alone), 2):
        yield Author(cycle(alone[start:] + alone[:start])).file(f"alone-{start}")
    author = Author(iter(pairs))
    for number in count():
        try:
            yield author.file(f"pair-{number}")
        except (StopIteration, RuntimeError, ValueError):
            return
