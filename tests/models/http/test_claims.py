"""The notes' claims about HTTP, one by one: what the model says of each as stated, and of its precise form."""

import pytest

from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names

NAMES = Names(["http"])

# claim: expression, what the model says, a part of the evidence
CLAIMS = {
    "stateless": ("protocol_is_stateless()", True, "understood in isolation"),
    "server-keeps-nothing": ("not any(keeps_records(h) and stateless(h) for h in HANDLERS)", False, "what a server records is its own"),
    "server-keeps-nothing/precise": ("protocol_is_stateless() and keeps_records(LOGGING_PAGE) and stateless(LOGGING_PAGE)", True, "understood in isolation"),
    "closes-each-time": ("not persists(HTTP_1_1)", False, "the connection persists by default"),
    "closes-each-time/independent": ("all(can_exist(p, s) for p in [True, False] for s in [True, False])", True, "a persistent connection"),
    "login-problem": ("not any(recognises(h, cookies=False) for h in HANDLERS)", True, "nothing of its own that ties requests together"),
    "two-cures": ("recognises(COOKIE_LOGIN) and recognises(SESSION_LOGIN)", True, "the request must carry it"),
    "not-by-connection": ("not recognises(CONNECTION_LOGIN) and not connection_identifies_client()", True, "must not assume it"),
}  # fmt: skip


@pytest.mark.parametrize(("expression", "verdict", "evidence"), CLAIMS.values(), ids=CLAIMS)
def test_claim(expression: str, verdict: bool, evidence: str) -> None:
    answer = evaluate(expression, NAMES)
    assert answer.value is verdict
    assert any(evidence in reason for reason in answer.record.reasons)
    assert answer.record.elements


# What a wrong claim is refuted with: a run that anyone can follow.
COUNTEREXAMPLES = {
    "closes-each-time": (
        "not persists(HTTP_1_1)",
        ["1. connection 1: client: GET /page HTTP/1.1 -> page /page", "2. connection 1: client: GET /page HTTP/1.1 -> page /page"],
    ),
    "the-connection-tells-who": (
        "recognises(CONNECTION_LOGIN)",
        [
            "1. connection 1: alice: POST /login HTTP/1.1, user: alice -> welcome alice",
            "2. connection 1: bob: POST /login HTTP/1.1, user: bob -> welcome bob",
            "3. connection 1: alice: GET /account HTTP/1.1 -> account of bob",
            "4. connection 1: bob: GET /account HTTP/1.1 -> account of bob",
        ],
    ),
    "a-session-server-is-stateless": (
        "stateless(SESSION_LOGIN)",
        [
            "1. connection 1: client: POST /login HTTP/1.1, user: alice -> welcome alice, Set-Cookie: id=1",
            "2. connection 1: client: GET /account HTTP/1.1, Cookie: id=1 -> account of alice",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("expression", "lines"), COUNTEREXAMPLES.values(), ids=COUNTEREXAMPLES)
def test_counterexample(expression: str, lines: list[str]) -> None:
    answer = evaluate(expression, NAMES)
    assert answer.value is False
    assert list(answer.record.traces[0].lines()) == lines
