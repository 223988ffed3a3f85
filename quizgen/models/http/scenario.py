"""Scenarios of HTTP as people write them, compiled to steps.

- server: SESSION_LOGIN                    # first, if at all: the handler; STATIC_PAGE unless said
- client: POST /login HTTP/1.1             # HTTP/1.1 unless said; no 2xx to CONNECT, which opens a tunnel
  user: alice                              # also: cookie, credentials, connection (the request's Connection field)
  on: 2                                    # which connection; 1 unless said
  from: bob                                # who sent it; the server does not see that
  answer: close                            # the response carries Connection: close
  length: by close                         # how the response's length is told: Content-Length, chunked, or by close
  status: 304                              # the response's status; 200 unless said
                                           # (connection, answer and length are of HTTP/1.0 and HTTP/1.1)
  then: half-close                         # the client closes its side for sending once it has sent this
- client: [GET /a, {request: GET /b, answer: close}]
                                           # several requests without waiting for responses (pipelining), each with keys
                                           # of its own; `on`, `from` and `then` are those of all
  finished: [2, 1]                         # the order in which the server comes to the end of them
- server: close                            # or client: close; with `on`
- server: half-close                       # the server closes its side for sending and reads on
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from quizgen.models.base import ScenarioError
from quizgen.models.http.exchange import BY_CHUNKS, BY_LENGTH, LENGTHS, Ask, Batch, Close
from quizgen.models.http.handlers import HANDLERS, STATIC_PAGE, Handler
from quizgen.models.http.message import CLIENT, ENDS, FRAMED, HTTP_1_0, HTTP_1_1, SERVER, VERSIONS, Request
from quizgen.models.http.methods import METHOD_NAMES
from quizgen.models.http.pipeline import MOST
from quizgen.models.http.run import Run
from quizgen.models.http.server import play
from quizgen.models.http.spec import Spec
from quizgen.models.values import Term, Unreadable, shortened

_FIELDS = ("cookie", "credentials", "user", "connection")
_KEYS = {"client": (*_FIELDS, "on", "from", "answer", "length", "status", "then", "finished"), "server": ("on",)}
_LISTS = (CLIENT, "finished")
_OF_ALL = ("on", "from", "then", "finished")
_METHODS = METHOD_NAMES.members


def run(spec: Spec, steps: Sequence[Any]) -> Run:
    """The run of these steps. Raises ScenarioError for a step that means nothing or cannot happen."""
    handler, first = STATIC_PAGE, 0
    if steps and isinstance(steps[0], Mapping) and steps[0].get(SERVER) not in (None, "close", "half-close"):
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


def _act(index: int, step: Any) -> Ask | Batch | Close:
    if not isinstance(step, Mapping) or sum(end in step for end in ENDS.members) != 1:
        raise ScenarioError(index, "a step says what the `client` or the `server` does, as in `client: GET /`")
    end = CLIENT if CLIENT in step else SERVER
    _admit(index, step, (end, *_KEYS[end]))
    what = step[end]
    if what in ("close", "half-close"):
        return _closing(index, step, end)
    if end == SERVER:
        raise ScenarioError(index, f"the server does not `{what}`: name its handler in the first step, or `close`")
    if isinstance(what, list):
        _admit(index, step, (end, *_OF_ALL))
        return _batch(index, step, [_one_of(index, request, step) for request in what])
    ask = _ask(index, str(what).strip(), step)
    return _batch(index, step, [ask]) if "then" in step or "finished" in step else ask


def _one_of(index: int, request: Any, step: Mapping[str, Any]) -> Ask:
    given = request if isinstance(request, Mapping) else {"request": request}
    _admit(index, given, ("request", *(key for key in _KEYS["client"] if key not in _OF_ALL)))
    shared = {key: step[key] for key in ("on", "from") if key in step}
    return _ask(index, str(given.get("request", "")).strip(), {**given, **shared})


def _closing(index: int, step: Mapping[str, Any], end: str) -> Close:
    _admit(index, step, (end, "on"))
    half = step[end] == "half-close"
    if half and end == CLIENT:
        raise ScenarioError(index, "a client half-closes after a request: `then: half-close` beside it")
    return Close(end, _connection(index, step), half)


def _batch(index: int, step: Mapping[str, Any], asks: Sequence[Ask]) -> Batch:
    if not 1 <= len(asks) <= MOST:
        raise ScenarioError(index, f"a client sends 1 to {MOST} requests at once")
    if len({ask.request.version for ask in asks}) > 1:
        raise ScenarioError(index, "requests on one connection at once are of one version")
    half = _choice(index, step, "then", ("half-close",)) is not None
    return Batch(tuple(asks), _finished(index, step), half)


def _finished(index: int, step: Mapping[str, Any]) -> tuple[int, ...]:
    given = step.get("finished", [])
    numbers = [_whole(one) for one in given] if isinstance(given, list) else [None]
    if None in numbers:
        raise ScenarioError(index, "`finished` is a list of the requests' numbers, as in [2, 1]")
    return tuple(number for number in numbers if number is not None)


def _whole(text: Any) -> int | None:
    """A whole number as people write one; None for anything else."""
    return int(str(text)) if re.fullmatch("[0-9]{1,6}", str(text)) else None


def _ask(index: int, line: str, step: Mapping[str, Any]) -> Ask:
    request = _request(index, line, step)
    length = _choice(index, step, "length", LENGTHS) or BY_LENGTH
    if length == BY_CHUNKS and request.version == HTTP_1_0:
        raise ScenarioError(index, "a server sends no chunks to HTTP/1.0 (RFC 9112 §6.1)", LENGTHS[::2])
    of_http1 = [key for key in ("connection", "answer", "length") if key in step]
    if request.version in FRAMED and of_http1:
        raise ScenarioError(index, f"`{of_http1[0]}` is of HTTP/1: in {request.version} frames delimit messages, and there is no Connection field")  # fmt: skip
    status = _status(index, step)
    if request.method == "CONNECT" and status < 300:
        raise ScenarioError(index, f"{status} to CONNECT opens a tunnel, which the model does not look into; another `status` refuses it")  # fmt: skip
    return Ask(
        request,
        str(step.get("from", CLIENT)),
        _connection(index, step),
        closing=_choice(index, step, "answer", ("close",)) is not None,
        length=length,
        status=status,
    )


def _admit(index: int, step: Mapping[str, Any], known: Sequence[str]) -> None:
    for key, value in step.items():
        if key not in known:
            raise ScenarioError(index, f"`{key}` means nothing in this step", get_close_matches(str(key), known, n=1))
        if isinstance(value, Mapping) or (isinstance(value, list) and key not in _LISTS):
            raise ScenarioError(index, f"`{key}` is one text{' or a list' if key in _LISTS else ''}")


def _choice(index: int, step: Mapping[str, Any], key: str, values: Sequence[str]) -> str | None:
    if key not in step:
        return None
    given = str(step[key]).strip()
    if given not in values:
        raise ScenarioError(index, f"`{key}` can only be `{'`, `'.join(values)}`", values)
    return given


def _status(index: int, step: Mapping[str, Any]) -> int:
    status = _whole(step.get("status", 200))
    if status is None or not 200 <= status <= 599:
        raise ScenarioError(index, f"`{shortened(str(step['status']))}` is no status of a final response: 200 to 599")
    return status


def _connection(index: int, step: Mapping[str, Any]) -> int:
    number = _whole(step.get("on", 1))
    if number is None or not 1 <= number <= 99:
        raise ScenarioError(index, f"`{shortened(str(step['on']))}` is no connection; they are counted from 1 to 99")
    return number


def _request(index: int, line: str, step: Mapping[str, Any]) -> Request:
    method, _, rest = line.partition(" ")
    target, _, version = rest.strip().partition(" ")
    if method not in _METHODS or not _is_target(method, target):
        nearest = get_close_matches(method.upper(), _METHODS, n=1)
        raise ScenarioError(index, f"`{line}` is no request line such as `GET /page HTTP/1.1`", nearest)
    fields = {name: str(step[name]) for name in _FIELDS if name in step}
    return Request(method, target, version=_version(index, version), **fields)


def _is_target(method: str, target: str) -> bool:
    """The forms of RFC 9112 §3.2: a path or, to a proxy, a whole URL; host and port for CONNECT; `*` for OPTIONS."""
    if method == "CONNECT":
        return re.fullmatch(r"[^/:]+:[0-9]+", target) is not None
    return target.startswith(("/", "http://", "https://")) or (method, target) == ("OPTIONS", "*")


def _version(index: int, text: str) -> Term:
    try:
        return VERSIONS.term(text) if text.strip() else HTTP_1_1
    except Unreadable as error:
        raise ScenarioError(index, str(error), error.nearest) from None
