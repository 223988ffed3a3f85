"""Every example of docs/knowledge.md and of the README is knowledge that stands."""

import re
from pathlib import Path

import pytest

from quizgen.check.compile import compile_paths

ROOT = Path(__file__).parents[2]
HEAD = "topic: docs/example\ntitle: An example\nmodel: tcp\nitems:\n"


def examples(name):
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    for number, block in enumerate(blocks, 1):
        text = HEAD + "".join(f"  {line}\n" for line in block.splitlines()) if block.startswith("- id") else block
        yield pytest.param(text, id=f"{name}:{number}")


@pytest.mark.parametrize("text", [*examples("docs/knowledge.md"), *examples("README.md")])
def test_example_stands(text, tmp_path):
    file = tmp_path / "example.yaml"
    file.write_text(text, "utf-8")
    checked = compile_paths([file])
    assert checked.found == []
    assert checked.bank.questions or checked.bank.topics
