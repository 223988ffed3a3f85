"""The order in which options are shown where nothing shuffles at run time: fixed by the question's id and a seed."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

_T = TypeVar("_T")


def shuffled(things: Sequence[_T], identity: str, seed: int = 0) -> list[_T]:
    """The things in an order that depends only on how many they are, the identity and the seed."""
    keys = [sha256(f"{seed}:{identity}:{index}".encode()).digest() for index in range(len(things))]
    return [thing for _, thing in sorted(zip(keys, things, strict=True), key=lambda pair: pair[0])]
