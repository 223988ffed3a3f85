"""A ladder written down while an exchange goes on: requests and responses between a browser and a server."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizgen.models.figure import Ladder, Message, Moment

BROWSER, SERVER = "browser", "server"


@dataclass
class LadderWriter:
    """Collects moments and messages; `browser` and `server` are the states that the next moments show."""

    browser: str = ""
    server: str = ""
    moments: list[Moment] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._moment()

    def _moment(self, **events: str) -> int:
        self.moments.append(Moment({BROWSER: self.browser, SERVER: self.server}, events))
        return len(self.moments) - 1

    def event(self, end: str, text: str) -> None:
        """Something that happens at one end; the states after it have to be set before."""
        self._moment(**{end: text})

    def request(self, label: str, server: str, *, forged: bool = False) -> None:
        """A request leaves the browser's side and arrives; `server` is the server's state after it."""
        self._message(BROWSER, label, forged)
        self.server = server
        self._moment()

    def response(self, label: str, browser: str, note: str = "", *, forged: bool = False) -> None:
        """The response arrives; `browser` is the browser's state after it, `note` why it took no cookie from it."""
        self._message(SERVER, label, forged, note)
        self.browser = browser
        self._moment()

    def _message(self, sender: str, label: str, forged: bool, note: str = "") -> None:
        row = len(self.moments) - 1
        self.messages.append(Message(sender, label, row, row + 1, "forged" if forged else "arrives", note))

    def ladder(self) -> Ladder:
        """What was written down so far."""
        return Ladder((BROWSER, SERVER), tuple(self.moments), tuple(self.messages))
