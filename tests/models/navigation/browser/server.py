"""A small site on the loopback interface, over http and, where openssl can make a certificate, over https.

Paths: /page is the page (`script`, `cache`, `close` and `pause` in the query say how), /to redirects to `url`. The page's end
comes some time after its beginning, and so do the answers for the style sheet, the script and the image.
"""

import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

ATTRIBUTES = {"blocking": "", "async": "async", "defer": "defer", "module": 'type="module"'}
_IMAGE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
_PARTS = {
    "/style.css": ("text/css", b"p { color: navy }", 0.12),
    "/script.js": ("text/javascript", b"console.timeStamp('script')", 0.04),
    "/image.svg": ("image/svg+xml", _IMAGE, 0.06),
}


class Site(ThreadingHTTPServer):
    """The server; `arrivals` are the paths asked for, with the time of a monotonic clock in seconds and the fields."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.arrivals: list[tuple[str, float, dict[str, str]]] = []

    def handle_error(self, *args: object) -> None:
        """Silence: a browser drops connections that it does not need."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def log_message(self, *args: object) -> None:
        """Silence."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        self.server.arrivals.append((parts.path, time.monotonic(), dict(self.headers.items())))
        if parts.path == "/to":
            self._answer(302, {"Location": query["url"]}, b"")
        elif parts.path == "/page" and "If-None-Match" in self.headers:
            self._answer(304, {"ETag": '"1"'})
        elif parts.path == "/page":
            self._page(query)
        else:
            kind, body, pause = _PARTS.get(parts.path, ("text/plain", b"", 0))
            time.sleep(pause)
            cache = "max-age=600" if "cached" in query else "no-store"
            self._answer(200, {"Content-Type": kind, "Cache-Control": cache}, body)

    def _page(self, query: dict[str, str]) -> None:
        head, tail = page(query.get("script", ""), cached="cached" in query)
        fields = {"Content-Type": "text/html", "ETag": '"1"', "Cache-Control": query.get("cache", "no-store")}
        if "close" in query:
            fields["Connection"] = "close"
        self._answer(200, fields, head, len(tail))
        time.sleep(0.08)
        self.wfile.write(tail)

    def _answer(self, status: int, fields: dict[str, str], body: bytes | None = None, more: int = 0) -> None:
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body) + more))
        self.end_headers()
        self.wfile.write(body or b"")


def page(script: str, cached: bool) -> tuple[bytes, bytes]:
    """The beginning and the end of the page."""
    query = "?cached=1" if cached else ""
    head = f'<!doctype html><title>T</title><link rel="stylesheet" href="/style.css{query}">'
    if script in ATTRIBUTES:
        head += f'<script src="/script.js" {ATTRIBUTES[script]}></script>'
    body = '<body><p id="content">Content</p><img src="/image.svg" alt="">'
    last = '<script src="/script.js"></script>' if script == "blocking-at-end" else ""
    return (head + body).encode(), f"<p>The end</p>{last}".encode()


@contextmanager
def site(certificate: Path | None = None) -> Iterator[Site]:
    """A server that answers until the block ends, over TLS with that certificate (PEM, with its key)."""
    server = Site()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def certificate(folder: Path) -> Path | None:
    """A self-made certificate with its key; None without openssl."""
    if not shutil.which("openssl"):
        return None
    key, made = folder / "key.pem", folder / "made.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=page.test", "-addext", "subjectAltName=DNS:page.test,DNS:other.test", "-days", "2"]
    subprocess.run([*command, *names, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True)
    made.write_text(made.read_text() + key.read_text())
    return made
