"""Common claims about cookies, decided: what is right, and what refutes the rest."""

import pytest

from quizgen.claims.evaluate import Evaluation, evaluate
from quizgen.claims.names import Names

NAMES = Names(["cookies"])


def judge(claim: str) -> Evaluation:
    return evaluate(claim, NAMES)


CLAIMS = {
    "client-side": ("cookie_kept_by() == USER_AGENT", True),
    "set-cookie": ('field_sets_cookie("Set-Cookie") and not field_sets_cookie("Cookie") and stores("sid=1")', True),
    "sent-back": ('sent_with_every_request("sid=1")', False),
    "sent-back, whatever its attributes": ('any([sent_with_every_request(c, edition=e) for c in ("sid=1", "sid=1; Path=/; Max-Age=34560000", "sid=1; Domain=example.com; Path=/") for e in (RFC_6265, RFC_6265bis)])', False),
    "sent-back, where allowed": ('sends_back("sid=1") and not sends_back("sid=1", to="http://www.example.com/") and not sends_back("sid=1; Path=/a", to="http://example.com/b") and not sends_back("sid=1; Secure") and not sends_cross_site("sid=1; SameSite=Strict") and not sends_back("sid=1; Max-Age=60", after="2 min")', True),
    "server-made": ('cookie_kept_by("sid=1") == USER_AGENT and cookie_header("sid=1") == "sid=1"', True),
    "server-made, and script": ('script_sets("sid=1") and not script_sets("sid=1; HttpOnly")', True),
    "three-k-limit": ('cookie_limit() == size("3 KB") or cookie_limit() == size("3 KiB")', False),
    "three-k-limit, of one cookie": ('not stores(cookie_of("3073 bytes")) or not stores(cookie_of("3001 bytes"))', False),
    "three-k-limit, of a site": ('domain_capacity() <= size("3 KiB")', False),
    "three-k-limit, corrected": ('cookie_limit() == size("4096 bytes") and cookies_per_domain() == 50 and cookies_in_total() == 3000 and stores(cookie_of("4096 bytes"), edition=RFC_6265bis) and not stores(cookie_of("4097 bytes"), edition=RFC_6265bis)', True),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_claim(name: str) -> None:
    claim, verdict = CLAIMS[name]
    evaluation = judge(claim)
    assert evaluation.value is verdict
    assert evaluation.record.elements, "the answer rests on nothing"


COUNTEREXAMPLES = {
    "sent-back": 'The cookie is host-only: www.example.com is not example.com|sends_back("sid=1", to="http://www.example.com/")',
    "sent-back, elsewhere": 'GET http://example.com/ at once does not carry the cookie|sent_with_every_request("sid=1; Path=/app", set_by="http://example.com/app")',
    "sent-back, after a restart": 'GET http://example.com/ after a restart does not carry the cookie|sent_with_every_request("sid=1; Path=/")',
    "three-k-limit": 'The user agent puts the cookie into its cookie store|stores(cookie_of("3073 bytes"))',
    "three-k-limit, of a site": 'At least 50 cookies per domain|domain_capacity()',
    "over 4096": 'Name and value are more than 4096 octets together, so the cookie is ignored|stores(cookie_of("4097 bytes"), edition=RFC_6265bis)',
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTEREXAMPLES)
def test_counterexample(name: str) -> None:
    reason, _, claim = COUNTEREXAMPLES[name].partition("|")
    reasons = judge(claim).record.reasons
    assert reason in reasons
    assert reasons[reason] is not None
