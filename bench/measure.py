"""Whole processes, timed in turn: A B A B ..., so that a machine that drifts drifts for both."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Command:
    """A command line. It runs in an empty folder, which is removed afterwards, unless `folder` says otherwise."""

    name: str
    argv: Sequence[str]
    folder: Path | None = None


@dataclass(frozen=True)
class Runs:
    """Seconds and peak memory (MiB) of each run."""

    seconds: list[float]
    memory: list[float]

    @property
    def median(self) -> float:
        """Median wall time in seconds."""
        return statistics.median(self.seconds)


def run(command: Command) -> tuple[float, float]:
    """Run once; wall seconds and peak resident memory in MiB. Raises RuntimeError with its output when it fails.

    Python keeps what it compiled, as it does for users, whatever the shell says.
    """
    folder = command.folder or Path(tempfile.mkdtemp(prefix="quizgen-bench-"))
    try:
        start = time.perf_counter()
        process = subprocess.Popen(
            command.argv, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(
                f"{command.name} failed with {process.returncode}:\n{output.decode(errors='replace')[-2000:]}"
            )
        return seconds, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    finally:
        if command.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def compare(one: Command, other: Command, runs: int) -> tuple[Runs, Runs, float]:
    """Both commands in turn after a warm-up; their runs, and the median of the ratios one/other pair by pair."""
    for command in (one, other):
        run(command)
    pairs = [(run(one), run(other)) for _ in range(runs)]
    ratio = statistics.median(a[0] / b[0] for a, b in pairs)
    first, second = (Runs([pair[i][0] for pair in pairs], [pair[i][1] for pair in pairs]) for i in (0, 1))
    return first, second, ratio
