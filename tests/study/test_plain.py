"""The tutor line by line: what it writes, what it understands, how it ends."""

import io
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizgen.cli.quiz import run_quiz
from quizgen.study.progress import Progress
from tests.samples import BANK

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANSWERS = """\
1
2
nonsense
1 3
1
:u
2
SYN SENT
nonsense
20 s
160 bits

syn_recv
?
2 3 1
1a 2b
s
"""
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("QUIZGEN_DATA", str(tmp_path))

    def run(
        lines: str, topics: Sequence[str] = (), lang: str | None = None, count: int | None = None, all_: bool = False
    ) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        assert run_quiz(BANK, topics, lang=lang, count=count, all_=all_, plain=True, clock=lambda: NOON) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_transcript(run: Run, golden: Callable[[str, str], None], lang: str) -> None:
    written = run(ANSWERS, lang=lang)
    assert not any(char < " " and char != "\n" for char in written)
    golden(f"study/plain.{lang}.txt", written)


def test_the_end_of_the_lines_is_no_error(run: Run) -> None:
    assert run("", lang="en", count=3).endswith("Nothing was answered.\nDue: 9 new.\n")


def test_what_was_answered_is_not_asked_again(run: Run) -> None:
    run("1\n", lang="en")
    assert "[1/8] Which flags" in run("q\n", lang="en")


def test_nothing_due(run: Run, tmp_path: Path) -> None:
    run("1\n1\n1\nx\nx\n1\nx\n1 2 3\nab\n1\n", lang="en")
    assert run("", lang="en").startswith("Nothing is due, and nothing is new.")
    assert "[1/9]" in run("", lang="en", all_=True)


def test_a_question_may_hold_what_terminals_obey(run: Run) -> None:
    assert "\x1b" not in run("1\n1 2\n1\n\x1b]0;owned\x07\nESTABLISHED\n", lang="en")


def _process(data: Path, *arguments: str, stdin: bytes | None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tests.study.tutor", *arguments]
    environment = {"QUIZGEN_DATA": str(data), "PATH": ""}
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=60, check=False)


def test_a_pipe_is_asked_line_by_line(tmp_path: Path) -> None:
    done = _process(tmp_path, "--lang", "zh", stdin="2\n\udcff\n".encode("utf-8", "surrogateescape"))
    assert done.returncode == 0
    assert "三次握手".encode() not in done.stdout
    assert b"\x1b" not in done.stdout
    assert not done.stderr
    with Progress(tmp_path / "progress.sqlite3") as progress:
        assert len(progress.reviews()) == 1


def test_an_encoding_without_our_letters(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.study.tutor", "--lang", "zh"]
    environment = {"QUIZGEN_DATA": str(tmp_path), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, input=b"1\n", capture_output=True, env=environment, timeout=60, check=False)
    assert done.returncode == 0
    assert b"SYN-ACK" in done.stdout


def test_a_damaged_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "progress.sqlite3").write_bytes(b"no database" * 200)
    done = _process(tmp_path, stdin=b"1\n")
    assert done.returncode == 1
    assert b"is damaged" in done.stderr
    assert b"Traceback" not in done.stderr


UNKNOWN = [
    pytest.param(["tcp/handshak"], "did you mean `tcp/handshake`", id="topic"),
    pytest.param(["handshake"], "did you mean `tcp/handshake`", id="topic without its area"),
    pytest.param(["zebra"], "`quizgen list topics`", id="nothing like it"),
    pytest.param(["--lang", "fr"], "there is en, zh", id="language"),
]


@pytest.mark.parametrize(("arguments", "help_"), UNKNOWN)
def test_unknown_names(tmp_path: Path, arguments: list[str], help_: str) -> None:
    done = _process(tmp_path, *arguments, stdin=b"")
    assert done.returncode == 2
    assert help_ in done.stderr.decode()


@pytest.mark.parametrize("name", ["tcp", "tcp/", "tcp/handshake"])
def test_topics_and_areas(run: Run, name: str) -> None:
    assert "[1/9]" in run("", topics=[name], lang="en")


LANGUAGES = [
    ("zh_CN.UTF-8", "客户端"),
    ("en_GB.UTF-8", "The client"),
    ("fr_FR.UTF-8", "The client"),
    ("C", "The client"),
]


@pytest.mark.parametrize(("locale", "shown"), LANGUAGES)
def test_the_environment_names_the_language(run: Run, monkeypatch: pytest.MonkeyPatch, locale: str, shown: str) -> None:
    for name in ("LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", locale)
    assert shown in run("")
