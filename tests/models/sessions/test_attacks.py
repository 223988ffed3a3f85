"""Attacks and defences: the whole matrix, for sessions that the server keeps and for signed ones, and every set of defences."""

from collections.abc import Collection
from itertools import combinations
from pathlib import Path

import pytest

from quizgen.models.sessions import SPEC
from quizgen.models.sessions.attacks import attack, succeeds
from quizgen.models.sessions.scenario import run
from quizgen.models.sessions.server import ALL_DEFENCES, OWN_MEMORY, SHARED_STORE, SIGNED_COOKIE
from quizgen.models.sessions.spec import ATTACKS, DEFENCES
from quizgen.models.values import Term

STOPS: dict[str, set[str]] = {
    "stolen id": set(),
    "eavesdropping": {"Secure cookie"},
    "script theft": {"HttpOnly cookie"},
    "fixation": {"new id at login"},
    "guessing": {"unguessable ids"},
    "replay after logout": {"server-side logout"},
    "shared link": {"cookies only"},
    "request forgery": {"SameSite cookie", "CSRF token"},
}
"""The defences each of which stops an attack on sessions of the server's."""

IMPOSSIBLE = {"fixation", "guessing", "shared link"}
"""Attacks on an id, for which a signed cookie gives no hold: there is none to plant, to guess or to write into a link."""

PAIRS = [(one, other) for one in ATTACKS.terms() for other in DEFENCES.terms()]


def _name(term: Term) -> str:
    return term.name


def test_every_attack_is_in_the_matrix() -> None:
    assert set(STOPS) == set(ATTACKS.members)
    assert set().union(*STOPS.values()) == set(DEFENCES.members)


@pytest.mark.parametrize("kept", [OWN_MEMORY, SHARED_STORE, SIGNED_COOKIE], ids=_name)
@pytest.mark.parametrize("kind", ATTACKS.terms(), ids=_name)
def test_without_a_defence_an_attack_succeeds(kind: Term, kept: Term) -> None:
    assert succeeds(SPEC, kind, [], kept) is not (kept == SIGNED_COOKIE and kind.name in IMPOSSIBLE)


@pytest.mark.parametrize("kept", [OWN_MEMORY, SHARED_STORE, SIGNED_COOKIE], ids=_name)
@pytest.mark.parametrize(("kind", "defence"), PAIRS, ids=lambda term: term.name)
def test_a_single_defence_stops_its_attack_and_no_other(kind: Term, defence: Term, kept: Term) -> None:
    possible = not (kept == SIGNED_COOKIE and kind.name in IMPOSSIBLE)
    assert succeeds(SPEC, kind, [defence], kept) is (possible and defence.name not in STOPS[kind.name])


@pytest.mark.parametrize("kind", ATTACKS.terms(), ids=_name)
def test_whatever_else_a_server_does_only_those_defences_count(kind: Term) -> None:
    for size in range(len(DEFENCES.members) + 1):
        for defences in combinations(DEFENCES.terms(), size):
            stopped = bool(STOPS[kind.name] & {defence.name for defence in defences})
            assert succeeds(SPEC, kind, defences) is not stopped, defences


def _cell(kind: Term, defence: Term) -> str:
    return "fails" if defence.name in STOPS[kind.name] else "succeeds"


def test_the_documentation_shows_the_matrix() -> None:
    page = Path(__file__).parents[3].joinpath("docs/models/sessions.md").read_text("utf-8")
    for kind in ATTACKS.terms():
        cells = " | ".join(_cell(kind, defence) for defence in DEFENCES.terms())
        assert f"| {kind.name} | succeeds | {cells} |" in page


@pytest.mark.parametrize("kind", ATTACKS.terms(), ids=_name)
def test_an_attack_can_be_followed(kind: Term) -> None:
    trace = attack(SPEC, kind, [])
    assert trace.taken_for(len(trace.exchanges)) == "alice"
    assert trace.exchanges[-1].sender in ("attacker", "friend", "other site")
    assert trace.ladder().messages


