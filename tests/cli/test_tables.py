"""Rows in columns: nothing is lost, no word is cut, and no line is wider than the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.cli.tables import grouped, paragraph, strong, table
from quizgen.figures.widths import cells

WORDS = st.lists(st.sampled_from(["SYN", "FIN-WAIT-1", "a", "§3.10.7.4", "报文段"]), min_size=1, max_size=8).map(
    " ".join
)
ROWS = st.integers(1, 5).flatmap(lambda width: st.lists(st.tuples(*[WORDS] * width), min_size=1, max_size=6))


def squeezed(text: str) -> str:
    return "".join(sorted(text.replace("·", ""))).strip()


@given(ROWS, st.integers(14, 100))
def test_every_line_fits_and_nothing_is_lost(rows: list[tuple[str, ...]], columns: int) -> None:
    lines = table(rows[0], rows[1:], columns)
    assert max(map(cells, lines)) <= columns
    assert squeezed("".join(lines)) == squeezed("".join(cell for row in rows for cell in row))


@given(ROWS)
def test_without_a_terminal_each_row_is_one_line(rows: list[tuple[str, ...]]) -> None:
    lines = table(rows[0], rows[1:], None)
    assert len(lines) == len(rows)
    assert all(cell in line for row, line in zip(rows, lines, strict=True) for cell in row)


def test_columns_are_as_narrow_as_need_be() -> None:
    rows = [("name", "what it says"), ("a", "one two three")]
    assert table(rows[0], rows[1:], 16) == ["name  what it", "      says", "a     one two", "      three"]
    assert table(rows[0], rows[1:], 8) == ["name ·", "  what", "  it", "  says", "a ·", "  one", "  two", "  three"]


def test_groups_share_columns() -> None:
    rows = [("A", "x", "1"), ("A", "long", "2"), ("B", "y", "3")]
    assert grouped(("Of", "Name", "No"), rows, {"A": "A, the first"}, 40) == [
        "  Name  No", "", "A, the first", "  x     1", "  long  2", "", "B", "  y     3",
    ]  # fmt: skip


def test_a_paragraph_hangs_behind_its_label() -> None:
    assert paragraph("Parts", "one two three four five six", 7, 27) == ["Parts  one two three four", "       five six"]
    assert paragraph("Parts", "one two", 7, None) == ["Parts  one two"]


@pytest.mark.parametrize(
    ("tty", "environment", "bold"),
    [
        pytest.param(True, {"TERM": "xterm"}, True, id="terminal"),
        pytest.param(True, {"TERM": "dumb"}, False, id="dumb terminal"),
        pytest.param(True, {"TERM": "xterm", "NO_COLOR": "1"}, False, id="NO_COLOR"),
        pytest.param(False, {"TERM": "xterm"}, False, id="pipe"),
    ],
)
def test_bold_on_terminals_only(
    tty: bool, environment: dict[str, str], bold: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: tty)
    assert strong("x") == ("\x1b[1mx\x1b[0m" if bold else "x")
