"""What the classes of schema.py and written.py are made of: the kinds of their fields, and their strictness."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Any, TypeVar, cast, dataclass_transform

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.dataclasses import dataclass

from quizgen.knowledge import scalars

Text = Annotated[dict[str, str], BeforeValidator(scalars.text)]
Truth = Annotated[bool, BeforeValidator(scalars.truth)]
Expression = Annotated[str, BeforeValidator(scalars.expression)]
Filled = Annotated[str, BeforeValidator(scalars.filled)]
Words = Annotated[list[str], BeforeValidator(scalars.words)]
Span = Annotated[tuple[int, int], BeforeValidator(scalars.span)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
TopicId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$", max_length=80)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Variable = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]


_Shape = TypeVar("_Shape")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field, Field))
def strict(shape: type[_Shape]) -> type[_Shape]:
    """A class that refuses unknown keys. Slots: a deck can have a hundred thousand of them."""
    config = ConfigDict(extra="forbid", defer_build=True)
    return cast(type[_Shape], dataclass(frozen=True, slots=True, kw_only=True, config=config)(shape))


def keys(shape: Any) -> list[str]:
    """The keys that an author may write for one of these classes."""
    return [info.alias or name for name, info in shape.__pydantic_fields__.items()]
