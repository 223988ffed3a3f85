"""Python's own HTTP server and client on the loopback interface, and bare sockets beside them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TIMEOUT = 5
"""Seconds after which a test fails rather than waits; nothing on the loopback interface takes so long."""

# What tells the end of a response: request method, status, fields, and what stands in the body.
FRAMINGS: dict[str, tuple[str, int, dict[str, str], bytes]] = {
    "length": ("GET", 200, {"Content-Length": "4"}, b"body"),
    "chunked": ("GET", 200, {"Transfer-Encoding": "chunked"}, b"4\r\nbody\r\n0\r\n\r\n"),
    "none": ("GET", 200, {}, b"body"),
    "204": ("GET", 204, {}, b""),
    "304": ("GET", 304, {"Content-Length": "4"}, b""),
    "head": ("HEAD", 200, {"Content-Length": "4"}, b""),
    "empty": ("GET", 200, {"Content-Length": "0"}, b""),
}


@dataclass(frozen=True)
class Case:
    """One exchange. Versions are "1.0" or "1.1"; `sent` and `received` are the Connection fields of request and response."""

    answered_in: str
    version: str
    sent: str
    received: str
    framing: str

    def request(self) -> bytes:
        connection = f"Connection: {self.sent}\r\n" if self.sent else ""
        head = f"{FRAMINGS[self.framing][0]} / HTTP/{self.version}\r\nHost: h\r\nX-Case: {self.framing}|{self.received}\r\n"
        return f"{head}{connection}\r\n".encode()

    def response(self) -> bytes:
        _, status, fields, body = FRAMINGS[self.framing]
        fields = {**fields, **({"Connection": self.received} if self.received else {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"HTTP/{self.answered_in} {status} OK\r\n{head}\r\n".encode() + body


class _Handler(BaseHTTPRequestHandler):
    disable_nagle_algorithm = True
    timeout = TIMEOUT

    def do_GET(self) -> None:
        framing, _, received = self.headers.get("X-Case", "length|").partition("|")
        _, status, fields, body = FRAMINGS[framing]
        self.send_response_only(status)
        self.send_header("X-Path", self.path)
        for name, value in fields.items():
            self.send_header(name, value)
        if received:
            self.send_header("Connection", received)
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def python_server(version: str) -> Iterator[tuple[str, int]]:
    """The address of an http.server of that version."""
    handler = type("Handler", (_Handler,), {"protocol_version": f"HTTP/{version}"})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield ("127.0.0.1", server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def connect(address: tuple[str, int]) -> socket.socket:
    """A connection to that address on which nothing waits for long."""
    return socket.create_connection(address, TIMEOUT)


def read_until(sock: socket.socket, end: bytes) -> bytes:
    """What arrives up to and with `end`; less if the other side closes or resets."""
    got = b""
    while not got.endswith(end):
        try:
            more = sock.recv(4096)
        except ConnectionResetError:
            break
        if not more:
            break
        got += more
    return got


def read_all(sock: socket.socket) -> bytes:
    """What arrives until the other side closes."""
    got = b""
    while more := sock.recv(4096):
        got += more
    return got


def answers_again(address: tuple[str, int], case: Case) -> bool:
    """Whether the server answers a second request on the connection after this exchange."""
    end = FRAMINGS[case.framing][3] or b"\r\n\r\n"
    with connect(address) as sock:
        sock.sendall(case.request())
        assert read_until(sock, end), "no response"
        try:
            sock.sendall(case.request())
        except (BrokenPipeError, ConnectionResetError):
            return False
        return read_until(sock, end) != b""
