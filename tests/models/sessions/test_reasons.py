"""What an answer about sessions rests on: reasons with their places, elements, and runs; and questions without sense."""

import pytest

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import Evaluation, evaluate
from quizgen.claims.names import Names
from quizgen.models import load
from quizgen.models.sessions.trace import Trace

NAMES = Names(["sessions"])
ENTROPY = "OWASP Session Management Cheat Sheet, Session ID Entropy"


def judge(claim: str) -> Evaluation:
    return evaluate(claim, NAMES)


REASONS = {
    'session_memory(1000, "2 KB", kept_in=BROWSER)': "Data in cookies are kept by each browser, not by the server|RFC 6265 §8.4",
    'session_memory(1000, "2 KB")': "The server keeps 2 KB for each of 1000 live sessions|OWASP Session Management Cheat Sheet, Session ID Content (or Value)",
    "guess_probability(64, 100000, 10000)": f"10000 of 2^64 ids are tried, 100000 of them live|{ENTROPY}",
    "id_entropy(32, 16)": "Each of 32 characters is one of 16|OWASP Session Management Cheat Sheet, Session ID Length",
    "tampering_succeeds(SERVER)": "The client holds the id only; what it changes there finds no session|RFC 6265 §8.4",
    "tampering_succeeds(BROWSER)": "The server takes the value as it comes|RFC 6265 §8.3",
    "tampering_succeeds(BROWSER, signed=True)": "The server checks the signature of the value|RFC 2104 §2",
    "logins_lost(OWN_MEMORY, 10)": "5 of 10 sessions were where it failed|Jakarta Servlet 6.0 §7.7.2",
    "kept_on_server(OWN_MEMORY, 10)": "What the server has to remember, it keeps|RFC 6265 §8.3",
    "attack_succeeds(FIXATION)": "The server takes the last request for alice's|RFC 6265 §8.4",
    "attack_succeeds(FIXATION, NEW_ID_AT_LOGIN)": "The server takes the last request for nobody's|RFC 6265 §8.4",
    "recognises_user()": "The server takes whoever presents the id for the session's user|RFC 6265 §8.4",
    "changed_cookie_accepted()": "A value that was changed does not fit its signature|RFC 2104 §2",
    'copy_accepted(SIGNED_COOKIE, after="8 h")': "The signed session has expired|OWASP JSON Web Token for Java Cheat Sheet, No Built-In Token Revocation by the User",
    "recognised_by_all(OWN_MEMORY, STICKY)": "The balancer sends a session's requests to the server that has it|Jakarta Servlet 6.0 §7.7.2",
    "session_works(URL_CARRIER, cookies_enabled=False)": "URL rewriting carries the id: /cart;jsessionid=...|Jakarta Servlet 6.0 §7.1.3",
    "session_alive_after(COOKIE_DELETION)": "Deleting the cookie does not delete the session|OWASP Session Management Cheat Sheet, Session Expiration",
    'session_alive("30 min")': "A session without requests for a time ends|Jakarta Servlet 6.0 §7.5",
    "lives_in(SESSION_DATA)": "The session's data lie on the server; the browser holds only the id|RFC 6265 §8.4",
    "held_by(SERVER)": "The session's data lie on the server; the browser holds only the id|RFC 6265 §8.4",
}  # fmt: skip


@pytest.mark.parametrize("claim", REASONS)
def test_the_reason(claim: str) -> None:
    reason, _, place = REASONS[claim].partition("|")
    reasons = judge(claim).record.reasons
    assert reason in reasons
    assert str(reasons[reason]) == place


TOUCHED = {
    'session_memory(1000, "2 KB", kept_in=BROWSER)': {"rule:data-on-server", "rule:signed-state"},
    'session_memory(1000, "2 KB")': {"rule:memory-grows"},
    'live_sessions(60, "10 min")': {"rule:memory-grows", "rule:idle-expiry", "limit:idle-timeout"},
    "guessing_time(64, 100000, 10000)": {"attack:guessing", "defence:unguessable-ids"},
    "guess_probability(64, 100000, 10000)": {"attack:guessing", "defence:unguessable-ids"},
    "id_entropy(32, 16)": {"defence:unguessable-ids"},
    "id_cookie_name()": {"carrier:cookie"},
    "idle_timeout()": {"limit:idle-timeout"},
    "absolute_timeout()": {"limit:absolute-timeout"},
    "tampering_succeeds(BROWSER)": {"rule:data-on-server"},
}


@pytest.mark.parametrize("claim", TOUCHED)
def test_it_rests_on_just_these_elements(claim: str) -> None:
    assert judge(claim).record.elements == TOUCHED[claim] <= set(load("sessions").elements)


