"""The tutor on a terminal: single keys, one screen a question, feedback at once."""

from __future__ import annotations

from collections.abc import Callable

from quizgen.items.response import Response
from quizgen.models.values import Unreadable
from quizgen.study import frames, prompts
from quizgen.study.presented import Presented
from quizgen.study.scheduler import Rating
from quizgen.study.screen import Frame, Screen, text_width
from quizgen.study.session import Answer, Session
from quizgen.study.terminal import QUIT, RESIZED, Terminal
from quizgen.study.words import say

_RATINGS = {"h": Rating.HARD, "e": Rating.EASY}


class _Quit(Exception):  # the learner's wish, no error
    """The session ends here."""


def run(session: Session, terminal: Terminal) -> None:
    """Ask the session's questions until they end or the learner quits."""
    try:
        _Interactive(session, terminal).run()
    except _Quit:
        return


class _Interactive:
    def __init__(self, session: Session, terminal: Terminal) -> None:
        self._session, self._terminal, self._lang = session, terminal, session.lang
        self._screen = Screen(terminal)
        self._notice = ""

    def run(self) -> None:
        while presented := self._session.current:
            self._screen.top = 0
            response = self._typed(presented) if presented.question.blanks else self._pressed(presented)
            if response is not None:
                self._feedback(self._session.answer(response))

    def _pressed(self, presented: Presented) -> Response | None:
        """An answer given by keys; None when the learner went to another question instead."""
        pressed = ""
        kind = prompts.kind(presented)
        while True:
            key = self._key(lambda: frames.question(self._session, presented, pressed, self._width, self._notice))  # noqa: B023
            if key in presented.keys:
                pressed = _with(kind, pressed, key, len(presented.keys))
                if kind == "choice":
                    return presented.response(pressed)
            elif key == "backspace":
                pressed = pressed[:-1]
            elif key == "enter" and kind != "choice":
                try:
                    return presented.response(pressed)
                except Unreadable:
                    self._notice = say(self._lang, "not-whole")
            elif self._command(key):
                return None

    def _typed(self, presented: Presented) -> Response | None:
        """Texts, one for each blank; None when the learner went to another question instead."""
        typed: list[str] = []
        entry = ""
        while len(typed) < len(presented.question.blanks):
            key = self._key(lambda: frames.form(self._session, presented, typed, entry, self._width, self._notice))  # noqa: B023
            if key == "enter" and (command := _command_in(entry)):
                entry = ""
                if self._command(command):
                    return None
            elif key == "enter":
                entry = self._filled(presented, typed, entry)
            elif key == "backspace":
                entry = entry[:-1] if entry or not typed else typed.pop()
            elif key == "erase":
                entry = ""
            elif len(key) == 1:
                entry += key
        return typed

    def _filled(self, presented: Presented, typed: list[str], entry: str) -> str:
        """Add the entry to what is typed if it can be an answer; what then stands in the line."""
        try:
            presented.check_text(len(typed), entry)
        except Unreadable:
            self._notice = prompts.gap_complaint(presented.question, len(typed), entry, self._lang)
            return entry
        typed.append(entry)
        return ""

    def _command(self, key: str) -> bool:
        """Do what a command key says; whether the question on the screen is now another one."""
        if key == "q":
            raise _Quit
        if key == "s":
            self._session.skip()
            return True
        if key == "u":
            undone = self._session.undo()
            self._notice = say(self._lang, "undone" if undone else "nothing-to-undo")
            return undone
        if key == "?":
            self._help()
        elif key == " " and self._screen.more:
            self._screen.scroll("pagedown")
        return False

    def _feedback(self, answer: Answer) -> None:
        self._screen.top = 0
        while True:
            key = self._key(lambda: frames.reasons(self._session, answer, self._width, self._notice))
            if key == "enter" or (key == " " and not self._screen.more):
                return
            if key in _RATINGS and answer.score.right:
                self._session.rate(_RATINGS[key])
                return
            if key != "s" and self._command(key):
                return

    def _help(self) -> None:
        top, self._screen.top = self._screen.top, 0
        while self._key(lambda: frames.help_(self._session)) not in ("enter", "?", " "):
            pass
        self._screen.top = top

    @property
    def _width(self) -> int:
        return text_width(self._terminal.size()[0])

    def _key(self, frame: Callable[[], Frame]) -> str:
        """Show the frame until a key comes that neither scrolls nor only asks to draw again."""
        while True:
            self._screen.draw(frame())
            key = self._terminal.read()
            if key == QUIT:
                raise _Quit
            if not self._screen.scroll(key) and key != RESIZED:
                self._notice = ""
                return key


def _with(kind: str, pressed: str, key: str, wanted: int) -> str:
    """The keys pressed, with a further one: it toggles where several may be chosen, and is taken once elsewhere."""
    if kind == "multiple":
        return pressed.replace(key, "") if key in pressed else pressed + key
    return pressed if key in pressed or len(pressed) == wanted else pressed + key


def _command_in(entry: str) -> str:
    """The letter of a typed command such as `:s`, or "" when the entry is an answer."""
    text = entry.strip().casefold().replace("：", ":").replace("？", "?")
    return text[1] if text in (":s", ":u", ":q", ":?") else ""
