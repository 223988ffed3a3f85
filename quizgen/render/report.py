"""report.json: what was built, from what, and the sha256 of every file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from quizgen.items.question import Bank
from quizgen.render.publish import MARK


def write_report(bank: Bank, out: Path, fingerprint: str, coverage: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Write the report of the files in `out` and return it.

    `fingerprint` stands for everything that the outputs depend on. `coverage`: model -> group -> counts.
    """
    items = {question.item: question for question in bank.questions}.values()
    report: dict[str, Any] = {
        "quizgen": bank.version,
        "fingerprint": fingerprint,
        "languages": list(bank.languages),
        "items": {
            "total": len(items),
            "by_topic": _counts(question.topic for question in items),
            "by_type": _counts(question.type for question in items),
            "by_standing": _counts(question.standing for question in items),
        },
        "questions": len(bank.questions),
        "misconceptions": sum(len(topic.misconceptions) for topic in bank.topics),
        "coverage": coverage,
        "files": {
            str(file.relative_to(out).as_posix()): digest(file) for file in sorted(out.rglob("*")) if file.is_file()
        },
    }
    (out / MARK).write_text(json.dumps(report, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    return report


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def digest(file: Path) -> str:
    """The sha256 of a file's bytes."""
    return sha256(file.read_bytes()).hexdigest()


def up_to_date(out: Path, fingerprint: str) -> dict[str, Any] | None:
    """The report in `out` if it was built from the same fingerprint and no file has changed since; else None."""
    try:
        report: dict[str, Any] = json.loads((out / MARK).read_text("utf-8"))
        same = report["fingerprint"] == fingerprint
        return report if same and all(digest(out / name) == value for name, value in report["files"].items()) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
