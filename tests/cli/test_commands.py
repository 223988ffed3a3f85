"""The commands as a person runs them: what they print, and the exit code: 0 well, 1 faulty knowledge, 2 wrong usage."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import FILES, run

RUNS = {
    "check good": (["check", "good.yaml"], 0, "0 findings in 1 topic; 1 item: 1 proved (100%), 0 cited"),
    "check warnings": (["check", "warn.yaml"], 0, "1 finding (0 errors, 1 warning)"),
    "check warnings strictly": (["check", "warn.yaml", "--strict"], 1, "1 finding (0 errors, 1 warning)"),
    "check errors": (["check", "bad.yaml"], 1, "1 finding (1 error, 0 warnings)"),
    "check a broken file": (["check", "broken.yaml"], 1, "error[QG006]"),
    "check two": (["check", "bad.yaml", "broken.yaml"], 1, "2 findings (2 errors, 0 warnings)"),
    "check no YAML": (["check", "notes.md"], 1, "a knowledge file is a group"),
    "check nothing": (["check", "empty"], 2, "there is no knowledge file in `empty`"),
    "check nowhere": (["check", "nowhere"], 2, "there is no file or folder `nowhere`"),
    "check a name too long": (["check", "a" * 5000], 2, "cannot be read: "),
    "check a device": (["check", "/dev/null"], 1, "it is no regular file"),
    "check coverage": (
        ["check", "good.yaml", "--coverage"],
        0,
        "tcp       states       5/11     45%    █████████░░░░░░░░░░░\n",
    ),
    "check coverage names what is missing": (
        ["check", "good.yaml", "--coverage"],
        0,
        "  flag:PSH: PSH (RFC 9293 §3.1)\n",
    ),
    "check coverage as JSON": (["check", "good.yaml", "--coverage", "--format", "json"], 0, '"covered": '),
    "check coverage as YAML": (["check", "good.yaml", "--coverage", "--format", "yaml"], 0, "  - id: tcp-flag-psh\n"),
    "check coverage as a page": (["check", "good.yaml", "--coverage", "--format", "html"], 0, "<!doctype html>"),
    "check coverage in a format there is not": (
        ["check", "good.yaml", "--coverage", "--format", "sarif"],
        2,
        "the formats are text, json, html, yaml",
    ),
    "check coverage and mutants": (["check", "good.yaml", "--coverage", "--mutants"], 2, "exclude each other"),
    "check coverage and the lock": (["check", "good.yaml", "--coverage", "--locked"], 2, "exclude each other"),
    "check mutants and statistics": (["check", "good.yaml", "--mutants", "--statistics"], 2, "exclude each other"),
    "check coverage into no folder": (
        ["check", "good.yaml", "--coverage", "-o", "nowhere/coverage.html"],
        2,
        "cannot write nowhere/coverage.html: No such file or directory",
    ),
    "check --output alone": (["check", "good.yaml", "-o", "x.html"], 2, "`--output` goes with `--coverage`"),
    "check, unknown format": (["check", "good.yaml", "--format", "xml"], 2, "the formats are text, json, github"),
    "check statistics": (
        ["check", "good.yaml", "--statistics"],
        0,
        "a statement is true               0      0   0 to 0",
    ),
    "check statistics for programs": (["check", "good.yaml", "--statistics", "--format", "json"], 0, '"unbelieved": ['),
    "check statistics, other format": (
        ["check", "good.yaml", "--statistics", "--format", "sarif"],
        2,
        "its formats are text, json",
    ),
    "unknown option": (["check", "--frobnicate"], 2, "No such option"),
    "unknown command": (["chekc"], 2, "No such command"),
    "list items": (["list", "items", "good.yaml"], 0, "t/good/a\n"),
    "list topics": (["list", "topics", "good.yaml"], 0, "t/good\n"),
    "list own and shipped scenarios": (["list", "scenarios", "good.yaml"], 0, "handshake\n"),
    "list an own scenario, not the shipped one of its name": (
        ["list", "scenarios", "over.yaml", "--format", "table"],
        0,
        " Mine\n",
    ),
    "list misconceptions": (["list", "misconceptions", "good.yaml"], 0, ""),
    "list models": (["list", "models"], 0, "tcp\n"),
    "list items with stems": (["list", "items", "good.yaml", "--format", "table"], 0, "t/good/a  S\n"),
    "list topics with titles": (["list", "topics", "good.yaml", "--format", "table"], 0, "t/good  Good\n"),
    "list scenarios in Chinese": (
        ["list", "scenarios", "good.yaml", "--format", "table", "--lang", "zh"],
        0,
        "三次握手\n",
    ),
    "check all but one": (["check", "most.yaml"], 0, "200 items: 199 proved (99%), 1 cited"),
    "list names": (["list", "models", "--format", "names"], 0, "tcp\nhttp\n"),
    "list models with titles": (["list", "models", "--format", "table"], 0, "sessions    Sessions\n"),
    "list in a format there is not": (["list", "models", "--format", "xml"], 2, "the formats are names, table"),
    "list what there is not": (["list", "people"], 2, "choose from topics, items"),
    "list of bad knowledge": (["list", "items", "bad.yaml"], 1, "error[QG204]"),
    "list nowhere": (["list", "items", "nowhere"], 2, "there is no file or folder"),
    "models": (["model"], 0, "quizgen model NAME"),
    "model": (["model", "tcp"], 0, "handshake, simultaneous_open"),
    "model of what there is not": (["model", "tpc"], 2, "the models are tcp"),
    "vocabulary": (["vocabulary", "tcp"], 0, "acknowledges(seq"),
    "vocabulary of all": (["vocabulary"], 0, "in every model"),
    "vocabulary of what there is not": (["vocabulary", "tpc"], 2, "the models are tcp"),
    "trace shipped": (["trace", "handshake", "good.yaml"], 0, "ESTABLISHED"),
    "trace own": (["trace", "mine", "own.yaml", "--svg"], 0, "My own"),
    "trace own in Chinese": (["trace", "mine", "own.yaml", "--svg", "--lang", "zh"], 0, "我的"),
    "trace in a language without words": (["trace", "mine", "own.yaml", "--lang", "fr"], 2, "there is en, zh"),
    "model in a language without words": (["model", "tcp", "--lang", "fr"], 2, "there is en, zh"),
    "list in a language without words": (["list", "topics", "good.yaml", "--lang", "fr"], 2, "there is en, zh"),
    "quiz without a question": (["quiz", "--count", "0"], 2, "0 is not in the range"),
    "trace what cannot run": (["trace", "fails", "own.yaml"], 1, "error[QG112]: nothing is on the wire"),
    "trace what there is not": (["trace", "handshak", "good.yaml"], 2, "did you mean `handshake`"),
    "trace of a broken file": (["trace", "nothing_like", "broken.yaml"], 2, "error[QG006]"),
    "explain": (["explain", "QG204"], 0, "# QG204 wrong-key"),
    "explain what there is not": (["explain", "QG999"], 2, "there is no code"),
    "build nothing": (["build", "empty"], 2, "there is no knowledge file in `empty`"),
    "build bad": (["build", "bad.yaml"], 1, "nothing was written"),
    "version": (["--version"], 0, "quizgen "),
}


@pytest.mark.parametrize(("args", "code", "words"), RUNS.values(), ids=RUNS)
def test_exit_code_and_words(folder: Path, args: list[str], code: int, words: str) -> None:
    done = run(folder, *args)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    said = done.stdout if code == 0 or (args[0] == "check" and code == 1) else done.stderr
    assert words in said
    assert not (folder / "build").exists()


def test_json(folder: Path) -> None:
    done = run(folder, "check", "bad.yaml", "--format", "json")
    assert done.returncode == 1
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert found["code"] == "QG204"


def test_json_of_good_knowledge(folder: Path) -> None:
    assert json.loads(run(folder, "check", "good.yaml", "--format", "json").stdout)["diagnostics"] == []


def test_coverage_of_bad_knowledge_tells_findings_apart(folder: Path) -> None:
    done = run(folder, "check", "bad.yaml", "--coverage", "--format", "json")
    assert done.returncode == 1
    assert "error[QG204]" in done.stderr
    assert json.loads(done.stdout)["models"]["tcp"]["groups"]["states"]["total"] == 11


def test_coverage_into_a_file(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "check", "good.yaml", "--coverage", "--format", "yaml", "--output", tmp_path / "draft.yaml")
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'draft.yaml'}: 14 of 110 elements are covered\n")
    again = run(tmp_path, "check", "draft.yaml")
    assert again.returncode == 0
    assert "0 errors" in again.stdout or "0 findings" in again.stdout


def test_what_is_left_out_says_why(folder: Path, tmp_path: Path) -> None:
    text = FILES["good.yaml"].replace("items:", "not_covered: {'flag:AE': It came later.}\nitems:")
    (tmp_path / "good.yaml").write_text(text, "utf-8")
    done = run(tmp_path, "check", "good.yaml", "--coverage")
    assert "  flag:AE: AE (RFC 9768 §3.1)\n    left out: It came later.\n" in done.stdout


def test_github(folder: Path) -> None:
    done = run(folder, "check", "bad.yaml", "--format", "github")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=bad.yaml,line=5,")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("topic: t/a")
    (tmp_path / "a.yaml").chmod(0)
    named = run(tmp_path, "check", "a.yaml")
    assert (named.returncode, "not readable" in named.stderr) == (2, True)
    found = run(tmp_path, "check", ".")
    assert (found.returncode, "error[QG029]" in found.stdout) == (1, True)


COMMANDS = (
    "build",
    "export",
    "push",
    "check",
    "quiz",
    "stats",
    "trace",
    "model",
    "vocabulary",
    "schema",
    "explain",
    "list",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_a_terminal_and_has_an_example(folder: Path, command: str) -> None:
    done = run(folder, command, "--help", NO_COLOR="1")
    lines = done.stdout.splitlines()
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 80
    assert f"Example: quizgen {command}" in done.stdout


def test_the_command_line_starts_without_heavy_imports(folder: Path) -> None:
    heavy = ["yaml", "jinja2", "pydantic", "fsrs", "sqlite3", "rich", "markdown_it"]
    code = f"import quizgen.cli.app, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
