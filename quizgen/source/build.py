"""The parser's events, put together into nodes. What YAML has and quizgen does not read is found here."""

from __future__ import annotations

from array import array
from sys import intern
from typing import Any, NoReturn, Protocol

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.models.values import shortened
from quizgen.source.node import LIST, MAP, Node, Tree
from quizgen.spans import SourceFile, Span

MAX_DEPTH = 100
"""Lists and maps inside one another. libyaml's time grows with the square of it, and real files need about 12."""
MAX_FINDINGS = 1000
NO_TAGS = "every value is a text, a list or a map; if this is part of a text, put the text in quotes"
_KEEP_ONE = "keep one of them, or give the other another name"
_COMMA = "inside { } a comma ends a text; put a text that holds commas in quotes"
_WRITE_OUT = "write the value out again; if this is part of a text, put the text in quotes"


class Events(Protocol):
    """PyYAML's parsers, that of libyaml and the pure one."""

    def get_event(self) -> Any:
        """The next event; None after the last."""


class Stop(Exception):
    """The rest of the file is not worth reading; `found` says why."""


class Builder:
    """Builds the nodes of one document.

    found: the diagnostics so far.
    whole: whether the nodes are what the author meant; an alias, a tag or an entry without value makes it False.
    open: where the lists and maps begin that are not closed yet, outermost first.
    last: the last event, for whoever explains what went wrong after it.
    """

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.found: list[Diagnostic] = []
        self.whole = True
        self.root: Node | None = None
        self.open: list[int] = []
        self.last: Any = None
        self._tree = Tree(source)
        self._content: Any = None
        self._in_map = False
        self._key: Any = None
        self._number = 0
        self._begun_again = -1
        self._outer: list[tuple[int, Any, Any]] = []

    def build(self, events: Events) -> Node | None:
        """Read all events; the root, or None for a file without any value. Raises Stop, and what the parser raises."""
        handlers = {
            MappingStartEvent: self._start,
            SequenceStartEvent: self._start,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        get_event, scalar, value, add = events.get_event, ScalarEvent, self._tree.add, self._add
        while (event := get_event()) is not None:
            kind = type(event)
            if kind is scalar:  # nine events of ten: as little as possible happens here
                if event.anchor is not None or event.tag is not None:
                    self._refuse_property(event)
                if self._in_map and self._key is None:
                    self._key = event
                else:
                    start = event.start_mark.index
                    add(value(event.value, start, event.end_mark.index - start, event.style))
            elif kind in handlers:
                handlers[kind](event)
            else:
                continue
            self.last = event
        return self.root

    def _add(self, number: int) -> None:
        content = self._content
        if self._in_map:
            key, self._key = self._key, None
            name, tree, start = intern(key.value), self._tree, key.start_mark.index
            tree.keys[number] = name
            tree.key_starts[number], tree.key_lengths[number] = start, key.end_mark.index - start
            first = content.setdefault(name, number)
            if first != number or not tree.lengths[number] or not name:
                self._check_entry(name, Node(tree, first), Node(tree, number), again=first != number)
        elif content is not None:
            content.append(number)
        else:
            self.root = Node(self._tree, number)

    def _check_entry(self, name: str, first: Node, node: Node, *, again: bool) -> None:
        place = node.key
        if not name and place.start == place.end:
            self._report("QG020", "an entry begins without a key", place, help="write the key before the colon")
        if again and self._number != self._begun_again:
            begins = isinstance(self._outer[-1][1], list) and name == next(iter(self._content))
            help_ = "put `- ` before it if another entry begins here; else keep one of them" if begins else _KEEP_ONE
            self._begun_again = self._number if begins else -1
            self._report(
                "QG001", f"`{shortened(name)}` is given twice", place, "given again",
                labels=(Label(first.key, "first given here"),), help=help_, whole=True,
            )  # fmt: skip
        if node.span.start == node.span.end:
            self._check_missing_value(name, node)

    def _check_missing_value(self, key: str, node: Node) -> None:
        """In `{en: yes, and no}` the comma ends the text, and YAML reads a key `and no` without a value."""
        text, place = self.source.text, node.key
        if text[self.open[-1]] != "{" or ":" in text[place.end : node.start]:
            return
        name, colon, value = key.partition(":")
        if colon and name and value and text[place.start] not in "\"'":
            self._report("QG008", "a space is missing after the colon", place, help=f"write `{name}: {value}`")
        else:
            alone = text[self.open[-1] + 1 : place.start].isspace() or self.open[-1] + 1 == place.start
            help_ = "put the text in quotes, with its braces" if alone else _COMMA
            self._report(
                "QG012", f"`{shortened(key)}` stands in {{ }} without a value", place, "read as a key", help=help_
            )

    def _start(self, event: Any) -> None:
        start = event.start_mark.index
        if event.anchor is not None or event.tag is not None:
            self._refuse_property(event)
        if self._in_map and self._key is None:
            help_ = "if the braces or brackets are part of a text, put the whole text in quotes"
            self._refuse("QG020", "a list or a map stands where a key should be", start, start + 1, help_)
        if len(self.open) == MAX_DEPTH:
            self._refuse("QG023", f"more than {MAX_DEPTH} lists and maps stand inside one another", start, start + 1)
        self._outer.append((self._number, self._content, self._key))
        self._in_map = type(event) is MappingStartEvent
        self._content, self._key = {} if self._in_map else [], None
        self._number = self._tree.add("", start, 0, MAP if self._in_map else LIST)
        self.open.append(start)

    def _end(self, event: Any) -> None:
        tree, number, start, end = self._tree, self._number, self.open.pop(), event.end_mark.index
        children = tree.contents[number] = array("I", self._content.values() if self._in_map else self._content)
        if event.start_mark.index == end and children:  # a block is said to end where the next thing begins
            end = tree.starts[children[-1]] + tree.lengths[children[-1]]
        tree.lengths[number] = end - start
        self._number, self._content, self._key = self._outer.pop()
        self._in_map = isinstance(self._content, dict)
        self._add(number)

    def _document(self, event: Any) -> None:
        if self.root is not None:
            help_ = "one file holds one document: remove the line, or move what follows to a file of its own"
            start, end = event.start_mark.index, event.end_mark.index
            self._refuse("QG021", "a second document begins here", start, end, help_)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        message = "aliases (`*name`) are not read"
        if self._in_map and self._key is None:
            self._refuse("QG018", message, start, end, _WRITE_OUT)
        self._report("QG018", message, Span(self.source, start, end), help=_WRITE_OUT)
        self._add(self._tree.add(self.source.text[start:end], start, end - start, ""))

    def _refuse_property(self, event: Any) -> None:
        start = event.start_mark.index
        text = self.source.text[start : event.end_mark.index].split(maxsplit=1)[0]
        place = Span(self.source, start, start + len(text))
        if event.anchor is not None:
            self._report("QG018", "anchors (`&name`) are not read", place, help=_WRITE_OUT)
        if event.tag is not None:
            self._report("QG019", "tags (`!name`) are not read", place, help=NO_TAGS)

    def _refuse(self, code: str, message: str, start: int, end: int, help: str | None = None) -> NoReturn:
        self._report(code, message, Span(self.source, start, end), help=help)
        raise Stop

    def _report(
        self, code: str, message: str, span: Span, label: str = "",
        *, labels: tuple[Label, ...] = (), help: str | None = None, whole: bool = False,
    ) -> None:  # fmt: skip
        self.whole = self.whole and whole
        self.found.append(Diagnostic(code, message, span, label=label, labels=labels, help=help))
        if len(self.found) == MAX_FINDINGS:
            raise Stop
