"""Scenarios of HTTP as people write them, compiled to steps.

- server: SESSION_LOGIN                    # first, if at all: the handler; STATIC_PAGE unless said
- client: POST /login HTTP/1.1             # HTTP/1.1 unless said
  user: alice                              # also: cookie, credentials, connection (the request's Connection field)
  on: 2                                    # which connection; 1 unless said
  from: bob                                # who sent it; the server does not see that
  answer: close                            # the response carries Connection: close
  length: by close                         # the response's length is told by the end of the connection
- server: close                            # or client: close; with `on`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from quizgen.models.base import ScenarioError
from quizgen.models.http.exchange import Ask, Close, Run, Spec, play
from quizgen.models.http.handlers import HANDLERS, STATIC_PAGE, Handler
from quizgen.models.http.message import CLIENT, ENDS, HTTP_1_1, SERVER, VERSIONS, Request
from quizgen.models.values import Term, Unreadable

_FIELDS = ("cookie", "credentials", "user", "connection")
_KEYS = {"client": (*_FIELDS, "on", "from", "answer", "length"), "server": ("on",)}
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


def run(spec: Spec, steps: Sequence[Any]) -> Run:
    """The run of these steps. Raises ScenarioError for a step that means nothing or cannot happen."""
    handler, first = STATIC_PAGE, 0
    if steps and isinstance(steps[0], Mapping) and steps[0].get(SERVER) not in (None, "close"):
        handler, first = _handler(steps[0]), 1
    acts = [_act(index, step) for index, step in enumerate(steps) if index >= first]
    try:
        return play(spec, handler, acts)
    except ScenarioError as error:
        raise ScenarioError(error.step + first, error.message, error.nearest) from None


def _handler(step: Mapping[str, Any]) -> Handler:
    name = str(step[SERVER])
    if len(step) > 1:
        raise ScenarioError(0, "the step that names the server's handler has nothing else")
    try:
        return STATIC_PAGE.read(name)
    except Unreadable:
        names = [handler.name for handler in HANDLERS]
        raise ScenarioError(0, f"`{name}` is no handler", get_close_matches(name.upper(), names, n=2)) from None


def _act(index: int, step: Any) -> Ask | Close:
    if not isinstance(step, Mapping) or sum(end in step for end in ENDS.members) != 1:
        raise ScenarioError(index, "a step says what the `client` or the `server` does, as in `client: GET /`")
    end = CLIENT if CLIENT in step else SERVER
    _admit(index, step, (end, *_KEYS[end]))
    what = str(step[end]).strip()
    if what == "close":
        _admit(index, step, (end, "on"))
        return Close(end, _connection(index, step))
    if end == SERVER:
        raise ScenarioError(index, f"the server does not `{what}`: name its handler in the first step, or `close`")
    return Ask(
        _request(index, what, step),
        str(step.get("from", CLIENT)),
        _connection(index, step),
        closing=_said(index, step, "answer", "close"),
        delimited=not _said(index, step, "length", "by close"),
    )


def _admit(index: int, step: Mapping[str, Any], known: Sequence[str]) -> None:
    for key in step:
        if key not in known:
            raise ScenarioError(index, f"`{key}` means nothing in this step", get_close_matches(str(key), known, n=1))


def _said(index: int, step: Mapping[str, Any], key: str, value: str) -> bool:
    if key in step and str(step[key]).strip() != value:
        raise ScenarioError(index, f"`{key}` can only be `{value}`", (value,))
    return key in step


def _connection(index: int, step: Mapping[str, Any]) -> int:
    number = str(step.get("on", 1))
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= 99):
        raise ScenarioError(index, f"`{number}` is no connection; they are counted from 1")
    return int(number)


def _request(index: int, line: str, step: Mapping[str, Any]) -> Request:
    method, _, rest = line.partition(" ")
    target, _, version = rest.strip().partition(" ")
    if method not in _METHODS or not target.startswith("/"):
        nearest = get_close_matches(method.upper(), _METHODS, n=1)
        raise ScenarioError(index, f"`{line}` is no request line such as `GET /page HTTP/1.1`", nearest)
    fields = {name: str(step[name]) for name in _FIELDS if name in step}
    return Request(method, target, version=_version(index, version), **fields)


def _version(index: int, text: str) -> Term:
    try:
        return VERSIONS.term(text) if text.strip() else HTTP_1_1
    except Unreadable as error:
        raise ScenarioError(index, str(error), error.nearest) from None
