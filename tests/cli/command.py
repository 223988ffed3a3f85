"""The command line as a person starts it, into a pipe or on a terminal, and the files that it is tried on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

QUIZGEN = [sys.executable, "-m", "quizgen"]
GOOD = "topic: t/good\ntitle: Good\nmodel: tcp\nitems:\n  - {id: a, type: short, stem: S, ask: handshake.state(client)%s}\n"
FILES = {
    "good.yaml": GOOD % ", rationale: R, source: S",
    "warn.yaml": GOOD % ", rationale: R",
    "bad.yaml": GOOD % ", rationale: R, source: S, key: LISTEN",
    "broken.yaml": "topic: [",
    "most.yaml": GOOD % ", rationale: R, source: S"
    + "".join(
        f"  - {{id: n{n}, type: short, stem: S{n}, ask: handshake.state(client), rationale: R, source: S}}\n"
        for n in range(198)
    )
    + "  - {id: c, type: short, stem: T, cited: C, key: K, rationale: R, source: S}\n",
    "own.yaml": "model: tcp\nscenarios:\n  mine: {title: {en: My own, zh: 我的}, run: [established]}\n  fails: {title: T, run: [deliver]}\n",
    "over.yaml": "model: tcp\nscenarios:\n  handshake: {title: Mine, run: [established]}\n",
    "notes.md": "none",
    "empty/notes.md": "none",
}


def run(folder: Path, *args: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*QUIZGEN, *args], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "COLUMNS": "80", **env},
    )  # fmt: skip


def terminal(folder: Path, *args: str, **env: str) -> str:
    """What a terminal gets, both streams together."""
    pexpect = pytest.importorskip("pexpect")
    shown: bytes = pexpect.run(
        " ".join([*QUIZGEN, *args]), cwd=str(folder), timeout=60, env={**os.environ, "TERM": "xterm", **env}
    )
    return shown.decode()
