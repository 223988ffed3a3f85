"""A real terminal (a pseudo-terminal) with the tutor in it: keys go in, screens come out."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

_ROOT = Path(__file__).parents[2]
_PATIENCE = 30.0
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
LEAVE = "\x1b[?1049l"


class Tutor:
    """A running tutor over the sample bank; a context manager that leaves no process behind."""

    def __init__(
        self, data: Path, *arguments: str, size: tuple[int, int] = (80, 24), env: dict[str, str] | None = None
    ):
        self._master, self._slave = os.openpty()
        self.resize(*size, tell=False)
        self.before = self.modes()
        self.output = ""
        slave = self._slave
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.study.tutor", *arguments],
            cwd=_ROOT,
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "LANG": "en_US.UTF-8",
                "QUIZGEN_DATA": str(data),
                **(env or {}),
            },
            pass_fds=(slave,),
            preexec_fn=lambda: os.login_tty(slave),
        )

    def __enter__(self) -> "Tutor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for end in (self._master, self._slave):
            os.close(end)

    def modes(self) -> list[object]:
        """How the terminal is set: line or single keys, echo, ..."""
        return termios.tcgetattr(self._slave)

    def resize(self, columns: int, rows: int, *, tell: bool = True) -> None:
        """Give the window another size."""
        self.columns, self.rows = columns, rows
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if tell:
            self.process.send_signal(signal.SIGWINCH)

    def press(self, *keys: str) -> None:
        """Type the keys."""
        for key in keys:
            os.write(self._master, key.encode())

    def see(self, *wanted: str) -> list[str]:
        """Wait until the screen shows all the texts; its lines."""
        return self._wait(lambda: all(any(text in line for line in self.screen()) for text in wanted), wanted)

    def answered(self, number: int) -> None:
        """Wait until the screen counts so many answers, right or wrong."""
        self._wait(lambda: sum(map(int, re.findall(r"[✓✗](\d+)", self.screen()[0]))) == number, [f"{number} answers"])

    def read_on(self, wanted: str) -> None:
        """Wait until the text has come since the program left the screen it had drawn on."""
        self._wait(lambda: wanted in self.output.rpartition(LEAVE)[2] and LEAVE in self.output, [wanted])

    def screens(self) -> list[list[str]]:
        """Every frame that came whole, oldest first: its lines, without styles."""
        return [_STYLE.sub("", frame).removesuffix("\x1b[K").split("\x1b[K\r\n") for frame in self._frames()]

    def screen(self) -> list[str]:
        """The last frame that came whole."""
        return (self.screens() or [[]])[-1]

    def styled(self) -> str:
        """The last frame as it was written."""
        return self._frames()[-1]

    def _frames(self) -> list[str]:
        return [part.rpartition("\x1b[H")[2] for part in self.output.split("\x1b[J")[:-1]]

    def end(self) -> int:
        """Wait for the program's end; its exit status."""
        deadline = time.monotonic() + _PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            self._listen(0.05)
        while self._listen(0.05):
            pass
        return self.process.wait(1)

    def _wait(self, reached: Callable[[], bool], wanted: Sequence[str]) -> list[str]:
        deadline = time.monotonic() + _PATIENCE
        while not reached():
            assert time.monotonic() < deadline, (
                f"no {wanted} in:\n" + "\n".join(self.screen()) + _CONTROL.sub("", self.output)[-500:]
            )
            self._listen(0.2)
        return self.screen()

    def _listen(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        self.output += os.read(self._master, 65536).decode(errors="replace")
        return True
