"""The notes' claims about a navigation, one by one: what the model says of each as stated, and of its precise form."""

import pytest

from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names

NAMES = Names(["navigation"])

# claim: expression, what the model says, a part of the evidence
CLAIMS = {
    "dns-first": ("precedes(DNS_ANSWER, TCP_SYN) and precedes(DNS_ANSWER, REQUEST_SENT)", True, "must be resolved to"),
    "dns-first/unless-cached": ("navigation(dns_cached=True).happens(DNS_QUERY)", False, "the address is already known"),
    "then-tcp": ("precedes(DNS_ANSWER, TCP_OPEN) and precedes(TCP_OPEN, REQUEST_SENT)", True, "sent over the open connection"),
    "then-tcp/https": ("precedes(TCP_OPEN, TLS_START) and precedes(TLS_DONE, REQUEST_SENT)", True, "over the secured connection"),
    "then-tcp/http3": ("navigation(http3=True).happens(TCP_SYN)", False, "QUIC, for HTTP/3"),
    "then-request": ("precedes(REQUEST_SENT, SERVER_PROCESSES) and precedes(SERVER_PROCESSES, RESPONSE_FIRST_BYTE)", True, "answers the request"),
    "close-before-parse": ("precedes(CONNECTION_CLOSED, PARSE_START)", False, "no part of this navigation"),
    "close-before-parse/not-persistent": (
        "navigation(persistent=False).precedes(CONNECTION_CLOSED, PARSE_START)", False,
        "an order without it: RESPONSE_FIRST_BYTE → RESPONSE_HEADERS → PARSE_START → CONNECTION_CLOSED",
    ),
    "close-before-parse/layout": ("navigation(persistent=False).either_first(CONNECTION_CLOSED, LAYOUT)", True, "Nothing requires LAYOUT before CONNECTION_CLOSED"),
    "close-before-parse/precise": ("either_first(PARSE_START, RESPONSE_LAST_BYTE)", True, "Nothing requires RESPONSE_LAST_BYTE before PARSE_START"),
    "parse-layout-render": ("precedes(PARSE_START, LAYOUT) and precedes(LAYOUT, PAINT)", True, "has a place and a size"),
    "parse-layout-render/dom-and-cssom": ("precedes(CONTENT_IN_DOM, LAYOUT) and precedes(CSSOM_BUILT, LAYOUT)", True, "blocks rendering"),
}  # fmt: skip


@pytest.mark.parametrize(("expression", "verdict", "evidence"), CLAIMS.values(), ids=CLAIMS)
def test_claim(expression: str, verdict: bool, evidence: str) -> None:
    answer = evaluate(expression, NAMES)
    assert answer.value is verdict
    assert any(evidence in reason for reason in answer.record.reasons)
    assert answer.record.elements


def test_the_order_of_the_notes_is_admitted_without_the_closing() -> None:
    names = "DNS_ANSWER, TCP_OPEN, REQUEST_SENT, SERVER_PROCESSES, RESPONSE_FIRST_BYTE, PARSE_START, LAYOUT, PAINT"
    assert evaluate(f"steps({names}).count()", NAMES).value == 1
    assert evaluate(f"steps({names}).admits([{names}])", NAMES).value is True
    closing = f"navigation(persistent=False).steps({names}, CONNECTION_CLOSED).count()"
    assert evaluate(closing, NAMES).value == 4


def test_only_what_does_not_happen_is_called_no_part() -> None:
    for event, said in (("DNS_QUERY", False), ("TLS_START", False), ("CONNECTION_CLOSED", True)):
        reasons = evaluate(f"happens({event})", NAMES).record.reasons
        assert any("no part of this navigation" in reason for reason in reasons) is said


SAID = {
    "navigation()": set(),
    'navigation(scheme="http")': {"plain-http"},
    'navigation(scheme="http", hsts=True)': {"hsts"},
    "navigation(cached=True, dns_cached=True)": {"cached", "dns-cached"},
    "navigation(http3=True, reused=True)": {"http3", "reused"},
    "navigation(persistent=False, not_modified=True)": {"not-persistent", "not-modified"},
    "navigation(until_close=True)": {"until-close"},
    'navigation(scheme="http", redirect="https", script="module")': {"plain-http", "redirect-https", "script-module"},
    'navigation(subresources="same-connection")': {"same-connection"},
}


@pytest.mark.parametrize(("expression", "names"), SAID.items(), ids=SAID)
def test_the_circumstances_are_what_an_answer_rests_on(expression: str, names: set[str]) -> None:
    record = evaluate(f"{expression}.happens(PAINT)", NAMES).record
    assert {element for element in record.elements if element.startswith("variant:")} == {
        f"variant:{name}" for name in names
    }
    assert sum(reason.startswith("In this variant") for reason in record.reasons) == len(names)
