"""Scenarios of cookies: a browser, any number of servers, and what passes between them.

Steps (scalars are texts; an argument in { } may leave out what has a default):

    edition: 6265bis            go by that edition; the first step if anywhere (default: RFC 6265)
    response: {url: U, set-cookie: S or [S, ...]}
                                the browser requests U, and the response sets these cookies;
                                also method, from and top-level as for `request`
    request: U                  the browser requests U (the user typed it), or
    request: {url: U, method: GET, from: PAGE, top-level: yes}
                                a page of the URL PAGE requests it; top-level: no for an image, a frame, a fetch
    script: U                   a script of the page U reads document.cookie, or
    script: {url: U, set: S}    assigns S to it
    wait: 3600 s                time passes (any unit: `30 min`, `400 days`)
    restart                     the browser is closed and opened again
    delete: NAME                the user deletes the cookies of that name

The clock starts at 2026-01-01 00:00:00 UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from quizgen.models.base import ModelError, Record, Text, recording, repeat, shows
from quizgen.models.cookies.agent import COOKIE, SET_COOKIE, UserAgent
from quizgen.models.cookies.ladder import BROWSER, LadderWriter
from quizgen.models.cookies.receive import Reception
from quizgen.models.cookies.rules import EDITIONS
from quizgen.models.cookies.spec import SPEC, Edition, Spec
from quizgen.models.cookies.steps import Step, listed, read_step
from quizgen.models.cookies.store import Request, Store
from quizgen.models.figure import Ladder
from quizgen.models.values import Unreadable

START = 1_767_225_600
"""2026-01-01 00:00:00 UTC in seconds since 1970."""

_SERVER = "stateless"
_WORDS = ("edition", "response", "request", "script", "wait", "restart", "delete")
_CONTEXT = ("url", "method", "from", "top-level")


_LABEL = 140
"""How long the label of a response may be, in characters, before attributes are left out of it, then values: three lines
of a figure. Without the attributes, no figure would show why a cookie is kept, sent or removed.
"""


def _response_label(set_cookies: Sequence[str]) -> str:
    pairs = [text.partition(";")[0].strip() for text in set_cookies]
    labels = [" ".join(["200", *(f"{SET_COOKIE}: {text}" for text in texts)]) for texts in (set_cookies, pairs)]
    return next((label for label in labels if len(label) <= _LABEL), f"200 {len(pairs)} x {SET_COOKIE}")


def _request_label(request: Request, target: str, value: str) -> str:
    origin = request.origin
    page = f" (from {origin.host})" if origin is not None and origin.host != request.url.host else ""
    return f"{request.method} {target}" + (f" {COOKIE}: {value}" if value else "") + page


def show_store(store: Store) -> str:
    """The cookies as a browser's state: `sid=1, lang=en`, or `no cookies`."""
    return ", ".join(str(cookie) for cookie in store.cookies) or "no cookies"


@dataclass(eq=False)
class Trace:
    """A finished run. Requests, Set-Cookies and scripts are counted from 1, each in their own order."""

    published: ClassVar[frozenset[str]] = frozenset({"sent", "carries", "holds", "ignored", "reads"})
    kind: ClassVar[str] = "run of cookies"
    writer: LadderWriter = field(default_factory=lambda: LadderWriter("no cookies", _SERVER))
    requests: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    receptions: list[Reception] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    stored: Store = field(default_factory=Store)
    record: Record = field(default_factory=Record)

    @staticmethod
    def numbered(parameter: str, number: int) -> Text | None:
        """For what an answer about another number would be right; None where the parameter numbers nothing."""
        counted = {"request": ("request", "请求"), "script": ("script", "脚本")}.get(parameter)
        if counted is None or number < 1:
            return None
        return {"en": f"for {counted[0]} {number}", "zh": f"第 {number} 个{counted[1]}"}

    def _rest_on_run(self) -> None:
        shows(self)
        repeat(self.record)

    def _nth(self, things: Sequence[Any], number: int, what: str) -> Any:
        self._rest_on_run()
        if not 1 <= number <= len(things):
            raise ModelError(f"this run has {len(things)} {what}, counted from 1; there is no {number}")
        return things[number - 1]

    def sent(self, request: int) -> str:
        """The Cookie field of that request: "sid=1; lang=en"; "" for none."""
        return str(self._nth(self.requests, request, "requests")[0])

    def carries(self, request: int, name: str) -> bool:
        """Whether that request carries a cookie of that name."""
        return name in self._nth(self.requests, request, "requests")[1]

    def ignored(self, set_cookie: int) -> bool:
        """Whether the browser ignored that Set-Cookie."""
        return self._nth(self.receptions, set_cookie, "Set-Cookies").cookie is None

    def reads(self, script: int) -> str:
        """What that script read from document.cookie."""
        return str(self._nth(self.scripts, script, "scripts that read"))

    def holds(self, name: str) -> bool:
        """Whether the browser holds a cookie of that name in the end."""
        self._rest_on_run()
        return bool(self.stored.named(name))

    def ladder(self) -> Ladder:
        """The run as a ladder between browser and server."""
        return self.writer.ladder()

    def lines(self) -> list[str]:
        """The run in words, a line for each message and event."""
        return list(self.told)


