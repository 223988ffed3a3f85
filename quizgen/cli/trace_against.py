"""`quizgen trace --against kernel`: a scenario on the model and on this machine's Linux, side by side."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from quizgen.cli.compile import colored, counted, usage_error

if TYPE_CHECKING:
    from quizgen.kernel.scenario import Comparison, Row, Side

_WIDEST, _WIDE, _NARROWEST = 132, 108, 66
_STATE = 14
"""Columns of the longest state, SYN-RECEIVED, and two more."""
_NUMBER = 4


def against(other: str, name: str, title: str, steps: Sequence[Any]) -> NoReturn:
    """Print the comparison of a TCP scenario and exit: with 0 where the two agree or differ in known ways only, else with
    1. A usage error where Linux cannot run this scenario, or there is no kernel that may be driven.
    """
    from quizgen.kernel.host import missing
    from quizgen.kernel.plan import Unable
    from quizgen.kernel.scenario import compare

    if other != "kernel":
        usage_error(f"there is no `{other}` to run a scenario on", "`--against kernel` runs it on this machine's Linux")
    if lacking := missing():
        usage_error(f"`--against kernel` cannot run here: {lacking.why}", lacking.remedy)
    try:
        comparison = compare(steps)
    except Unable as error:
        usage_error(f"`{name}` cannot be run on a kernel: {error}", "without `--against kernel`, the model runs it")
    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    for line in _lines(title, comparison, width):
        typer.echo(line, color=colored(sys.stdout))
    raise typer.Exit(1 if comparison.unknown else 0)


def _lines(title: str, comparison: Comparison, width: int) -> Iterator[str]:
    table = _Table(width)
    yield from (typer.style(line, bold=True) for line in _paragraph(title, width, ""))
    yield from _paragraph("x and y are the initial sequence numbers, which Linux chooses itself.", width, "")
    yield ""
    yield from table.head(f"Linux {platform.release()}")
    for row in comparison.rows:
        yield from table.row(row)
    yield ""
    yield from _paragraph(_summary(comparison), width, "")


def _summary(comparison: Comparison) -> str:
    """`9 steps compared: 8 agree, 1 differs in a known way (refused, not reset). 1 step left out.`"""
    rows, unknown = comparison.compared, len(comparison.unknown)
    differ = sum(not row.agrees for row in rows)
    if not rows:
        return "Nothing could be compared."
    if not differ:
        parts = ["all agree"]
    else:
        names = "; ".join(one.name for one in comparison.known)
        parts = [f"{len(rows) - differ} agree"] * (len(rows) > differ)
        parts += [f"{_differ(differ - unknown)} in a known way ({names})"] * (differ > unknown)
        parts += [f"{_differ(unknown)} in no known way"] * bool(unknown)
    said = [f"{counted(len(rows), 'step')} compared: {', '.join(parts)}."]
    said += [f"{counted(len(comparison.left_out), 'step')} left out."] * bool(comparison.left_out)
    said += [f"{counted(comparison.unreached, 'step')} not run, as the two go different ways."] * bool(
        comparison.unreached
    )
    return " ".join(said)


def _differ(number: int) -> str:
    return f"{number} differ{'s' if number == 1 else ''}"


class _Table:
    """Two cells side by side, the model's and Linux's; the step before them where there is room, else above them."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.wide = width >= _WIDE
        self.step = width - 2 * (2 * _STATE + _NUMBER + 8) - 6 if self.wide else 2
        self.cell = (width - self.step - (6 if self.wide else 3)) // 2

    def head(self, linux: str) -> Iterator[str]:
        """Whose the cells are, and that a pair of states is the client's and the server's."""
        ends = " " * _NUMBER + f"{'client':{_STATE}}server"
        yield self._line("", "model, after RFC 9293", linux, " ")
        yield self._line("", ends, ends, " ")
        yield "─" * self.width

    def row(self, row: Row) -> Iterator[str]:
        """The step, what both sides did, and why that differs."""
        from quizgen.figures.widths import wrap

        beside = self.wide and row.model is not None
        step = wrap(row.what, self.step if beside else self.width)
        if not beside:
            yield from step
        if row.model is not None and row.kernel is not None:
            acts = zip_longest(self._acts(row.model), self._acts(row.kernel), fillvalue="")
            cells = [*acts, (_states(row.model), _states(row.kernel))]
            captions = step if beside else []
            cells += [("", "")] * (len(captions) - len(cells))
            for number, (model, linux) in enumerate(cells):
                caption = captions[number] if number < len(captions) else ""
                yield self._line(caption, model, linux, "│" if model == linux else "≠")
        for text, color in _remarks(row):
            yield from (typer.style(line, fg=color) for line in _paragraph(text, self.width, " " * _NUMBER))

    def _acts(self, side: Side) -> list[str]:
        """The segments sent, and what the user was told."""
        from quizgen.figures.widths import wrap

        lines = []
        for n, segment in side.sent:
            arrow = "→" if segment.sender == "client" else "←"
            first, *more = wrap(segment.show(), self.cell - _NUMBER - 2)
            lines.append(f"{n or '+':>{_NUMBER - 1}} {arrow} {first}")
            lines += [" " * (_NUMBER + 2) + line for line in more]
        told = wrap(f"user: {side.told}", self.cell - _NUMBER) if side.told else []
        return lines + [" " * _NUMBER + line for line in told]

    def _line(self, step: str, model: str, linux: str, mark: str) -> str:
        from quizgen.figures.widths import pad

        between = f" {typer.style(mark, fg='yellow', bold=True) if mark == '≠' else mark} "
        lead = pad(step, self.step) + (f" {'│' if mark != ' ' else ' '} " if self.wide else "")
        return f"{lead}{pad(model, self.cell)}{between}{linux}".rstrip()


def _states(side: Side) -> str:
    return " " * _NUMBER + f"{side.states['client']:{_STATE}}{side.states['server']}"


def _remarks(row: Row) -> Iterator[tuple[str, str | None]]:
    """What is to be said of a row, and its colour."""
    if row.difference is not None:
        one = row.difference
        yield f"≠ known: {one.name} ({one.cite}). Linux {one.linux}; the RFC {one.rfc}.", "yellow"
    elif not row.agrees:
        yield "≠ not a known difference", "red"
    if row.left_out:
        yield f"left out: {row.left_out}", None
    if row.remark:
        yield f"({row.remark})", None


def _paragraph(text: str, width: int, indent: str) -> Iterator[str]:
    from quizgen.figures.widths import wrap

    for number, line in enumerate(wrap(text, width - len(indent) - 2)):
        yield f"{indent}{'  ' if number and indent else ''}{line}"