RUN = {
    "sessions_kept(1)": {"rule:memory-grows"},
    "kept_on_server(SIGNED_COOKIE, 2, logouts=1)": {"rule:revocation-list", "rule:signed-state"},
    "logins_lost(OWN_MEMORY, 2)": {"rule:lost-with-server"},
    "changed_cookie_accepted()": {"rule:signature", "rule:unknown-id"},
    "tampering_succeeds(SERVER)": {"rule:data-on-server"},
    "attack_succeeds(REQUEST_FORGERY, CSRF_TOKEN)": {"attack:request-forgery", "defence:CSRF-token"},
    "attack_succeeds(SHARED_LINK, COOKIES_ONLY)": {"attack:shared-link", "defence:cookies-only"},
    "attack_succeeds(EAVESDROPPING, SECURE_COOKIE)": {"attack:eavesdropping", "defence:Secure-cookie"},
    "recognises_user()": {"rule:found-by-id", "rule:bearer", "carrier:cookie"},
}


@pytest.mark.parametrize("claim", RUN)
def test_it_rests_on_these_and_others(claim: str) -> None:
    known = {*load("sessions").elements, *load("cookies").elements}
    assert RUN[claim] <= judge(claim).record.elements <= known


@pytest.mark.parametrize("claim", ["recognises_user()", "recognised_by_all(OWN_MEMORY)", "attack_succeeds(FIXATION)"])
def test_the_run_is_shown(claim: str) -> None:
    assert [type(trace) for trace in judge(claim).record.traces] == [Trace]


SENSELESS = {
    "held_by(BOTH)": "held_by() is asked of BROWSER or of SERVER",
    'session_memory(-1, "2 KB")': "session_memory() needs a number of sessions from 0 up, a size, and BROWSER or SERVER",
    'session_memory(1, duration("2 s"))': "session_memory() needs a number of sessions from 0 up, a size, and BROWSER or SERVER",
    'session_memory(1, "2 KB", kept_in=BOTH)': "session_memory() needs a number of sessions from 0 up, a size, and BROWSER or SERVER",
    'live_sessions(-1, "10 min")': "live_sessions() needs a number of visitors from 0 up",
    "sessions_kept(101)": "sessions_kept() lets at most 100 visitors log in",
    "sessions_kept(-1)": "sessions_kept() lets at most 100 visitors log in",
    "guessing_time(0, 1, 1)": "guessing_time() needs 1 to 512 bits, at least one session and no more than there are ids, and at least one guess per second",
    "guessing_time(64, 0, 1)": "guessing_time() needs 1 to 512 bits, at least one session and no more than there are ids, and at least one guess per second",
    "guess_probability(513, 1, 1)": "guess_probability() needs 1 to 512 bits, numbers from 0 up to that of all ids, one of them up to 100,000",
    "id_entropy(0)": "id_entropy() needs 1 to 10,000 characters of 2 to 1,000 symbols",
    "recognised_by_all(OWN_MEMORY, servers=10)": "the model has 1 to 9 servers",
    "recognised_by_all(OWN_MEMORY, servers=1, failed=True)": "with its only server failed, a site answers nobody",
    "logins_lost(OWN_MEMORY, 101)": "logins_lost() lets at most 100 visitors log in",
    "logins_lost(OWN_MEMORY, 1, what='store')": "only a shared store can fail beside the servers",
    "kept_on_server(OWN_MEMORY, 101)": "kept_on_server() lets at most 100 visitors log in, and no more of them log out",
    "kept_on_server(OWN_MEMORY, 1, logouts=2)": "kept_on_server() lets at most 100 visitors log in, and no more of them log out",
    'session_alive("9 h", request_every="0 s")': "session_alive() follows at most 1000 requests, at least a second apart",
    'session_alive("1001 s", request_every="1 s")': "session_alive() follows at most 1000 requests, at least a second apart",
}  # fmt: skip


@pytest.mark.parametrize("claim", SENSELESS)
def test_a_question_without_sense_is_refused(claim: str) -> None:
    with pytest.raises(ClaimError) as caught:
        judge(claim)
    assert SENSELESS[claim] in str(caught.value)


AT_THE_BOUNDS = {
    'session_memory(0, "2 KB") == size("0 KB")': True,
    'session_memory(3, size("2 KB")) == size("6 KB")': True,
    'live_sessions(0, "10 min")': 0,
    'live_sessions(60, "10 min", "20 min")': 1800,
    'live_sessions(1, "59 s", "0 s")': 0,
    "sessions_kept(0)": 0,
    "sessions_kept(100)": 100,
    'guessing_time(1, 1, 1) == duration("1 s")': True,
    "id_entropy(1, 2) == size('1 bit')": True,
    "kept_on_server(OWN_MEMORY, 100)": 100,
    "logins_lost(OWN_MEMORY, 100, servers=1)": 100,
    "logins_lost(OWN_MEMORY, 0)": 0,
    "minutes(90) == duration('90 min')": True,
    "recognised_by_all(SIGNED_COOKIE, ROUND_ROBIN, servers=1)": True,
}


@pytest.mark.parametrize("claim", AT_THE_BOUNDS)
def test_at_the_bounds(claim: str) -> None:
    assert judge(claim).value == AT_THE_BOUNDS[claim]
