"""The examples of the documentation do what it says: knowledge stands, a model answers, a format writes."""

import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from quizgen.check.compile import compile_paths
from quizgen.check.mutants import try_mutants
from quizgen.claims.evaluate import evaluate
from quizgen.cli.model import model
from quizgen.render.options import Options
from tests.samples import BANK

ROOT = Path(__file__).parents[2]
HEAD = "topic: docs/example\ntitle: An example\nmodel: tcp\nitems:\n"


def examples(name: str) -> dict[str, str]:
    """The files that a page shows, by a name for each; items alone are put below a head."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    return {
        f"{name}:{number}": HEAD + indent(block, "  ") if block.startswith("- id") else block
        for number, block in enumerate(blocks, 1)
    }


STANDING = (
    examples("docs/knowledge.md") | examples("docs/coverage.md") | examples("docs/mutants.md") | examples("README.md")
)


@pytest.mark.parametrize("text", STANDING.values(), ids=STANDING)
def test_example_stands(text: str, tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(text, "utf-8")
    checked = compile_paths([file])
    assert checked.found == []
    assert checked.bank.questions or checked.bank.topics


def python_example(name: str) -> dict[str, Any]:
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    scope: dict[str, Any] = {}
    exec(compile(block, name, "exec"), scope)
    return scope


def test_the_items_for_survivors_notice_them(tmp_path: Path) -> None:
    (text,) = examples("docs/mutants.md").values()
    file = tmp_path / "example.yaml"
    file.write_text(text, "utf-8")
    made = try_mutants(compile_paths([file]), ["tcp"], processes=1)
    assert {one.mutant.id for one in made.trials if one.noticed} == {"state:CLOSING#sending", "state:CLOSING#receiving"}


def test_the_example_model_has_a_mutant() -> None:
    dns = python_example("docs/models.md")["build"]()
    (mutant,) = dns.mutants()
    assert mutant.element in dns.elements
    assert mutant.build().vocabulary["longest_label"].value() == 64


def test_the_example_model_answers_claims() -> None:
    dns = python_example("docs/models.md")["build"]()
    answer = evaluate("longest_label() == 63", {name: word.value for name, word in dns.vocabulary.items()})
    assert answer.value is True
    assert answer.record.elements == set(dns.elements)


def command_examples(name: str) -> list[str]:
    lines = re.findall(r"^    (quizgen .*?)(?: +#.*)?$", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    quick = [line for line in lines if "--verify" not in line]
    assert quick
    return quick


PAGES = ("docs/models.md", "docs/trace.md", "docs/writing.md", "docs/coverage.md")
COMMANDS = [line for name in PAGES for line in command_examples(name)]


@pytest.mark.parametrize("line", COMMANDS)
def test_the_example_command_prints_something(line: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *line.partition(" | ")[0].split()], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr in (b"", b"run.pcap: 6 packets\n")
    assert done.stdout


def test_the_example_table_is_what_the_model_prints(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = re.findall(r"```\n(  Event.*?)```", (ROOT / "docs/models.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    model("tcp", "transitions")
    told = [re.sub(r" {2,}", "  ", line) for line in capsys.readouterr().out.splitlines()]
    assert {re.sub(r" {2,}", "  ", line) for line in block.splitlines()} <= set(told)


def test_the_example_ladder_is_what_trace_draws(tmp_path: Path) -> None:
    (block,) = re.findall(r"```\n( +client.*?)```", (ROOT / "docs/trace.md").read_text("utf-8"), re.DOTALL)
    environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "quizgen", "trace", "handshake", "--lose", "2"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, env=environment,
    )  # fmt: skip
    assert block == done.stdout


def test_the_example_format_writes_a_line_a_question(tmp_path: Path) -> None:
    python_example("docs/formats.md")["render"](BANK, tmp_path, Options(BANK.languages))
    lines = (tmp_path / "questions.zh.tsv").read_text("utf-8").splitlines()
    assert len(lines) == len(BANK.questions)
    assert lines[0].endswith(BANK.questions[0].stem["zh"])


def test_the_example_of_a_failing_claim_is_what_a_finding_says(tmp_path: Path) -> None:
    page = (ROOT / "docs/claims.md").read_text("utf-8")
    (claim,) = re.findall(r"`claim: (all\(.*?)`:$", page, re.MULTILINE)
    (block,) = re.findall(r"```\n(  = value.*?)```", page, re.DOTALL)
    item = f"  - {{id: a, type: true-false, statement: S, claim: '{claim}', key: true, rationale: R, source: RFC 9293 §3.5}}"
    (tmp_path / "a.yaml").write_text(f"{HEAD}{item}\n", "utf-8")
    (found,) = (one for one in compile_paths([tmp_path / "a.yaml"]).found if one.code == "QG204")
    assert [line.removeprefix("  = ") for line in block.splitlines()] == list(found.notes)[: len(block.splitlines())]


def printed(folder: Path, text: str, *arguments: str) -> str:
    """What `quizgen check` prints of the file lecture.yaml with this text."""
    (folder / "lecture.yaml").write_text(text, "utf-8")
    command = [sys.executable, "-m", "quizgen", "check", *arguments, "lecture.yaml"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False, env=environment
    ).stdout


def test_the_example_of_a_finding_is_what_check_prints(tmp_path: Path) -> None:
    text = next(iter(examples("docs/knowledge.md").values())).replace("key: x + 1  ", "key: x + 2  ")
    (block,) = re.findall(r"```\n([^`]*QG204.*?)```", (ROOT / "docs/knowledge.md").read_text("utf-8"), re.DOTALL)
    assert printed(tmp_path, text).startswith(block.replace("handshake.yaml", "lecture.yaml", 1))


def test_the_example_of_counting_variants_is_what_check_prints(tmp_path: Path) -> None:
    (text,) = (one for one in examples("docs/knowledge.md").values() if "vary:" in one)
    (line,) = re.findall(r"^.* variants held .*$", (ROOT / "docs/knowledge.md").read_text("utf-8"), re.MULTILINE)
    assert line in printed(tmp_path, text)


@pytest.mark.parametrize(
    ("page", "pattern", "option"),
    [
        ("docs/coverage.md", r"```\n(Model.*?)```", "--coverage"),
        ("docs/mutants.md", r"\n    (Model.*?)\n\n[A-Z]", "--mutants"),
        ("docs/mutants.md", r"\n    (tcp: states.*?)\n\n`", "--mutants"),
    ],
)
def test_the_example_of_a_bank_with_gaps_is_what_check_prints(
    page: str, pattern: str, option: str, tmp_path: Path
) -> None:
    (text,) = examples("README.md").values()
    (block,) = re.findall(pattern, (ROOT / page).read_text("utf-8"), re.DOTALL)
    said = printed(tmp_path, text, option)
    for part in block.replace("\n    ", "\n").split("\n...\n"):
        assert part.rstrip("\n.") in said
