"""Which files are read."""

from pathlib import Path

import pytest

from quizgen.knowledge.load import find_files, load


def test_files_below_folders_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "deep/c.yaml", "deep/d.YAML", "notes.md", ".hidden.yaml", ".git/d.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.yaml").mkdir()
    assert [str(file.relative_to(tmp_path)) for file in find_files([tmp_path])] == [
        "a.yml",
        "b.yaml",
        "deep/c.yaml",
        "deep/d.YAML",
    ]


def test_a_file_is_taken_as_named_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes.txt").touch()
    monkeypatch.chdir(tmp_path)
    assert find_files([Path("notes.txt"), tmp_path / "notes.txt", Path("missing.yaml")]) == [
        Path("notes.txt"),
        Path("missing.yaml"),
    ]


def test_overlapping_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert find_files([Path(), tmp_path, tmp_path / "a.yaml"]) == [Path("a.yaml")]


def test_a_link_that_leads_to_itself_is_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    assert find_files([tmp_path]) == [loop]
    _, found = load([tmp_path])
    assert [one.code for one in found] == ["QG029"]
