"""The tutor without a terminal: it asks and reads line by line, and writes no control codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from quizgen.items.response import Response
from quizgen.models.values import Unreadable
from quizgen.study import prompts, view
from quizgen.study.lines import Paragraph
from quizgen.study.presented import Presented
from quizgen.study.session import Session
from quizgen.study.words import say

WIDTH = 78
COMMANDS = "suq?"
PATIENCE = 10
"""So many answers in a row may make no sense before a session that is not on a terminal ends."""


class _Command(Exception):  # it is no error: the learner typed `s`, `u`, `q` or `?`
    """What was typed is a command, not an answer."""


def run(session: Session, source: TextIO, out: TextIO) -> None:
    """Ask the session's questions until they or the lines end, or the learner quits."""
    _Plain(session, source, out).run()


class _Plain:
    def __init__(self, session: Session, source: TextIO, out: TextIO) -> None:
        self._session, self._source, self._out, self._lang = session, source, out, session.lang
        self._complaints = 0

    def run(self) -> None:
        while presented := self._session.current:
            self._ask(presented)
            try:
                response = self._response(presented)
            except EOFError:
                self._out.write("\n")
                return
            except _Command as command:
                if str(command) == "q":
                    return
                self._obey(str(command))
                continue
            self._complaints = 0
            answer = self._session.answer(response)
            self._write([view.verdict(answer, self._lang)])
            self._write(view.feedback(answer, self._session.held(answer), self._lang, WIDTH))
            self._write([view.BLANK])

    def _ask(self, presented: Presented) -> None:
        number = f"[{self._session.position + 1}/{self._session.total}] "
        first, *rest = view.asked(presented, self._lang, WIDTH)
        self._write([Paragraph(first.text, marker=number), *rest])

    def _response(self, presented: Presented) -> Response:
        blanks = presented.question.blanks
        if blanks:
            return [self._text(presented, blank) for blank in range(len(blanks))]
        while True:
            line = self._line(say(self._lang, f"ask-{prompts.kind(presented)}"), bare_commands=True)
            try:
                return presented.read(line)
            except Unreadable:
                self._complain(prompts.line_complaint(presented, self._lang))

    def _text(self, presented: Presented, blank: int) -> str:
        while True:
            text = self._line(prompts.gap_prompt(presented.question, blank, self._lang), bare_commands=False)
            try:
                presented.check_text(blank, text)
            except Unreadable:
                self._complain(prompts.gap_complaint(presented.question, blank, text, self._lang))
            else:
                return text

    def _complain(self, complaint: str) -> None:
        """Ask again; a script that answers nothing but nonsense is not asked for ever."""
        self._write([Paragraph(complaint, verbatim=True)])
        self._complaints += 1
        if self._complaints >= PATIENCE and not self._source.isatty():
            raise EOFError

    def _line(self, prompt: str, *, bare_commands: bool) -> str:
        """The next line; `:s` and the like are commands everywhere, `s` where no text is asked for."""
        self._out.write(f"{prompt} > ")
        self._out.flush()
        line = self._source.readline()
        if not line:
            raise EOFError
        if not self._source.isatty():
            self._write([Paragraph(line.rstrip("\n"), verbatim=True)])
        command = line.strip().casefold().removeprefix(":")
        if len(command) == 1 and command in COMMANDS and (bare_commands or line.strip().startswith(":")):
            raise _Command(command)
        return line

    def _obey(self, command: str) -> None:
        if command == "s":
            self._session.skip()
        elif command == "?":
            self._write(prompts.plain_help(self._lang))
        else:
            self._write([Paragraph(say(self._lang, "undone" if self._session.undo() else "nothing-to-undo"))])
        self._write([view.BLANK])

    def _write(self, paragraphs: Iterable[Paragraph]) -> None:
        self._out.writelines(paragraph.plain() + "\n" for paragraph in paragraphs)
