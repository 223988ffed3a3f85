"""A loopback server, over http and https, that hands out the Set-Cookies that it is told and keeps the Cookie fields."""

from __future__ import annotations

import shutil
import socketserver
import ssl
import subprocess
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

_PAGE = b"<!doctype html><link rel=icon href='data:,'>"
MARK = "step="
"""What stands in the query of a request that counts, before its number. A query has no part in cookies."""


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        try:
            self._answer()
        except (OSError, ssl.SSLError):
            return

    def _answer(self) -> None:
        target = self.rfile.readline().split(b" ")
        fields = list(iter(lambda: self.rfile.readline().rstrip(b"\r\n"), b""))
        if len(target) < 3:
            return
        named = [(name.lower(), value.strip(b" ")) for name, _, value in (field.partition(b":") for field in fields)]
        self.rfile.read(int(dict(named).get(b"content-length", 0)))
        number = target[1].decode().rpartition(MARK)[2]
        sets = self.server.told(number, [value for name, value in named if name == b"cookie"])
        head = [b"HTTP/1.1 200 OK", b"Content-Type: text/html", b"Connection: close", b"Cache-Control: no-store"]
        head += [b"Set-Cookie: " + text for text in sets] + [b"Content-Length: %d" % len(_PAGE)]
        self.wfile.write(b"\r\n".join(head) + b"\r\n\r\n" + _PAGE)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: Site, certificate: Path | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told = site.told
        self._tls = None
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """TLS is spoken in the connection's own thread, so that a client that only connects holds nobody up."""
        if self._tls is not None:
            request.settimeout(10)
            try:
                request = self._tls.wrap_socket(request, server_side=True)
            except OSError:
                return
        super().finish_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error."""


def openssl() -> bool:
    """Whether a certificate can be made here."""
    return shutil.which("openssl") is not None


def _certificate(folder: Path) -> Path:
    """A file with a key and a certificate that this machine signed itself."""
    path = folder / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=example.com"]
    subprocess.run([*command, "-keyout", str(path), "-out", str(folder / "cert.pem")], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (folder / "cert.pem").read_bytes())
    return path


class Site:
    """Both servers; a context manager. `http` and `https` are their ports."""

    def __init__(self) -> None:
        self._next: dict[str, list[bytes]] = {}
        self.cookies: dict[str, bytes] = {}
        self._folder = TemporaryDirectory()
        self._servers = [_Server(self, None), _Server(self, _certificate(Path(self._folder.name)))]
        self.http, self.https = (one.server_address[1] for one in self._servers)

    def tell(self, number: str, sets: list[bytes]) -> None:
        """The Set-Cookies of the response to the request of that number."""
        self._next[number] = sets

    def told(self, number: str, cookies: list[bytes]) -> list[bytes]:
        """A request has come in: note what it carries, and return what to set."""
        if number not in self._next:
            return []
        self.cookies[number] = b"\n".join(cookies)
        return self._next.pop(number)

    def __enter__(self) -> Site:
        for one in self._servers:
            threading.Thread(target=one.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in self._servers:
            one.shutdown()
            one.server_close()
        self._folder.cleanup()
