"""Pipelining, half-close and the reset problem, seen on real sockets and said by the model."""

from __future__ import annotations

import re
import socket
from http.client import CannotSendRequest, HTTPConnection

import pytest

from quizgen.models import load
from quizgen.models.http import SPEC
from quizgen.models.http.scenario import run
from tests.models.http.loopback import TIMEOUT, connect, python_server, read_all

WORDS = load("http").vocabulary
HTTP_1_1 = WORDS["HTTP_1_1"].value


def _paths(responses: bytes) -> list[str]:
    return re.findall(r"X-Path: (\S+)", responses.decode())


def _get(path: str, *fields: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: h", "X-Case: length|", *fields, "", ""]).encode()


def test_pipelined_responses_come_in_the_order_of_the_requests() -> None:
    paths = [f"/{number}" for number in range(1, 7)]
    with python_server("1.1") as address, connect(address) as sock:
        sock.sendall(b"".join(_get(path) for path in paths[:-1]) + _get(paths[-1], "Connection: close"))
        seen = _paths(read_all(sock))
    order = WORDS["order_of_responses"].value(HTTP_1_1, len(paths))
    (admitted,) = order.orders()
    assert seen == [f"/{term.name[-1]}" for term in admitted] == paths


def test_what_is_pipelined_behind_close_is_not_processed() -> None:
    with python_server("1.1") as address, connect(address) as sock:
        sock.sendall(_get("/1") + _get("/2", "Connection: close") + _get("/3"))
        seen = _paths(_until_reset_or_end(sock)[0])
    trace = run(SPEC, [{"client": ["GET /1", {"request": "GET /2", "connection": "close"}, "GET /3"]}])
    assert seen == ["/1", "/2"]
    assert [trace.processed(n) for n in (1, 2, 3)] == [True, True, False]


def test_a_client_that_half_closes_is_answered_and_the_server_then_closes() -> None:
    with python_server("1.1") as address, connect(address) as sock:
        sock.sendall(_get("/1") + _get("/2"))
        sock.shutdown(socket.SHUT_WR)
        seen = _paths(read_all(sock))
    trace = run(SPEC, [{"client": ["GET /1", "GET /2"], "then": "half-close"}])
    assert seen == ["/1", "/2"]
    assert (trace.exchanges, trace.open_after(1), trace.open_after(2)) == (2, True, False)
    assert WORDS["answered_after_half_close"].value() is True


def test_http_client_does_not_pipeline() -> None:
    with python_server("1.1") as address:
        client = HTTPConnection(*address, timeout=TIMEOUT)
        client.request("GET", "/1")
        with pytest.raises(CannotSendRequest):
            client.request("GET", "/2")
        client.close()


RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody"


def _until_reset_or_end(sock: socket.socket) -> tuple[bytes, bool]:
    got = b""
    while True:
        try:
            more = sock.recv(4096)
        except ConnectionResetError:
            return got, True
        if not more:
            return got, False
        got += more


@pytest.mark.parametrize("staged", [True, False])
@pytest.mark.parametrize("more_sent", [True, False])
def test_closing_at_once_over_unread_data_resets_the_connection(staged: bool, more_sent: bool) -> None:
    """The reset is what can cost a client its last response (§9.6); whether it does is a matter of time."""
    first, rest = _get("/1"), _get("/2") if more_sent else b""
    with socket.create_server(("127.0.0.1", 0)) as listener, connect(listener.getsockname()) as client:
        server, _ = listener.accept()
        with server:
            client.sendall(first + rest)
            assert server.recv(len(first), socket.MSG_WAITALL) == first
            # Not before the rest is there is it certain to be met by the closing.
            assert server.recv(len(rest), socket.MSG_PEEK | socket.MSG_WAITALL) == rest if rest else True
            server.sendall(RESPONSE)
            if staged:
                server.shutdown(socket.SHUT_WR)
                server.recv(len(rest) or 1, socket.MSG_DONTWAIT) if rest else None
        _, reset = _until_reset_or_end(client)
    assert reset is WORDS["response_may_be_lost"].value(staged=staged, more_sent=more_sent)
