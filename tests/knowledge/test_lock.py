"""quizgen.lock: what it remembers, how two of them merge, and where it is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.knowledge.lock import NAME, Lock, LockError, read, text_hash
from quizgen.knowledge.lockfile import LockFile, beside, load_lock

NOTE = ("tcp/handshake/isn#end=client", "en", "choice")


def again(lock: Lock, now: int) -> Lock:
    fresh = Lock(now)
    read(fresh, lock.text())
    return fresh


def test_a_time_rises_when_and_only_when_what_is_shown_changes() -> None:
    first = Lock(100)
    stamp = first.note(*NOTE, ("a", "b"))
    assert stamp.mod == 100
    second = again(first, 200)
    assert second.note(*NOTE, ("a", "b")) == stamp
    changed = second.note(*NOTE, ("a", "c"))
    assert (changed.id, changed.mod) == (stamp.id, 200)


def test_a_time_rises_although_the_clock_goes_back() -> None:
    first = Lock(100)
    first.note(*NOTE, ("a",))
    assert again(first, 50).note(*NOTE, ("b",)).mod == 101


def test_the_texts_that_a_note_has_had_are_known_whatever_becomes_of_it() -> None:
    one, *others = ("a", "b", "a"), ("c",)
    lock = Lock(100)
    for now, text in enumerate((*one, "removed", "d"), start=200):
        lock = again(lock, now)
        if text != "removed":
            lock.note(*NOTE, (text,), ("tag",))
        for _ in lock.removed("en", {"tcp/handshake"}):
            pass
    other = Lock(150)
    for fields in others:
        other.note(*NOTE, fields)
    read(lock, other.text())
    assert set(lock.notes[NOTE].texts) == {text_hash((text,)) for text in "abcd"}
    assert lock.notes[NOTE].mod == 204


def test_a_lock_that_knows_no_texts_is_read_and_learns_them() -> None:
    lock = Lock(100)
    stamp = lock.note(*NOTE, ("a",))
    older = Lock(200)
    read(older, lock.text().replace(f"\t{text_hash(('a',))}\n", "\n"))
    assert older.notes[NOTE] == stamp._replace(texts=())
    assert older.note(*NOTE, ("a",)) == stamp


def test_ids_that_clash_give_way_and_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.knowledge.lock.stable_id", lambda *identity: 5000)
    lock = Lock()
    ids = [lock.note(name, "en", "basic", ("x",)).id for name in ("a/b/1", "a/b/2", "a/b/3")]
    assert ids == [5000, 6000, 7000]
    later = again(lock, 9)
    assert [later.note(name, "en", "basic", ("x",)).id for name in ("a/b/3", "a/b/0", "a/b/1")] == [7000, 8000, 5000]


def test_ids_that_clash_after_a_merge_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.knowledge.lock.stable_id", lambda *identity: 5000)
    ours, theirs, merged = Lock(), Lock(), Lock()
    ours.note("a/b/1", "en", "basic", ("x",))
    theirs.note("a/b/2", "en", "basic", ("x",))
    read(merged, ours.text() + theirs.text())
    ids = {merged.note(name, "en", "basic", ("x",)).id for name in ("a/b/1", "a/b/2", "a/b/3")}
    assert ids == {5000, 6000, 7000}


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [("same", "same", 100), ("ours", "theirs", 400), ("theirs", "theirs", 200)],
    ids=["alike", "both changed", "theirs is newer"],
)
def test_the_marks_of_a_conflict_are_passed_over(ours: str, theirs: str, expected: int) -> None:
    one, other = Lock(100), Lock(100 if ours == "same" else 200)
    one.note(*NOTE, (ours,))
    other.note(*NOTE, (theirs,))
    text = f"<<<<<<< HEAD\n{one.text()}=======\n{other.text()}>>>>>>> theirs\n"
    merged = Lock(400)
    read(merged, text)
    assert merged.note(*NOTE, ("merged" if expected == 400 else theirs,)).mod == expected
    assert "<<<" not in merged.text()


def test_removed_only_where_the_topic_or_everything_was_built() -> None:
    lock = Lock(100)
    for name in ("a/one/x", "a/one/y", "a/two/x"):
        lock.note(name, "en", "choice", ("x",))
    part = again(lock, 200)
    part.whole = False
    part.note("a/one/x", "en", "choice", ("x",))
    assert [name for name, _, _ in part.removed("en", {"a/one"})] == ["a/one/y"]
    whole = again(part, 300)
    whole.note("a/one/x", "en", "choice", ("x",))
    removed = [(name, stamp.mod) for name, _, stamp in whole.removed("en", {"a/one"})]
    assert removed == [("a/one/y", 200), ("a/two/x", 300)]
    assert list(whole.removed("zh", {"a/one"})) == []


names = st.text(min_size=1, max_size=12)


@given(st.lists(st.tuples(names, st.sampled_from(["en", "zh"]), st.sampled_from(["choice", "basic"]), st.text())))
def test_what_is_written_is_read(notes: list[tuple[str, str, str, str]]) -> None:
    lock = Lock(7)
    for name, lang, kind, shown in notes:
        lock.note(f"a/b/{name}", lang, kind, (shown,))
    read_again = again(lock, 8)
    assert read_again.notes == lock.notes
    assert read_again.text() == lock.text()


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "note\ta/b/c\ten\tchoice\tx\t1\thash",
        "note\ta/b/c\ten\tchoice\t1\t1",
        "note\ta/b/c\ten\tchoice\t1500000000001\t1\thash",
        "note\ta/b/c\ten\tchoice\t-1500000000000\t1\thash",
        "note\ta/b/c\ten\tchoice\t1500000000000\t99999999999999999999\thash",
        "type\tchoice\ten\t99999999999999999999\thash",
        "deck\ta/b\ten",
        "note",
        "\t\t\t",
    ],
)
def test_a_line_that_means_nothing(line: str, tmp_path: Path) -> None:
    with pytest.raises(LockError) as error:
        read(Lock(), f"# comment\n\n{line}\n")
    assert error.value.line == 3
    (tmp_path / NAME).write_text(f"# comment\n\n{line}\n", "utf-8")
    found = load_lock(tmp_path / NAME, [tmp_path], 1)
    assert isinstance(found, list)
    [one] = found
    assert one.code == "QG402"
    assert one.span is not None
    assert (one.span.line, one.span.column) == (3, 1)


@pytest.mark.parametrize("written", ["\ufeff{}", "{}\n\n"], ids=["byte order mark", "more ends of lines"])
def test_what_an_editor_leaves_is_read(written: str, tmp_path: Path) -> None:
    lock = Lock(100)
    stamp = lock.note(*NOTE, ("a",))
    (tmp_path / NAME).write_text(written.format(lock.text()), "utf-8", newline="\r\n")
    found = load_lock(tmp_path / NAME, [tmp_path], 200)
    assert isinstance(found, LockFile)
    assert found.lock.notes == {NOTE: stamp}


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read(Lock(), text)
    except LockError:
        return


def test_two_builds_of_two_parts_at_once(tmp_path: Path) -> None:
    """Both have read the lock before either writes it."""
    made = [load_lock(tmp_path / NAME, [tmp_path / part], now) for part, now in (("a", 100), ("b", 200))]
    for file, question in zip(made, ("a/a/one", "b/b/one"), strict=True):
        assert isinstance(file, LockFile)
        file.lock.note(question, "en", "choice", ("text",))
        file.write()
    both = load_lock(tmp_path / NAME, [tmp_path], 300)
    assert isinstance(both, LockFile)
    assert {key[0]: stamp.mod for key, stamp in both.lock.notes.items()} == {"a/a/one": 100, "b/b/one": 200}


def test_the_nearest_lock_is_meant(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "tcp").mkdir(parents=True)
    file = content / "tcp" / "a.yaml"
    file.write_text("", "utf-8")
    assert beside([file]) == content / "tcp" / NAME
    (content / NAME).write_text("", "utf-8")
    assert beside([file]) == beside([content]) == beside([file, content]) == content / NAME
