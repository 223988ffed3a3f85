"""Can a server tell its users apart? Alice and Bob log in, then each asks for an account."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.models.base import ModelError
from quizgen.models.http.elements import CARRIER_OF
from quizgen.models.http.exchange import Ask, Exchange
from quizgen.models.http.handlers import Handler
from quizgen.models.http.message import Request
from quizgen.models.http.run import Run
from quizgen.models.http.server import Server
from quizgen.models.http.spec import Spec

USERS = ("alice", "bob")
CONNECTIONS = {"own": (1, 2, 1, 2), "shared": (1, 1, 1, 1), "new": (1, 2, 3, 4)}
"""The connections of the four requests: each user keeps one, both share a proxy's, every request has a new one."""


def visits(spec: Spec, handler: Handler, *, cookies: bool, credentials: bool, connections: str) -> Sequence[Run]:
    """The runs of the story, one for each layout of connections that is asked for."""
    if connections != "any" and connections not in CONNECTIONS:
        raise ModelError(f"`{connections}` is none of any, {', '.join(CONNECTIONS)}")
    wanted = CONNECTIONS if connections == "any" else (connections,)
    return [_visit(spec, handler, CONNECTIONS[name], cookies, credentials) for name in wanted]


def _visit(spec: Spec, handler: Handler, numbers: Sequence[int], cookies: bool, credentials: bool) -> Run:
    if not spec.applies("rule:connection-is-no-client"):
        numbers = CONNECTIONS["own"]
    server, jar, happened = Server(spec, handler), dict.fromkeys(USERS, ""), []
    carried = spec.applies(CARRIER_OF.get(handler.name, ""))
    for place, on in enumerate(numbers):
        user = USERS[place % 2]
        method, target, login = ("POST", "/login", user) if place < 2 else ("GET", "/account", "")
        request = Request(method, target, jar[user], user if credentials and carried else "", login)
        exchange = server.answer(Ask(request, user, on))
        happened.append(exchange)
        if cookies and carried and exchange.answer.set_cookie:
            jar[user] = exchange.answer.set_cookie
    return Run(handler, tuple(happened), server.store, spec.ordered)


def recognised(run: Run) -> bool:
    """Whether each request for an account got its sender's."""
    asked = [step for step in run.happened if isinstance(step, Exchange) and step.ask.request.target == "/account"]
    return all(step.answer.body == f"account of {step.ask.sender}" for step in asked)
