"""The words of claims about sessions: each probe's answer, and that every rule and defence is noticed when it is off."""

from dataclasses import replace
from itertools import combinations

import pytest

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import COMMON
from quizgen.models import BUILTIN, load
from quizgen.models.base import Model
from quizgen.models.sessions import SPEC, build
from quizgen.models.sessions.spec import ATTACKS, DEFENCES, RULES
from tests.models.sessions.test_attacks import STOPS

PROBES: tuple[tuple[str, object], ...] = (
    ("lives_in(SESSION_DATA) == SERVER", True),
    ("lives_in(SESSION_ID) == BOTH", True),
    ("lives_in(COOKIE_DATA) == BROWSER", True),
    ("held_by(SERVER) == {SESSION_DATA, SESSION_ID}", True),
    ("held_by(BROWSER) == {SESSION_ID}", True),
    ("recognises_user()", True),
    ("recovers_state(id_sent=False)", False),
    ("session_works(COOKIE_CARRIER, cookies_enabled=False)", False),
    ("session_works(URL_CARRIER, cookies_enabled=False)", True),
    ("id_cookie_name(JAKARTA_SERVLET)", "JSESSIONID"),
    ("id_cookie_name(PHP)", "PHPSESSID"),
    ("id_cookie_name(ASP_NET)", "ASP.NET_SessionId"),
    ("id_cookie_name(EXPRESS)", "connect.sid"),
    ("id_cookie_holds_id(ASP_NET)", True),
    ("session_alive_after(LOGOUT)", False),
    ("session_alive_after(COOKIE_DELETION)", True),
    ("session_alive_after(BROWSER_RESTART)", True),
    ("recognised_after(LOGOUT)", False),
    ("recognised_after(COOKIE_DELETION)", False),
    ("recognised_after(BROWSER_RESTART)", False),
    ('idle_timeout() == duration("30 min")', True),
    ('absolute_timeout() == duration("8 h")', True),
    ('session_alive("29 min")', True),
    ('session_alive("30 min")', False),
    ('session_alive("9 h", request_every="10 min")', True),
    ('session_alive("9 h", request_every="10 min", absolute="8 h")', False),
    ('session_alive("90 s", idle="1 min")', False),
    ('session_alive("90 s", request_every="50 s", idle="1 min")', True),
    ('session_alive("0 s")', True),
    ("id_changes_at_login()", True),
    ("id_changes_at_login(defended=False)", False),
    ('session_memory(1000, "2 KB") == size("2 MB")', True),
    ('session_memory(1000, "2 KB", kept_in=BROWSER) == size("0 bytes")', True),
    ('live_sessions(60, "10 min")', 2400),
    ("sessions_kept(20)", 20),
    ('guessing_time(64, 100000, 10000) > duration("36500 days")', True),
    ('guessing_time(16, 100, 1000) < duration("1 s")', True),
    ("tampering_succeeds(BROWSER)", True),
    ("tampering_succeeds(BROWSER, signed=True)", False),
    ("tampering_succeeds(SERVER)", False),
    ("stolen_id_accepted()", True),
    ("count(stopped_by(STOLEN_ID))", 0),
    ("stopped_by(FIXATION) == {NEW_ID_AT_LOGIN}", True),
    ("stopped_by(REQUEST_FORGERY) == {SAMESITE_COOKIE, CSRF_TOKEN}", True),
    ("attack_succeeds(FIXATION, SECURE_COOKIE, HTTPONLY_COOKIE, SAMESITE_COOKIE)", True),
    ("recognised_by_all(OWN_MEMORY, STICKY)", True),
    ("recognised_by_all(OWN_MEMORY, STICKY, failed=True)", False),
    ("recognised_by_all(OWN_MEMORY, ROUND_ROBIN)", False),
    ("recognised_by_all(OWN_MEMORY, ROUND_ROBIN, servers=1)", True),
    ("recognised_by_all(SHARED_STORE, ROUND_ROBIN)", True),
    ("recognised_by_all(SHARED_STORE, ROUND_ROBIN, failed=True)", True),
    ("recognised_by_all(SIGNED_COOKIE, ROUND_ROBIN, servers=9)", True),
    ("recognised_by_all(SIGNED_COOKIE, STICKY, failed=True)", True),
    ("logins_lost(OWN_MEMORY, 100)", 50),
    ("logins_lost(OWN_MEMORY, 100, servers=4)", 25),
    ("logins_lost(OWN_MEMORY, 7, servers=2, what='2')", 3),
    ("logins_lost(SHARED_STORE, 100)", 0),
    ("logins_lost(SHARED_STORE, 100, what='store')", 100),
    ("logins_lost(SIGNED_COOKIE, 100)", 0),
    ("readable_by_user(SIGNED_COOKIE)", True),
    ("readable_by_user(OWN_MEMORY)", False),
    ("readable_by_user(SHARED_STORE)", False),
    ("kept_on_server(OWN_MEMORY, 10)", 10),
    ("kept_on_server(OWN_MEMORY, 10, logouts=3)", 7),
    ("kept_on_server(SIGNED_COOKIE, 10)", 0),
    ("kept_on_server(SIGNED_COOKIE, 10, logouts=3)", 3),
    ("copy_accepted(OWN_MEMORY)", True),
    ("copy_accepted(OWN_MEMORY, logged_out=True)", False),
    ("copy_accepted(SIGNED_COOKIE)", True),
    ("copy_accepted(SIGNED_COOKIE, logged_out=True)", True),
    ("copy_accepted(SIGNED_COOKIE, logged_out=True, listed=True)", False),
    ('copy_accepted(SIGNED_COOKIE, logged_out=True, after="479 min")', True),
    ('copy_accepted(SIGNED_COOKIE, logged_out=True, after="8 h")', False),
    ('copy_accepted(SHARED_STORE, after="8 h")', False),
    ("changed_cookie_accepted()", False),
    ("changed_cookie_accepted(OWN_MEMORY)", False),
    ("attack_succeeds(REPLAY_AFTER_LOGOUT, kept=SIGNED_COOKIE)", True),
    ("attack_succeeds(REPLAY_AFTER_LOGOUT, SERVER_SIDE_LOGOUT, kept=SIGNED_COOKIE)", False),
    ("stopped_by(REPLAY_AFTER_LOGOUT, kept=SIGNED_COOKIE) == {SERVER_SIDE_LOGOUT}", True),
    ('id_entropy(32, 16) == size("16 bytes")', True),
    ("guess_probability(64, 100000, 10000) < guess_probability(32, 100000, 10000)", True),
    ("session_alive(minutes(29)) and not session_alive(minutes(30))", True),
)


