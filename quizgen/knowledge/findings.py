"""What is wrong with the shape of a file, in the author's words: pydantic's errors as diagnostics with places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from quizgen.diagnostics.diagnostic import Diagnostic, did_you_mean
from quizgen.knowledge import schema, written
from quizgen.knowledge.fields import keys
from quizgen.models.values import shortened
from quizgen.source.node import Node
from quizgen.spans import Span

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_INSIDE: dict[str, type] = {
    "scenarios": schema.Scenario,
    "misconceptions": schema.Misconception,
    "figure": schema.FigureRef,
    "blanks": schema.Gap,
    "pairs": schema.Pair,
    "notes": schema.Block,
    **dict.fromkeys(("key", "keys", "distractors", "options", "left", "right", "sequence"), written.Option),
}
WANTED_NAMES = {
    "topic": "an area and a name in lower case, as in tcp/handshake",
    "requires": "the id of a topic, as in tcp/handshake",
    "id": "lower-case words with hyphens between, as in synack-acknowledges",
    "misconception": "the id of a misconception, as in both-established-together",
    "scenario": "the name of a scenario, as in lost_third",
    "ladder": "the name of a scenario, as in lost_third, or none",
    "figure": "the name of a scenario, as in lost_third",
    "scenarios": "a lower-case name that claims can use, as in lost_third",
    "misconceptions": "lower-case words with hyphens between, as in both-established-together",
    "for": "a lower-case name, as in end",
    "vary": "a lower-case name, as in seq",
}
"""What the name under this key should be, or those of its entries."""
_TEXT = "a text, or one for each language: {en: ..., zh: ...}"
_GROUP = "a group of `key: value` lines"
_LIST = "a list (lines that begin with `- `)"
_OPTION = "an option: a value, or `{text: ..., claim: ...}`"
_WANTED = {
    "list_type": _LIST,
    "string_type": "a text",
    "dict_type": _TEXT,
    "dataclass_type": _GROUP,
}
_WANTED_AT = {
    "model": "the name of a model, or a list of names",
    "mask": "a part, as in message:2, or a list of parts",
    "difficulty": "1, 2 or 3",
    "ladder": "the name of a scenario, or none",
    "scenarios": "a name for each scenario: `lost_third: {title: ..., run: [...]}`",
    "misconceptions": "an id for each misconception: `always-four: {statement: ..., ...}`",
    "for": "a list for each name, as in {end: [client, server]}",
    "vary": "a range for each name, as in {seq: 0..100}",
    "not_covered": "a reason for each element: `flag:AE: it came with RFC 9768`",
    "notes": f"{_LIST[:6]} of texts, figures and tables",
    "figure": "a scenario, or {diagram: ...}",
    "auto": "how many distractors there should be, 2 to 6",
    **dict.fromkeys(("key", "left", "right"), _OPTION),
}
_WANTED_IN = {
    **dict.fromkeys(("keys", "distractors", "options", "sequence"), _OPTION),
    "notes": "a text or a figure",
    "blanks": "a blank, as in {ask: ..., key: ...}",
    "pairs": "a pair, as in {left: ..., right: ...}",
    "items": "an item: a group of `key: value` lines",
}
"""What an element of the list under this key should be."""


def findings(error: ValidationError, node: Node) -> list[Diagnostic]:
    """One diagnostic for each thing that pydantic found; `node` is the file's root.

    What has no value at all is left out: `valueless` says that.
    """
    found = []
    for detail in error.errors():
        place = node.at(_path(detail["loc"], node))
        is_second = str(detail["loc"][-1]).startswith("literal[") if detail["loc"] else False  # of a union
        if not is_valueless(place) and not is_second:
            found.append(_finding(detail, node))
    return list(dict.fromkeys(found))


def is_valueless(node: Node) -> bool:
    """Whether nothing stands here, or an unquoted `null` or `~`."""
    return node.kind == "scalar" and node.plain() is None


def valueless(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Diagnostic]]:
    """Where a key or an entry of a list below this node has no value, with its path."""
    help_ = "write it behind the colon, or remove the line"
    for key, child in node.entries.items():
        if is_valueless(child):
            what = f"`{key}` has no value" if not child.text else f"`{child.text}` is no value"
            span = child.key if not child.text else child.span
            quotes = "remove the line; if it is a text, put it in quotes"
            yield (*path, key), Diagnostic("QG104", what, span, help=help_ if not child.text else quotes)
        yield from valueless(child, (*path, key))
    for index, child in enumerate(node.elements):
        if is_valueless(child):
            help_ = "write something behind the hyphen, or remove the line; if it is a text, put it in quotes"
            yield (*path, index), Diagnostic("QG104", "this entry of the list has no value", child.span, help=help_)
        yield from valueless(child, (*path, index))


def _finding(detail: ErrorDetails, root: Node) -> Diagnostic:
    kind, path = detail["type"], _path(detail["loc"], root)
    if kind == "unexpected_keyword_argument":
        return _unknown_key(root, path, detail["loc"])
    if kind == "missing":
        return _missing(root, path, str(detail["loc"][-1]))
    if kind == "union_tag_not_found":
        return _misspelt_type(root, path) or _missing(root, path, "type")
    if kind == "union_tag_invalid" and root.at((*path, "type")).kind == "scalar":
        return _unknown_type(root, path, detail)
    if kind == "union_tag_invalid":
        return Diagnostic("QG104", "`type` has the wrong shape", root.at((*path, "type")).span, label=_A_TYPE)
    if kind == "too_short":
        count = detail["ctx"]["min_length"]
        label = f"expected at least {count} {'entry' if count == 1 else 'entries'}"
        return Diagnostic("QG103", f"`{_last_key(path)}` needs more entries", root.at(path).span, label=label)
    if kind in ("string_pattern_mismatch", "string_too_long", "literal_error") and "difficulty" not in path[-1:]:
        return _bad_name(detail, path, root)
    if kind == "value_error":
        return Diagnostic("QG104", _said(detail, path), root.at(path).span, help=getattr(_cause(detail), "help", None))
    wanted = _wanted(detail, path)
    return Diagnostic(
        "QG104", f"`{_last_key(path)}` has the wrong shape", root.at(path).span, label=f"expected {wanted}"
    )


_A_TYPE = "expected an item type, as in choice"


def _cause(detail: ErrorDetails) -> Any:
    return detail["ctx"]["error"]


def _said(detail: ErrorDetails, path: Sequence[str | int]) -> str:
    return str(_cause(detail)).replace("KEY", f"`{_last_key(path)}`", 1)


def _wanted(detail: ErrorDetails, path: Sequence[str | int]) -> str:
    last = path[-1] if path else ""
    if isinstance(last, int) and _last_key(path) in _WANTED_IN:
        return _WANTED_IN[_last_key(path)]
    said = detail["msg"].removeprefix("Input should be ")
    return _WANTED_AT.get(str(last)) or _WANTED.get(detail["type"], said)


def _bad_name(detail: ErrorDetails, path: Sequence[str | int], root: Node) -> Diagnostic:
    wanted = next(
        (WANTED_NAMES[part] for part in reversed(path) if isinstance(part, str) and part in WANTED_NAMES), "a name"
    )
    if detail["type"] == "string_too_long":
        wanted = f"at most {detail['ctx']['max_length']} characters"
    span = _key_span(root, path) if "[key]" in detail["loc"] else root.at(path).span
    return Diagnostic("QG105", "this name cannot be used", span, label=f"expected {wanted}")


def _path(loc: Sequence[str | int], root: Node) -> tuple[str | int, ...]:
    """pydantic's location, as far as the file has it: less pydantic's own marks and the keys that are not there."""
    left = list(loc)
    if len(left) > 2 and left[0] == "items" and left[2] in schema.ITEMS:
        del left[2]
    path, node = [], root
    for part in left:
        child = node.at((part,))
        if child is not node:
            path.append(part)
            node = child
    return tuple(path)


def _key_span(root: Node, path: Sequence[str | int]) -> Span:
    return root.at(path[:-1]).key_span(str(path[-1]))


def _last_key(path: Sequence[str | int]) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "the file")


def _unknown_key(root: Node, path: Sequence[str | int], loc: Sequence[str | int]) -> Diagnostic:
    key = str(path[-1])
    fields = _fields(path, loc)
    close = get_close_matches(key, fields, n=1, cutoff=0.5)
    parent = root.at(path[:-1])
    help_ = did_you_mean(close) or f"known here: {', '.join(fields)}"
    return Diagnostic(
        "QG101", f"unknown key `{shortened(key)}`", parent.key_span(key), help=help_, fix=close[0] if close else None
    )


def _fields(path: Sequence[str | int], loc: Sequence[str | int]) -> list[str]:
    shape: type = schema.File
    if path[0] == "items" and len(path) > 2:
        shape = schema.ITEMS.get(str(loc[2]), schema.ChoiceItem)
    for part in path[:-1]:
        shape = _INSIDE.get(str(part), shape)
    if written.AUTO in loc:
        shape = written.Auto
    return keys(shape)


def _missing(root: Node, path: Sequence[str | int], name: str) -> Diagnostic:
    place = root.at(path)
    return Diagnostic("QG102", f"`{name}` is missing here", place.head, help=_ADD.get(name, f"add `{name}:`"))


_ADD = {
    "type": f"add `type:` with one of {', '.join(schema.ITEMS)}",
    "stem": 'add `stem: {en: "...", zh: "..."}`',
    "id": "add `id:`, a name that stays the same when the text changes",
}


def _misspelt_type(root: Node, path: Sequence[str | int]) -> Diagnostic | None:
    """`Type:` or `typ:`, without which nothing else of the item can be read."""
    item = root.at(path)
    for key in item.entries:
        if get_close_matches("type", [key.casefold()], cutoff=0.8):
            return Diagnostic(
                "QG101", f"unknown key `{key}`", item.key_span(key), help="did you mean `type`?", fix="type"
            )
    return None


def _unknown_type(root: Node, path: Sequence[str | int], detail: ErrorDetails) -> Diagnostic:
    place = root.at((*path, "type"))
    tag = str(detail["ctx"]["tag"])
    close = get_close_matches(tag, schema.ITEMS, n=1, cutoff=0.4)
    help_ = did_you_mean(close) or f"the types are {', '.join(schema.ITEMS)}"
    return Diagnostic(
        "QG106", f"`{shortened(tag)}` is no item type", place.span, help=help_, fix=close[0] if close else None
    )
