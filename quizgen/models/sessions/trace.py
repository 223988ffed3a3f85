"""What a run of sessions leaves: whom the server took each request for, the ladder, and the last session store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from quizgen.models.base import ModelError, Record, Text, repeat, shows
from quizgen.models.cookies.ladder import LadderWriter
from quizgen.models.figure import Ladder
from quizgen.models.sessions.store import Session


@dataclass(frozen=True)
class Exchange:
    """One request and its answer: who sent it, whom the server took for the sender ("" for nobody), under which id,
    and the number of the server that answered."""

    sender: str
    user: str
    id: str = ""
    data: tuple[tuple[str, str], ...] = ()
    server: int = 1


@dataclass(eq=False)
class Trace:
    """A finished run. Requests are counted from 1."""

    published: ClassVar[frozenset[str]] = frozenset(
        {"taken_for", "recognised", "session_id", "remembers", "live", "served_by"}
    )
    kind: ClassVar[str] = "run of sessions"
    writer: LadderWriter
    sessions: tuple[Session, ...] = ()
    exchanges: list[Exchange] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    record: Record = field(default_factory=Record)

    @staticmethod
    def numbered(parameter: str, number: int) -> Text | None:
        """For what an answer about another number would be right; None where the parameter numbers nothing."""
        if parameter == "request" and number > 0:
            return {"en": f"for request {number}", "zh": f"第 {number} 个请求"}
        return None

    def _rest_on_run(self) -> None:
        shows(self)
        repeat(self.record)

    def _exchange(self, request: int) -> Exchange:
        self._rest_on_run()
        if not 1 <= request <= len(self.exchanges):
            raise ModelError(f"this run has {len(self.exchanges)} requests, counted from 1; there is no {request}")
        return self.exchanges[request - 1]

    def taken_for(self, request: int) -> str:
        """The user that the server took that request for, whoever sent it; "nobody" without a logged-in session."""
        return self._exchange(request).user or "nobody"

    def recognised(self, request: int) -> bool:
        """Whether the server tied that request to a logged-in session."""
        return bool(self._exchange(request).user)

    def session_id(self, request: int) -> str:
        """The id of the session that the server used for that request; "" for none."""
        return self._exchange(request).id

    def served_by(self, request: int) -> int:
        """The number of the server that answered that request, counted from 1."""
        return self._exchange(request).server

    def remembers(self, request: int, name: str) -> str | None:
        """What the session held under that name when the request had been answered; None for nothing."""
        return dict(self._exchange(request).data).get(name)

    def live(self) -> int:
        """How many sessions the server's store holds in the end."""
        self._rest_on_run()
        return len(self.sessions)

    def ladder(self) -> Ladder:
        """The run as a ladder between browser and server; what the attacker sends is marked as forged."""
        return self.writer.ladder()

    def lines(self) -> Sequence[str]:
        """The run in words, a line for each message and event."""
        return list(self.told)
