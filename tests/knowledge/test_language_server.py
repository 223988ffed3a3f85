"""What an author sees in an editor: the YAML language server with the schema, set up as docs/editors.md says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizgen.knowledge import fields, hover, schema
from quizgen.models import names
from tests import npm
from tests.knowledge.language_server import LanguageServer

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/editors.md").read_text("utf-8")
SETTINGS = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
MODELINE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
HEAD = "topic: lecture/a\ntitle: {en: A, zh: 三}\nmodel: tcp\nitems:\n  - id: a\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the schema in it."""
    made = tmp_path_factory.mktemp("lecture")
    with (made / "quizgen.schema.json").open("wb") as file:
        subprocess.run([sys.executable, "-m", "quizgen", "schema"], stdout=file, check=True)
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[LanguageServer]:
    try:
        started = LanguageServer(folder, json.loads(SETTINGS[0]))
    except npm.Missing as missing:
        pytest.skip(str(missing))
    with started:
        yield started


@pytest.mark.parametrize("file", sorted((ROOT / "content").rglob("*.yaml")), ids=lambda file: file.name)
def test_nothing_is_said_of_the_shipped_knowledge(file: Path, server: LanguageServer) -> None:
    assert server.diagnostics(file.read_text("utf-8"), str(file.relative_to(ROOT))) == []


@pytest.mark.parametrize(
    "text, said",
    [
        (HEAD + "    type: short\n    stem: S\n    stm: S\n", ["8: Property stm is not allowed."]),
        (HEAD + "    type: choice\n    stem: S\n    key: {text: S, clam: x}\n", ["8: Property clam is not allowed."]),
        (HEAD + "    type: shrt\n", [f"6: Value is not accepted. Valid values: {', '.join(map(json.dumps, schema.ITEMS))}."]),
        (HEAD + "    type: numeric\n", ['5: Missing property "stem".']),
        (HEAD + "    type: numeric\n    stem: ''\n", ["7: Write the text, or remove the key."]),
        (HEAD.replace("id: a", "id: A b") + "    type: short\n    stem: S\n", ["5: Expected lower-case words with hyphens between, as in synack-acknowledges."]),
        (HEAD + "    type: short\n    stem: S\nitms: []\n", ["8: Property itms is not allowed."]),
        ("topic: lecture/a\ntitle: A\nnotes:\n  - {figur: x}\n", ["4: Property figur is not allowed."]),
        ("model: [tcp, dns]\n", [f"1: Value is not accepted. Valid values: {', '.join(map(json.dumps, names()))}."]),
        ("items:\n  - {id: a, type: short, stem: S}\n", ['1: Missing property "topic".']),
    ],
    ids=["key", "key of an option", "type", "missing", "empty", "id", "key of the file", "key of a note", "model", "no topic"],
)  # fmt: skip
def test_a_fault_is_reported_where_it_is(text: str, said: list[str], server: LanguageServer) -> None:
    assert server.diagnostics(text) == said


def test_item_types_are_completed(server: LanguageServer) -> None:
    assert list(server.completions(HEAD + "    type: |\n")) == list(schema.ITEMS)


@pytest.mark.parametrize("type_", schema.ITEMS)
def test_the_keys_of_a_type_are_completed(type_: str, server: LanguageServer) -> None:
    offered = server.completions(HEAD + f"    type: {type_}\n    |\n")
    keys = set(fields.keys(schema.ITEMS[type_]))
    assert keys - {"id", "type"} <= set(offered)
    assert not set(offered) & ({key for keys in hover.KEYS.values() for key in keys} - keys)


@pytest.mark.parametrize(
    "text, offered",
    [
        ("|\n", {"topic", "title", "model", "requires", "notes", "scenarios", "misconceptions", "items"}),
        ("model: |\n", set(names())),
        ("model:\n  - |\n", set(names())),
        (HEAD + "    type: choice\n    stem:\n      |\n", {"en", "zh"}),
        (HEAD + "    type: choice\n    key:\n      |\n", {"value", "text", "claim", "why", "misconception"}),
        (HEAD + "    type: choice\n    distractors:\n      - text: T\n        |\n", {"value", "claim", "why", "misconception"}),
        (HEAD + "    type: figure\n    figure:\n      |\n", {"scenario", "diagram", "model", "mask"}),
        (HEAD + "    type: match\n    pairs:\n      - left: client\n        |\n", {"right"}),
        (HEAD + "    type: true-false\n    key: |\n", {"true", "false"}),
        (HEAD + "    type: choice\n    difficulty: |\n", {"1", "2", "3"}),
        ("scenarios:\n  a:\n    |\n", {"title", "run", "source", "model"}),
    ],
    ids=["file", "model", "models", "text", "option", "rest of an option", "figure", "pair", "truth", "difficulty", "scenario"],
)  # fmt: skip
def test_what_may_stand_here_is_completed(text: str, offered: set[str], server: LanguageServer) -> None:
    assert offered <= set(server.completions(text))


@pytest.mark.parametrize(
    "text, shown",
    [
        ("to|pic: lecture/a\n", hover.KEYS["File"]["topic"]),
        (HEAD.replace("id:", "i|d:") + "    type: short\n", hover.ITEM["id"]),
        (HEAD + "    ty|pe: short\n", hover.TYPES["figure"]),
        (HEAD + "    type: numeric\n    tol|erance: 5%\n", hover.KEYS["NumericItem"]["tolerance"]),
        (HEAD + "    type: match\n    as|k: x\n", hover.KEYS["MatchItem"]["ask"]),
        (HEAD + "    type: short\n    f|or: {n: [1]}\n", hover.ITEM["for"]),
        (HEAD + "    type: choice\n    key: {text: S, wh|y: W}\n", hover.KEYS["Option"]["why"]),
        ("misconceptions:\n  a:\n    corr|ection: C\n", hover.KEYS["Misconception"]["correction"]),
    ],
    ids=["topic", "id", "type", "tolerance", "ask", "for", "why", "correction"],
)
def test_a_key_is_explained(text: str, shown: str, server: LanguageServer) -> None:
    assert shown in server.hover(text)


def test_the_first_line_of_a_file_names_the_schema(folder: Path) -> None:
    try:
        started = LanguageServer(folder, {"yaml.schemaStore.enable": False})
    except npm.Missing as missing:
        pytest.skip(str(missing))
    with started:
        assert started.diagnostics(MODELINE[0], "content/lecture/b.yaml") == []
        faulty = MODELINE[0].replace("model:", "modle:")
        assert started.diagnostics(faulty, "content/lecture/b.yaml") == ["4: Property modle is not allowed."]


def test_check_jsonschema_takes_it_too(folder: Path) -> None:
    [line] = re.findall(r"^    (check-jsonschema .*)$", PAGE, re.MULTILINE)
    file = folder / line.split()[-1]
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "content/tcp/handshake.yaml", file)
    program, *arguments = line.split()
    command = [str(Path(sys.executable).parent / program), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
