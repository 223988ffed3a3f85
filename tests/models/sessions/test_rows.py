"""The rows of the sessions model stand in docs/models/sessions-rules.md, word for word, and their sections exist."""

from pathlib import Path

import pytest

from quizgen.check.documents import DOCUMENTS, sections
from quizgen.models.base import Element
from quizgen.models.sessions.spec import (
    ATTACK_ROWS,
    ATTACKS,
    BALANCING,
    CARRIER_ROWS,
    CARRIERS,
    DEFENCE_ROWS,
    DEFENCES,
    ELEMENTS,
    ID_NAMES,
    LIMIT_ROWS,
    RULES,
    SOFTWARE,
    STORES,
)
from quizgen.models.sessions.vocabulary import DATA, EVENTS, PLACES
from quizgen.models.values import Domain

PAGE = (Path(__file__).parents[3] / "docs" / "models" / "sessions-rules.md").read_text("utf-8")
DOMAINS = (CARRIERS, ATTACKS, DEFENCES, SOFTWARE, STORES, BALANCING, PLACES, DATA, EVENTS)


def _row(name: str, row: Element) -> str:
    return f"| `{row.id}` | {name} | {row.cite} | {row.title['en']} | {row.title['zh']} |"


def _domain(domain: Domain) -> str:
    labels = ", ".join(
        f"{member} ({lang}) {text}" for member, label in domain.labels.items() for lang, text in label.items()
    )
    aliases = ", ".join(f"{alias} is {member}" for alias, member in domain.aliases.items())
    return f"| *{domain.name}* | {', '.join(domain.members)} | {aliases} | {labels} |"


def test_the_page_has_the_rows_and_no_others() -> None:
    tables = (RULES, CARRIER_ROWS, ATTACK_ROWS, DEFENCE_ROWS, LIMIT_ROWS)
    expected = [_row(name, row) for table in tables for name, row in table.items()]
    expected += [_domain(domain) for domain in DOMAINS]
    expected += [f"| **{software}** | {name} |" for software, name in ID_NAMES.items()]
    assert [line for line in PAGE.splitlines() if line.startswith(("| `", "| *"))] == expected


@pytest.mark.parametrize("row", ELEMENTS.values(), ids=lambda row: row.id)
def test_the_section_of_a_row_exists(row: Element) -> None:
    assert row.cite is not None
    if row.cite.document in DOCUMENTS:
        assert row.cite.section in sections(row.cite.document)


@pytest.mark.parametrize("row", ELEMENTS.values(), ids=lambda row: row.id)
def test_an_element_is_of_its_group(row: Element) -> None:
    assert row.id.partition(":")[0] + "s" == row.group
