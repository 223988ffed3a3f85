"""`quizgen export` as a person runs it, and the examples of docs/export.md."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_build import QUIZGEN, TOPIC, tree

PAGE = Path(__file__).parents[2] / "docs" / "export.md"
FORMATS = ("csv", "tsv", "json", "markdown", "hashcards", "anki", "quiz", "sheet")


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*QUIZGEN, *args], cwd=folder, capture_output=True, check=False)


@pytest.fixture(scope="module")
def lecture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lecture")
    (folder / "content").mkdir()
    (folder / "content" / "opening.yaml").write_text(TOPIC.replace("KEY", "x + 1"), "utf-8")
    return folder


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_and_standard_output_are_the_same(lecture: Path, name: str) -> None:
    told = run(lecture, "export", name)
    assert told.returncode == 0, told.stderr
    done = run(lecture, "export", name, "-o", f"made.{name}")
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    assert (lecture / f"made.{name}").read_bytes() == told.stdout
    assert b"SYN" in told.stdout or name == "anki"


def test_pipes_are_written_to(lecture: Path, tmp_path: Path) -> None:
    wanted = run(lecture, "export", "csv").stdout
    done = run(lecture, "export", "csv", "-o", "/dev/stdout")
    assert (done.stdout, done.stderr) == (wanted, b"")
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["timeout", "20", "cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE) as reader:
        assert run(lecture, "export", "csv", "-o", str(tmp_path / "pipe")).stderr == b""
        assert reader.stdout is not None
        assert reader.stdout.read() == wanted


def test_the_package_is_the_one_that_build_writes(lecture: Path) -> None:
    assert run(lecture, "build", "--format", "anki,csv").returncode == 0
    assert run(lecture, "export", "anki").stdout == (lecture / "build/anki/quizgen.en.apkg").read_bytes()
    assert run(lecture, "export", "csv", "--lang", "zh").stdout == (lecture / "build/csv/quizgen.zh.csv").read_bytes()
    assert 'href="csv/quizgen.zh.csv"' in (lecture / "build/index.html").read_text("utf-8")


def test_a_package_brings_the_lock_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "opening.yaml").write_text(TOPIC.replace("KEY", "x + 1"), "utf-8")
    assert run(tmp_path, "export", "csv", "opening.yaml", "-o", "a.csv").returncode == 0
    assert not (tmp_path / "quizgen.lock").exists()
    assert run(tmp_path, "export", "anki", "opening.yaml", "-o", "a.apkg").returncode == 0
    assert "lecture/opening/synack-acknowledges\ten\tchoice" in (tmp_path / "quizgen.lock").read_text("utf-8")


def test_a_lock_that_cannot_be_written_leaves_the_last_package(tmp_path: Path) -> None:
    (tmp_path / "opening.yaml").write_text(TOPIC.replace("KEY", "x + 1"), "utf-8")
    (tmp_path / "quizgen.lock").mkdir()
    (tmp_path / "a.apkg").write_text("old")
    done = run(tmp_path, "export", "anki", "opening.yaml", "-o", "a.apkg")
    assert (done.returncode, b"quizgen.lock: Is a directory" in done.stderr) == (2, True), done.stderr
    assert (tmp_path / "a.apkg").read_text() == "old"


def test_languages(lecture: Path) -> None:
    assert json.loads(run(lecture, "export", "json").stdout)["languages"] == ["en", "zh"]
    assert json.loads(run(lecture, "export", "json", "--lang", "zh").stdout)["languages"] == ["zh"]
    assert "确认号" in run(lecture, "export", "markdown", "--lang", "zh").stdout.decode()


WRONG = {
    "format": (["export", "docx"], 2, "the formats are quiz, anki, sheet, csv"),
    "language": (["export", "csv", "--lang", "fr"], 2, "its languages are en, zh"),
    "all languages in one file": (["export", "csv", "--lang", "all"], 2, "choose one with --lang: en, zh"),
    "a folder": (["export", "csv", "-o", "content"], 2, "`content` is a folder"),
    "no such folder": (["export", "csv", "-o", "nowhere/a.csv"], 2, "cannot write nowhere/"),
    "nothing there": (["export", "csv", "missing.yaml"], 2, "there is no file or folder `missing.yaml`"),
}


@pytest.mark.parametrize(("args", "code", "words"), WRONG.values(), ids=WRONG)
def test_wrong_usage(lecture: Path, args: list[str], code: int, words: str) -> None:
    before = tree(lecture)
    done = run(lecture, *args)
    assert (done.returncode, done.stdout) == (code, b"")
    assert words in done.stderr.decode()
    assert tree(lecture) == before


def test_faulty_knowledge_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(TOPIC.replace("KEY", "x + 2"), "utf-8")
    (tmp_path / "old.csv").write_text("old", "utf-8")
    done = run(tmp_path, "export", "csv", "bad.yaml", "-o", "old.csv")
    assert done.returncode == 1
    assert b"QG204" in done.stderr
    assert (tmp_path / "old.csv").read_text("utf-8") == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(lecture: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*QUIZGEN, "export", "json"], cwd=lecture, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_a_closed_pipe_is_quiet(lecture: Path) -> None:
    line = f"{shlex.join(QUIZGEN)} export json | head -1"
    done = subprocess.run(line, shell=True, cwd=lecture, capture_output=True, check=True)
    assert done.stdout == b"{\n"
    assert done.stderr == b""


COMMANDS = re.findall(r"^    quizgen (export .+?)(?: +#.*)?$", PAGE.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_page(lecture: Path, command: str) -> None:
    done = run(lecture, *shlex.split(command))
    assert done.returncode == 0, done.stderr


def test_the_page_says_how_to_read_a_table_and_the_bank(lecture: Path) -> None:
    text = PAGE.read_text("utf-8")
    assert run(lecture, "export", "tsv", "-o", "cards.tsv").returncode == 0
    assert run(lecture, "export", "json", "-o", "bank.json").returncode == 0
    programs = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(programs) == 2
    for program in programs:
        done = subprocess.run([QUIZGEN[0], "-c", program], cwd=lecture, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "lecture/opening/synack-acknowledges" in done.stdout


def test_the_page_names_every_column_and_every_format() -> None:
    from quizgen.render import FORMATS as known
    from quizgen.render.table import COLUMNS

    text = PAGE.read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text.partition("## Tables")[2].partition("## JSON")[0], re.MULTILINE) == list(
        COLUMNS
    )
    assert set(re.findall(r"^\| `(\w+)` \|", text.partition("## Tables")[0], re.MULTILINE)) == set(known)
