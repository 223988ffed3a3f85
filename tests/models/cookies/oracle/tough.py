"""tough-cookie, npm's implementation of RFC 6265, driven over a pipe."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from quizgen.models.cookies.rules import RFC_6265BIS
from quizgen.models.cookies.scenario import START
from quizgen.models.cookies.spec import SPEC, Edition
from quizgen.models.values import Term
from tests import npm
from tests.models.cookies.oracle.case import FAR, Case, Outcome, Reply, Stored

VERSION = "6.1.0"
_DRIVER = Path(__file__).with_name("driver.cjs")


class Tough:
    """A Node process that runs cases; a context manager. The clock stands at the time at which scenarios start."""

    name = "tough-cookie"
    slack = 0

    def __init__(self) -> None:
        installed = npm.folder("tough-cookie", VERSION).parents[1]
        command = ["node", str(_DRIVER), str(installed), str(START)]
        self._node = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self._line()["version"] == VERSION

    def __enter__(self) -> Tough:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._node.communicate()

    def _line(self) -> dict[str, Any]:
        assert self._node.stdout is not None
        answer: dict[str, Any] = json.loads(self._node.stdout.readline())
        return answer

    def run(self, case: Case, term: Term) -> Reply:
        """What tough-cookie makes of a case when it is set to go by that edition as far as it can be."""
        assert self._node.stdin is not None
        self._node.stdin.write(json.dumps({"edition": term.name, "steps": [_step(step) for step in case.steps]}) + "\n")
        self._node.stdin.flush()
        answer = self._line()
        stored = [one for one in answer["stored"] if one["expiry"] != "gone" and not _over(one["expiry"])]
        sent = tuple(map(_text, answer["sent"]))
        return Reply(START, Outcome(sent, tuple(sorted((_stored(one, term) for one in stored), key=str))))


def _over(expiry: Any) -> bool:
    """tough-cookie forgets an expired cookie only when it comes upon it."""
    return isinstance(expiry, int | float) and expiry <= START


def _octets(text: str) -> str:
    """A field value as HTTP libraries for Node hand it on: a character for each octet."""
    return text.encode().decode("latin-1")


def _text(octets: str) -> str:
    return octets.encode("latin-1").decode("utf-8", "surrogateescape")


def _step(step: Any) -> dict[str, Any]:
    sending, setting = step.contexts(Edition(SPEC, RFC_6265BIS))
    sets = [_octets(text) for text in step.sets]
    return {"url": step.url, "sets": sets, "script": step.kind == "script", "sending": sending, "setting": setting}


def _stored(one: Mapping[str, Any], term: Term) -> Stored:
    expiry = one["expiry"]
    return Stored(
        _text(one["name"]), _text(one["value"]), one["domain"], _text(one["path"]), one["hostOnly"], one["secure"],
        one["httpOnly"], one["sameSite"].capitalize() if term == RFC_6265BIS else "Default",
        None if expiry is None else FAR if expiry == "far" else min(FAR, int(expiry)),
    )  # fmt: skip
