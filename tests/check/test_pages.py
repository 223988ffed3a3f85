"""The page of each code on knowledge shows an example that gives just that code."""

import re
from pathlib import Path

import pytest

import quizgen.diagnostics
from quizgen.check.compile import compile_paths
from quizgen.check.mutants import try_mutants

PAGES = sorted((Path(quizgen.diagnostics.__file__).parent / "pages").glob("QG[1235]*.md"))


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_the_example_gives_the_code(page: Path, tmp_path: Path) -> None:
    text = page.read_text("utf-8")
    example = re.search(r"## Example\n\n```yaml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    file = tmp_path / "example.yaml"
    file.write_text(example[1], "utf-8")
    checked = compile_paths([file])
    found = checked.found or try_mutants(checked, ["tcp"], processes=1).found
    assert {one.code for one in found} == {page.stem}
    severity = re.match(r"# QG\d+ [a-z-]+ \((error|warning)\)\n", text)
    assert severity is not None
    assert {one.severity for one in found} == {severity[1]}
