"""Sessions that the client keeps: the cookie holds the whole session and a signature, the server holds the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar
from urllib.parse import quote, unquote

from quizgen.models.cookies.signing import sign, verify
from quizgen.models.sessions.spec import Spec
from quizgen.models.sessions.store import Session

_KEY = b"the server's key"
_EMPTY = Session("", 0, 0)


@dataclass(frozen=True)
class SignedStore:
    """What a server with signed sessions goes by: the key, the time, and the list of sessions that were ended early.

    The id of such a session is the cookie's whole value, `alice:cart=book:1767254400.<HMAC>`: its user, its data, and when
    it expires, in seconds since 1970. `lifetime` is the time from the first request to that, in seconds. `ended` has when
    each session would expire and whose it is.
    """

    sessions: ClassVar[tuple[Session, ...]] = ()
    spec: Spec
    lifetime: int
    now: int = 0
    issued: Session = field(default=_EMPTY)
    ended: frozenset[tuple[int, str]] = frozenset()

    def _issue(self, session: Session) -> SignedStore:
        until = str(session.created + self.lifetime)
        data = [f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in session.data.items()]
        token = sign(":".join([quote(session.user, safe=""), *data, until]), _KEY)
        return replace(self, issued=replace(session, id=token))

    def create(self, id_: str, now: int) -> SignedStore:
        """The store that has issued a new, anonymous session; its id is made from its content."""
        return self._issue(Session(id_, now, now))

    def latest(self) -> Session:
        """The session that was issued last."""
        return self.issued

    def find(self, id_: str) -> Session | None:
        """The session that the cookie's value holds; None if it is forged, over, or was ended."""
        self.spec.uses("signed-state")
        if not self.spec.applies("signed-state"):
            return None
        self.spec.uses("signature")
        content = verify(id_, _KEY) if self.spec.applies("signature") else id_.rpartition(".")[0]
        return self._read(id_, content) if content else None

    def _read(self, id_: str, content: str) -> Session | None:
        user, *pairs, until = content.split(":")
        if int(until) <= self.now:
            self.spec.uses("until-expiry", "The signed session has expired")
            return None
        data = {unquote(key): unquote(value) for key, _, value in (pair.partition("=") for pair in pairs)}
        session = Session(id_, int(until) - self.lifetime, self.now, unquote(user), data)
        if self._listed(session) in self.ended:
            self.spec.uses("revocation-list")
            return None
        return session

    def _listed(self, session: Session) -> tuple[int, str]:
        # Not the cookie's value: earlier values of the same session are valid as well, with other data.
        return session.created + self.lifetime, session.user

    def visit(self, session: Session, now: int, user: str, data: Mapping[str, str]) -> SignedStore:
        """The store that has issued the session anew, with this user and these data."""
        return self._issue(replace(session, accessed=now, user=user, data=data))

    def regenerate(self, session: Session, id_: str) -> SignedStore:
        """The store as it is: what the session holds is its id, so that a login changes it anyway."""
        return replace(self, issued=session)

    def destroy(self, session: Session) -> SignedStore:
        """The store with the session on the list of those that were ended; nothing else can end it."""
        self.spec.uses("revocation-list")
        return (
            replace(self, ended=self.ended | {self._listed(session)}) if self.spec.applies("revocation-list") else self
        )

    def expire(self, now: int) -> SignedStore:
        """The store at that time; what has expired by itself leaves the list."""
        return replace(self, now=now, ended=frozenset(one for one in self.ended if one[0] > now))

    @property
    def entries(self) -> int:
        """How many ended sessions the server remembers."""
        return len(self.ended)

    def __str__(self) -> str:
        return f"{len(self.ended)} ended" if self.ended else "nothing kept"
