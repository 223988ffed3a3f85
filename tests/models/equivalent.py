"""What a list of mutants that no test can kill is made of; each such list is `tests/models/<model>/equivalent_mutants.py`."""

from __future__ import annotations

from typing import NamedTuple


class Equivalent(NamedTuple):
    """A mutant by its file in the model's package, the line before and after, and why it makes no difference."""

    file: str
    original: str
    mutated: str
    why: str
