"""The model and Python's http.client: whether it sends a second request on the connection of the first, by what the
response says. Where they differ, the reason is on the list, and every reason still holds.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import product

import pytest

from quizgen.models import load
from tests.models.http.loopback import FRAMINGS, TIMEOUT, read_until

WORDS = load("http").vocabulary
VERSIONS = {"1.0": WORDS["HTTP_1_0"].value, "1.1": WORDS["HTTP_1_1"].value}
SENT = ("", "close", "keep-alive")
FIELDS: dict[str, dict[str, str]] = {
    "none": {},
    "close": {"Connection": "close"},
    "keep-alive": {"Connection": "Keep-Alive"},
    "TE, close": {"Connection": "TE, close"},
    "keep-alive, close": {"Connection": "keep-alive, close"},
    "x-close": {"Connection": "x-close"},
    "x-keep-alive": {"Connection": "x-keep-alive"},
    "Keep-Alive": {"Keep-Alive": "timeout=5"},
    "Proxy-Connection": {"Proxy-Connection": "keep-alive"},
}


@dataclass(frozen=True)
class Case:
    answered_in: str
    sent: str
    fields: str
    framing: str

    def response(self) -> bytes:
        _, status, framing, body = FRAMINGS[self.framing]
        head = "".join(f"{name}: {value}\r\n" for name, value in {**framing, **FIELDS[self.fields]}.items())
        return f"HTTP/{self.answered_in} {status} OK\r\n{head}\r\n".encode() + body


CASES = [Case(*parts) for parts in product(VERSIONS, SENT, FIELDS, FRAMINGS)]


def asks_again_on(listener: socket.socket, case: Case) -> bool:
    """Whether http.client sends its next request on the connection over which it got this response."""
    client = HTTPConnection("127.0.0.1", listener.getsockname()[1], timeout=TIMEOUT)
    headers = {"Connection": case.sent} if case.sent else {}
    client.request(FRAMINGS[case.framing][0], "/", headers=headers)
    server, _ = listener.accept()
    with server:
        server.settimeout(TIMEOUT)
        read_until(server, b"\r\n\r\n")
        server.sendall(case.response())
        if case.framing == "none":
            server.shutdown(socket.SHUT_WR)
        client.getresponse().read()
        client.request("GET", "/again")
        again = server.recv(4096)
    client.close()
    if again == b"":
        listener.accept()[0].close()
    return again != b""


def model_says(case: Case) -> bool:
    method, status, fields, _ = FRAMINGS[case.framing]
    answer = WORDS["stays_open"].value(
        sent=case.sent,
        received=FIELDS[case.fields].get("Connection", ""),
        answered_in=VERSIONS[case.answered_in],
        method=method,
        status=status,
        transfer_encoding=fields.get("Transfer-Encoding"),
        content_length=fields.get("Content-Length"),
    )
    assert isinstance(answer, bool)
    return answer


def _client_stays(case: Case) -> bool:
    """What http.client makes of the response's fields."""
    options = FIELDS[case.fields].get("Connection", "").lower()
    asked = "keep-alive" in options or case.fields in ("Keep-Alive", "Proxy-Connection")
    return case.framing != "none" and ("close" not in options if case.answered_in == "1.1" else asked)


DIFFERENCES: dict[str, Callable[[Case], bool]] = {
    "the close that it sent itself is forgotten": (
        lambda case: case.sent == "close" and _client_stays(case)
    ),
    "keep-alive beside close wins in HTTP/1.0": (
        lambda case: (case.answered_in, case.fields) == ("1.0", "keep-alive, close") and _client_stays(case)
    ),
    "an option that contains `close` is taken for it": (
        lambda case: (case.answered_in, case.fields) == ("1.1", "x-close") and case.sent != "close" and case.framing != "none"
    ),
    "an option that contains `keep-alive` is taken for it": (
        lambda case: (case.answered_in, case.fields) == ("1.0", "x-keep-alive") and _client_stays(case)
    ),
    "the old fields Keep-Alive and Proxy-Connection count in HTTP/1.0": (
        lambda case: case.answered_in == "1.0" and case.fields in ("Keep-Alive", "Proxy-Connection") and _client_stays(case)
    ),
    "Transfer-Encoding in an HTTP/1.0 response is no fault": (
        lambda case: case.framing == "chunked" and case.answered_in == "1.0" and _client_stays(case)
    ),
}  # fmt: skip


def test_a_client_keeps_the_connections_that_the_model_keeps() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(TIMEOUT)
        differing = {case for case in CASES if asks_again_on(listener, case) != model_says(case)}
    assert differing == {case for case in CASES if any(holds(case) for holds in DIFFERENCES.values())}


@pytest.mark.parametrize("reason", DIFFERENCES)
def test_no_difference_is_explained_by_the_others(reason: str) -> None:
    others = [holds for name, holds in DIFFERENCES.items() if name != reason]
    assert any(DIFFERENCES[reason](case) and not any(other(case) for other in others) for case in CASES)
