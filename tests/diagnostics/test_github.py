"""Workflow commands: one line each, whatever stands in them."""

import pytest

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.diagnostics.github import render
from quizgen.spans import SourceFile, Span
from tests.diagnostics import samples


@pytest.mark.parametrize(
    "found, line",
    [
        (
            samples.WRONG_KEY,
            "::error file=content/handshake.yaml,line=4,endLine=4,col=10,endColumn=14,title=QG204::"
            "the key disagrees with the reference model: the model computes x + 1%0Atrace: 1. client SYN SEQ=x%0A"
            "2. server SYN,ACK%0ARFC 9293 §3.4: SYN occupies one sequence number%0Ahelp: did you mean `x + 1`?",
        ),
        (samples.WIDE, "::warning file=content/handshake.yaml,line=5,endLine=5,col=20,endColumn=21,title=QG204::after wide characters: here"),
        (samples.SEVERAL_LINES, "::error file=content/handshake.yaml,line=6,endLine=8,title=QG103::over several lines: three"),
        (samples.LABELS, "::error file=content/other.yaml,line=1,endLine=1,col=8,endColumn=20,title=QG107::there is another topic `tcp/handshake`%0Acontent/handshake.yaml:1: first used here"),
        (samples.TWO_ON_A_LINE, "::error file=content/handshake.yaml,line=4,endLine=4,col=5,endColumn=7,title=QG001::given twice%0Aline 4: its value"),
        (samples.NO_SPAN, "::error file=big.yaml,title=QG024::the file has 100 MiB%0Ahelp: divide it"),
        (
            Diagnostic("QG204", "100% ::error::\r\nx", Span(SourceFile("a,b:c%.yaml", "x"), 0, 1)),
            "::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=1,title=QG204::100%25 ::error::%0Ax",
        ),
    ],
    ids=["all parts", "warning", "several lines", "another file", "another place", "whole file", "escapes"],
)  # fmt: skip
def test_command(found: Diagnostic, line: str) -> None:
    assert render([found]) == f"{line}\n"


def test_one_line_a_finding() -> None:
    lines = render(samples.ALL).splitlines()
    assert len(lines) == len(samples.ALL)
    assert all(line.startswith(("::error file=", "::warning file=")) and line.isprintable() for line in lines)
