"""Common claims about sessions, and about sessions and cookies compared, decided."""

import pytest

from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names

NAMES = Names(["sessions"])

CLAIMS = {
    "server-compares": ("recognises_user() and recovers_state() and not recognises_user(id_sent=False) and not recovers_state(id_sent=False)", True),
    "server-side": ("lives_in(SESSION_DATA) == SERVER and held_by(BROWSER) == {SESSION_ID}", True),
    "id-cookie": ('id_cookie_name(JAKARTA_SERVLET) == "JSESSIONID" and id_cookie_holds_id(JAKARTA_SERVLET) and recognises_user()', True),
    "needs-cookies": ("not any([session_works(carrier, cookies_enabled=False) for carrier in (COOKIE_CARRIER, URL_CARRIER)])", False),
    "needs-cookies, as carrier": ("session_works(COOKIE_CARRIER) and not session_works(COOKIE_CARRIER, cookies_enabled=False)", True),
    "needs-cookies, corrected": ("session_works(URL_CARRIER, cookies_enabled=False) and attack_succeeds(SHARED_LINK)", True),
    "where": ("lives_in(COOKIE_DATA) == BROWSER and lives_in(SESSION_DATA) == SERVER", True),
    "cookie-insecure-use-session: cookies can be forged": ("all([tampering_succeeds(BROWSER, signed=signed) for signed in (True, False)])", False),
    "cookie-insecure-use-session: sessions are safe": ("not stolen_id_accepted()", False),
    "cookie-insecure-use-session: sessions do without cookies": ("lives_in(SESSION_ID) == SERVER", False),
    "cookie-insecure-use-session, corrected": ("tampering_succeeds(BROWSER) and not tampering_succeeds(BROWSER, signed=True) and not tampering_succeeds(SERVER) and stolen_id_accepted() and id_cookie_holds_id()", True),
    "session-load": ('sessions_kept(20) > sessions_kept(10) and session_memory(2000, "2 KB") > session_memory(1000, "2 KB") and session_memory(1000, "2 KB", kept_in=BROWSER) == size("0 bytes")', True),
    "session-load: for a time": ('session_alive("29 min") and not session_alive("30 min")', True),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_claim(name: str) -> None:
    claim, verdict = CLAIMS[name]
    evaluation = evaluate(claim, NAMES)
    assert evaluation.value is verdict
    assert evaluation.record.elements, "the answer rests on nothing"


COUNTEREXAMPLES = {
    "needs-cookies": ("session_works(URL_CARRIER, cookies_enabled=False)", "browser -> server GET /account;jsessionid=a3f9"),
    "sessions are safe": ("stolen_id_accepted()", "server -> attacker 200 for alice"),
    "sessions do without cookies": ("lives_in(SESSION_ID)", "server -> browser 200 for alice Set-Cookie: JSESSIONID=a3f9; Path=/; Secure; HttpOnly; SameSite=Lax"),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTEREXAMPLES)
def test_counterexample(name: str) -> None:
    claim, line = COUNTEREXAMPLES[name]
    (trace,) = evaluate(claim, NAMES).record.traces
    assert line in trace.lines()


def test_a_forged_cookie_value_says_why_it_is_refused() -> None:
    reasons = evaluate("tampering_succeeds(BROWSER, signed=True)", NAMES).record.reasons
    assert "The server checks the signature of the value" in reasons
