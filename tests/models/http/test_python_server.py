"""The model and Python's http.server: for each way of telling a length and each Connection field, whether the server
answers a second request on the connection. Where they differ, the reason is on the list, and every reason still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from quizgen.models import load
from tests.models.http.loopback import FRAMINGS, Case, answers_again, python_server

WORDS = load("http").vocabulary
VERSIONS = {"1.0": WORDS["HTTP_1_0"].value, "1.1": WORDS["HTTP_1_1"].value}
SENT = ("", "close", "Keep-Alive", "TE, close", "keep-alive, close", "TE, keep-alive")
RECEIVED = ("", "close", "keep-alive")


def cases(answered_in: str) -> Iterator[Case]:
    for version, sent, received, framing in product(VERSIONS, SENT, RECEIVED, FRAMINGS):
        yield Case(answered_in, version, sent, received, framing)


def model_says(case: Case) -> bool:
    method, status, fields, _ = FRAMINGS[case.framing]
    answer = WORDS["stays_open"].value(
        VERSIONS[case.version],
        case.sent,
        case.received,
        answered_in=VERSIONS[case.answered_in],
        method=method,
        status=status,
        transfer_encoding=fields.get("Transfer-Encoding"),
        content_length=fields.get("Content-Length"),
    )
    assert isinstance(answer, bool)
    return answer


def _asked_to_stay(case: Case) -> bool:
    return bool(WORDS["persists"].value(VERSIONS[case.version], case.sent))


def _in_1_1(case: Case) -> bool:
    return case.answered_in == "1.1" and case.received == ""


def _kept_open(case: Case) -> bool:
    """What http.server makes of the versions and of fields with a single option."""
    by_request = case.sent != "close" if case.version == "1.1" else case.sent == "Keep-Alive"
    return case.received == "keep-alive" or (_in_1_1(case) and by_request)


DIFFERENCES: dict[str, Callable[[Case], bool]] = {
    "the handler's keep-alive overrules a request that ends the connection": (
        lambda case: case.received == "keep-alive" and not _asked_to_stay(case)
    ),
    "close among several options is not seen": (
        lambda case: _in_1_1(case) and case.version == "1.1" and case.sent in ("TE, close", "keep-alive, close")
    ),
    "keep-alive among several options is not seen": (
        lambda case: _in_1_1(case) and (case.version, case.sent) == ("1.0", "TE, keep-alive") and case.framing != "none"
    ),
    "a response without a length is not ended by closing": (
        lambda case: case.framing == "none" and _kept_open(case)
    ),
    "Transfer-Encoding in an HTTP/1.0 response is no fault": (
        lambda case: case.framing == "chunked" and case.answered_in == "1.0" and case.received == "keep-alive"
    ),
}  # fmt: skip


@pytest.mark.parametrize("answered_in", VERSIONS)
def test_a_server_keeps_the_connections_that_the_model_keeps(answered_in: str) -> None:
    with python_server(answered_in) as address:
        differing = {case for case in cases(answered_in) if answers_again(address, case) != model_says(case)}
    assert differing == {case for case in cases(answered_in) if any(holds(case) for holds in DIFFERENCES.values())}


@pytest.mark.parametrize("reason", DIFFERENCES)
def test_no_difference_is_explained_by_the_others(reason: str) -> None:
    others = [holds for name, holds in DIFFERENCES.items() if name != reason]
    every = [case for version in VERSIONS for case in cases(version)]
    assert any(DIFFERENCES[reason](case) and not any(other(case) for other in others) for case in every)
