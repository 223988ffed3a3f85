"""Files that are written whole or not at all."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from quizgen.files import replacing


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_and_nothing_left_beside_it(tmp_path: Path) -> None:
    (tmp_path / "to").write_text("old")
    with replacing(tmp_path / "to") as fresh:
        fresh.write_text("new")
        assert (tmp_path / "to").read_text() == "old"
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("to", "new")]


def test_what_a_link_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "to").write_text("old")
    (tmp_path / "link").symlink_to("to")
    with replacing(tmp_path / "link") as fresh:
        fresh.write_text("new")
    assert ((tmp_path / "to").read_text(), (tmp_path / "link").is_symlink()) == ("new", True)


def test_a_link_to_itself_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("link")
    with pytest.raises(OSError, match="link") as caught, replacing(tmp_path / "link") as fresh:
        fresh.write_text("new")
    assert (caught.value.errno, names(tmp_path)) == (errno.ELOOP, ["link"])


def test_who_may_read_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / "to").touch(0o600)
    with replacing(tmp_path / "to") as fresh:
        fresh.write_text("new")
    assert (tmp_path / "to").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system does not name open files")
def test_a_pipe_without_a_name_is_written_to() -> None:
    """What a shell makes of `>(...)`, and /dev/stdout before a `|`."""
    read, write = os.pipe()
    with replacing(Path(f"/dev/fd/{write}")) as fresh:
        fresh.write_text("new")
    os.close(write)
    assert os.read(read, 10) == b"new"
    os.close(read)


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[str]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with replacing(pipe) as fresh:
        fresh.write_text("new")
    reader.join(10)
    assert (read, pipe.is_fifo()) == (["new"], True)


def test_what_is_there_is_kept_when_the_writer_fails(tmp_path: Path) -> None:
    (tmp_path / "to").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "to") as fresh:
        assert fresh.write_text("half") / 0
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("to", "old")]


def test_an_error_names_the_file_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, replacing(tmp_path / "no" / "to") as fresh:
        fresh.write_text("new")
    assert (caught.value.filename, caught.value.filename2) == (str(tmp_path / "no" / "to"), None)


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="this system has no locks by which a process could be known to live")
    to = tmp_path / "to [1]*"
    (tmp_path / f".{to.name}.{os.getppid()}.new").write_text("half")
    (tmp_path / f".{to.name}.note.new").write_text("somebody's own")
    (tmp_path / f".{to.name}.1.new").mkdir()
    other = f"import sys; from pathlib import Path; from quizgen.files import replacing\nwith replacing(Path({str(to)!r})) as fresh: fresh.write_text('other'); print('in', flush=True); sys.stdin.read()"
    kept = [f".{to.name}.1.new", f".{to.name}.note.new"]
    with subprocess.Popen([sys.executable, "-c", other], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert names(tmp_path) == sorted([*kept, f".{to.name}.{process.pid}.new"])
        with replacing(to) as fresh:
            fresh.write_text("new")
        assert names(tmp_path) == sorted([*kept, f".{to.name}.{process.pid}.new", to.name])
        process.kill()
    with replacing(to) as fresh:
        fresh.write_text("newer")
    assert (names(tmp_path), to.read_text()) == (sorted([*kept, to.name]), "newer")
