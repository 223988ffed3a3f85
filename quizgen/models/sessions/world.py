"""A browser, a server with sessions, and an attacker: what each can do, one method for each act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count

from quizgen.models.cookies.agent import SET_COOKIE, UserAgent
from quizgen.models.cookies.ladder import BROWSER, SERVER, LadderWriter
from quizgen.models.cookies.matching import Url, parse_url
from quizgen.models.cookies.rules import RFC_6265, RFC_6265BIS
from quizgen.models.cookies.scenario import START
from quizgen.models.cookies.spec import Edition
from quizgen.models.cookies.store import SAFE_METHODS, Request
from quizgen.models.sessions.farm import Farm
from quizgen.models.sessions.server import (
    COOKIE_CARRIER,
    HTTPONLY_COOKIE,
    SAMESITE_COOKIE,
    SECURE_COOKIE,
    SIGNED_COOKIE,
    UNGUESSABLE_IDS,
    Answer,
    Setup,
    token_of,
)
from quizgen.models.sessions.spec import Spec
from quizgen.models.sessions.trace import Exchange, Trace

HOST = "shop.example"
OTHER_SITE = parse_url("https://evil.example/")
RANDOM_IDS = ("a3f9", "c81d", "5e07", "92b4", "f16c", "0d8a")
"""Stand-ins for random ids, short enough for a figure; real ones have 64 bits of entropy and more."""
FIRST_COUNTED_ID = 1001


_SIGNATURE = re.compile(r"(\.[0-9a-f]{4})[0-9a-f]{60}\b")


def abbreviated(text: str) -> str:
    """The text with every HMAC cut to its first four digits, as figures show it."""
    return _SIGNATURE.sub(r"\1…", text)


def _shortened(set_cookie: str) -> str:
    """`SID=a3f9`; of the attributes a figure needs only the one that removes the cookie, which an empty value does not."""
    pair, *attributes = set_cookie.split("; ")
    return "; ".join([pair, *(given for given in attributes if given == "Max-Age=0")])


def _ids(spec: Spec, setup: Setup, given: Sequence[str]) -> Iterator[str]:
    if UNGUESSABLE_IDS in setup.defences and spec.works(UNGUESSABLE_IDS):
        return chain(given or RANDOM_IDS, (f"{number:04x}" for number in count(0xB001, 0x1357)))
    return chain(given, map(str, count(FIRST_COUNTED_ID)))


class World:
    """Who is there, and what has happened so far (`trace`)."""

    def __init__(self, spec: Spec, setup: Setup, ids: Sequence[str] = ()) -> None:
        # A browser that knows SameSite treats a cookie without it as Lax, which would be a defence by itself.
        same_site = SAMESITE_COOKIE in setup.defences and spec.works(SAMESITE_COOKIE)
        edition = RFC_6265BIS if same_site else RFC_6265
        self.browser = UserAgent(Edition(term=edition), now=START)
        setup = replace(setup, name=setup.name or spec.id_names[setup.software.name])
        self.spec, self.setup = spec, setup
        self.server = Farm(spec, setup, _ids(spec, setup, ids))
        self.links = self.stolen = self.overheard = ""
        self.trace = Trace(LadderWriter("no cookies", str(self.server)))

    @property
    def now(self) -> int:
        """The time, in seconds since 1970."""
        return self.browser.now

    # What the user does

    def get(self, path: str, scheme: str = "https") -> Exchange:
        """The user asks for a page."""
        return self._browse(path, scheme)

    def post(self, path: str, form: dict[str, str]) -> Exchange:
        """The user posts a form."""
        return self._browse(path, method="POST", form=form)

    def wait(self, seconds: int, text: str) -> None:
        """Time passes, at both ends."""
        self.browser.wait(seconds)
        self.server.expire(self.now)
        self._event(BROWSER, f"{text} later")

    def delete_cookie(self) -> bool:
        """The user deletes the id's cookie; whether there was one."""
        there = self.browser.delete(self.setup.id_name)
        self.spec.uses("cookie-is-not-session")
        if there and not self.spec.applies("cookie-is-not-session"):
            self.server.clear()
        self._event(BROWSER, f"deletes {self.setup.id_name}")
        return there

    def refuse_cookies(self) -> None:
        """The browser takes and sends no cookies from now on."""
        self.browser.enabled = False
        self._event(BROWSER, "refuses cookies")

    def restart(self) -> None:
        """The browser is closed and opened again; its open pages and their links are gone."""
        self.spec.uses("cookie-is-not-session")
        if not self.spec.applies("cookie-is-not-session"):
            self.server.clear()
        self.browser.restart()
        self.links = ""
        self._event(BROWSER, "restarted")

    def share(self, path: str) -> Exchange:
        """The user passes on a link as the browser has it; a friend opens it."""
        return self._foreign("friend", self._linked(path), {})

    def fail(self, what: str) -> None:
        """A server fails, or the store."""
        self.server.fail(what)
        self._event(SERVER, f"{what} fails" if what == "store" else f"server {what} fails")

    # What the attacker does

    def steal_copy(self) -> None:
        """The attacker copies the id out of the browser, by whatever means."""
        held = self.browser.store.named(self.setup.id_name)
        self._steals((held[0].value if held else "") or self.links)

    def steal_by_script(self) -> None:
        """A script in the site's page reads the id from document.cookie."""
        self.server.tries(HTTPONLY_COOKIE)
        request = Request(parse_url(f"https://{HOST}/"), script=True)
        found = {cookie.name: cookie.value for cookie in self.browser.cookies(request)}
        self._steals(found.get(self.setup.id_name, ""))

    def steal_from_network(self) -> None:
        """The attacker listens to what crosses unencrypted connections."""
        self._steals(self.overheard)

    def plant(self) -> None:
        """The attacker takes an id from the server and plants it in the browser, as a cookie or in a link."""
        mine = self._foreign("attacker", "/login", {})
        self.stolen = mine.id
        if COOKIE_CARRIER in self.setup.carriers:
            self.browser.set(f"{self.setup.id_name}={mine.id}; Path=/", Request(parse_url(f"https://{HOST}/")))
        else:
            self.links = mine.id
        self._event(BROWSER, abbreviated(f"attacker plants {mine.id}"))

    def attack(self, path: str) -> Exchange:
        """The attacker asks for a page with the id that it has."""
        return self._with_id(path, self.stolen)

    def guess(self, id_: str) -> Exchange:
        """The attacker asks for a page with an id that it made up."""
        if self.setup.kept != SIGNED_COOKIE:
            self.server.tries(UNGUESSABLE_IDS)
        return self._with_id("/account", id_)

    def forge(self, method: str, path: str, page: Url = OTHER_SITE) -> Exchange:
        """A page that is none of the site's own, on another site or a sibling host, makes the browser send a request."""
        self.server.tries(SAMESITE_COOKIE)
        return self._browse(path, method=method, form=None if method in SAFE_METHODS else {}, page=page)

    # How it travels

    def _linked(self, path: str) -> str:
        return f"{path}{self.setup.parameter}{self.links}" if self.links else path

    def _browse(
        self,
        path: str,
        scheme: str = "https",
        method: str = "GET",
        form: dict[str, str] | None = None,
        *,
        page: Url | None = None,
    ) -> Exchange:
        target = self._linked(path) if page is None else path
        url = parse_url(f"{scheme}://{HOST}{target}")
        request = Request(url, method, page)
        cookies = {cookie.name: cookie.value for cookie in self.browser.cookies(request)}
        if not url.secure:
            self.server.tries(SECURE_COOKIE)
            self.overheard = cookies.get(self.setup.id_name, self.links)
        who = "browser" if page is None else "other site" if page == OTHER_SITE else page.host
        token = token_of(cookies.get(self.setup.id_name, self.links)) if page is None else ""
        answer = self._exchange(who, method, target, cookies, form, token)
        self.browser.process([(SET_COOKIE, value) for value in answer.set_cookies], request)
        self.links = answer.links if answer.id else ""
        return self._answered(who, answer)

    def _with_id(self, path: str, id_: str) -> Exchange:
        if COOKIE_CARRIER in self.setup.carriers:
            return self._foreign("attacker", path, {self.setup.id_name: id_} if id_ else {})
        return self._foreign("attacker", f"{path}{self.setup.parameter}{id_}" if id_ else path, {})

    def _foreign(self, who: str, target: str, cookies: dict[str, str]) -> Exchange:
        if not self.spec.applies("bearer"):
            cookies, target = {}, target.partition(self.setup.parameter)[0]  # an id is of no use to anybody else
        return self._answered(who, self._exchange(who, "GET", target, cookies, None))

    def _exchange(
        self, who: str, method: str, target: str, cookies: dict[str, str], form: dict[str, str] | None, token: str = ""
    ) -> Answer:
        field = "; ".join(f"{name}={value}" for name, value in cookies.items())
        label = f"{method} {target}" + (f" Cookie: {field}" if field else "")
        answer = self.server.answer(parse_url(f"https://{HOST}{target}"), cookies, self.now, form=form, token=token)
        self.trace.told.append(f"{who} -> server {label}")
        prefix = "" if who == "browser" else f"{who}: "
        self.trace.writer.request(abbreviated(f"{prefix}{label}"), str(self.server), forged=who == "attacker")
        return answer

    def _answered(self, who: str, answer: Answer) -> Exchange:
        taken = f"200 for {answer.user or 'nobody'}"
        first = f"server {answer.server}: {taken}" if self.setup.servers > 1 else taken
        label = " ".join([first, *(f"Set-Cookie: {text}" for text in answer.set_cookies)])
        short = abbreviated(" ".join([first, *(f"Set-Cookie: {_shortened(text)}" for text in answer.set_cookies)]))
        self.trace.told.append(f"server -> {who} {label}")
        self.trace.writer.response(short, self._held(), forged=who == "attacker")
        self.trace.exchanges.append(Exchange(who, answer.user, answer.id, answer.data, answer.server))
        return self.trace.exchanges[-1]

    def _held(self) -> str:
        held = [str(cookie) for cookie in self.browser.store.cookies] + (
            [f"links with {self.links}"] if self.links else []
        )
        return abbreviated(", ".join(held)) or "no cookies"

    def _steals(self, id_: str) -> None:
        self.stolen = id_
        self._event(BROWSER, abbreviated(f"attacker gets {id_ or 'nothing'}"))

    def _event(self, end: str, text: str) -> None:
        self.trace.told.append(f"{end}: {text}")
        self.trace.writer.browser, self.trace.writer.server = self._held(), str(self.server)
        self.trace.writer.event(end, text)
