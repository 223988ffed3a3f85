"""One frame of the screen: a heading, the part of the text that fits, a line to type in, and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.figures.widths import cells, clip
from quizgen.study.lines import STYLES, Paragraph, Piece, layout
from quizgen.study.terminal import Terminal

if TYPE_CHECKING:
    from rich.text import Text

_COMFORT = 96
_MARGIN_FROM = 60


@dataclass(frozen=True)
class Frame:
    """What to show. `keys` are (key, what it does), the most important first: those that do not fit are left out;
    `more` joins them while there is text below.

    `entry` is what is typed so far behind `prompt`, None where nothing is typed; `notice` says what went wrong.
    """

    heading: str
    aside: str
    body: Sequence[Paragraph]
    keys: Sequence[tuple[str, str]]
    more: tuple[str, str]
    prompt: str = ""
    entry: str | None = None
    notice: str = ""


def text_width(columns: int) -> int:
    """The columns that text may take: comfortable lines on a wide screen, a margin where there is room for one."""
    return min(columns - (2 if columns >= _MARGIN_FROM else 0), _COMFORT)


class Screen:
    """Draws frames and remembers how far the body is scrolled."""

    def __init__(self, terminal: Terminal) -> None:
        from rich.console import Console

        self._terminal = terminal
        self._console = Console(force_terminal=True, highlight=False, markup=False, emoji=False, legacy_windows=False)
        self.top, self._hidden, self._page = 0, 0, 1

    @property
    def more(self) -> bool:
        """Whether there is text below what is shown."""
        return self._hidden > 0

    def scroll(self, key: str) -> bool:
        """Move by a line or a page; False when the key does not scroll."""
        moves = {"up": -1, "down": 1, "pageup": -self._page, "pagedown": self._page}
        if key in moves:
            self.top = max(0, self.top + min(moves[key], self._hidden))
        return key in moves

    def draw(self, frame: Frame) -> None:
        """Show the frame."""
        columns, rows = self._terminal.size()
        margin = " " if columns >= _MARGIN_FROM else ""
        width = text_width(columns)
        lines = [line for paragraph in frame.body for line in layout(paragraph, width)]
        below = self._entry(frame, columns)
        room = max(rows - 2 - len(below), 1)
        self.top = max(0, min(self.top, len(lines) - room))
        self._hidden, self._page = max(0, len(lines) - room - self.top), max(room - 1, 1)
        shown = [[("", margin), *line] for line in lines[self.top : self.top + room]]
        space: list[list[Piece]] = [[]] * (room - len(shown))
        near = [*shown, *space[:1], *([("", margin), *line] for line in below)]
        keys = [*frame.keys[:1], *([frame.more] if self.more else []), *frame.keys[1:]]
        self._put([self._heading(frame, columns), *near, *space[1:], _hints(keys, columns)], columns, rows)
        if frame.entry is not None:
            column = min(sum(cells(text) for _, text in near[-1]) + 1, columns)
            self._terminal.write(f"\x1b[{1 + len(near)};{column}H\x1b[?25h")

    def _entry(self, frame: Frame, columns: int) -> list[list[Piece]]:
        lines: list[list[Piece]] = [[("notice", frame.notice)]] if frame.notice else []
        if frame.entry is not None:
            prompt = frame.prompt
            if cells(prompt) > columns // 2:
                lines.append([("key", clip(prompt.rstrip(), columns))])
                prompt = "> "
            lines.append([("key", prompt), ("", _tail(frame.entry, columns - cells(prompt) - 2))])
        return lines

    def _heading(self, frame: Frame, columns: int) -> list[Piece]:
        aside = f"{'↑' if self.top else ' '}{'↓' if self.more else ' '} {frame.aside}"
        heading = clip(frame.heading, max(columns - cells(aside) - 1, 0))
        return [("heading", heading + " " * (columns - cells(heading) - cells(aside)) + aside)]

    def _put(self, lines: Sequence[Sequence[Piece]], columns: int, rows: int) -> None:
        self._console.width = columns
        with self._console.capture() as captured:
            for line in lines[:rows]:
                self._console.print(_text(line), no_wrap=True, overflow="crop", crop=True)
        drawn = captured.get().rstrip("\n").split("\n")
        self._terminal.write("\x1b[?25l\x1b[H" + "\x1b[K\n".join(drawn) + "\x1b[K\x1b[J")


def _text(line: Sequence[Piece]) -> Text:
    from rich.text import Text

    made = Text()
    for style, text in line:
        made.append(text, "reverse" if style == "heading" else STYLES.get(style, ""))
    return made


def _hints(keys: Sequence[tuple[str, str]], columns: int) -> list[Piece]:
    line: list[Piece] = []
    used = 0
    for key, meaning in keys:
        size = cells(f"{key} {meaning}") + (3 if line else 0)
        if used + size > columns:
            break
        line += [("note", " · ")] if line else []
        line += [("key", key), ("note", f" {meaning}")]
        used += size
    return line


def _tail(text: str, width: int) -> str:
    """The end of what is typed, where the cursor is."""
    while cells(text) > max(width, 1):
        text = text[1:]
    return text
