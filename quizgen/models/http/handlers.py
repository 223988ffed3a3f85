"""Servers to reason about. A handler is a pure function of a request, the connection that it came on, and a store;
it gives an answer and the store that is left. Which of them are stateless is not declared: the model finds out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from quizgen.models.base import Cite, Rfc, Text
from quizgen.models.http.message import Answer, Request
from quizgen.models.values import Unreadable

Store = tuple[tuple[str, str], ...]
"""What a server keeps between requests: (key, value) pairs, the oldest first."""

Respond = Callable[[Request, int, Store], tuple[Answer, Store]]


@dataclass(frozen=True, eq=False)
class Handler:
    """A server's way of answering. `respond(request, connection, store)` gives the answer and the new store."""

    published: ClassVar[frozenset[str]] = frozenset()
    kind: ClassVar[str] = "handler"
    name: str
    title: Text
    respond: Respond
    cite: Cite

    def show(self, lang: str = "en") -> str:
        """What the server does, in a few words."""
        return self.title[lang]

    def read(self, text: str) -> Handler:
        """A handler by name or title; raises Unreadable."""
        wanted = text.strip().casefold()
        for handler in HANDLERS:
            if wanted in {handler.name.casefold(), *(title.casefold() for title in handler.title.values())}:
                return handler
        raise Unreadable(f"`{text}` is no handler", tuple(handler.name for handler in HANDLERS))


_STRANGER = Answer("please log in")


def _account(user: str) -> Answer:
    return Answer(f"account of {user}")


def _logs_in(request: Request) -> bool:
    return request.method == "POST" and request.target == "/login" and bool(request.user)


def _static(request: Request, connection: int, store: Store) -> tuple[Answer, Store]:
    return Answer(f"page {request.target}"), store


def _logging(request: Request, connection: int, store: Store) -> tuple[Answer, Store]:
    return Answer(f"page {request.target}"), (*store, ("log", request.line()))


def _counting(request: Request, connection: int, store: Store) -> tuple[Answer, Store]:
    return Answer(f"visit {len(store) + 1}"), (*store, ("visit", request.target))


def _credentials(request: Request, connection: int, store: Store) -> tuple[Answer, Store]:
    return (_account(request.credentials) if request.credentials else _STRANGER), store


def _cookie(request: Request, connection: int, store: Store) -> tuple[Answer, Store]:
    if _logs_in(request):
        return Answer(f"welcome {request.user}", f"user={request.user}"), store
    name, _, user = request.cookie.partition("=")
    return (_account(user) if name == "user" and user else _STRANGER), store


def _session(request: Request, connection: int, store: Store) -> tuple[Answer, Store]:
    if _logs_in(request):
        key = f"id={len(store) + 1}"
        return Answer(f"welcome {request.user}", key), (*store, (key, request.user))
    user = dict(store).get(request.cookie, "")
    return (_account(user) if user else _STRANGER), store


def _connection(request: Request, connection: int, store: Store) -> tuple[Answer, Store]:
    if _logs_in(request):
        return Answer(f"welcome {request.user}"), (*store, (str(connection), request.user))
    user = dict(store).get(str(connection), "")
    return (_account(user) if user else _STRANGER), store


_STATELESS = Rfc(9110, "3.3")
STATIC_PAGE = Handler("STATIC_PAGE", {"en": "a static page", "zh": "静态页面"}, _static, _STATELESS)
LOGGING_PAGE = Handler("LOGGING_PAGE", {"en": "a static page with a log of requests", "zh": "静态页面，并记录请求日志"}, _logging, _STATELESS)  # fmt: skip
VISIT_COUNTER = Handler("VISIT_COUNTER", {"en": "a counter of visits", "zh": "访问计数器"}, _counting, _STATELESS)
CREDENTIALS_LOGIN = Handler("CREDENTIALS_LOGIN", {"en": "credentials in every request", "zh": "每个请求都带凭据"}, _credentials, Rfc(9110, "11.4"))  # fmt: skip
COOKIE_LOGIN = Handler("COOKIE_LOGIN", {"en": "the user's name in a cookie", "zh": "cookie 中存放用户名"}, _cookie, Rfc(6265, "3"))  # fmt: skip
SESSION_LOGIN = Handler("SESSION_LOGIN", {"en": "a session whose id is in a cookie", "zh": "以 cookie 携带标识的会话"}, _session, Rfc(6265, "3.1"))  # fmt: skip
CONNECTION_LOGIN = Handler("CONNECTION_LOGIN", {"en": "the user remembered for the connection", "zh": "按连接记住用户"}, _connection, _STATELESS)  # fmt: skip

HANDLERS: tuple[Handler, ...] = (
    STATIC_PAGE, LOGGING_PAGE, VISIT_COUNTER, CREDENTIALS_LOGIN, COOKIE_LOGIN, SESSION_LOGIN, CONNECTION_LOGIN,
)  # fmt: skip
