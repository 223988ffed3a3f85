"""Whatever an author does to a file, quizgen finds fault or compiles it; it never breaks."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizgen.check.compile import compile_paths
from quizgen.diagnostics.text import render

FILE: dict[str, Any] = yaml.safe_load(
    """
topic: tcp/example
title: {en: An example, zh: 例子}
model: [tcp]
requires: []
notes:
  - {en: TCP., zh: TCP。}
  - figure: handshake
  - figure: {diagram: states, mask: "state:LISTEN"}
  - table: flags
scenarios:
  mine:
    title: T
    run: [{server: OPEN passive}, {client: OPEN active}, {old: {from: client, flags: SYN, seq: x - 1000}}, deliver]
misconceptions:
  wrong: {statement: S, claim: handshake.segment(2).ack == x, answer: x, correction: C, source: S}
items:
  - {id: a, type: choice, stem: S, ask: handshake.segment(2).ack, key: x + 1,
     distractors: [x, {text: T, claim: max_window_scale() == 2, why: W, misconception: wrong}], rationale: R, source: S}
  - {id: b, type: multiple, stem: S, ask: mine.segment(1).flags, keys: [SYN], distractors: [FIN], difficulty: "3"}
  - {id: c, type: true-false, statement: S, claim: max_window_scale() == 2, key: "false", misconception: wrong}
  - {id: d, type: cloze, text: "{1}", blanks: [{ask: handshake.state(client), key: ESTABLISHED, accept: [open]}]}
  - {id: e, type: numeric, vary: {n: 5..15}, stem: "S {n}", ask: header_length(n), unit: bit, tolerance: 5%}
  - {id: f, type: short, for: {end: [client, server]}, stem: "S {end}", ask: handshake.state(end), ladder: none}
  - {id: g, type: order, stem: S, ask: handshake.states(client), sequence: [CLOSED, ESTABLISHED], accept: []}
  - {id: h, type: match, stem: S, ask: handshake.segment(left).flags, pairs: [{left: "1", right: SYN}, {left: "3", right: ACK}]}
  - {id: i, type: figure, stem: S, figure: {scenario: handshake, mask: "message:2"}, ask: handshake.segment(2).ack, distractors: [x]}
  - {id: k, type: choice, stem: S, for: {n: [1, 2]}, ask: "handshake.state(client, after=n)", distractors: auto}
  - {id: l, type: choice, stem: S, ask: handshake.segment(2).ack, distractors: [x, {auto: 4}], misconception: wrong}
  - {id: j, type: short, stem: S, cited: r, key: k, source: S}
"""
)

WORDS = (
    "x + 1",
    "client",
    "handshake",
    "mine",
    "1..2",
    "5%",
    "true",
    "{n}",
    "{1}",
    "{answer}",
    "message:1",
    "None",
    "1e999",
    "tcp",
    "a[0]",
    "[key]",
    "auto",
)
SCALARS = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(WORDS), st.integers().map(str), st.floats().map(str)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.text(max_size=6), st.sampled_from(WORDS)), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything below a value."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [one for key, child in children for one in ((*path, key), *places(child, (*path, key)))]


def mutate(data: st.DataObject, file: dict[str, Any]) -> None:
    """Drop, rename or replace something, or put something beside it."""
    *way, last = data.draw(st.sampled_from(places(file)), label="place")
    parent = file
    for key in way:
        parent = parent[key]
    kind = data.draw(st.sampled_from(["drop", "replace", "rename", "repeat", "swap"]), label="kind")
    if kind == "drop":
        del parent[last]
    elif kind == "rename" and isinstance(parent, dict):
        parent[data.draw(st.one_of(st.text(max_size=8), st.sampled_from(WORDS)), label="name")] = parent.pop(last)
    elif kind == "repeat" and isinstance(parent, list):
        parent.append(deepcopy(parent[last]))
    elif kind == "swap":
        other = data.draw(st.sampled_from(places(file)), label="other")
        value: Any = file
        for key in other:
            value = value[key]
        parent[last] = deepcopy(value)
    else:
        parent[last] = data.draw(VALUES, label="value")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutated")


def test_the_file_itself_has_no_errors(folder: Path) -> None:
    file = folder / "example.yaml"
    file.write_text(yaml.safe_dump(FILE, allow_unicode=True), "utf-8")
    assert compile_paths([file]).errors == 0


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutated_file_gives_findings_or_a_bank(folder: Path, data: st.DataObject) -> None:
    knowledge = deepcopy(FILE)
    for _ in range(data.draw(st.integers(1, 3), label="how many")):
        if knowledge:
            mutate(data, knowledge)
    file = folder / "example.yaml"
    file.write_text(yaml.safe_dump(knowledge, allow_unicode=True), "utf-8")
    checked = compile_paths([file])
    assert all(one.message and one.span for one in checked.found if one.code >= "QG1")
    render(checked.found, 80)
    if checked.errors == 0:
        assert {question.topic for question in checked.bank.questions} <= {topic.id for topic in checked.bank.topics}
