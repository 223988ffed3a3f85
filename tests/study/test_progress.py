"""The progress file: its log, the schedule that follows from it, and what happens when things go wrong."""

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.study.progress import VERSION, Progress, ProgressError, Review, default_path
from quizgen.study.scheduler import Rating, replay

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HISTORIES = st.lists(
    st.tuples(st.sampled_from(["a/a/1", "a/a/2", "gone/b/1"]), st.sampled_from(Rating), st.integers(0, 10**7)),
    max_size=12,
)


def _review(item: str, rating: Rating = Rating.GOOD, at: datetime = NOON, *misconceptions: str) -> Review:
    return Review(at, item, f"{item}#v", item.rpartition("/")[0], rating, misconceptions)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "progress.sqlite3"


@pytest.fixture
def progress(path: Path) -> Iterator[Progress]:
    with Progress(path) as opened:
        yield opened


def test_reviews_are_kept(progress: Progress, path: Path) -> None:
    first, _ = progress.record(_review("a/a/1", Rating.AGAIN, NOON, "m/one", "m/two"))
    second, _ = progress.record(_review("a/a/2", at=NOON + timedelta(hours=1)))
    assert progress.reviews() == [first, second]
    with Progress(path) as other:
        assert other.reviews() == [first, second]


def test_a_miss_is_due_in_ten_minutes_and_a_hit_after_days(progress: Progress) -> None:
    _, missed = progress.record(_review("a/a/1", Rating.AGAIN))
    _, known = progress.record(_review("a/a/2"))
    assert missed.due - NOON == timedelta(minutes=10)
    assert known.due - NOON >= timedelta(days=2)


def test_undo_takes_the_review_back_and_keeps_the_line(progress: Progress, path: Path) -> None:
    _, before = progress.record(_review("a/a/1"))
    stored, _ = progress.record(_review("a/a/1", Rating.AGAIN, NOON + timedelta(days=3)))
    progress.undo(stored, NOON + timedelta(days=3, seconds=9))
    progress.undo(stored, NOON + timedelta(days=3, seconds=10))
    assert progress.scheduled()["a/a/1"].card == before
    assert progress.scheduled()["a/a/1"].reviews == 1
    assert len(progress.reviews()) == 1
    assert sqlite3.connect(path).execute("SELECT count(*) FROM log").fetchone() == (3,)


def test_undoing_the_only_review_makes_the_item_new(progress: Progress) -> None:
    stored, _ = progress.record(_review("a/a/1"))
    progress.undo(stored, NOON)
    assert progress.scheduled() == {}


@settings(max_examples=25)
@given(history=HISTORIES, undone=st.sets(st.integers(0, 11)))
def test_the_log_alone_gives_the_schedule(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, Rating, int]], undone: set[int]
) -> None:
    with Progress(tmp_path_factory.mktemp("log") / "p.sqlite3") as progress:
        now = NOON
        for index, (item, rating, seconds) in enumerate(history):
            now += timedelta(seconds=seconds, microseconds=index)
            stored, _ = progress.record(_review(item, rating, now))
            if index in undone:
                progress.undo(stored, now)
        stored_schedule = progress.scheduled()
        for item, scheduled in stored_schedule.items():
            assert scheduled.card == replay((r.at, r.rating) for r in progress.reviews() if r.item == item)
        assert progress.rebuild() == len(stored_schedule)
        assert progress.scheduled() == stored_schedule


def test_rebuild_mends_a_schedule_that_was_lost(progress: Progress, path: Path) -> None:
    progress.record(_review("a/a/1"))
    schedule = progress.scheduled()
    with sqlite3.connect(path) as other:
        other.execute("DELETE FROM schedule")
    progress.rebuild()
    assert progress.scheduled() == schedule


@pytest.mark.parametrize("change", ["DELETE FROM log", "UPDATE log SET rating = 4"])
def test_the_log_only_grows(progress: Progress, path: Path, change: str) -> None:
    progress.record(_review("a/a/1"))
    with sqlite3.connect(path) as other, pytest.raises(sqlite3.IntegrityError, match="only grows"):
        other.execute(change)


def _garbage(path: Path) -> None:
    path.write_bytes(b"these are my notes\n" * 400)


def _torn(path: Path) -> None:
    with Progress(path) as progress:
        for number in range(200):
            progress.record(_review(f"a/a/{number}"))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + os.urandom(len(whole) - 8192) + whole[-4096:])


def _newer(path: Path) -> None:
    with Progress(path):
        pass
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()


def _scribbled(path: Path) -> None:
    with Progress(path) as progress:
        progress.record(_review("a/a/1"))
    with sqlite3.connect(path) as other:
        other.execute("UPDATE schedule SET card = '{'")
    other.close()


UNUSABLE = [
    pytest.param(_garbage, "damaged", id="garbage"),
    pytest.param(_torn, "damaged", id="torn"),
    pytest.param(_newer, "newer", id="newer"),
    pytest.param(_foreign, "no progress file", id="foreign"),
    pytest.param(_scribbled, "damaged", id="scribbled"),
]


@pytest.mark.parametrize(("spoil", "message"), UNUSABLE)
def test_a_file_that_cannot_be_used_is_left_alone(path: Path, spoil: Callable[[Path], None], message: str) -> None:
    path.parent.mkdir()
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(ProgressError, match=message), Progress(path) as progress:
        progress.scheduled()
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProgressError, match="cannot be used"):
        Progress(tmp_path / "file" / "progress.sqlite3")


def test_an_empty_file_is_a_beginning(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with Progress(path) as progress:
        assert progress.reviews() == []


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUIZGEN_DATA", str(tmp_path))
    assert default_path() == tmp_path / "progress.sqlite3"
    monkeypatch.delenv("QUIZGEN_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "quizgen" in str(default_path())


def _write(path: Path, name: str, count: int) -> None:
    with Progress(path) as progress:
        for number in range(count):
            progress.record(_review(f"{name}/{number % 5}", at=NOON + timedelta(seconds=number)))


def test_several_processes_at_once(path: Path) -> None:
    spawn = multiprocessing.get_context("fork")
    writers = [spawn.Process(target=_write, args=(path, name, 40)) for name in ("shared", "shared", "own", "shared")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    with Progress(path) as progress:
        assert len(progress.reviews()) == 160
        schedule = progress.scheduled()
        assert sum(scheduled.reviews for scheduled in schedule.values()) == 160
        progress.rebuild()
        assert progress.scheduled() == schedule


def _write_and_tell(path: Path, pipe: int) -> None:
    with Progress(path) as progress:
        for number in range(10**6):
            progress.record(_review(f"a/a/{number}", at=NOON + timedelta(seconds=number)))
            os.write(pipe, b".")


@pytest.mark.parametrize("told", [1, 3, 20])
def test_a_killed_process_loses_nothing_that_it_recorded(path: Path, told: int) -> None:
    read, write = os.pipe()
    writer = multiprocessing.get_context("fork").Process(target=_write_and_tell, args=(path, write))
    writer.start()
    os.close(write)
    seen = sum(len(os.read(read, 1)) for _ in range(told))
    assert writer.pid
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    seen += len(os.read(read, 10**6))
    os.close(read)
    with Progress(path) as progress:
        assert seen <= len(progress.reviews()) <= seen + 1
        assert len(progress.scheduled()) == len(progress.reviews())
