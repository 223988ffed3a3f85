"""What a YAML file says, with the place of every key and value: texts, lists and maps, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from quizgen.spans import SourceFile, Span

Kind = Literal["scalar", "list", "map"]
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Content: TypeAlias = "str | list[Node] | dict[str, Node]"

_NULLS = frozenset(("", "null", "~"))
_KINDS: dict[type, Kind] = {str: "scalar", list: "list", dict: "map"}


class Node:
    """A value of the file. There are hundreds of thousands of them: places are offsets, and a Span is made when asked for.

    content: the text, the elements in their order, or the values by key in the file's order.
    style: how a text is written: "" plain, a quote, or `|` or `>` for a block.
    start, length: its place in the source's text; `key_start`, `key_length` that of its key, set for values of a map.
        Lengths, and not ends: Python keeps the small numbers once for all.
    """

    __slots__ = ("content", "key_length", "key_start", "length", "source", "start", "style")

    key_start: int
    key_length: int

    def __init__(self, source: SourceFile, content: Content, start: int, length: int, style: str = "") -> None:
        self.source = source
        self.content = content
        self.start = start
        self.length = length
        self.style = style

    def __repr__(self) -> str:
        line, column = self.source.position(self.start)
        return f"<{self.kind} at {self.source.name}:{line}:{column}>"

    @property
    def kind(self) -> Kind:
        """Whether this is a text, a list or a map."""
        return _KINDS[type(self.content)]

    @property
    def quoted(self) -> bool:
        """Whether a text stands in quotes or is a block, so that it is a text and never null."""
        return bool(self.style)

    @property
    def text(self) -> str:
        """The text of a scalar, as written; "" for a list or a map."""
        return self.content if isinstance(self.content, str) else ""

    @property
    def elements(self) -> Sequence[Node]:
        """The elements of a list; none for a scalar or a map."""
        return self.content if isinstance(self.content, list) else ()

    @property
    def entries(self) -> dict[str, Node]:
        """The values of a map by key; none for a scalar or a list."""
        return self.content if isinstance(self.content, dict) else {}

    @property
    def span(self) -> Span:
        """All of the value."""
        end = self.start + self.length
        if self.style in ("|", ">"):  # the parser counts the empty lines after a block
            end = self.start + len(self.source.text[self.start : end].rstrip())
        return Span(self.source, self.start, end)

    @property
    def key(self) -> Span:
        """The key of a value of a map."""
        return Span(self.source, self.key_start, self.key_start + self.key_length)

    @property
    def head(self) -> Span:
        """A short place that stands for the whole: the first key of a map, the head of a list's first element."""
        for child in self.entries.values():
            return child.key
        return self.elements[0].head if self.elements else self.span

    def key_span(self, key: str) -> Span:
        """The key of a map; the head where there is no such key."""
        child = self.entries.get(key)
        return self.head if child is None else child.key

    def at(self, path: Sequence[str | int]) -> Node:
        """The node at the end of the path of keys and indexes, or the deepest one that there is on the way to it."""
        node = self
        for step in path:
            child = node._child(step)
            if child is None:
                break
            node = child
        return node

    def _child(self, step: str | int) -> Node | None:
        if isinstance(step, str):
            return self.entries.get(step)
        return self.elements[step] if 0 <= step < len(self.elements) else None

    def plain(self) -> Plain:
        """The value without places. Every text stays a str (`no`, `012` and `1e3` too), save an unquoted null or `~`, or
        nothing at all, which are None.
        """
        content = self.content
        if isinstance(content, str):
            return None if not self.style and content in _NULLS else content
        if isinstance(content, list):
            return [child.plain() for child in content]
        return {key: child.plain() for key, child in content.items()}
