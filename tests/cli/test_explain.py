"""`quizgen explain`."""

import pytest
import typer

from quizgen.cli.explain import explain
from quizgen.diagnostics import catalogue


@pytest.mark.parametrize("name", ["QG001", "1", "duplicate-key"])
def test_prints_the_page_as_it_is_into_a_pipe(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    explain(name)
    assert capsys.readouterr().out == catalogue.page("QG001")


def test_sets_the_page_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    explain("QG001")
    shown = capsys.readouterr().out
    assert "duplicate-key" in shown
    assert "```" not in shown


def test_unknown_code_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as stopped:
        explain("QG000\x1b")
    assert stopped.value.exit_code == 2
    assert capsys.readouterr().err == "quizgen: there is no code QG000\\x1b; did you mean QG001 (duplicate-key)?\n"
