"""What a YAML file says, with the place of every key and value: texts, lists and maps, and nothing else."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from quizgen.spans import SourceFile, Span

Kind = Literal["scalar", "list", "map"]
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"

_NULLS = frozenset(("", "null", "~"))
LIST, MAP = "[", "{"
_KINDS: dict[str, Kind] = {LIST: "list", MAP: "map"}
_BLOCKS = ("|", ">")
_NO_KEY = ""


class Tree:
    """The values of a file, each by its number: a deck can have millions, so they are columns and no objects.

    contents: a value's text, or the numbers of what a list or a map holds, in the file's order.
    styles: how it is written: "" plain, a quote, `|` or `>` for a block; LIST or MAP.
    starts, lengths: its place in the source's text; `key_starts`, `key_lengths` that of its key, `keys` the key itself, for
        values of a map.
    """

    __slots__ = ("contents", "key_lengths", "key_starts", "keys", "lengths", "source", "starts", "styles")

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.contents: list[str | array[int]] = []
        self.styles: list[str] = []
        self.keys: list[str] = []
        self.starts, self.lengths = array("I"), array("I")
        self.key_starts, self.key_lengths = array("I"), array("I")

    def add(self, content: str | array[int], start: int, length: int, style: str) -> int:
        """Add a value, as yet without a key; its number."""
        self.contents.append(content)
        self.styles.append(style)
        self.keys.append(_NO_KEY)
        self.starts.append(start)
        self.lengths.append(length)
        self.key_starts.append(0)
        self.key_lengths.append(0)
        return len(self.styles) - 1

    def plain(self, number: int) -> Plain:
        """The value without places; see Node.plain."""
        content, style = self.contents[number], self.styles[number]
        if isinstance(content, str):
            return None if not style and content in _NULLS else content
        if style == LIST:
            return [self.plain(child) for child in content]
        return {self.keys[child]: self.plain(child) for child in content}


class Node:
    """A value of the file, by its number in the file's tree."""

    __slots__ = ("_number", "_tree")

    def __init__(self, tree: Tree, number: int) -> None:
        self._tree = tree
        self._number = number

    def __repr__(self) -> str:
        line, column = self.source.position(self.start)
        return f"<{self.kind} at {self.source.name}:{line}:{column}>"

    @property
    def source(self) -> SourceFile:
        """The file."""
        return self._tree.source

    @property
    def start(self) -> int:
        """Where it begins in the source's text."""
        return self._tree.starts[self._number]

    @property
    def kind(self) -> Kind:
        """Whether this is a text, a list or a map."""
        return _KINDS.get(self._tree.styles[self._number], "scalar")

    @property
    def quoted(self) -> bool:
        """Whether a text stands in quotes or is a block, so that it is a text and never null."""
        style = self._tree.styles[self._number]
        return bool(style) and style not in _KINDS

    @property
    def text(self) -> str:
        """The text of a scalar, as written; "" for a list or a map."""
        content = self._tree.contents[self._number]
        return content if isinstance(content, str) else ""

    @property
    def elements(self) -> Sequence[Node]:
        """The elements of a list; none for a scalar or a map."""
        return tuple(self._children()) if self.kind == "list" else ()

    @property
    def entries(self) -> dict[str, Node]:
        """The values of a map by key; none for a scalar or a list."""
        keys = self._tree.keys
        return {keys[child._number]: child for child in self._children()} if self.kind == "map" else {}

    def _children(self) -> Iterator[Node]:
        content = self._tree.contents[self._number]
        return (Node(self._tree, child) for child in content) if not isinstance(content, str) else iter(())

    @property
    def span(self) -> Span:
        """All of the value."""
        start = self.start
        end = start + self._tree.lengths[self._number]
        if self._tree.styles[self._number] in _BLOCKS:  # the parser counts the empty lines after a block
            end = start + len(self.source.text[start:end].rstrip())
        return Span(self.source, start, end)

    @property
    def key(self) -> Span:
        """The key of a value of a map."""
        start = self._tree.key_starts[self._number]
        return Span(self.source, start, start + self._tree.key_lengths[self._number])

    @property
    def head(self) -> Span:
        """A short place that stands for the whole: the first key of a map, the head of a list's first element."""
        first = next(self._children(), None)
        if first is None:
            return self.span
        return first.key if self.kind == "map" else first.head

    def key_span(self, key: str) -> Span:
        """The key of a map; the head where there is no such key."""
        child = self._child(key)
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
        tree, content = self._tree, self._tree.contents[self._number]
        if isinstance(content, str):
            return None
        if tree.styles[self._number] == LIST:
            return Node(tree, content[step]) if isinstance(step, int) and 0 <= step < len(content) else None
        keys = tree.keys
        return next((Node(tree, child) for child in content if keys[child] == step), None)

    def plain(self) -> Plain:
        """The value without places. Every text stays a str (`no`, `012` and `1e3` too), save an unquoted null or `~`, or
        nothing at all, which are None.
        """
        return self._tree.plain(self._number)
