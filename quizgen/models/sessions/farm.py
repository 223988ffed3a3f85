"""One or several servers behind a balancer, with sessions of their own, in a store that they share, or in signed cookies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quizgen.models.base import ModelError
from quizgen.models.cookies.matching import Url
from quizgen.models.sessions.server import OWN_MEMORY, SHARED_STORE, SIGNED_COOKIE, STICKY, Answer, Server, Setup
from quizgen.models.sessions.signed import SignedStore
from quizgen.models.sessions.spec import Spec
from quizgen.models.sessions.store import Session, SessionStore
from quizgen.models.values import Term, shortened

STORE = "store"
"""What can fail beside the servers, which have numbers."""


@dataclass
class Farm:
    """The servers, counted from 1. `routes` is the balancer's memory of which server has which id."""

    spec: Spec
    setup: Setup
    ids: Iterator[str]
    servers: list[Server] = field(default_factory=list)
    failed: set[int] = field(default_factory=set)
    routes: dict[str, int] = field(default_factory=dict)
    turn: int = 0

    def __post_init__(self) -> None:
        self.servers = [Server(self.spec, self.setup, self.ids, self._empty()) for _ in range(self.setup.servers)]

    def _empty(self) -> SessionStore | SignedStore:
        if self.setup.kept == SIGNED_COOKIE:
            return SignedStore(self.spec, self.setup.absolute or self.spec.absolute)
        return SessionStore(self.spec, self.setup.idle, self.setup.absolute)

    @property
    def _shares(self) -> bool:
        # The list of ended signed sessions is of use only if every server reads it.
        return {
            OWN_MEMORY: not self.spec.applies("own-memory"),
            SHARED_STORE: self.spec.applies("shared-store"),
            SIGNED_COOKIE: True,
        }[self.setup.kept]

    def tries(self, defence: Term) -> None:
        """Note that what comes now rests on the defence, if the servers have it."""
        self.servers[0].tries(defence)

    def answer(
        self, url: Url, cookies: dict[str, str], now: int, *, form: dict[str, str] | None = None, token: str = ""
    ) -> Answer:
        """The answer of the server to which the balancer sends the request. Raises ModelError when all have failed."""
        number = self._choose(url, cookies)
        server = self.servers[number - 1]
        answer = server.answer(url, cookies, now, form=form, token=token)
        if self._shares:
            for other in self.servers:
                other.store = server.store
        if answer.id:
            self.routes[answer.id] = number
        return replace(answer, server=number)

    @property
    def _alive(self) -> list[int]:
        return [number for number in range(1, len(self.servers) + 1) if number not in self.failed]

    def _choose(self, url: Url, cookies: dict[str, str]) -> int:
        alive = self._alive
        if not alive:
            raise ModelError("every server has failed")
        if len(self.servers) == 1:
            return 1
        known = self.routes.get(self.servers[0].id_of(url, cookies)[0])
        if self.setup.kept != SIGNED_COOKIE:
            self.spec.uses("own-memory" if self.setup.kept == OWN_MEMORY else "shared-store")
        if known in alive and self.setup.balancing == STICKY:
            self.spec.uses("sticky")
            if self.spec.applies("sticky"):
                return known
        self.turn += 1
        return alive[(self.turn - 1) % len(alive)]

    def fail(self, what: str) -> None:
        """Server `what` fails, or the store that all share ("store"), with everything in it.

        Raises ModelError for a server that is not there or has failed, and for a store that is not there.
        """
        if what == STORE and self.setup.kept == SHARED_STORE:
            self.clear()
            return
        alive = {str(number): number for number in self._alive}
        if what not in alive:
            raise ModelError(f"`{shortened(what)}` is nothing that can fail here")
        self.spec.uses("lost-with-server")
        if self.spec.applies("lost-with-server"):
            self.failed.add(alive[what])
            if not self._shares:
                self.servers[alive[what] - 1].store = self._empty()

    def clear(self) -> None:
        """All sessions are lost."""
        for server in self.servers:
            server.store = self._empty()

    def expire(self, now: int) -> None:
        """Time has passed: sessions that are over go."""
        for server in self.servers:
            server.store = server.store.expire(now)

    @property
    def _stores(self) -> list[SessionStore | SignedStore]:
        return [server.store for server in (self.servers[:1] if self._shares else self.servers)]

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All live sessions, wherever they are kept."""
        return tuple(session for store in self._stores for session in store.sessions)

    @property
    def entries(self) -> int:
        """How many sessions the servers remember, ended ones on a list included."""
        return sum(store.entries for store in self._stores)

    def __str__(self) -> str:
        if len(self.servers) == 1 or self._shares:
            return str(self.servers[0].store)
        return " | ".join(self._about(number) for number in range(1, len(self.servers) + 1))

    def _about(self, number: int) -> str:
        store = self.servers[number - 1].store
        return f"{number}: {'failed' if number in self.failed else store if store.sessions else 'none'}"
