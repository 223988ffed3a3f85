"""What tough-cookie and Chromium did with generated cases, kept for machines without them.

python -m tests.models.cookies.oracle.recorded      records both anew (Node with npm, Chromium, openssl)
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from quizgen.models.cookies.rules import EDITIONS
from quizgen.models.values import Term
from tests.models.cookies.oracle import chromium_differences, tough_differences
from tests.models.cookies.oracle.case import Case, Oracle, Outcome, Reply
from tests.models.cookies.oracle.generate import cases
from tests.models.cookies.oracle.predict import Difference

_FOLDER = Path(__file__).parent / "recordings"
DIFFERENCES = {"tough-cookie": tough_differences.DIFFERENCES, "Chromium": chromium_differences.DIFFERENCES}
MOST = {"tough-cookie": 2, "Chromium": 4}
"""How many Set-Cookies a response has at most; visits cost Chromium more than cookies do."""


def pairs_of(name: str, seed: int, pairs: int) -> Iterator[Case]:
    """Generated cases with so many Set-Cookies together."""
    made = 0
    for case in cases(Random(seed), MOST[name]):
        if made >= pairs:
            return
        made += case.pairs
        yield case


class Recorded:
    """An oracle that knows only what was recorded."""

    def __init__(self, name: str) -> None:
        self.name = name
        with gzip.open(_path(name), "rt", encoding="utf-8") as lines:
            head, *rest = map(json.loads, lines)
        self.version, self.slack = head["version"], head["slack"]
        self._replies = {(line["edition"], _key(Case.of(line["case"]))): line for line in rest}
        self.cases = [(EDITIONS.term(line["edition"]), Case.of(line["case"])) for line in rest if not line["example"]]

    def run(self, case: Case, term: Term) -> Reply:
        """What was recorded; KeyError for a case that was not."""
        line = self._replies[term.name, _key(case)]
        return Reply(line["now"], Outcome.of(line))


def _path(name: str) -> Path:
    return _FOLDER / f"{name.lower()}.jsonl.gz"


def _key(case: Case) -> str:
    return json.dumps(case.plain())


def _lines(oracle: Oracle, chosen: Iterable[tuple[Term, Case]], example: bool) -> Iterator[dict[str, Any]]:
    for term, case in chosen:
        reply = oracle.run(case, term)
        yield {
            "edition": term.name,
            "example": example,
            "case": case.plain(),
            "now": reply.now,
            **reply.outcome.plain(),
        }


def _examples(differences: Sequence[Difference]) -> Iterator[tuple[Term, Case]]:
    return ((term, one.example) for one in differences for term in one.editions)


def record(oracle: Oracle, version: str, pairs: int) -> None:
    """Write down what the oracle does with the examples of its differences and with so many generated pairs."""
    generated = ((term, case) for case in pairs_of(oracle.name, 0, pairs) for term in EDITIONS.terms())
    lines = [{"version": version, "slack": oracle.slack}, *_lines(oracle, _examples(DIFFERENCES[oracle.name]), True)]
    lines += _lines(oracle, generated, False)
    text = "".join(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n" for line in lines)
    _path(oracle.name).write_bytes(gzip.compress(text.encode(), mtime=0))


def main() -> None:
    """Record both."""
    from playwright.sync_api import sync_playwright

    from tests.models.cookies.oracle.chromium import Chromium
    from tests.models.cookies.oracle.tough import VERSION, Tough

    with Tough() as tough:
        record(tough, VERSION, 2000)
    with sync_playwright() as driver, Chromium(driver.chromium) as chromium:
        record(chromium, chromium.version, 300)


if __name__ == "__main__":
    main()