LOGIN = {"login": "alice"}


def test_a_thief_keeps_an_idle_session_alive_and_only_its_age_ends_it() -> None:
    steps = [LOGIN, "steal", *[{"wait": "29 min"}, {"attack": "/account"}] * 17]
    assert run(steps).taken_for(18) == "alice"
    limited = run([{"server": {"absolute": "8 h"}}, *steps])
    assert [limited.taken_for(n) for n in (17, 18)] == ["alice", "nobody"]


def test_samesite_lax_does_not_stop_a_link_from_another_site() -> None:
    """A request that follows a link is of the top level and has a safe method: Lax lets the cookie go with it."""
    trace = run([LOGIN, {"cross-site": "GET /pay"}, {"cross-site": "POST /pay"}])
    assert [trace.taken_for(n) for n in (2, 3)] == ["alice", "nobody"]


@pytest.mark.parametrize("kept", [OWN_MEMORY, SHARED_STORE, SIGNED_COOKIE], ids=_name)
@pytest.mark.parametrize(
    ("defence", "page", "taken"),
    [("SameSite cookie", "https://evil.example/", "nobody"), ("SameSite cookie", "https://blog.shop.example/", "alice"),
     ("CSRF token", "https://evil.example/", "nobody"), ("CSRF token", "https://blog.shop.example/", "nobody")],
)  # fmt: skip
def test_a_sibling_host_is_the_same_site_and_knows_no_token(defence: str, page: str, taken: str, kept: Term) -> None:
    forged = {"cross-site": {"request": "POST /pay", "from": page}}
    trace = run([{"server": {"defences": [defence], "kept": kept.name}}, LOGIN, forged])
    assert trace.taken_for(2) == taken
    assert trace.exchanges[-1].sender == ("other site" if "evil" in page else "blog.shop.example")


@pytest.mark.parametrize("kept", [OWN_MEMORY, SIGNED_COOKIE], ids=_name)
def test_the_sites_own_forms_have_the_token(kept: Term) -> None:
    steps = [{"put": "cart=book"}, LOGIN, {"put": "cart=pen"}, "logout", {"request": "/account"}]
    trace = run([{"server": {"defences": ["CSRF token", "server-side logout"], "kept": kept.name}}, *steps])
    assert [trace.taken_for(n) for n in (2, 3, 5)] == ["alice", "alice", "nobody"]
    assert trace.remembers(3, "cart") == "pen"


def test_a_token_is_asked_for_by_forms_alone() -> None:
    """A link from another site needs none, so a GET must not change anything."""
    trace = run([{"server": {"defences": ["CSRF token"]}}, LOGIN, {"cross-site": "GET /pay"}])
    assert trace.taken_for(2) == "alice"


def test_a_request_without_the_token_says_why_it_is_refused() -> None:
    reasons = attack(SPEC, ATTACKS.term("request forgery"), [DEFENCES.term("CSRF token")]).record.reasons
    cite = reasons["The form that is posted lacks the token of the session"]
    assert str(cite).startswith("OWASP Cross-Site Request Forgery Prevention Cheat Sheet")


_STOPPING = [(kind, defence) for kind, defences in STOPS.items() for defence in sorted(defences)]


def _defences_touched(kind: str, defences: Collection[Term]) -> set[str]:
    elements = attack(SPEC, ATTACKS.term(kind), defences).record.elements
    return {one for one in elements if one.startswith("defence:")}


@pytest.mark.parametrize(("kind", "defence"), _STOPPING)
def test_an_attack_rests_on_the_defence_that_stops_it(kind: str, defence: str) -> None:
    assert _defences_touched(kind, [DEFENCES.term(defence)]) == {f"defence:{defence.replace(' ', '-')}"}


@pytest.mark.parametrize("kind", STOPS)
def test_an_attack_rests_on_no_other_defence(kind: str) -> None:
    assert _defences_touched(kind, []) == set()
    assert _defences_touched(kind, ALL_DEFENCES) <= {f"defence:{one.replace(' ', '-')}" for one in STOPS[kind]}
