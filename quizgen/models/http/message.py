"""HTTP versions, and a request and an answer with the few parts that statelessness and persistence rest on."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.models.base import ModelError, Rfc
from quizgen.models.values import Domain, Term

VERSIONS = Domain(
    "HTTP version",
    ("HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"),
    aliases={"1.0": "HTTP/1.0", "1.1": "HTTP/1.1", "HTTP/2.0": "HTTP/2", "h2": "HTTP/2", "h3": "HTTP/3"},
)
HTTP_1_0, HTTP_1_1, HTTP_2, HTTP_3 = VERSIONS.terms()
FRAMED = (HTTP_2, HTTP_3)
"""The versions whose messages are frames on streams; they know no Connection field."""
NO_CONNECTION_FIELD = {HTTP_2: Rfc(9113, "8.2.2"), HTTP_3: Rfc(9114, "4.2")}
"""Who says so."""


def version_of(version: object) -> Term:
    """The same term, if it is a version of HTTP. Raises ModelError."""
    if not isinstance(version, Term) or version.domain is not VERSIONS:
        raise ModelError("this is asked of a version: HTTP_1_0, HTTP_1_1, HTTP_2 or HTTP_3")
    return version


def admitting(version: object, *fields: str) -> Term:
    """The same version, if messages of it may have these Connection fields ("": none). Raises ModelError."""
    found = version_of(version)
    if found in FRAMED and any(fields):
        raise ModelError(
            f"{found} has no Connection field: with one a message is malformed ({NO_CONNECTION_FIELD[found]}); leave it out"
        )
    return found


ENDS = Domain(
    "end of an HTTP connection",
    ("client", "server"),
    aliases={"user agent": "client", "browser": "client", "origin server": "server"},
    labels={"client": {"zh": "客户端"}, "server": {"zh": "服务器"}},
)
CLIENT, SERVER = ENDS.members


def listed(value: str) -> tuple[str, ...]:
    """The elements of a field's value that is a list, in lower case; empty ones do not count (RFC 9110 §5.6.1.2). Around
    them may be spaces and tabs, no other whitespace (§5.6.3).
    """
    return tuple(part for part in (given.strip(" \t").lower() for given in value.split(",")) if part)


def options(connection: str) -> frozenset[str]:
    """The connection options of a Connection field's value: comma-separated, case-insensitive (RFC 9110 §7.6.1)."""
    return frozenset(listed(connection))


@dataclass(frozen=True)
class Request:
    """A request as it is on the wire. `user` is what a login form carries; an empty field is not sent.

    Who sent it is no part of it.
    """

    method: str
    target: str
    cookie: str = ""
    credentials: str = ""
    user: str = ""
    version: Term = HTTP_1_1
    connection: str = ""

    def line(self) -> str:
        """`GET /account HTTP/1.1, Cookie: user=alice`."""
        fields = {
            "Connection": self.connection, "Cookie": self.cookie, "Authorization": self.credentials, "user": self.user,
        }  # fmt: skip
        parts = [f"{name}: {value}" for name, value in fields.items() if value]
        return ", ".join([f"{self.method} {self.target} {self.version}", *parts])


@dataclass(frozen=True)
class Answer:
    """What a handler answers: a body, and a Set-Cookie field's value when it is not empty."""

    body: str
    set_cookie: str = ""

    def line(self) -> str:
        """`account of alice`, with `Set-Cookie: ...` where there is one."""
        return self.body + (f", Set-Cookie: {self.set_cookie}" if self.set_cookie else "")
