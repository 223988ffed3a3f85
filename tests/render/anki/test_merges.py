"""quizgen.lock in version control: branches that add, edit and remove, what a merge leaves, what `check --locked` says."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from quizgen.cli.app import app
from tests.render.anki.author import CHANGED, HEAD, ITEM, SECOND, THIRD, Author, note
from tests.render.anki.conftest import Open
from tests.render.anki.engine import take


@pytest.fixture
def git(author: Author) -> Callable[..., str]:
    """A repository of the author's content as it was first built."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")

    def run(*args: str) -> str:
        named = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *args]
        return subprocess.run(named, cwd=author.folder, check=False, capture_output=True, text=True).stdout

    run("init", "-q", "-b", "main")
    author.build()
    run("add", "content")
    run("commit", "-qm", "first")
    return run


def test_two_branches_that_each_add_an_item_merge(author: Author, git: Callable[..., str]) -> None:
    first, last = (ITEM.format(id=name, type="choice", n=3, key="y + 1") for name in ("first", "zeroth"))
    for branch, text in (("one", HEAD + first + SECOND + THIRD), ("two", HEAD + SECOND + THIRD + last)):
        git("checkout", "-qb", branch, "main")
        author.write("opening", text)
        author.build()
        git("commit", "-qam", branch)
    assert "CONFLICT" not in git("merge", "one")
    assert CliRunner().invoke(app, ["check", "--locked"]).exit_code == 0
    merged = author.lock.read_bytes()
    author.build()
    assert (author.lock.read_bytes(), merged.count(b"note\t")) == (merged, 4)


def test_two_branches_that_edit_and_remove_the_same_items(
    collection: Open, author: Author, git: Callable[..., str]
) -> None:
    mine = collection("mine")
    one, two = CHANGED, SECOND.replace("one sequence", "just one sequence")
    for branch, text in (("one", HEAD + one + THIRD), ("two", HEAD + two)):
        git("checkout", "-qb", branch, "main")
        author.write("opening", text)
        take(mine, author.build())
        git("commit", "-qam", branch)
    assert "CONFLICT (content): Merge conflict in content/quizgen.lock" in git("merge", "one")
    author.write("opening", HEAD + one.replace("one sequence", "just one sequence") + THIRD)
    assert "marks of a merge" in CliRunner().invoke(app, ["check", "--locked"]).output
    assert take(mine, author.build()) == {"updated": 2}
    assert note(mine, "second")["Rationale"] == "Every SYN occupies just one sequence number."
    assert note(mine, "third").tags != ["quizgen::removed"]
    assert "<<<<" not in author.lock.read_text("utf-8")
    assert CliRunner().invoke(app, ["check", "--locked"]).exit_code == 0


def test_marks_that_a_merge_left_are_found_and_go_with_the_next_build(author: Author) -> None:
    author.build()
    tidy = author.lock.read_text("utf-8")
    author.lock.write_text(tidy.replace("note\t", "<<<<<<< HEAD\n=======\n>>>>>>> other\nnote\t", 1), "utf-8")
    done = CliRunner().invoke(app, ["check", "--locked"])
    assert (done.exit_code, "marks of a merge" in done.output) == (1, True)
    author.build()
    assert author.lock.read_text("utf-8") == tidy


def test_the_lock_tells_new_items_from_changed_and_removed_ones(author: Author) -> None:
    author.build()
    new = ITEM.format(id="new", type="choice", n=3, key="y + 1")
    author.write("opening", HEAD + CHANGED + new)
    output = CliRunner().invoke(app, ["check", "--locked"]).output
    for words in (
        "item is not in quizgen.lock yet",
        "item has changed since",
        "opening/third` is in quizgen.lock, but",
    ):
        assert output.count(words) == 1