class _Run:
    def __init__(self, spec: Spec) -> None:
        self.spec, self.trace = spec, Trace()
        self.agent = UserAgent(Edition(spec), now=START)
        self.asked: list[tuple[int, Request, str]] = []

    def do(self, step: Step) -> None:
        getattr(self, f"_{step.word}")(step)
        self.trace.stored = self.agent.store

    def label(self) -> None:
        """Name the requests once all are known: by path, and by host and scheme where these change from one to another."""
        urls = [request.url for _, request, _ in self.asked]
        schemes, hosts = {url.scheme for url in urls}, {url.host for url in urls}
        messages = self.trace.writer.messages
        for index, request, value in self.asked:
            url = request.url
            target = str(url) if len(schemes) > 1 else f"{url.host}{url.target}" if len(hosts) > 1 else url.target
            messages[index] = replace(messages[index], label=_request_label(request, target, value))

    def _edition(self, step: Step) -> None:
        if step.number:
            raise step.fail("`edition` has to be the first step")
        try:
            self.agent.edition = Edition(self.spec, EDITIONS.term(step.text("the name of an edition")))
        except Unreadable as error:
            raise step.fail(str(error), error.nearest) from None

    def _request_of(self, step: Step, *more: str) -> tuple[Request, Any]:
        given = step.fields((*_CONTEXT, *more), "" if "set-cookie" in more else "url", lists=more)
        if "url" not in given:
            raise step.fail(f"`{step.word}` needs a url")
        origin = step.url(given["from"]) if "from" in given else None
        return Request(
            url=step.url(given["url"]),
            method=step.method(given.get("method", "GET")),
            origin=origin,
            top_level=step.truth(given.get("top-level", "yes")),
        ), given

    def _send(self, request: Request) -> None:
        cookies = self.agent.cookies(request)
        value = "; ".join(map(str, cookies))
        self.trace.requests.append((value, tuple(cookie.name for cookie in cookies)))
        self.asked.append((len(self.trace.writer.messages), request, value))
        self.trace.told.append(f"browser -> {request.url.host} {_request_label(request, request.url.target, value)}")
        self.trace.writer.request("", _SERVER)

    def _respond(self, request: Request, set_cookies: Sequence[str]) -> None:
        receptions = self.agent.process([(SET_COOKIE, value) for value in set_cookies], request)
        self.trace.receptions += receptions
        label = " ".join(["200", *(f"{SET_COOKIE}: {value}" for value in set_cookies)])
        ignored = [f"{one.ignored.reason} ({one.ignored.cite})" for one in receptions if one.ignored]
        self.trace.told.append(f"{request.url.host} -> browser {label}")
        self.trace.told += [f"  ignored: {reason}" for reason in ignored]
        self.trace.writer.response(_response_label(set_cookies), show_store(self.agent.store), "; ".join(ignored))

    def _request(self, step: Step) -> None:
        request, _ = self._request_of(step)
        self._send(request)
        self._respond(request, ())

    def _response(self, step: Step) -> None:
        request, given = self._request_of(step, "set-cookie")
        set_cookies = listed(given.get("set-cookie", ()))
        if not set_cookies or not all(isinstance(value, str) for value in set_cookies):
            raise step.fail("`response` needs set-cookie: one text or a list of them")
        self._send(request)
        self._respond(request, set_cookies)

    def _script(self, step: Step) -> None:
        given = step.fields(("url", "set"), "url")
        if "url" not in given:
            raise step.fail("`script` needs a url")
        request = replace(Request(step.url(given["url"])), script=True)
        if "set" in given:
            self._assign(str(given["set"]), request)
            return
        value = self.agent.cookie_field(request)
        self.trace.scripts.append(value)
        self._event(f"script reads {value or 'nothing'}")

    def _assign(self, text: str, request: Request) -> None:
        reception = self.agent.set(text, request)
        self.trace.receptions.append(reception)
        why = f", ignored: {reception.ignored.reason}" if reception.ignored else ""
        self._event(f"script sets {text}{why}")

    def _wait(self, step: Step) -> None:
        self.agent.wait(step.seconds(step.text("a length of time, such as 30 min")))
        self._event(f"{step.argument} later")

    def _restart(self, step: Step) -> None:
        self.agent.restart()
        self._event("browser restarted")

    def _delete(self, step: Step) -> None:
        name = step.text("the name of a cookie")
        if not self.agent.delete(name):
            held = [cookie.name for cookie in self.agent.store.cookies]
            raise step.fail(f"the browser holds no cookie `{name}`", held)
        self._event(f"user deletes {name}")

    def _event(self, text: str) -> None:
        self.trace.told.append(f"browser: {text}")
        self.trace.writer.browser = show_store(self.agent.store)
        self.trace.writer.event(BROWSER, text)


def run(steps: Sequence[Any], spec: Spec = SPEC) -> Trace:
    """Run a scenario. Raises ScenarioError for a step that means nothing or cannot happen."""
    the_run = _Run(spec)
    with recording() as record:
        for number, raw in enumerate(steps):
            the_run.do(read_step(number, raw, _WORDS))
    the_run.label()
    the_run.trace.record = record
    return the_run.trace
