"""The JSON renderer's shape, which programs rely on."""

import json

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.diagnostics.json import render
from quizgen.spans import SourceFile, Span
from tests.diagnostics import samples


def test_shape() -> None:
    assert json.loads(render([samples.LABELS, samples.NO_SPAN])) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "QG024", "severity": "error", "message": "the file has 100 MiB", "label": "", "file": "big.yaml",
                "start": None, "end": None, "labels": [], "notes": [], "help": "divide it", "fix": None,
            },
            {
                "code": "QG107", "severity": "error", "message": "there is another topic `tcp/handshake`", "label": "",
                "file": "content/other.yaml",
                "start": {"line": 1, "column": 8, "offset": 7}, "end": {"line": 1, "column": 21, "offset": 20},
                "labels": [
                    {
                        "file": "content/handshake.yaml",
                        "start": {"line": 1, "column": 8, "offset": 7}, "end": {"line": 1, "column": 21, "offset": 20},
                        "text": "first used here",
                    }
                ],
                "notes": [], "help": None, "fix": None,
            },
        ],
    }  # fmt: skip


def test_fix_replaces_what_the_span_holds() -> None:
    shown = json.loads(render([samples.WRONG_KEY]))["diagnostics"][0]
    text = samples.TEXT
    mended = text[: shown["start"]["offset"]] + shown["fix"] + text[shown["end"]["offset"] :]
    assert "key: x + 1\n" in mended


def test_nothing_found() -> None:
    assert json.loads(render([])) == {"version": 1, "diagnostics": []}


def test_half_a_surrogate_pair_can_be_written() -> None:
    shown = render([Diagnostic("QG027", "\udc80", Span(SourceFile("\udcff", "x"), 0, 1))])
    assert json.loads(shown.encode())
