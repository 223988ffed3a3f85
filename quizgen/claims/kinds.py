"""What kind of thing an answer is: how it is shown, read from an author's text, and compared.

Kinds are Python's bool, int, float, str, tuple, frozenset and None, and the models' own (quizgen.models.values), which
bring `show(lang)` and `read(text)` with them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Any

from quizgen.models.values import Term, TermSet, Unreadable, enumerated

_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
TRUTH = {True: {"en": "True", "zh": "正确"}, False: {"en": "False", "zh": "错误"}}


def kind(value: object) -> str:
    """The kind in a word or two, for messages: `truth`, `number`, `TCP state`, `sequence number`."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int | float | Fraction):
        return "number"
    if isinstance(value, Term):
        return value.domain.name
    if isinstance(value, TermSet):
        return f"set of {value.domain.name}s"
    if isinstance(value, frozenset | set):
        members = {kind(part) for part in value}
        return f"set of {members.pop()}s" if len(members) == 1 else "set"
    if isinstance(value, tuple | list):
        return "sequence"
    if isinstance(value, str):
        return "text"
    return str(getattr(value, "kind", type(value).__name__.lower()))


def a_kind(value: object) -> str:
    """The kind with its article: `a TCP state`, `an end`."""
    said = kind(value)
    return f"{'an' if said[:1] in 'aeio' else 'a'} {said}"


def show(value: Any, lang: str = "en") -> str:
    """The value as people write it."""
    if hasattr(value, "show"):
        return str(value.show(lang))
    if isinstance(value, bool):
        return TRUTH[value].get(lang, str(value))
    # Most are; and to ask of them whether they are a Fraction takes longer than to print them.
    if isinstance(value, int | str):
        return str(value)
    if isinstance(value, frozenset | set):
        return enumerated(sorted(show(part, lang) for part in value), lang)
    if isinstance(value, tuple | list):
        return " → ".join(show(part, lang) for part in value) or "–"
    if isinstance(value, float | Fraction):
        return f"{float(value):.6g}"
    return str(value)


def cut(text: str, most: int = 160) -> str:
    """The beginning of a long text."""
    return text if len(text) <= most else text[: most - 1] + "…"


def read(text: str, like: Any) -> Any:
    """What an author wrote, as the same kind of value as `like`. Raises Unreadable."""
    text = text.strip()
    if hasattr(like, "read"):
        return like.read(text)
    if isinstance(like, bool):
        return _read_truth(text)
    if isinstance(like, int):
        return _read_number(text, int)
    if isinstance(like, float | Fraction):
        return _read_number(text, float)
    if isinstance(like, frozenset | set):
        return _read_set(text, like)
    if isinstance(like, tuple | list):
        parts = [part for part in re.split(r"\s*(?:→|->|,)\s*", text.strip("[]()")) if part]
        return tuple(read(part, like[min(index, len(like) - 1)]) for index, part in enumerate(parts)) if like else ()
    return text


def _read_truth(text: str) -> bool:
    if text.casefold() not in _TRUTHS:
        raise Unreadable(f"`{text}` is neither true nor false", ("true", "false"))
    return _TRUTHS[text.casefold()]


def _read_number(text: str, number: type[int] | type[float]) -> int | float:
    try:
        return int(text, 0) if number is int else float(text)
    except ValueError:
        pass
    try:
        return number(text.replace(",", "").replace("_", "").replace(" ", ""))
    except ValueError:
        raise Unreadable(f"`{text}` is no {'whole ' if number is int else ''}number") from None


def _read_set(text: str, like: frozenset[Any] | set[Any]) -> frozenset[Any]:
    member = next(iter(like), "")
    inner = text.strip("{}[]() ")
    parts = inner.split(",") if "," in inner else [inner]
    return frozenset(read(part.strip(), member) for part in parts if part.strip() not in ("", "–"))


def comparable(left: object, right: object) -> bool:
    """Whether it makes sense to ask if the two are equal; a state and a number never are, so asking is a mistake. Of sets
    and sequences their members tell; the empty ones are of every kind.
    """
    for several in (frozenset | set, tuple | list):
        if isinstance(left, several) and isinstance(right, several):
            return not left or not right or _meet(_kinds(left), _kinds(right))
    return _meet(_kinds([left]), _kinds([right]))


def may_hold(container: Collection[object], value: object) -> bool:
    """Whether it makes sense to ask if a set or sequence holds the value: some member is of its kind."""
    return not container or _meet(_kinds(container), _kinds([value]))


def _kinds(values: Iterable[object]) -> set[str]:
    """The kinds of some values, less what does not matter where two are compared; "" for nothing, which all can be."""
    found = {"" if value is None else kind(value) for value in values}
    return {"set" if name.startswith("set of ") else name.removeprefix("sequence ") for name in found}


def _meet(left: set[str], right: set[str]) -> bool:
    return bool(left & right) or "" in left | right
