"""What `quizgen trace` changes in a TCP scenario: segments lost or duplicated, other initial sequence numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from quizgen.cli.compile import usage_error

if TYPE_CHECKING:
    from quizgen.models.tcp.run import Trace
    from quizgen.models.tcp.seq import Seq


def altered(steps: Sequence[Any], lose: Sequence[int], duplicate: Sequence[int], iss: str) -> Trace:
    """The run of a TCP scenario with these changes; says on standard error which steps find no place in it. A usage
    error for a number that no segment has.
    """
    from quizgen.models.base import ModelError
    from quizgen.models.tcp import faults

    try:
        changed = faults.run(steps, lose, duplicate, _initial_numbers(iss))
    except ModelError as error:
        usage_error(str(error), "without `--lose` and `--duplicate`, the ladder shows the numbers")
    for one in changed.left_out:
        typer.echo(f"step {one.step + 1} (`{_spelt(steps[one.step])}`) is left out: {one.why}", err=True)
    return changed.trace


def _initial_numbers(iss: str) -> Mapping[str, Seq]:
    """`X,Y` as the numbers of client and server; none for ""."""
    from quizgen.models.tcp.seq import SPACE, Seq

    if not iss:
        return {}
    found = re.fullmatch(r"\s*([0-9]{1,10})\s*,\s*([0-9]{1,10})\s*", iss)
    if found is None or max(map(int, found.groups())) >= SPACE:
        usage_error(
            f"`--iss {iss}` is not two numbers from 0 to {SPACE - 1}, the client's and the server's",
            f"write them with a comma between, as in `--iss {SPACE - 1},0`",
        )
    return {end: Seq("", int(number)) for end, number in zip(("client", "server"), found.groups(), strict=True)}


def _spelt(step: Any) -> str:
    """A step as it is written in YAML."""
    if isinstance(step, Mapping):
        return ", ".join(f"{key}: {_inner(value)}" if value else str(key) for key, value in step.items())
    return str(step)


def _inner(value: Any) -> str:
    return f"{{{_spelt(value)}}}" if isinstance(value, Mapping) else str(value)
