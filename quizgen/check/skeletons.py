"""Items to begin with: for an element of a model the YAML of an item whose answer rests on it, its texts left to the author."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from quizgen.check.compile import shipped_scenarios
from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import Evaluation, evaluate
from quizgen.claims.kinds import show
from quizgen.items.case import is_answer
from quizgen.items.shared import Shared
from quizgen.knowledge.knowledge import Knowledge, say
from quizgen.models.base import Element, Model
from quizgen.models.values import Quantity, Term, TermSet

_PLAIN = re.compile(r"[A-Za-z][\w.()=§ -]*")
_OTHERS = 3
"""How many distractors are offered."""


def evaluated(model: Model, element: Element) -> Evaluation | None:
    """What the model's own expression for the element comes to; None where it has none, or none that can be answered."""
    ask = model.asks().get(element.id)
    try:
        return evaluate(ask, _names(model)) if ask else None
    except ClaimError:
        return None


@cache
def _shared(name: str) -> Shared:
    return Shared(Knowledge(), ("en", "zh"), shipped_scenarios((name,)))


def _names(model: Model) -> Mapping[str, Any]:
    return _shared(model.name).names((model.name,))


def skeleton(model: Model, element: Element) -> str:
    """An entry of a topic's `items:`, indented by two. Without an expression of the model's its `claim` is left to the
    author, too.
    """
    found = evaluated(model, element)
    value = found.value if found is not None else None
    shape = next(shape for fits, shape in _SHAPES if fits(value))
    ask = found.expression if found is not None else "TODO"
    fields = {"id": skeleton_id(model, element), **shape(element, ask, value), "source": str(element.cite)}
    lines = [f"{name}: {_written(field)}" for name, field in fields.items()]
    lines.insert(2, f"model: {model.name}")
    return "".join(f"  {'-' if number == 0 else ' '} {line}\n" for number, line in enumerate(lines))


def skeleton_id(model: Model, element: Element) -> str:
    """The id of the item: of the model and the element."""
    words = re.findall(r"[a-z0-9]+", f"{model.name} {element.id}".lower())
    return "-".join(words)[:80].rstrip("-")


def _title(element: Element) -> dict[str, str]:
    """What the element is, in a text in which braces stand for themselves."""
    return {lang: say(element.title, lang).replace("{", "{{").replace("}", "}}") for lang in ("en", "zh")}


def _asking(element: Element) -> dict[str, str]:
    title = _title(element)
    return {"en": f"TODO: ask about: {title['en']}", "zh": f"待写：就此提问：{title['zh']}"}


def _stating(element: Element) -> dict[str, str]:
    title = _title(element)
    return {"en": f"TODO: a statement on: {title['en']}", "zh": f"待写：就此写一句论断：{title['zh']}"}


_WHY = {"en": "TODO: why", "zh": "待写：理由"}


def _true_false(element: Element, ask: str, value: Any) -> dict[str, Any]:
    key = "false" if value is False else "true"
    return {"type": "true-false", "statement": _stating(element), "claim": ask, "key": key, "rationale": _WHY}


def _choice(element: Element, ask: str, value: Term) -> dict[str, Any]:
    others = [term.name for term in value.domain.terms() if term != value][:_OTHERS]
    asked = {"type": "choice", "stem": _asking(element), "ask": ask, "key": value.name, "distractors": others}
    return {**asked, "rationale": _WHY}


def _multiple(element: Element, ask: str, value: TermSet) -> dict[str, Any]:
    others = [term.name for term in value.domain.terms() if term not in value][:_OTHERS]
    keys = [term.name for term in value.domain.terms() if term in value]
    asked = {"type": "multiple", "stem": _asking(element), "ask": ask, "keys": keys, "distractors": others}
    return {**asked, "rationale": _WHY}


def _numeric(element: Element, ask: str, value: Any) -> dict[str, Any]:
    return {"type": "numeric", "stem": _asking(element), "ask": ask, "key": show(value), "rationale": _WHY}


def _short(element: Element, ask: str, value: Any) -> dict[str, Any]:
    return {"type": "short", "stem": _asking(element), "ask": ask, "key": show(value), "rationale": _WHY}


_SHAPES: tuple[tuple[Callable[[Any], bool], Callable[..., dict[str, Any]]], ...] = (
    (lambda value: isinstance(value, Term), _choice),
    (lambda value: isinstance(value, TermSet) and 0 < len(value) < len(value.domain.members), _multiple),
    (lambda value: isinstance(value, int | float | Quantity) and not isinstance(value, bool), _numeric),
    (lambda value: value is not None and not isinstance(value, bool) and is_answer(value), _short),
    (lambda value: True, _true_false),
)
"""The type of item that suits a value; the first that fits."""


def _written(value: Any) -> str:
    """The value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_quoted(text)}" for name, text in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_quoted, value)) + "]"
    return value if _PLAIN.fullmatch(value) and not value.endswith(" ") else _quoted(value)


def _quoted(text: str) -> str:
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


_HEAD = """\
# Items to begin with, one for each element of a model that no item asks about. The expressions and keys stand; write the
# texts, choose another type where it suits better, and move the items to their topics.
topic: draft/uncovered
title: {en: 'TODO: a title', zh: '待写：标题'}
"""


def draft(elements: Sequence[tuple[Model, Element]]) -> str:
    """A knowledge file with the skeletons of these elements."""
    items = "".join(skeleton(model, element) for model, element in elements)
    return _HEAD + (f"items:\n{items}" if items else "items: []\n")
