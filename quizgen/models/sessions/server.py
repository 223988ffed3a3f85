"""A server with sessions: what it answers to a request, and what it remembers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.models.base import because, touch
from quizgen.models.cookies.matching import Url
from quizgen.models.cookies.signing import sign
from quizgen.models.sessions.signed import SignedStore
from quizgen.models.sessions.spec import (
    BALANCING,
    CARRIER_ROWS,
    CARRIERS,
    DEFENCE_ROWS,
    DEFENCES,
    ID_NAMES,
    SOFTWARE,
    STORES,
    Spec,
)  # fmt: skip
from quizgen.models.sessions.store import Session, SessionStore
from quizgen.models.values import Term

COOKIE_CARRIER, URL_CARRIER = CARRIERS.terms()
JAKARTA_SERVLET, PHP, ASP_NET, EXPRESS = SOFTWARE.terms()
OWN_MEMORY, SHARED_STORE, SIGNED_COOKIE = STORES.terms()
STICKY, ROUND_ROBIN = BALANCING.terms()
(
    SECURE_COOKIE, HTTPONLY_COOKIE, SAMESITE_COOKIE, CSRF_TOKEN, NEW_ID_AT_LOGIN, UNGUESSABLE_IDS, SERVER_SIDE_LOGOUT,
    COOKIES_ONLY,
) = DEFENCES.terms()  # fmt: skip

ALL_DEFENCES = frozenset(DEFENCES.terms())

_TOKEN_KEY = b"the server's key for tokens"


def token_of(id_: str) -> str:
    """The CSRF token of the session with this id: what forms of the site's own pages hold, and no other site can read."""
    return sign(id_, _TOKEN_KEY).rpartition(".")[2]


@dataclass(frozen=True)
class Setup:
    """How a server is configured. `carriers` says where it looks for ids and puts them; timeouts in seconds or None.
    `kept` is where its sessions are; `servers` is how many of its kind there are behind a balancer, and `balancing`
    which of them a request gets to.
    """

    software: Term = JAKARTA_SERVLET
    carriers: frozenset[Term] = frozenset({COOKIE_CARRIER})
    defences: frozenset[Term] = ALL_DEFENCES
    idle: int | None = None
    absolute: int | None = None
    name: str = ""
    kept: Term = OWN_MEMORY
    servers: int = 1
    balancing: Term = STICKY

    @property
    def id_name(self) -> str:
        """The name of the id's cookie."""
        return self.name or ID_NAMES[self.software.name]

    @property
    def parameter(self) -> str:
        """What stands before the id in a rewritten URL."""
        return f";{self.id_name.lower()}="


@dataclass(frozen=True)
class Answer:
    """A response: whom the server took the request for ("" for nobody), the id that it used, its Set-Cookies, the id
    that it put into the links of the page ("" for none), and the number of the server, counted from 1."""

    user: str
    id: str = ""
    set_cookies: tuple[str, ...] = ()
    links: str = ""
    data: tuple[tuple[str, str], ...] = ()
    server: int = 1


