"""SARIF: held against the validator of its authors, with the rules of GitHub's code scanning, and read as viewers do."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizgen import __version__
from quizgen.diagnostics import catalogue
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.diagnostics.sarif import render
from quizgen.spans import SourceFile, Span
from tests import npm
from tests.diagnostics import samples

VALIDATOR = "@microsoft/sarif-multitool-linux", "5.7.0"


def run_of(*found: Diagnostic) -> dict[str, Any]:
    [run] = json.loads(render(found))["runs"]
    return dict(run)


def result_of(found: Diagnostic) -> dict[str, Any]:
    [result] = run_of(found)["results"]
    return dict(result)


def region(result: dict[str, Any]) -> tuple[int, int, int, int]:
    region = result["locations"][0]["physicalLocation"]["region"]
    return region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]


def validated(file: Path) -> list[str]:
    """What the validator says of a file, the command line's own words left out."""
    if sys.platform != "linux":
        pytest.skip("the validator is installed for Linux only")
    try:
        program = npm.folder(*VALIDATOR) / "Sarif.Multitool"
    except npm.Missing as missing:
        pytest.skip(str(missing))
    program.chmod(0o755)
    command = [str(program), "validate", str(file), "--rule-kind", "Sarif;Ghas"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert "1 files scanned" in done.stdout, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if ": error " in line or ": warning " in line]


def test_golden(golden: Callable[[str, str], None]) -> None:
    golden("diagnostics/wrong-key.sarif", render([samples.WRONG_KEY]).replace(__version__, "VERSION"))


@pytest.mark.parametrize("found", [[], samples.ALL], ids=["nothing", "one of each shape"])
def test_the_validator_finds_no_fault(found: list[Diagnostic], tmp_path: Path) -> None:
    file = tmp_path / "found.sarif"
    file.write_text(render(found), "utf-8")
    assert [line for line in validated(file) if "informationUri" not in line] == []


def test_the_validator_does_find_faults(tmp_path: Path) -> None:
    file = tmp_path / "found.sarif"
    file.write_text(render(samples.ALL).replace('"startLine"', '"firstLine"'), "utf-8")
    assert any("JSON1" in line and "firstLine" in line for line in validated(file))


def test_a_result_has_everything_that_a_diagnostic_has() -> None:
    result = result_of(samples.WRONG_KEY)
    assert result["ruleId"] == "QG204"
    assert result["level"] == "error"
    assert result["message"]["text"].splitlines() == [
        "the key disagrees with the reference model: the model computes x + 1",
        "trace: 1. client SYN SEQ=x",
        "2. server SYN,ACK",
        "RFC 9293 §3.4: SYN occupies one sequence number",
        "help: did you mean `x + 1`?",
    ]
    [change] = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "content/handshake.yaml"
    [replacement] = change["replacements"]
    assert replacement["insertedContent"] == {"text": "x + 1"}
    assert replacement["deletedRegion"] == result["locations"][0]["physicalLocation"]["region"]


def test_a_rule_has_the_page_of_its_code() -> None:
    [rule] = run_of(samples.WRONG_KEY, samples.WIDE)["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("QG204", "wrong-key")
    assert rule["help"]["markdown"] == catalogue.page("QG204")
    assert rule["shortDescription"]["text"] in rule["fullDescription"]["text"]
    assert rule["defaultConfiguration"] == {"level": "error"}


@pytest.mark.parametrize("code", catalogue.codes())
def test_every_code_has_a_short_description(code: str) -> None:
    [rule] = run_of(Diagnostic(code, "m", file="a.yaml"))["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"].endswith(".")
    assert len(rule["fullDescription"]["text"]) <= 1024  # as much as GitHub shows


def test_further_places_are_related_locations() -> None:
    [related] = result_of(samples.LABELS)["relatedLocations"]
    assert related["message"] == {"text": "first used here"}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "content/handshake.yaml"


@pytest.mark.parametrize(
    "text, part, place",
    [
        ("key: x\n", "x", (1, 6, 1, 7)),
        ("key: 三次握手 x\n", "x", (1, 11, 1, 12)),
        ("key: 𝒳𝒴 x\n", "x", (1, 11, 1, 12)),
        ("key: 𝒳𝒴 x\n", "𝒳𝒴", (1, 6, 1, 10)),
        ("a: 1\r\nb: [x,\r\n  y]\r\n", "[x,\r\n  y]", (2, 4, 3, 5)),
        ("a: 1\n", "", (1, 1, 1, 1)),
    ],
    ids=["ascii", "Chinese", "after surrogate pairs", "surrogate pairs", "several lines", "nothing"],
)
def test_columns_count_utf_16(text: str, part: str, place: tuple[int, int, int, int]) -> None:
    start = text.index(part)
    span = Span(SourceFile("a.yaml", text), start, start + len(part))
    assert region(result_of(Diagnostic("QG104", "m", span))) == place


@pytest.mark.parametrize(
    "name, uri, below",
    [
        ("content/a.yaml", "content/a.yaml", True),
        ("./a b%三.yaml", "a%20b%25%E4%B8%89.yaml", True),
        ("HERE/content/a.yaml", "content/a.yaml", True),
        ("../a.yaml", "PARENT/a.yaml", False),
        ("/elsewhere/a:b.yaml", "file:///elsewhere/a%3Ab.yaml", False),
    ],
)
def test_uris_are_relative_where_they_can_be(
    name: str, uri: str, below: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = Diagnostic("QG024", "m", file=name.replace("HERE", str(tmp_path)))
    place = result_of(found)["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == uri.replace("PARENT", tmp_path.parent.as_uri())
    assert ("uriBaseId" in place) is below


def test_braces_are_doubled_as_single_ones_stand_for_arguments() -> None:
    result = result_of(Diagnostic("QG110", "`{en}` means nothing", file="a.yaml"))
    assert result["message"]["text"] == "`{{en}}` means nothing"


def test_the_command_prints_it_and_fails(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("topic: t/a\ntitle: A\nitem: []\n", "utf-8")
    command = [sys.executable, "-m", "quizgen", "check", "a.yaml", "--format", "sarif"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    [result] = json.loads(done.stdout)["runs"][0]["results"]
    assert result["ruleId"] == "QG101"
    assert region(result) == (3, 1, 3, 5)
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "items"}
