"""What is wrong with the shape of a file, in the author's words: pydantic's errors as diagnostics with places."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.knowledge import schema
from quizgen.source.node import Node

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

_INSIDE: dict[str, type[BaseModel]] = {
    "scenarios": schema.Scenario,
    "misconceptions": schema.Misconception,
    "figure": schema.FigureRef,
    "blanks": schema.Gap,
    "pairs": schema.Pair,
    "notes": schema.Block,
    **dict.fromkeys(("key", "keys", "distractors", "options", "left", "right", "sequence"), schema.Option),
}
_PATTERNS = {
    "topic": "an area and a name in lower case, as in tcp/handshake",
    "requires": "the id of a topic, as in tcp/handshake",
    "id": "lower-case words with hyphens between, as in synack-acknowledges",
    "scenarios": "a lower-case name that claims can use, as in lost_third",
    "misconceptions": "lower-case words with hyphens between, as in both-established-together",
    "for": "a lower-case name, as in end",
    "vary": "a lower-case name, as in seq",
}
_WANTED = {
    "list_type": "a list (lines that begin with `- `)",
    "string_type": "text",
    "dict_type": "a text, or one for each language: {en: ..., zh: ...}",
    "model_type": "a group of `key: value` lines",
    "model_attributes_type": "a group of `key: value` lines",
    "union_tag_invalid": "an item type",
}


def findings(error: ValidationError, node: Node) -> list[Diagnostic]:
    """One diagnostic for each thing that pydantic found; `node` is the file's root."""
    return [_finding(detail, node) for detail in error.errors()]


def _finding(detail: ErrorDetails, root: Node) -> Diagnostic:
    kind, path = detail["type"], _path(detail["loc"])
    if kind == "extra_forbidden":
        return _unknown_key(root, path, detail["loc"])
    if kind in ("missing", "union_tag_not_found"):
        name = "type" if kind == "union_tag_not_found" else str(path[-1])
        return _missing(root, path if kind == "union_tag_not_found" else path[:-1], name)
    if kind == "union_tag_invalid":
        return _unknown_type(root, path, detail)
    if kind == "too_short":
        return Diagnostic(
            "QG103",
            f"`{_last_key(path)}` needs more entries",
            root.at(path).span,
            label=f"expected at least {detail['ctx']['min_length']}",
        )
    if kind in ("string_pattern_mismatch", "string_too_long"):
        wanted = next(
            (_PATTERNS[part] for part in reversed(path) if isinstance(part, str) and part in _PATTERNS),
            "a shorter or plainer name",
        )
        place = root.at(path)
        return Diagnostic(
            "QG105",
            "this name cannot be used",
            _key_or_value(root, detail["loc"]) or place.span,
            label=f"expected {wanted}",
        )
    if kind == "value_error":
        return Diagnostic("QG104", str(detail["ctx"]["error"]), root.at(path).span)
    wanted = _WANTED.get(kind, detail["msg"].removeprefix("Input should be ").removeprefix("Value error, "))
    return Diagnostic(
        "QG104", f"`{_last_key(path)}` has the wrong type", root.at(path).span, label=f"expected {wanted}"
    )


def _path(loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """pydantic's location without its own marks: the tag of a union, `[key]`, names of validators."""
    path = list(loc)
    if len(path) > 2 and path[0] == "items" and path[2] in schema.ITEMS:
        del path[2]
    return tuple(part for part in path if part != "[key]" and not (isinstance(part, str) and "[" in part))


def _key_or_value(root: Node, loc: Sequence[str | int]) -> Any:
    if "[key]" not in loc:
        return None
    at = list(_path(loc))
    parent = root.at(at[:-1])
    return parent.key_span(str(at[-1])) if parent.kind == "map" else None


def _last_key(path: Sequence[str | int]) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "the file")


def _unknown_key(root: Node, path: Sequence[str | int], loc: Sequence[str | int]) -> Diagnostic:
    key = str(path[-1])
    fields = _fields(path, loc)
    close = get_close_matches(key, fields, n=1, cutoff=0.5)
    parent = root.at(path[:-1])
    help_ = f"did you mean `{close[0]}`?" if close else f"known here: {', '.join(fields)}"
    span = parent.key_span(key) if parent.kind == "map" else parent.span
    return Diagnostic("QG101", f"unknown key `{key}`", span, help=help_, fix=close[0] if close else None)


def _fields(path: Sequence[str | int], loc: Sequence[str | int]) -> list[str]:
    shape: type[BaseModel] = schema.File
    if path[0] == "items" and len(path) > 2:
        shape = schema.ITEMS.get(str(loc[2]), schema.ChoiceItem)
    for part in path[:-1]:
        shape = _INSIDE.get(str(part), shape)
    return [info.alias or name for name, info in shape.model_fields.items()]


def _missing(root: Node, path: Sequence[str | int], name: str) -> Diagnostic:
    place = root.at(path)
    return Diagnostic("QG102", f"`{name}` is missing here", place.head, help=_ADD.get(name, f"add `{name}:`"))


_ADD = {
    "type": f"add `type:` with one of {', '.join(schema.ITEMS)}",
    "stem": 'add `stem: {en: "...", zh: "..."}`',
    "id": "add `id:`, a name that stays the same when the text changes",
}


def _unknown_type(root: Node, path: Sequence[str | int], detail: ErrorDetails) -> Diagnostic:
    place = root.at((*path, "type"))
    tag = str(detail["ctx"]["tag"])
    close = get_close_matches(tag, schema.ITEMS, n=1, cutoff=0.4)
    help_ = f"did you mean `{close[0]}`?" if close else f"the types are {', '.join(schema.ITEMS)}"
    return Diagnostic("QG106", f"`{tag}` is no item type", place.span, help=help_, fix=close[0] if close else None)
