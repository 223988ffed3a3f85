"""`quizgen check --mutants`: numbers, survivors by model, group and element, and what notices nothing."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quizgen.cli.app import app

FILE = """\
topic: tcp/example
title: An example
model: tcp
items:
  - {id: a, type: true-false, statement: A FIN leads out of ESTABLISHED, claim: "next_state(ESTABLISHED, RCV_FIN) != ESTABLISHED", key: true, rationale: R, source: RFC 9293 §3.6}
  - {id: b, type: true-false, statement: Nothing of the kind happens, claim: "next_state(LISTEN, RCV_SYN) == CLOSED and next_state(CLOSED, ACTIVE_OPEN) == CLOSED", key: false, rationale: R, source: RFC 9293 §3.6}
  - {id: c, type: short, stem: Which state follows, ask: "next_state(ESTABLISHED, RCV_FIN)", rationale: R, source: RFC 9293 §3.6}
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "example.yaml"
    path.write_text(FILE, "utf-8")
    return str(path)


def run(*args: str) -> tuple[int, str]:
    made = CliRunner().invoke(app, ["check", "--mutants", *args])
    return made.exit_code, made.output


def test_text(file: str) -> None:
    code, text = run(file)
    assert code == 0
    lines = text.splitlines()
    assert lines[0].split() == ["Model", "Mutants", "Noticed", "Share"]
    assert lines[1].split()[0] == "tcp"
    at = lines.index("  transition:ESTABLISHED:rcv FIN: ESTABLISHED, rcv FIN → CLOSE-WAIT")
    assert lines[at + 1] == "    rests on it and does not notice: tcp/example/a, tcp/example/c"
    assert "    - ESTABLISHED, rcv FIN → CLOSE-WAIT: leads to CLOSING" in lines[at + 2 :]
    assert "    no item rests on it" in lines
    assert "1 item would take any answer of the model, since the key is left to it: tcp/example/c" in lines
    assert "warning[QG215]: `b` stands in every mutant of what it rests on" in text


def test_json(file: str) -> None:
    code, text = run(file, "--format", "json")
    data = json.loads(text)
    assert code == 0
    assert data["models"]["tcp"]["mutants"] > data["models"]["tcp"]["noticed"] > 0
    assert (data["idle"], data["unkeyed"]) == (["tcp/example/b"], ["tcp/example/c"])
    survivor = next(one for one in data["survivors"] if one["mutant"] == "transition:ESTABLISHED:rcv FIN#to CLOSING")
    assert survivor["element"] == "transition:ESTABLISHED:rcv FIN"
    assert sorted(survivor["items"]) == ["tcp/example/a", "tcp/example/c"]
    assert set(survivor["title"]) == {"en", "zh"}


def test_strict_lets_claims_that_never_fail_fail(file: str) -> None:
    assert run(file, "--strict")[0] == 1


def test_errors_come_first(tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(FILE.replace("key: true", "key: false"), "utf-8")
    code, text = run(str(path))
    assert code == 1
    assert "QG204" in text
    assert "mutants are tried once there are no errors" in text


def test_other_formats_are_refused(file: str) -> None:
    code, text = run(file, "--format", "github")
    assert code == 2
    assert "mutants are not printed as github" in text