@dataclass
class Server:
    """A server with sessions. `ids` are the identifiers that it will hand out, in order."""

    spec: Spec
    setup: Setup
    ids: Iterator[str]
    store: SessionStore | SignedStore

    def defends(self, defence: Term) -> bool:
        """Whether the server is set up with the defence, and the defence works; asked where it decides."""
        self.tries(defence)
        return self._has(defence)

    def tries(self, defence: Term) -> None:
        """Note that what comes now rests on the defence, if the server has it."""
        if defence in self.setup.defences:
            touch(DEFENCE_ROWS[defence.name].id)

    def _has(self, defence: Term) -> bool:
        return defence in self.setup.defences and self.spec.works(defence)

    def answer(
        self, url: Url, cookies: dict[str, str], now: int, *, form: dict[str, str] | None = None, token: str = ""
    ) -> Answer:
        """Process a request: its URL, its cookies, and the form that it posts (`user`, or anything to remember; None for a
        request that posts none) with its CSRF token.

        The paths /login and /logout mean what they say; every other one is a page.
        """
        self.store = self.store.expire(now)
        sent, carrier = self.id_of(url, cookies)
        session = self.store.find(sent) if sent else None
        if not sent:
            self.spec.uses("found-by-id", "The request brings no id, so that the server finds no session")
        if sent and session is None:
            self.spec.uses("unknown-id")
            session = None if self.spec.applies("unknown-id") else self._new(now, sent)
        if session is not None and form is not None and self._misses_token(session, token):
            return Answer("")
        if url.path.startswith("/logout"):
            return self._logout(session)
        form = form or {}
        if session is None and (form or url.path.startswith("/login")):
            session = self._new(now)
        if session is None:
            return Answer("")
        return self._page(session, form, sent, carrier, now)

    def id_of(self, url: Url, cookies: dict[str, str]) -> tuple[str, Term | None]:
        """The id in the request and what carried it; "" and None without one."""
        if COOKIE_CARRIER in self.setup.carriers and self.setup.id_name in cookies and "cookie" in self.spec.carriers:
            self._carried("cookie")
            return cookies[self.setup.id_name], COOKIE_CARRIER
        rest = url.path.partition(self.setup.parameter)[2]
        if rest and self._rewrites():
            self._carried("url")
            return rest, URL_CARRIER
        return "", None

    def _misses_token(self, session: Session, token: str) -> bool:
        if token == token_of(session.id) or not self.defends(CSRF_TOKEN):
            return False
        because("The form that is posted lacks the token of the session", DEFENCE_ROWS[CSRF_TOKEN.name].cite)
        return True

    def _carried(self, carrier: str) -> None:
        row = CARRIER_ROWS[carrier]
        touch(row.id)
        because(row.title["en"], row.cite)

    def _rewrites(self) -> bool:
        allowed = URL_CARRIER in self.setup.carriers and "url" in self.spec.carriers
        return allowed and not self.defends(COOKIES_ONLY)

    def _new(self, now: int, id_: str = "") -> Session:
        self.store = self.store.create(id_ or next(self.ids), now)
        return self.store.latest()

    def _page(self, session: Session, form: dict[str, str], sent: str, carrier: Term | None, now: int) -> Answer:
        user = form.get("user", "")
        if user and sent and self.defends(NEW_ID_AT_LOGIN) and self.spec.applies("new-id-at-login"):
            self.spec.uses("new-id-at-login")
            fresh = next(self.ids)
            self.store = self.store.regenerate(session, fresh)
            session = self.store.latest()
        data = {**session.data, **{key: value for key, value in form.items() if key != "user"}}
        self.store = self.store.visit(session, now, user or session.user, data)
        session = self.store.latest()
        self.spec.uses("bearer", "The server takes whoever presents the id for the session's user")
        return Answer(
            session.user,
            session.id,
            self._set_cookies(session.id, sent, carrier, data),
            session.id if self._rewrites() and carrier != COOKIE_CARRIER else "",
            tuple(data.items()),
        )

    def _set_cookies(self, id_: str, sent: str, carrier: Term | None, data: dict[str, str]) -> tuple[str, ...]:
        cookies: list[str] = []
        if COOKIE_CARRIER in self.setup.carriers and not (id_ == sent and carrier == COOKIE_CARRIER):
            touch(CARRIER_ROWS["cookie"].id)
            if "cookie" in self.spec.carriers:
                cookies.append(f"{self.setup.id_name}={id_}{self._attributes()}")
        if not self.spec.applies("data-on-server"):
            cookies += [f"{key}={value}; Path=/" for key, value in data.items()]
        return tuple(cookies)

    def _attributes(self) -> str:
        flags = ((SECURE_COOKIE, "; Secure"), (HTTPONLY_COOKIE, "; HttpOnly"), (SAMESITE_COOKIE, "; SameSite=Lax"))
        return "; Path=/" + "".join(text for defence, text in flags if self._has(defence))

    def _logout(self, session: Session | None) -> Answer:
        if session is not None and self._ends_at_logout():
            self.store = self.store.destroy(session)
        cookies = (f"{self.setup.id_name}=; Path=/; Max-Age=0",) if COOKIE_CARRIER in self.setup.carriers else ()
        return Answer("", "", cookies)

    def _ends_at_logout(self) -> bool:
        if self.defends(SERVER_SIDE_LOGOUT) and self.spec.applies("logout-destroys"):
            self.spec.uses("logout-destroys")
            return True
        if self.setup.kept != SIGNED_COOKIE:
            return False
        self.spec.uses("until-expiry")
        return not self.spec.applies("until-expiry")
