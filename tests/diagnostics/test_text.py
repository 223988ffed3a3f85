"""The text renderer: snippets, marks, narrow terminals, colours."""

import itertools
import re
from collections.abc import Callable

import pytest

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.diagnostics.text import render
from quizgen.diagnostics.visible import width
from quizgen.spans import SourceFile, Span
from tests.diagnostics import samples

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def test_golden(golden: Callable[[str, str], None]) -> None:
    golden("diagnostics/all.txt", render(samples.ALL, 80))


def test_as_in_the_manual() -> None:
    text = 'a:\n  b: "\n' * 6 + "\n    key: x + 2\n"
    start = text.index("x + 2")
    found = Diagnostic(
        "QG204", "the key disagrees with the reference model", Span(SourceFile("content/tcp/handshake.yaml", text), start, start + 5),
        label="the model computes x + 1", notes=("RFC 9293 §3.4: SYN occupies one sequence number",), help="did you mean `x + 1`?",
    )  # fmt: skip
    assert render([found]) == (
        "content/tcp/handshake.yaml:14:10: error[QG204]: the key disagrees with the reference model\n"
        "   |\n"
        "14 |     key: x + 2\n"
        "   |          ^^^^^ the model computes x + 1\n"
        "   = RFC 9293 §3.4: SYN occupies one sequence number\n"
        "   = help: did you mean `x + 1`?\n\n"
    )


def test_nothing_found_prints_nothing() -> None:
    assert render([]) == ""


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
@pytest.mark.parametrize("name", ["WIDE", "LONG", "WRONG_KEY", "TWO_ON_A_LINE", "SEVERAL_LINES", "EMPTY_SPAN"])
def test_snippets_keep_to_the_terminal_with_the_place_in_sight(name: str, columns: int) -> None:
    found = getattr(samples, name)
    lines = render([found], columns).splitlines()
    snippet = [line for line in lines if " | " in line]
    assert all(width(line) <= columns for line in snippet)
    number, mark = next((line, below) for line, below in itertools.pairwise(lines) if "^" in below)
    first, last = width(mark[: mark.index("^")]), width(mark[: mark.rindex("^") + 1])
    above = _columns(number, first, last).strip()
    wanted = found.span.source.text[found.span.start : found.span.end].split("\n")[0]
    assert above == wanted or (name == "EMPTY_SPAN" and not above)


def _columns(line: str, first: int, last: int) -> str:
    """What of the line stands in these columns of a terminal."""
    return "".join(char for at, char in enumerate(line) if first <= width(line[:at]) < last)


def test_cut_lines_are_marked_on_both_sides() -> None:
    line = next(line for line in render([samples.LONG], 60).splitlines() if "word40" in line)
    assert line[4] == "…"
    assert line[-1] == "…"
    assert "word0" not in line


def test_a_line_of_megabytes_is_cut() -> None:
    source = SourceFile("f", "x" * 3_000_000 + "KEY" + "y" * 3_000_000)
    text = render([Diagnostic("QG204", "m", Span(source, 3_000_000, 3_000_003), label="here")], 80)
    assert "KEY" in text
    assert len(text) < 400


def test_colour_changes_nothing_but_colour() -> None:
    colored = render(samples.ALL, 80, True)
    assert "\x1b[1;31merror[QG204]\x1b[0m" in colored
    assert "\x1b[1;33mwarning[QG204]\x1b[0m" in colored
    assert _ANSI.sub("", colored) == render(samples.ALL, 80)


def test_control_characters_never_reach_the_terminal() -> None:
    text = render([samples.HOSTILE])
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "a\\x1bb.yaml" in text
    assert "\\u202e" in text


def test_a_tab_is_as_wide_as_its_mark() -> None:
    source = SourceFile("f", "a:\n\tb: c\n")
    lines = render([Diagnostic("QG002", "tab", Span(source, 3, 4))]).splitlines()
    assert lines[2:4] == ["2 |     b: c", "  | ^^^^"]
