"""What a person chose for the outputs."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizgen.knowledge.lock import Lock


@dataclass(frozen=True)
class Options:
    """`languages` to write, the `seed` that fixes the order of options in what is printed, and the `lock`, in which
    the deck of the last build is remembered and which this one brings up to date. `modern`: Anki packages in the form
    that today's Anki writes, which needs zstandard.
    """

    languages: tuple[str, ...]
    seed: int = 0
    lock: Lock = field(default_factory=Lock)
    modern: bool = False
