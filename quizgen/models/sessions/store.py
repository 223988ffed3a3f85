"""The server's session store: a value that maps identifiers to sessions. Ids and times are given by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from quizgen.models.sessions.spec import Spec


@dataclass(frozen=True)
class Session:
    """What the server remembers under one id. `user` is "" before login; times in seconds."""

    id: str
    created: int
    accessed: int
    user: str = ""
    data: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        about = [self.user or "anonymous", *(f"{key}={value}" for key, value in self.data.items())]
        return f"{self.id}: {', '.join(about)}"


@dataclass(frozen=True)
class SessionStore:
    """The live sessions. `idle` and `absolute` are the timeouts in seconds; None for no such timeout."""

    spec: Spec
    idle: int | None
    absolute: int | None
    sessions: tuple[Session, ...] = ()

    def _put(self, session: Session) -> SessionStore:
        return replace(self, sessions=(*(one for one in self.sessions if one.id != session.id), session))

    def create(self, id_: str, now: int) -> SessionStore:
        """The store with a new, anonymous session."""
        return self._put(Session(id_, now, now))

    def latest(self) -> Session:
        """The session that was created or visited last."""
        return self.sessions[-1]

    def find(self, id_: str) -> Session | None:
        """The session of that id (RFC 6265 §8.4)."""
        self.spec.uses("found-by-id")
        if not self.spec.applies("found-by-id"):
            return None
        return next((session for session in self.sessions if session.id == id_), None)

    def visit(self, session: Session, now: int, user: str, data: Mapping[str, str]) -> SessionStore:
        """The store after a request of that session at `now`, which left it with this user and these data."""
        return self._put(replace(session, accessed=now, user=user, data=data))

    def regenerate(self, session: Session, id_: str) -> SessionStore:
        """The store with the session under a new id; the old id finds nothing any more."""
        return self.destroy(session)._put(replace(session, id=id_))

    def destroy(self, session: Session) -> SessionStore:
        """The store without the session."""
        return replace(self, sessions=tuple(one for one in self.sessions if one.id != session.id))

    def expire(self, now: int) -> SessionStore:
        """The store without the sessions whose time is over."""
        return replace(self, sessions=tuple(session for session in self.sessions if not self._over(session, now)))

    def _over(self, session: Session, now: int) -> bool:
        if self.idle is not None and self.spec.applies("idle-expiry") and now - session.accessed >= self.idle:
            self.spec.uses("idle-expiry")
            return True
        if (
            self.absolute is not None
            and self.spec.applies("absolute-expiry")
            and now - session.created >= self.absolute
        ):
            self.spec.uses("absolute-expiry")
            return True
        return False

    @property
    def entries(self) -> int:
        """How many sessions the server remembers."""
        return len(self.sessions)

    def __str__(self) -> str:
        return "; ".join(map(str, self.sessions)) or "no sessions"
