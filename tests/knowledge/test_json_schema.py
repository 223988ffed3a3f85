"""The JSON Schema says of files what reading them says, and explains every key."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import deepcopy
from math import isinf
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from quizgen.knowledge import fields, hover, schema, written
from quizgen.knowledge.json_schema import json_schema
from quizgen.knowledge.load import load
from quizgen.models import names
from quizgen.source.reader import read_file
from tests.knowledge.core_schema import core
from tests.knowledge.test_mutated_files import FILE, mutate

ROOT = Path(__file__).parents[2]
SHAPE = {"QG101", "QG102", "QG103", "QG104", "QG105", "QG106", "QG108"}
CASES = [path for path in sorted((ROOT / "tests/cases").rglob("*.yaml")) if not read_file(path)[1]]
VALIDATOR = Draft7Validator(json_schema(names()))


def accepted(file: Path) -> bool:
    """Whether the schema accepts a file, which YAML can read."""
    node, _ = read_file(file)
    assert node is not None
    return bool(VALIDATOR.is_valid(core(node)))


def misshapen(file: Path) -> list[str]:
    """What reading a file finds wrong with its shape and a schema can see."""
    return [f"{one.code} {one.message}" for one in load([file])[1] if one.code in SHAPE and not beyond(one.message)]


def beyond(message: str) -> bool:
    """Whether this is more than a schema can say: it cannot compare two numbers of a range."""
    return message.startswith("the range ")


def endless(value: Any) -> bool:
    """Whether an editor reads infinity somewhere, as in `id: 1e310`: no whole number to it, and a name to quizgen."""
    if isinstance(value, dict | list):
        return any(map(endless, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float) and isinf(value)


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(VALIDATOR.schema)


@pytest.mark.parametrize("file", sorted((ROOT / "content").rglob("*.yaml")), ids=lambda file: file.name)
def test_it_accepts_the_shipped_knowledge(file: Path) -> None:
    assert accepted(file)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_it_says_of_a_case_what_reading_says(file: Path) -> None:
    assert accepted(file) is (misshapen(file) == [])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutated")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_says_of_a_mutated_file_what_reading_says(folder: Path, data: st.DataObject) -> None:
    knowledge = deepcopy(FILE)
    for _ in range(data.draw(st.integers(0, 2), label="how many")):
        if knowledge:
            mutate(data, knowledge)
    file = folder / "example.yaml"
    file.write_text(yaml.safe_dump(knowledge, allow_unicode=True), "utf-8")
    node, wrong = read_file(file)
    if wrong or node is None or endless(core(node)):
        return
    found = misshapen(file)
    note(str(found))
    assert accepted(file) is (found == [])


SPELLINGS = [
    ("stem: S", True),
    ("stem: 5", True),
    ("stem: yes", True),
    ("stem: true", True),
    ("stem: {en: S, zh-Hans: 三}", True),
    ("stem:", False),
    ("stem: ''", False),
    ("stem: {}", False),
    ("stem: {en: ' '}", False),
    ("stem: {english: S}", False),
    ("stem: [S]", False),
    ("key: 5", True),
    ("key: [SYN, ACK]", True),
    ("key: []", False),
    ("key: {en: S, zh: 三}", True),
    ("key: {why: S}", True),
    ("key: {en: S, why: W}", False),
    ("key: {text: S, claim: 1 == 1, why: {en: W}}", True),
    ("key: {text: S, claim: }", False),
    ("model: tcp", True),
    ("model: [tcp, http]", True),
    ("model: dns", False),
    ("difficulty: 1", True),
    ('difficulty: "1"', True),
    ("difficulty: 4", False),
    ("difficulty: easy", False),
    ("ladder: none", True),
    ("ladder: lost_third", True),
    ("ladder: Lost", False),
    ("vary: {n: 1..5, m: -3 .. 4}", True),
    ("vary: {n: 5}", False),
    ("vary: {N: 1..5}", False),
    ("for: {end: [client, 5, true]}", True),
    ("for: {end: client}", False),
    ("misconception: a-b", True),
    ("misconception: a b", False),
    ("id: 007", True),
    ("id: A", False),
    ("cited: {en: R, zh: 理由}", True),
    ("distractors: [x, 5, {en: S}, {value: v, text: T}]", True),
    ("distractors: [[]]", False),
    ("distractors: auto", True),
    ("distractors: {auto: 4}", True),
    ('distractors: {auto: "4"}', True),
    ("distractors: [x, auto]", True),
    ("distractors: [x, {auto: 4}]", True),
    ("distractors: automatic", False),
    ("distractors: {auto: 7}", False),
    ("distractors: {auto: many}", False),
    ("distractors: {auto: 4, text: T}", False),
    ("distractors: [{auto: 4, text: T}]", False),
    ("distractors: {text: T}", False),
    ("statement: S", False),
]


@pytest.mark.parametrize("line, good", SPELLINGS, ids=[line for line, _ in SPELLINGS])
def test_it_takes_the_spellings_that_reading_takes(line: str, good: bool, tmp_path: Path) -> None:
    entries = {"id": "a", "type": "choice", "stem": "S"}
    key, _, value = line.partition(":")
    entries[key] = value.strip()
    lines = "".join(f"    {key}: {value}\n" for key, value in entries.items())
    file = tmp_path / "example.yaml"
    file.write_text(f"topic: t/a\ntitle: A\nmodel: tcp\nitems:\n  -\n{lines}", "utf-8")
    assert (misshapen(file) == []) is good
    assert accepted(file) is good


FILES = [
    ("scenarios: {a: {title: T, run: [deliver, {lose: 3}, {forge: {from: client, flags: [RST, ACK]}}]}}", True),
    ("scenarios: {a: {title: T, run: []}}", False),
    ("scenarios: {a: {title: T, run: [{lose: }]}}", False),
    ("scenarios: {A b: {title: T, run: [deliver]}}", False),
    ("misconceptions: {a-b: {statement: S, correction: C, source: S}}", True),
    ("misconceptions: {a_b: {statement: S, correction: C, source: S}}", False),
    ("items: []", True),
    ("items: [{id: a, type: short, stem: S}]", False),
    ("notes: [N]", False),
    ("topic: t/a", False),
    ("{topic: t/a, title: 5}", True),
    ("{topic: t/a, title: T, requires: t/b, notes: [N, 5, {en: N}, {figure: a}, {figure: {diagram: d}, title: T}]}", True),
    ("{topic: t/a, title: T, notes: [{figur: a}]}", False),
    ("{topic: t/a, title: T, requires: [b]}", False),
    ("{topic: true, title: T}", False),
    ("[a]", False),
]  # fmt: skip


@pytest.mark.parametrize("text, good", FILES, ids=[text for text, _ in FILES])
def test_it_takes_the_files_that_reading_takes(text: str, good: bool, tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(text + "\n", "utf-8")
    assert (misshapen(file) == []) is good
    assert accepted(file) is good


def test_every_key_of_every_class_is_explained_and_no_other() -> None:
    classes = {
        name: shape
        for module in (schema, written)
        for name, shape in vars(module).items()
        if isinstance(shape, type) and shape.__module__ == module.__name__
    }
    public = {name: shape for name, shape in classes.items() if not name.startswith("_")}
    keys = {name: set(fields.keys(shape)) for name, shape in public.items()}
    assert {name: set(hover.of(name)) for name in hover.KEYS} == keys
    assert set(hover.TYPES) == set(schema.ITEMS)


def test_the_command_prints_it() -> None:
    done = subprocess.run([sys.executable, "-m", "quizgen", "schema"], capture_output=True, check=True)
    assert json.loads(done.stdout) == VALIDATOR.schema
