"""A user agent and the exchanges that it has: what requests carry, what responses and scripts set."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizgen.models.cookies.receive import Reception, receive
from quizgen.models.cookies.spec import Edition
from quizgen.models.cookies.store import Cookie, Request, Store, cookie_string, evict, retrieve

SET_COOKIE, COOKIE = "Set-Cookie", "Cookie"


@dataclass
class UserAgent:
    """A browser with its cookie store and its own idea of the time (`now`, seconds since 1970)."""

    edition: Edition = field(default_factory=Edition)
    now: int = 0
    store: Store = field(default_factory=Store)
    enabled: bool = True

    def set(self, set_cookie: str, request: Request) -> Reception:
        """Process one Set-Cookie of the response to a request, or one assignment to document.cookie; nothing while cookies
        are disabled (§7.2)."""
        if not self.enabled:
            return Reception(self.store)
        reception = receive(self.store, set_cookie, request, self.now, self.edition)
        self.store = reception.store
        return reception

    def process(self, fields: list[tuple[str, str]], request: Request) -> list[Reception]:
        """Process the header fields of a response: every Set-Cookie, each for itself, and nothing else."""
        self.edition.uses("set-cookie-field")
        wanted = (
            (SET_COOKIE.lower(),)
            if self.edition.applies("set-cookie-field")
            else tuple(name.lower() for name, _ in fields)
        )
        return [self.set(value, request) for name, value in fields if name.lower() in wanted]

    def cookies(self, request: Request) -> tuple[Cookie, ...]:
        """The cookies to send with a request (or to show to a script), in order; none while cookies are disabled (§7.2)."""
        if not self.enabled:
            return ()
        chosen, self.store = retrieve(self.store, request, self.now, self.edition)
        return chosen

    def cookie_field(self, request: Request) -> str:
        """The value of the request's Cookie field; "" for no field."""
        return cookie_string(self.cookies(request), self.edition)

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.now += seconds
        self.store = evict(self.store, self.now, self.edition)

    def restart(self) -> None:
        """End the session of the user agent and begin another: cookies that are not persistent go."""
        if not self.edition.applies("session-cookie"):
            return
        self.edition.uses("session-cookie")
        self.store = self.store.restarted()

    def delete(self, name: str) -> bool:
        """The user deletes the cookies of that name; whether there were any."""
        found = bool(self.store.named(name))
        self.store = self.store.without(lambda cookie: cookie.name == name)
        return found
