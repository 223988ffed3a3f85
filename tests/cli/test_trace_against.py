"""`quizgen trace --against kernel`: how it is printed, and the exit status."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import typer

from quizgen.cli import trace_against
from quizgen.kernel.differences import DIFFERENCES
from quizgen.kernel.host import Missing
from quizgen.kernel.scenario import Comparison, Row, Side
from quizgen.models.tcp.segment import ACK, FIN, RST, Segment, flags
from quizgen.models.tcp.seq import Seq
from tests.cli.command import run
from tests.models.tcp.kernel.marks import live

STATES = {"client": "ESTABLISHED", "server": "SYN-RECEIVED"}
CLOSED = {"client": "CLOSED", "server": "CLOSED"}
ABORT = next(one for one in DIFFERENCES if one.name == "RST,ACK on ABORT")
RESET = Segment(Seq("x", 1), None, flags(RST), sender="client")
RESET_ACK = Segment(Seq("x", 1), Seq("y", 1), flags(RST, ACK), sender="client")
ANSWER = Segment(Seq("y", 1), Seq("x", 2), flags(FIN, ACK), bytes(100), sender="server")


def side(*sent: tuple[int, Segment], states: Mapping[str, str] = STATES, told: str = "") -> Side:
    return Side(sent, states, told)


SAME = Row("established", side(states=CLOSED), side(states=CLOSED))
KNOWN = Row("client: ABORT", side((1, RESET)), side((1, RESET_ACK)), False, ABORT)
UNKNOWN = Row("segment 1 (RST SEQ=x+1) arrives at the server", side((2, ANSWER)), side((0, RESET), (2, ANSWER)), False)
TOLD = Row("server: SEND 5", side(told="connection closing"), side(states=CLOSED), False)
LEFT_OUT = Row("client: 2MSL timeout", left_out="60 s are too long to wait for")
LOST = Row("segment 9 (ACK SEQ=x+1 ACK=y+1) is lost")
WAITED = Row("client: retransmission timeout", side(), side(), remark="waited 1.0 s for Linux's timer")
PRINTED = {
    "all agree": ([SAME, LOST], 0, 0, ["1 step compared: all agree."]),
    "a known difference": ([SAME, KNOWN], 0, 0, [
        "    1 → RST SEQ=x+1                     ≠   1 → RST,ACK SEQ=x+1 ACK=y+1",
        "      ESTABLISHED   SYN-RECEIVED        │     ESTABLISHED   SYN-RECEIVED",
        "    ≠ known: RST,ACK on ABORT (RFC 9293 §3.10.5). Linux aborts with",
        "2 steps compared: 1 agree, 1 differs in a known way (RST,ACK on ABORT).",
    ]),
    "an unknown difference": ([UNKNOWN, TOLD, SAME, KNOWN], 0, 1, [
        "    2 ← FIN,ACK SEQ=y+1 ACK=x+2 LEN=100 ≠   + → RST SEQ=x+1",
        "                                        ≠   2 ← FIN,ACK SEQ=y+1 ACK=x+2 LEN=100",
        "    ≠ not a known difference",
        "      user: connection closing          ≠",
        "      ESTABLISHED   SYN-RECEIVED        ≠     CLOSED        CLOSED",
        "    ≠ not a known difference",
        "4 steps compared: 1 agree, 1 differs in a known way (RST,ACK on ABORT), 2",
        "differ in no known way.",
    ]),
    "steps left out and not reached": ([SAME, LEFT_OUT], 2, 0, [
        "    left out: 60 s are too long to wait for",
        "1 step compared: all agree. 1 step left out. 2 steps not run, as the two go",
    ]),
    "a timer": ([WAITED], 0, 0, ["    (waited 1.0 s for Linux's timer)"]),
    "nothing": ([LEFT_OUT], 0, 0, ["Nothing could be compared."]),
}  # fmt: skip


def against(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    width: int,
    rows: Sequence[Row] = (),
    unreached: int = 0,
    lacking: Missing | None = None,
) -> tuple[int, str, str]:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("quizgen.kernel.host.missing", lambda: lacking)
    monkeypatch.setattr("quizgen.kernel.scenario.compare", lambda steps: Comparison(tuple(rows), unreached))
    with pytest.raises(typer.Exit) as exit_:
        trace_against.against("kernel", "mine", "My own", [])
    printed = capsys.readouterr()
    return exit_.value.exit_code, printed.out, printed.err


@pytest.mark.parametrize(("rows", "unreached", "status", "lines"), PRINTED.values(), ids=PRINTED)
def test_side_by_side_at_80_columns(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    rows: Sequence[Row],
    unreached: int,
    status: int,
    lines: list[str],
) -> None:
    code, printed, _ = against(monkeypatch, capsys, 80, rows, unreached)
    assert code == status
    assert [line for line in printed.splitlines() if line in lines] == lines
    assert max(map(len, printed.splitlines())) <= 80


@pytest.mark.parametrize("width", [20, 66, 79, 107, 108, 120, 200])
def test_every_width_is_kept(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int) -> None:
    _, printed, _ = against(monkeypatch, capsys, width, [SAME, KNOWN, UNKNOWN, TOLD, LEFT_OUT, LOST, WAITED], 2)
    assert max(map(len, printed.splitlines())) <= min(max(width, 66), 132)


def test_a_wide_terminal_has_the_step_beside(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, printed, _ = against(monkeypatch, capsys, 120, [UNKNOWN])
    lines = printed.splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith("segment 1"))
    assert [[part.strip() for part in line.replace("≠", "│").split("│")] for line in lines[first : first + 3]] == [
        ["segment 1 (RST SEQ=x+1) arrives at", "2 ← FIN,ACK SEQ=y+1 ACK=x+2 LEN=100", "+ → RST SEQ=x+1"],
        ["the server", "", "2 ← FIN,ACK SEQ=y+1 ACK=x+2 LEN=100"],
        ["", "ESTABLISHED   SYN-RECEIVED", "ESTABLISHED   SYN-RECEIVED"],
    ]


def test_what_is_missing_is_a_usage_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, error = against(monkeypatch, capsys, 80, lacking=Missing("no tun", "load it"))
    assert (code, printed) == (2, "")
    assert error == "quizgen: `--against kernel` cannot run here: no tun\n  help: load it\n"


@live
def test_the_command_runs_it(tmp_path: Path) -> None:
    done = run(tmp_path, "trace", "abort", "--against", "kernel", "--lang", "zh")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("中止连接\n")
    assert "3 steps compared: 2 agree, 1 differs in a known way (RST,ACK on ABORT)." in done.stdout


WRONG = {
    "no such kernel": (["handshake", "--against", "bsd"], "there is no `bsd`"),
    "no TCP run": (["login_cookie", "--against", "kernel"], "is no TCP run"),
    "two outputs": (["handshake", "--against", "kernel", "--json"], "exclude each other"),
}


@pytest.mark.parametrize(("args", "message"), WRONG.values(), ids=WRONG)
def test_wrong_usage(tmp_path: Path, args: list[str], message: str) -> None:
    done = run(tmp_path, "trace", *args)
    assert (done.returncode, done.stdout, message in done.stderr) == (2, "", True)


@live
def test_what_a_kernel_cannot_run_is_a_usage_error(tmp_path: Path) -> None:
    done = run(tmp_path, "trace", "ghost_with_two_messages", "--against", "kernel")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be run on a kernel: Linux opens a connection by three messages" in done.stderr
