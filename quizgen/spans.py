"""Where in a file something stands: offsets into its text, turned into lines and columns when they are shown."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, eq=False)
class SourceFile:
    """A file's name, as shown to people, and its decoded text. Lines end with LF, CRLF or CR and with nothing else."""

    name: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], 0
        for line in self.text.replace("\r\n", " \n").replace("\r", "\n").split("\n")[:-1]:
            at += len(line) + 1
            starts.append(at)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@dataclass(frozen=True)
class Span:
    """The characters from `start` up to, not including, `end` of a file."""

    source: SourceFile
    start: int
    end: int

    @property
    def line(self) -> int:
        """The first line, counted from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The first column, counted from 1."""
        return self.source.position(self.start)[1]
