"""Options as an author writes them: a value, prose with a claim, or `auto` for those that the model proposes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from quizgen.knowledge import scalars
from quizgen.knowledge.fields import Expression, Id, Text, keys, strict


def option(raw: Any) -> Any:
    """The group of keys for which an author may write a value, some values, or a text in each language."""
    if isinstance(raw, str):
        return {"value": raw}
    if isinstance(raw, list):
        return {"value": ", ".join(raw)} if all(isinstance(part, str) for part in raw) and raw else raw
    if (
        isinstance(raw, dict)
        and raw
        and all(scalars.LANGUAGE.fullmatch(str(key)) for key in raw)
        and raw.keys().isdisjoint(keys(Option))
    ):
        return {"text": raw}
    return raw


@strict
class Option:
    """An option or key: a `value` of the kind that `ask` computes, or prose (`text`) with a `claim` that decides it.

    With both `value` and `text`, the text is what is shown and the value what is judged.
    """

    value: str | None = None
    text: Text | None = None
    claim: Expression | None = None
    why: Text | None = None
    misconception: Id | None = None


Choice = Annotated[Option, BeforeValidator(option)]


AUTO = "[auto]"
"""How pydantic marks such an entry in the places of its errors."""


@strict
class Auto:
    """Wrong answers that the model proposes and refutes, until there are `auto` distractors with the author's own."""

    auto: Annotated[int, Field(ge=2, le=6)]


def distractor(raw: Any) -> Any:
    """Like an option, but for the word `auto`."""
    return {"auto": 3} if raw == "auto" else option(raw)


def distractors(raw: Any) -> Any:
    """The list for which `auto` may stand alone."""
    return [raw] if raw == "auto" or (isinstance(raw, dict) and raw.keys() == {"auto"}) else raw


def _kind_of_distractor(raw: Any) -> str:
    return AUTO if isinstance(raw, Auto) or (isinstance(raw, dict) and "auto" in raw) else "[option]"


Distractor = Annotated[
    Annotated[Option, Tag("[option]")] | Annotated[Auto, Tag(AUTO)],
    Discriminator(_kind_of_distractor),
    BeforeValidator(distractor),
]
Distractors = Annotated[list[Distractor], BeforeValidator(distractors)]
