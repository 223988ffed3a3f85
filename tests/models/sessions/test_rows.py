"""The rows of the sessions model stand in docs/models/sessions-rules.md, word for word, and their sections exist."""

from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.check.documents import DOCUMENTS, sections
from quizgen.models.base import Element
from quizgen.models.sessions import SPEC, build
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


def _both(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


YES, NO = {"en": "yes", "zh": "是"}, {"en": "no", "zh": "否"}


def test_the_tables_are_made_of_the_rows() -> None:
    tables = build().tables
    assert set(tables) == {"attacks", "id-names", "places"}
    assert tables["attacks"][0] == [{"en": "Attack", "zh": "攻击"}, {"en": "What happens", "zh": "经过"}, {"en": "Source", "zh": "出处"}]  # fmt: skip
    assert tables["attacks"][1:] == [
        [{lang: attack.show(lang) for lang in ("en", "zh")}, ATTACK_ROWS[attack.name].title, _both(str(ATTACK_ROWS[attack.name].cite))]
        for attack in ATTACKS.terms()
    ]  # fmt: skip
    assert tables["attacks"][4][0] == {"en": "session fixation", "zh": "会话固定"}
    assert tables["id-names"][0] == [{"en": "Server", "zh": "服务器"}, {"en": "Name of the id's cookie", "zh": "标识符 cookie 的名字"}]  # fmt: skip
    assert tables["id-names"][1:] == [[_both(server), _both(f"`{name}`")] for server, name in ID_NAMES.items()]


def test_the_table_of_places_is_computed() -> None:
    heading, *rows = build().tables["places"]
    assert heading == [
        {"en": "Where the sessions are", "zh": "会话放在哪里"},
        {"en": "Any server can answer", "zh": "任何一台服务器都能应答"},
        {"en": "Survives the failure of a server", "zh": "一台服务器故障后仍在"},
        {"en": "Ended by the server at once", "zh": "服务器能立即终止"},
    ]
    assert rows == [
        [{"en": "the server's own memory", "zh": "服务器自己的内存"}, NO, NO, YES],
        [{"en": "a store that all servers share", "zh": "各服务器共享的存储"}, YES, YES, YES],
        [{"en": "a signed cookie", "zh": "签名的 cookie"}, YES, YES, NO],
    ]


def test_terms_are_constants_of_claims() -> None:
    constants = {name: word for name, word in build().vocabulary.items() if not callable(word.value)}
    domains = (PLACES, DATA, EVENTS, ATTACKS, DEFENCES, SOFTWARE, STORES, BALANCING)
    expected = {term.identifier.upper(): term for domain in domains for term in domain.terms()}
    expected |= dict(zip(("COOKIE_CARRIER", "URL_CARRIER"), CARRIERS.terms(), strict=True))
    assert {name: word.value for name, word in constants.items()} == expected
    assert {name: constants[name].doc for name in ("FIXATION", "CSRF_TOKEN", "BROWSER", "URL_CARRIER", "OWN_MEMORY")} == {
        "FIXATION": "Attack on a session: session fixation. The victim logs in under an id that the attacker planted.",
        "CSRF_TOKEN": "Defence of a session: CSRF token. A request that changes something must bring the token of the site's own page.",
        "BROWSER": "Place of data: browser.",
        "URL_CARRIER": "Carrier of the session id: URL rewriting.",
        "OWN_MEMORY": "Place of sessions: the server's own memory.",
    }  # fmt: skip


def test_the_model_has_a_name_and_a_title() -> None:
    model = build()
    assert (model.name, model.title, model.elements) == ("sessions", {"en": "Sessions", "zh": "会话"}, ELEMENTS)


def test_a_model_runs_scenarios_by_its_own_spec() -> None:
    brief = build(replace(SPEC, idle=60))
    steps = [{"login": "alice"}, {"wait": "1 min"}, {"request": "/account"}]
    assert [model.run(steps).taken_for(2) for model in (build(), brief) if model.run] == ["alice", "nobody"]
