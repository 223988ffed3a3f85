"""The learner's terminal: keys in, frames out, and left as it was found however the session ends.

Signals do not interrupt: they are read as keys, so that nothing is torn in the middle of saving.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import sys
from collections import deque
from types import FrameType
from typing import Any

QUIT, RESIZED = "quit", "resized"
_ENTER_SCREEN, _LEAVE_SCREEN = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
_NAMES = {
    "\r": "enter", "\n": "enter", "\x7f": "backspace", "\x08": "backspace", "\x04": QUIT, "\x15": "erase",
    "\x1b[A": "up", "\x1bOA": "up", "\x1b[B": "down", "\x1bOB": "down", "\x1b[5~": "pageup", "\x1b[6~": "pagedown",
}  # fmt: skip
_ESCAPE_SECONDS = 0.05
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if os.name == "posix" else ()


def usable() -> bool:
    """Whether there is a terminal that can be drawn on, on both sides."""
    if os.name != "posix" or os.environ.get("TERM", "dumb") == "dumb":
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()


class Terminal:
    """The terminal in single-key mode, on a screen of its own; a context manager."""

    def __init__(self) -> None:
        self._in, self._out = sys.stdin.fileno(), sys.stdout.fileno()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._keys: deque[str] = deque()
        self._signals: deque[int] = deque()
        self.ended_by = 0
        """The signal by which another program ended the session, or 0."""
        self.gone = False
        """Whether the terminal was closed."""

    def __enter__(self) -> Terminal:
        import termios

        self._saved = termios.tcgetattr(self._in)
        self._wake_read, self._wake_write = os.pipe()
        for end in (self._wake_read, self._wake_write):
            os.set_blocking(end, False)
        self._old_wakeup = signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        watched = (*_ENDING, signal.SIGWINCH, signal.SIGTSTP)
        self._old_handlers: dict[int, Any] = {number: signal.signal(number, self._note) for number in watched}
        self._take()
        return self

    def __exit__(self, *_: object) -> None:
        self._give_back()
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_wakeup)
        os.close(self._wake_read)
        os.close(self._wake_write)

    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        try:
            columns, rows = os.get_terminal_size(self._out)
        except OSError:
            return 80, 24
        return columns or 80, rows or 24

    def write(self, text: str) -> None:
        """Write at once; a terminal that is gone is noticed, not reported."""
        data = text.encode("utf-8", "replace")
        try:
            while data:
                data = data[os.write(self._out, data) :]
        except OSError:
            self.gone = True

    def read(self) -> str:
        """The next key: a character, or a name such as "enter", "up", "resized"; "quit" for Ctrl-C, Ctrl-D, a signal that
        asks to end, and a closed terminal."""
        while not self._keys:
            if self._signals:
                self._obey(self._signals.popleft())
            elif self.gone:
                return QUIT
            else:
                self._wait()
        return self._keys.popleft()

    def _note(self, number: int, _: FrameType | None) -> None:
        self._signals.append(number)

    def _obey(self, number: int) -> None:
        if number in _ENDING:
            self.ended_by = 0 if number == signal.SIGINT else number
            self._keys.append(QUIT)
        else:
            if number == signal.SIGTSTP:
                self._give_back()
                os.kill(os.getpid(), signal.SIGSTOP)
                self._take()
            self._keys.append(RESIZED)

    def _wait(self) -> None:
        ready, _, _ = select.select([self._in, self._wake_read], [], [])
        if self._wake_read in ready:
            os.read(self._wake_read, 4096)
        if self._in in ready:
            self._keys.extend(_named(self._typed()))

    def _typed(self) -> str:
        """What was typed; after an escape a moment is waited for the rest of the key's sequence."""
        text = self._bytes()
        while text.rpartition("\x1b")[2] in ("", "[", "O", "[5", "[6") and "\x1b" in text:
            if not select.select([self._in], [], [], _ESCAPE_SECONDS)[0]:
                break
            text += self._bytes()
        return text

    def _bytes(self) -> str:
        try:
            data = os.read(self._in, 1024)
        except OSError:
            data = b""
        self.gone = self.gone or not data
        return self._decoder.decode(data)

    def _take(self) -> None:
        import tty

        tty.setcbreak(self._in)
        self.write(_ENTER_SCREEN)

    def _give_back(self) -> None:
        import termios

        self.write(_LEAVE_SCREEN)
        try:
            termios.tcsetattr(self._in, termios.TCSADRAIN, self._saved)
        except termios.error:
            self.gone = True


def _named(text: str) -> list[str]:
    """Keys of a run of characters; sequences that mean nothing here are dropped whole."""
    keys: list[str] = []
    while text:
        size = _sequence(text) if text[0] == "\x1b" else 1
        part, text = text[:size], text[size:]
        if part in _NAMES:
            keys.append(_NAMES[part])
        elif part.isprintable():
            keys.append(part)
    return keys


def _sequence(text: str) -> int:
    """How long the escape sequence is that the text begins with."""
    if text[1:2] == "O":
        return 3
    if text[1:2] != "[":
        return 1
    end = next((index for index, char in enumerate(text[2:], 2) if "@" <= char <= "~"), len(text) - 1)
    return end + 1
