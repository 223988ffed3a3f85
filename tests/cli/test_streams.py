"""What a command does with where it writes: pipes and streams that are closed, a full disk, encodings, terminals."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import QUIZGEN, run, terminal


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    "command", ["check good.yaml", "export csv good.yaml", "trace handshake --pcap -", "explain QG204"]
)
@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_stream_may_be_closed(folder: Path, command: str, closed: str) -> None:
    line = f"{shlex.join(QUIZGEN)} {command} {closed}"
    done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    "command", ["vocabulary", "model tcp", "list scenarios", "check --format json", "explain QG204"]
)
def test_a_closed_pipe_is_quiet(folder: Path, command: str) -> None:
    line = f"{' '.join(QUIZGEN)} {command} | head -1"
    done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_an_interrupt_while_it_starts_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGINT)")
    done = run(tmp_path, "check")
    assert (done.returncode, done.stderr) == (130, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["vocabulary", "--version"])
def test_a_full_disk(folder: Path, command: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run([*QUIZGEN, command], cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_encoding_that_lacks_characters(folder: Path) -> None:
    done = run(folder, "trace", "mine", "own.yaml", "--svg", "--lang", "zh", PYTHONIOENCODING="cp1252")
    assert done.returncode == 0
    assert "\\u6211" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_colours_on_a_terminal_only(folder: Path) -> None:
    environment = {key: text for key, text in os.environ.items() if key != "NO_COLOR"}
    assert "\x1b[1;31m" in terminal(folder, "check", "bad.yaml", **environment)
    assert "\x1b[1;31m" not in terminal(folder, "check", "bad.yaml", NO_COLOR="1")
    assert "\x1b" not in run(folder, "check", "bad.yaml").stdout


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_gets_titles_and_a_pipe_names(folder: Path) -> None:
    assert "Sessions" in terminal(folder, "list", "models")
    assert run(folder, "list", "models").stdout.split() == ["tcp", "http", "cookies", "sessions", "navigation"]


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_taken_back(folder: Path) -> None:
    shown = terminal(folder, "check", "good.yaml")
    assert shown.startswith("checking 1 file ...\r\x1b[K")
    assert "checking" not in terminal(folder, "check", "good.yaml", TERM="dumb")
    assert run(folder, "check", "good.yaml").stderr == ""
