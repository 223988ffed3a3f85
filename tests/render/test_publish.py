"""Folders that are exchanged as a whole, and what killed builds leave beside them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizgen.render import publish
from quizgen.render.publish import MARK, NotOurs, replaced


def build(out: Path, text: str) -> None:
    with replaced(out) as fresh:
        (fresh / MARK).write_text(text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=["exchanged", "moved aside"])
def out(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write, also as where the system cannot exchange two."""
    if request.param == "moved aside":
        monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    return tmp_path / "build"


def test_a_folder_is_replaced_and_nothing_left_beside_it(out: Path) -> None:
    build(out, "old")
    build(out, "new")
    assert ((out / MARK).read_text(), names(out.parent)) == ("new", ["build"])


@pytest.mark.parametrize("there", [True, False], ids=["", "not there yet"])
def test_what_a_link_points_to_is_replaced(out: Path, there: bool) -> None:
    if there:
        build(out, "old")
    link = out.with_name("link")
    link.symlink_to(out.name)
    build(link, "new")
    assert ((out / MARK).read_text(), names(out.parent), link.is_symlink()) == ("new", ["build", "link"], True)


def test_a_failure_leaves_what_was_there(out: Path) -> None:
    build(out, "old")
    with pytest.raises(ZeroDivisionError), replaced(out) as fresh:
        assert (fresh / MARK).write_text("new") / 0
    assert ((out / MARK).read_text(), names(out.parent)) == ("old", ["build"])


def test_a_folder_of_somebody_else_is_left_alone(out: Path) -> None:
    out.mkdir()
    (out / "thesis.tex").touch()
    with pytest.raises(NotOurs):
        build(out, "new")
    assert names(out) == ["thesis.tex"]


@pytest.mark.parametrize("kind", ["new", "old"])
def test_what_a_killed_build_left_goes_though_another_process_has_its_number_now(out: Path, kind: str) -> None:
    build(out, "old")
    (out.parent / f".build.{os.getppid()}.{kind}").mkdir()
    build(out, "new")
    assert names(out.parent) == ["build"]


def test_what_a_killed_build_moved_aside_is_put_back(out: Path) -> None:
    build(out, "old")
    out.rename(out.parent / f".build.{os.getppid()}.old")
    with pytest.raises(ZeroDivisionError), replaced(out):
        assert 1 // 0
    assert ((out / MARK).read_text(), names(out.parent)) == ("old", ["build"])


def test_what_another_build_is_writing_is_left_alone(out: Path) -> None:
    pytest.importorskip("fcntl", reason="this system has no locks by which a build could be known to live")
    other = f"import sys; from pathlib import Path; from quizgen.render.publish import replaced\nwith replaced(Path({str(out)!r})): print('in', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", other], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        build(out, "new")
        assert names(out.parent) == [f".build.{process.pid}.new", "build"]
        process.kill()
    build(out, "newer")
    assert names(out.parent) == ["build"]
