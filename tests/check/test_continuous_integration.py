"""docs/continuous-integration.md: the hook refuses and lets pass, the workflow is one, its commands do what they say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/continuous-integration.md").read_text("utf-8"), re.DOTALL)
HOOK, ELSEWHERE, WORKFLOW = BLOCKS
TOPIC = """topic: lecture/opening
title: Opening
model: tcp
items:
  - id: synack-acknowledges
    type: choice
    stem: What does the SYN-ACK acknowledge?
    ask: handshake.segment(2).ack
    key: x + 1
    distractors: [x, y + 1]
    rationale: A SYN occupies one sequence number.
    source: RFC 9293 §3.4
"""
WRONG = TOPIC.replace("key: x + 1", "key: x + 2")


def run(folder: Path, *command: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command that finds the programs installed beside this Python first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **env}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def lecture(tmp_path: Path) -> Path:
    """A folder with knowledge in content/ and its lock."""
    (tmp_path / "content" / "lecture").mkdir(parents=True)
    (tmp_path / "content" / "lecture" / "opening.yaml").write_text(TOPIC, "utf-8")
    assert run(tmp_path, "quizgen", "build", "content").returncode == 0
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "content" / "lecture" / "opening.yaml").write_text(text, "utf-8")


def commands() -> list[str]:
    steps = yaml.safe_load(WORKFLOW)["jobs"]["check"]["steps"]
    return [step["run"] for step in steps if step.get("run", "").startswith("quizgen")]


def test_the_workflow_is_one(tmp_path: Path) -> None:
    (tmp_path / "check.yaml").write_text(WORKFLOW, "utf-8")
    done = run(tmp_path, "check-jsonschema", "--builtin-schema", "vendor.github-workflows", "check.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "text, status, said",
    [
        (TOPIC, 0, ""),
        (WRONG, 1, "::error file=content/lecture/opening.yaml,line=9,"),
        (TOPIC.replace("occupies", "takes"), 1, "title=QG401"),
    ],
    ids=["nothing wrong", "a wrong key", "a lock that is behind"],
)
def test_the_first_command_annotates(lecture: Path, text: str, status: int, said: str) -> None:
    write(lecture, text)
    done = run(lecture, "bash", "-ec", commands()[0])
    assert done.returncode == status
    assert said in done.stdout


@pytest.mark.parametrize("text, codes", [(TOPIC, []), (WRONG, ["QG204"])], ids=["nothing wrong", "a wrong key"])
def test_the_second_command_writes_sarif_and_never_fails(lecture: Path, text: str, codes: list[str]) -> None:
    write(lecture, text)
    assert run(lecture, "bash", "-ec", commands()[1]).returncode == 0
    [log] = json.loads((lecture / "quizgen.sarif").read_text("utf-8"))["runs"]
    assert [result["ruleId"] for result in log["results"]] == codes


def registry() -> bool:
    """Whether pip reaches a registry, from which pre-commit installs hooks."""
    return run(ROOT, sys.executable, "-m", "pip", "index", "versions", "hatchling", "--retries", "0").returncode == 0


def repository(folder: Path) -> str:
    """Make the folder a Git repository with all that is in it; its commit."""
    for command in ("init -q", "add -A", "-c user.name=T -c user.email=t@example.org commit -q -m All"):
        done = run(folder, "git", *command.split())
        assert done.returncode == 0, done.stderr
    return run(folder, "git", "rev-parse", "HEAD").stdout.strip()


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository of quizgen as it stands here, and its commit."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    if not registry():
        pytest.skip("pip reaches no registry")
    folder = tmp_path_factory.mktemp("quizgen")
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("quizgen", "content", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    return folder, repository(folder)


def configured(block: str, hooks: tuple[Path, str]) -> str:
    """A configuration of the page, with that repository in place of the published one."""
    config: dict[str, Any] = yaml.safe_load(block)
    config["repos"][0] |= {"repo": str(hooks[0]), "rev": hooks[1]}
    return yaml.safe_dump(config)


def test_the_hook_refuses_a_commit_and_lets_another_pass(lecture: Path, hooks: tuple[Path, str]) -> None:
    repository(lecture)
    (lecture / ".pre-commit-config.yaml").write_text(configured(HOOK, hooks), "utf-8")
    home = str(hooks[0].parent / "pre-commit")
    installed = run(lecture, "pre-commit", "install", PRE_COMMIT_HOME=home)
    assert installed.returncode == 0, installed.stdout + installed.stderr

    def commit(text: str) -> subprocess.CompletedProcess[str]:
        write(lecture, text)
        command = ("git", "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-a", "-m", "Change")
        return run(lecture, *command, PRE_COMMIT_HOME=home)

    refused = commit(WRONG)
    assert refused.returncode == 1
    assert "content/lecture/opening.yaml:9:10: error[QG204]" in refused.stdout + refused.stderr
    passed = commit(TOPIC.replace("RFC 9293 §3.4", "RFC 9293 §3.5"))
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stderr + passed.stdout


def test_the_hook_takes_another_folder_and_options(lecture: Path, hooks: tuple[Path, str]) -> None:
    (lecture / "content").rename(lecture / "knowledge")
    (lecture / ".pre-commit-config.yaml").write_text(configured(ELSEWHERE, hooks), "utf-8")
    repository(lecture)
    home = str(hooks[0].parent / "pre-commit")
    done = run(lecture, "pre-commit", "run", "--all-files", "--verbose", PRE_COMMIT_HOME=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 findings in 1 topic" in done.stdout
