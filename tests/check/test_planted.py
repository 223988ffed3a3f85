"""Faults planted in sound knowledge, one a file (tests/cases/planted): each is found, as what its file's name says."""

from pathlib import Path

import pytest

from quizgen.check.compile import compile_paths
from quizgen.resources import resource

PLANTED = sorted((Path(__file__).parents[1] / "cases" / "planted").glob("*.yaml"))


def test_there_are_more_than_sixty() -> None:
    assert len(PLANTED) >= 60


@pytest.mark.parametrize("file", PLANTED, ids=lambda file: file.stem)
def test_a_planted_fault_is_found(file: Path) -> None:
    found = compile_paths([file]).found
    assert {one.code for one in found if one.severity == "error" or one.code == file.name[:5]} == {file.name[:5]}
    for one in found:
        assert one.span is not None
        assert one.help or one.label


def test_the_shipped_knowledge_has_none() -> None:
    assert compile_paths([resource("content")]).found == []
