"""What a person chose for the outputs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`languages` to write, and the `seed` that fixes the order of options in what is printed."""

    languages: tuple[str, ...]
    seed: int = 0
