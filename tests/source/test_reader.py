"""Files as they come: encodings, line ends, and what cannot be opened."""

import gc
import os
import sys
from pathlib import Path

import pytest
import yaml

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.resources import resource
from quizgen.source import reader
from quizgen.source.reader import read_file, read_text

WANTED = {"a": "x", "b": ["y", "三"]}


@pytest.mark.parametrize(
    "data",
    [
        "a: x\nb: [y, 三]\n".encode(),
        "\ufeffa: x\nb: [y, 三]\n".encode(),
        "a: x\r\nb:\r\n- y\r\n- 三\r\n".encode(),
        "a: x\rb:\r- y\r- 三\r".encode(),
        "---\na: x\nb: [y, 三]\n...\n".encode(),
        "%YAML 1.2\n---\na: x\nb: [y, 三]".encode(),
    ],
    ids=["utf-8", "bom", "crlf", "cr", "document marks", "directive"],
)
def test_reads(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(data)
    node, found = read_file(file)
    assert not found
    assert node is not None
    assert node.plain() == WANTED
    place = node.at(["b", 1]).span
    assert place.source.text[place.start : place.end] == "三"
    assert (
        place.line == data.decode().replace("\r\n", "\n").replace("\r", "\n")[: place.start].count("\n") + 1
        or b"\r\n" in data
    )


def one(found: list[Diagnostic]) -> Diagnostic:
    assert len(found) == 1
    return found[0]


def test_columns_are_right_after_a_bom_and_crlf(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes("\ufeffa: x\r\nb: y: z\r\n".encode())
    span = one(read_file(file)[1]).span
    assert span is not None
    assert (span.line, span.column) == (2, 5)


def test_missing_file(tmp_path: Path) -> None:
    node, found = read_file(tmp_path / "none.yaml")
    assert node is None
    assert one(found).code == "QG029"
    assert one(found).path == str(tmp_path / "none.yaml")


def test_folder(tmp_path: Path) -> None:
    assert one(read_file(tmp_path)[1]).message == "the file cannot be read: it is a folder"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert one(read_file(tmp_path / "pipe")[1]).code == "QG029"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text("a: b")
    file.chmod(0)
    assert one(read_file(file)[1]).code == "QG029"


@pytest.mark.parametrize("text", ["", "\n", "# only this\n", "---\n", "\ufeff"], ids=repr)
def test_empty(text: str) -> None:
    node, found = read_text("f", text)
    assert node is None
    assert one(found).code == "QG028"


def test_duplicates_leave_the_first_value_and_the_rest_of_the_file() -> None:
    node, found = read_text("f", "a: 1\nb: {c: 2, c: 3}\na: 4\nd: 5\n")
    assert [(diagnostic.code, diagnostic.span and diagnostic.span.line) for diagnostic in found] == [
        ("QG001", 2),
        ("QG001", 3),
    ]
    assert node is not None
    assert node.plain() == {"a": "1", "b": {"c": "2"}, "d": "5"}


def test_duplicates_before_a_syntax_error_are_found() -> None:
    node, found = read_text("f", "a: 1\na: 2\nb: [\n")
    assert node is None
    assert [diagnostic.code for diagnostic in found] == ["QG001", "QG006"]


def test_findings_end_at_a_thousand() -> None:
    node, found = read_text("f", "a: 1\n" * 5000)
    assert node is None
    assert len(found) == 1000


def test_root_that_is_no_map_is_left_to_the_knowledge() -> None:
    for text, kind in (("hello\n", "scalar"), ("- a\n", "list")):
        node, found = read_text("f", text)
        assert not found
        assert node is not None
        assert node.kind == kind


@pytest.mark.parametrize(
    "text", ["a: \x07\n", "a: \ud800\n", "a: \x85\n", "a: \ufffe\n", "a: \ufeff\n", "a: \x7f\n", "a\0"], ids=ascii
)
def test_forbidden_characters(text: str) -> None:
    node, found = read_text("f", text)
    assert node is None
    assert one(found).code == "QG027"


@pytest.mark.parametrize(
    ("written", "code", "column"),
    [
        (r"a\0b", "QG027", 6), (r"\x1f", "QG027", 5), (r"\\\e[1m", "QG027", 7), (r"\x7f", "QG027", 5), (r"\x9f", "QG027", 5),
        (r"\uFFFE", "QG027", 5), (r"\U0000000b", "QG027", 5), (r"\uD800", "QG015", 5), (r"\ud83d\ude00", "QG015", 5),
        (r"\U00110000", "QG015", 5),
    ],
)  # fmt: skip
def test_forbidden_characters_written_as_escapes(written: str, code: str, column: int) -> None:
    node, found = read_text("f", f'a: "{written}"\n')
    assert node is None
    span = one(found).span
    assert span is not None
    assert (one(found).code, span.column) == (code, column)


@pytest.mark.parametrize(
    "written", [r"\t\n\r", r"\x85\N\L\P", r"\uFEFF", r"\u200b\u202e", r"\U0001F600", r"\\x1f", r"\\0"]
)
def test_escapes_of_what_a_page_can_hold(written: str) -> None:
    node, found = read_text("f", f'a: "{written}"\n')
    assert not found
    assert node is not None


@pytest.mark.parametrize("start", range(0, 0x11000, 0x1000), ids=hex)
def test_each_character_is_read_or_named(start: int) -> None:
    """No character that the parser refuses is missing from our list of them."""
    for number in range(start, start + 0x1000):
        text = f"a: 'x{chr(number)}y'\n"
        node, found = read_text("f", text)
        assert (node is None) == bool(found)
        assert chr(number) in "'\n\r \t" or node is None or node.plain() == {"a": f"x{chr(number)}y"}


def test_collector_runs_again() -> None:
    assert gc.isenabled()
    read_text("f", "a: [\n")
    assert gc.isenabled()


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML without its C part reads the same; its errors are shown in its own words."""
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    node, found = read_text("f", "a: x\nb: [y, 三]\n")
    assert not found
    assert node is not None
    assert node.plain() == WANTED
    node, found = read_text("f", "a: b: c\n")
    assert node is None
    assert one(found).code == "QG030"
    assert one(found).label == "mapping values are not allowed here"


SHIPPED = sorted(resource("content").rglob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_shipped_files_say_the_same_to_the_loader_that_most_people_use(file: Path) -> None:
    """yaml.safe_load, which is PyYAML's own parser, refuses some of what libyaml reads, such as {en: Who?}."""
    node, found = read_text(file.name, file.read_text("utf-8"))
    assert not found
    assert node is not None
    assert yaml.load(file.read_text("utf-8"), yaml.BaseLoader) == node.plain()


def test_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 1 << 20)
    file = tmp_path / "f.yaml"
    file.write_bytes(b"a: b\n" * (1 << 18))
    assert one(read_file(file)[1]).message == "the file has 1 MiB; at most 1 MiB are read"
