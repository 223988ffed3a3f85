"""The two editions: the table of docs/models/cookies.md, and the shipped items that ask about what it says."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizgen.models.cookies.rules import LIMITS, RFC_6265, RFC_6265BIS, RULES
from quizgen.resources import resource

PAGE = (Path(__file__).parents[3] / "docs" / "models" / "cookies.md").read_text("utf-8")
TABLE = PAGE.partition("## The two editions")[2].partition("\n## ")[0]
ITEMS: list[dict[str, Any]] = yaml.safe_load((resource("content") / "cookies" / "editions.yaml").read_text("utf-8"))[
    "items"
]
# Rules that a row of the table covers without naming their very section, and rules that only name what a word means.
_OPTIONAL = {"lax-allowing-unsafe"}


def _sections(cell: str) -> set[str]:
    numbers = set(re.findall(r"§([0-9.]+[0-9])(?: steps? ([0-9]+)(?: to ([0-9]+))?)?", cell))
    return {
        f"{section} step {step}" if step else section
        for section, first, last in numbers
        for step in (range(int(first), int(last or first) + 1) if first else [""])
    }


def test_every_rule_that_only_6265bis_has_is_in_the_table() -> None:
    told = {section for row in TABLE.splitlines() if row.startswith("| ") for section in _sections(row.split("|")[3])}
    new = {rule.id: rule.new for rule in (*RULES.values(), *LIMITS.values()) if rule.new and not rule.old}
    missing = {id_ for id_, section in new.items() if section not in told and section.partition(" ")[0] not in told}
    assert missing <= _OPTIONAL
    assert all(rule.within(RFC_6265) or rule.within(RFC_6265BIS) for rule in RULES.values())


@pytest.mark.parametrize("item", ITEMS, ids=[item["id"] for item in ITEMS])
def test_an_item_about_an_edition_names_it(item: dict[str, Any]) -> None:
    for text in (item.get("stem") or item["statement"]).values():
        assert "{edition}" in text or "6265" in text


def test_there_are_several() -> None:
    assert len([item for item in ITEMS if item.get("for") == {"edition": ["RFC_6265", "RFC_6265bis"]}]) >= 4
