"""The rows of the cookies model stand in docs/models/cookies-rules.md, word for word, and their sections exist."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.check.documents import sections
from quizgen.models.cookies import SPEC, build
from quizgen.models.cookies.exchange_words import KEEPERS
from quizgen.models.cookies.rules import ATTRIBUTES, EDITIONS, LIMITS, RFC_6265, RFC_6265BIS, RULES, Rule
from quizgen.models.cookies.spec import PUBLIC_SUFFIXES
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


def test_the_page_has_the_public_suffixes_that_are_embedded() -> None:
    suffixes = PAGE.partition("\n## Public suffixes\n")[2]
    assert suffixes.split("\n\n")[-1].replace("\n", " ").strip() == ", ".join(
        f"`{one}`" for one in sorted(PUBLIC_SUFFIXES)
    )


@pytest.mark.parametrize("rule", [rule for rule in ROWS if rule.old], ids=lambda rule: rule.id)
def test_the_section_of_a_row_exists(rule: Rule) -> None:
    assert rule.old.partition(" ")[0] in sections("RFC 6265")


def test_elements_are_named_and_cited_after_their_rows() -> None:
    """An element shows RFC 6265's section, or that of 6265bis where RFC 6265 says nothing."""
    elements = build().elements
    for group, kind, rows in (("attributes", "attribute", ATTRIBUTES), ("rules", "rule", RULES), ("limits", "limit", LIMITS)):  # fmt: skip
        assert [one.id for one in elements.values() if one.group == group] == [f"{kind}:{id_}" for id_ in rows]
        for rule in rows.values():
            element = elements[f"{kind}:{rule.id}"]
            assert (element.title, element.cite) == (rule.title, rule.cite(RFC_6265))
            where = f"RFC 6265 §{rule.old}" if rule.old else f"6265bis §{rule.new}"
            assert str(element.cite) == where


def _both(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def test_the_tables_are_made_of_the_rows() -> None:
    source = {"en": "Source", "zh": "出处"}
    attributes, limits = (build().tables[name] for name in ("attributes", "limits"))
    assert attributes[0] == [{"en": "Attribute", "zh": "属性"}, {"en": "Meaning", "zh": "含义"}, source]
    assert attributes[1] == [_both("Expires"), {"en": "the date at which the cookie expires", "zh": "cookie 到期的日期"}, _both("RFC 6265 §5.2.1; 6265bis §5.6.1")]  # fmt: skip
    assert [row[0] for row in attributes[1:]] == [_both(name) for name in ATTRIBUTES]
    assert [row[2]["en"] for row in attributes[-2:]] == ["RFC 6265 §5.2.6; 6265bis §5.6.6", "6265bis §5.6.7"]
    assert limits[0] == [{"en": "Limit", "zh": "限制"}, source]
    assert [row[0] for row in limits[1:]] == [rule.title for rule in LIMITS.values()]
    assert [row[1]["zh"] for row in limits[1:4]] == ["RFC 6265 §6.1", "RFC 6265 §6.1; 6265bis §6.1", "RFC 6265 §6.1; 6265bis §6.1"]  # fmt: skip
    assert set(build().tables) == {"attributes", "limits"}


def test_editions_and_keepers_are_constants_of_claims() -> None:
    words = build().vocabulary
    assert {name: (word.value, word.doc) for name, word in words.items() if not callable(word.value)} == {
        "RFC_6265": (RFC_6265, "The standard of 2011."),
        "RFC_6265bis": (RFC_6265BIS, "Its successor, draft-ietf-httpbis-rfc6265bis-22."),
        "USER_AGENT": (KEEPERS.term("user agent"), "Who may keep a cookie: the browser."),
        "ORIGIN_SERVER": (KEEPERS.term("origin server"), "Who may keep a cookie: the server."),
        "NOBODY": (KEEPERS.term("nobody"), "Who may keep a cookie: nobody."),
    }


def test_the_model_has_a_name_and_a_title() -> None:
    model = build()
    assert model.run is not None
    assert (model.name, model.title) == ("cookies", {"en": "Cookies", "zh": "Cookie"})


def test_a_model_runs_scenarios_by_its_own_spec() -> None:
    without = build(replace(SPEC, rules=SPEC.rules - {"name-needed"}))
    steps = [{"response": {"url": "http://example.com/", "set-cookie": "=1"}}]
    assert [model.run(steps).ignored(1) for model in (build(), without) if model.run] == [True, False]
