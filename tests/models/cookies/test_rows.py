"""The rows of the cookies model stand in docs/models/cookies-rules.md, word for word, and their sections exist."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from quizgen.check.documents import sections
from quizgen.models import load
from quizgen.models.cookies.exchange_words import KEEPERS
from quizgen.models.cookies.rules import ATTRIBUTES, EDITIONS, LIMITS, RFC_6265, RULES, Rule
from quizgen.models.values import Domain

PAGE = (Path(__file__).parents[3] / "docs" / "models" / "cookies-rules.md").read_text("utf-8")
ROWS = [*RULES.values(), *ATTRIBUTES.values(), *LIMITS.values()]


def _table(rows: Mapping[str, Rule]) -> Iterator[str]:
    for id_, rule in rows.items():
        assert id_ == rule.id
        old, new = (f"§{section}" if section else "" for section in (rule.old, rule.new))
        yield " | ".join([f"| `{id_}`", old, new, rule.title["en"], f"{rule.title['zh']} |"])


def _spellings(domain: Domain) -> str:
    labels = ", ".join(f"{member}: {text}" for member, label in domain.labels.items() for text in label.values())
    aliases = ", ".join(f"{alias} is {member}" for alias, member in domain.aliases.items())
    return f"| {domain.name} | {', '.join(domain.members)} | {aliases} | {labels} |"


def test_the_page_has_the_rows_and_no_others() -> None:
    expected = [line for table in (RULES, ATTRIBUTES, LIMITS) for line in _table(table)]
    expected += [_spellings(domain) for domain in (EDITIONS, KEEPERS)]
    assert [line for line in PAGE.splitlines() if line.startswith(("| `", "| cookie edition", "| keeper"))] == expected


@pytest.mark.parametrize("rule", [rule for rule in ROWS if rule.old], ids=lambda rule: rule.id)
def test_the_section_of_a_row_exists(rule: Rule) -> None:
    assert rule.old.partition(" ")[0] in sections("RFC 6265")


def test_elements_are_named_and_cited_after_their_rows() -> None:
    """An element shows RFC 6265's section, or that of 6265bis where RFC 6265 says nothing."""
    elements = load("cookies").elements
    for group, kind, rows in (("attributes", "attribute", ATTRIBUTES), ("rules", "rule", RULES), ("limits", "limit", LIMITS)):  # fmt: skip
        assert [one.id for one in elements.values() if one.group == group] == [f"{kind}:{id_}" for id_ in rows]
        for rule in rows.values():
            element = elements[f"{kind}:{rule.id}"]
            assert (element.title, element.cite) == (rule.title, rule.cite(RFC_6265))
            where = f"RFC 6265 §{rule.old}" if rule.old else f"6265bis §{rule.new}"
            assert str(element.cite) == where
