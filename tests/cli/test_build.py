"""`quizgen build` as a person runs it: the tree it writes, the same bytes twice, all or nothing."""

import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

QUIZGEN = [sys.executable, "-m", "quizgen"]
TOPIC = """topic: lecture/opening
title: {en: Opening, zh: 建立连接}
model: tcp
items:
  - id: synack-acknowledges
    type: choice
    stem: {en: What does the SYN-ACK acknowledge?, zh: SYN-ACK 的确认号是多少？}
    ask: handshake.segment(2).ack
    key: KEY
    distractors: [x, y + 1]
    rationale: {en: A SYN occupies one sequence number., zh: SYN 占用一个序号。}
    source: RFC 9293 §3.4
"""


def build(folder: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*QUIZGEN, "build", *args], cwd=folder, capture_output=True, text=True, env={**os.environ, **env}, check=False
    )


def tree(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def lecture(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "opening.yaml").write_text(TOPIC.replace("KEY", "x + 1"), "utf-8")
    return tmp_path


def test_writes_the_tree_and_a_true_report(lecture: Path) -> None:
    done = build(lecture)
    assert done.returncode == 0, done.stderr
    out = lecture / "build"
    expected = {"index.html", "report.json"} | {
        f"{folder}/{name}.{lang}.{suffix}"
        for folder, names, suffix in (
            ("quiz", ("all", "lecture-opening"), "html"),
            ("sheets", ("all", "lecture-opening"), "html"),
            ("anki", ("quizgen",), "apkg"),
        )
        for name in names
        for lang in ("en", "zh")
    }
    assert tree(out).keys() == expected
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["items"]["by_standing"] == {"proved": 1}
    files = tree(out)
    files.pop("report.json")
    assert report["files"] == files


def test_same_input_same_bytes(lecture: Path) -> None:
    assert build(lecture, "--out", "one", PYTHONHASHSEED="1").returncode == 0
    assert build(lecture, "--out", "two", PYTHONHASHSEED="2").returncode == 0
    assert tree(lecture / "one") == tree(lecture / "two")


def test_an_unchanged_build_is_left_alone_and_a_damaged_one_is_not(lecture: Path) -> None:
    assert build(lecture).returncode == 0
    before = tree(lecture / "build")
    assert "nothing had changed" in build(lecture).stdout
    (lecture / "build" / "index.html").write_text("spoilt", "utf-8")
    assert "nothing had changed" not in build(lecture).stdout
    assert tree(lecture / "build") == before


def test_a_finding_leaves_the_last_build(lecture: Path) -> None:
    assert build(lecture).returncode == 0
    before = tree(lecture / "build")
    (lecture / "content" / "opening.yaml").write_text(TOPIC.replace("KEY", "x + 2"), "utf-8")
    done = build(lecture)
    assert done.returncode == 1
    assert "QG204" in done.stderr
    assert "the model computes x + 1" in done.stderr
    assert tree(lecture / "build") == before


def test_a_lock_that_cannot_be_written_leaves_the_last_build(lecture: Path) -> None:
    assert build(lecture).returncode == 0
    before = tree(lecture / "build")
    (lecture / "content" / "quizgen.lock").unlink()
    (lecture / "content" / "quizgen.lock").mkdir()
    done = build(lecture, "--seed", "1")
    assert (done.returncode, "quizgen.lock: Is a directory" in done.stderr) == (2, True), done.stderr
    assert tree(lecture / "build") == before


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="this system has no file that nobody can read")
@pytest.mark.parametrize("command", ["build", "check --locked", "export anki -o deck.apkg"])
def test_a_lock_that_cannot_be_read_is_said(lecture: Path, command: str) -> None:
    (lecture / "content" / "quizgen.lock").symlink_to("/proc/self/mem")
    done = subprocess.run([*QUIZGEN, *command.split()], cwd=lecture, capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert re.match("quizgen: cannot read .*quizgen.lock: Input/output error", done.stderr), done.stderr


@pytest.mark.skipif(os.name != "posix", reason="this system has no limit of the size of files")
@pytest.mark.parametrize("command", ["build --format anki", "export anki -o deck.apkg"])
def test_a_full_disk_is_said(lecture: Path, command: str) -> None:
    limited = f"ulimit -f 8; exec {shlex.join(QUIZGEN)} {command}"
    done = subprocess.run(["sh", "-c", limited], cwd=lecture, capture_output=True, check=False, text=True)
    assert done.returncode != 0
    assert done.stderr.startswith("quizgen: cannot write"), done.stderr


def test_a_folder_of_somebody_else_is_not_replaced(lecture: Path) -> None:
    (lecture / "mine").mkdir()
    (lecture / "mine" / "thesis.txt").write_text("years of work", "utf-8")
    done = build(lecture, "--out", "mine")
    assert done.returncode == 2
    assert "not written by quizgen" in done.stderr
    assert (lecture / "mine" / "thesis.txt").read_text("utf-8") == "years of work"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nowhere.yaml"], "there is no file or folder `nowhere.yaml`"),
        (["--format", "pdf"], "there is no format `pdf`"),
        (["--lang", "fr"], "not written in `fr`"),
    ],
    ids=["path", "format", "language"],
)
def test_wrong_usage_exits_with_2(lecture: Path, args: list[str], message: str) -> None:
    done = build(lecture, *args)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_killed_build_leaves_the_last_one_whole(lecture: Path) -> None:
    assert build(lecture).returncode == 0
    good = {"x + 1": tree(lecture / "build")}
    started = time.monotonic()
    assert build(lecture, "--seed", "1").returncode == 0
    lasting = time.monotonic() - started
    good["seed"] = tree(lecture / "build")
    draw = random.Random(1)
    for attempt in range(20):
        process = subprocess.Popen(
            [*QUIZGEN, "build", "--seed", str(attempt % 2)], cwd=lecture, stdout=subprocess.DEVNULL
        )
        time.sleep(draw.uniform(0.3, 1.05) * lasting)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert tree(lecture / "build") in good.values()
    assert build(lecture).returncode == 0
    assert [path.name for path in lecture.iterdir() if path.name.startswith(".build")] == []
    assert tree(lecture / "build") == good["x + 1"]


def test_a_wheel_has_the_content_and_templates(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(root)],
        check=True,
        capture_output=True,
    )
    import zipfile

    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "quizgen/_data/content/tcp/scenarios.yaml" in names
    assert any(name.startswith("quizgen/_data/templates/quiz/") for name in names)
    assert "quizgen/diagnostics/pages/QG204.md" in names