def answer(model: Model, expression: str) -> object:
    return evaluate(expression, _names(model)).value


def _names(model: Model) -> dict[str, object]:
    return {name: word.value for name, word in (*COMMON.items(), *model.vocabulary.items())}


@pytest.mark.parametrize("expression, expected", PROBES, ids=[expression for expression, _ in PROBES])
def test_probe(expression: str, expected: object) -> None:
    assert answer(load("sessions"), expression) == expected


def _noticed(mutant: Model) -> bool:
    for expression, expected in PROBES:
        try:
            if answer(mutant, expression) != expected:
                return True
        except ClaimError:
            return True
    return False


# Nothing else can stand for "whoever presents the id is the user": it is what the other rules add up to.
@pytest.mark.parametrize("rule", sorted(SPEC.rules - {"bearer"}))
def test_a_rule_switched_off_is_noticed(rule: str) -> None:
    assert rule in RULES
    assert _noticed(build(replace(SPEC, rules=SPEC.rules - {rule})))


@pytest.mark.parametrize("limit", ["idle", "absolute"])
def test_a_timeout_changed_is_noticed(limit: str) -> None:
    assert _noticed(build(replace(SPEC, **{limit: getattr(SPEC, limit) + 60})))


@pytest.mark.parametrize("attack", ATTACKS.members)
def test_attack_without_and_with_its_defence(attack: str) -> None:
    word = load("sessions").vocabulary["attack_succeeds"].value
    assert word(attack) is True
    assert word(attack, *(name for name in DEFENCES.members if name not in STOPS[attack])) is True
    assert word(attack, *DEFENCES.members) is (not STOPS[attack])


@pytest.mark.parametrize(
    "attack, defence", [(attack, one) for attack, stopping in STOPS.items() for one in sorted(stopping)]
)
def test_a_defence_that_does_not_work_is_noticed(attack: str, defence: str) -> None:
    mutant = build(replace(SPEC, defences=SPEC.defences - {defence}))
    assert mutant.vocabulary["attack_succeeds"].value(attack, defence) is True


def test_probes_touch_every_element() -> None:
    model = load("sessions")
    expressions = [expression for expression, _ in PROBES]
    expressions += [
        f"stopped_by({word})" for word in model.vocabulary if word.replace("_", " ").lower() in ATTACKS.members
    ]
    touched = {one for text in expressions for one in evaluate(text, _names(model)).record.elements}
    assert set(model.elements) - touched == set()


def test_tables_have_a_heading_and_rows_of_its_width() -> None:
    for name, rows in load("sessions").tables.items():
        assert len(rows) > 1, name
        assert {len(row) for row in rows} == {len(rows[0])}, name
        assert all(set(cell) == {"en", "zh"} for row in rows for cell in row), name


def test_every_word_says_what_it_means_and_where_it_stands() -> None:
    for name, word in load("sessions").vocabulary.items():
        assert word.doc, name
        assert word.cite or not callable(word.value), name


def test_words_differ_from_those_of_other_models() -> None:
    vocabularies = {name: set(load(name).vocabulary) for name in BUILTIN}
    for mine, other in combinations(BUILTIN, 2):
        if {mine, other} & {"cookies", "sessions"}:
            assert not vocabularies[mine] & vocabularies[other], f"{mine} and {other}"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("signed-state", "recognised_by_all(SIGNED_COOKIE)"),
        ("cookie-is-not-session", "session_alive_after(BROWSER_RESTART)"),
    ],
)
def test_the_word_that_a_rule_carries_is_false_without_it(rule: str, text: str) -> None:
    for spec, holds in ((SPEC, True), (replace(SPEC, rules=SPEC.rules - {rule}), False)):
        assert answer(build(spec), text) is holds
