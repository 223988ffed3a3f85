"""`quizgen model`: every model, every part, in both languages and any width; graphs; and what exploring shows."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import typer

from quizgen.cli.model import model
from quizgen.figures.widths import cells
from quizgen.models import load, names
from quizgen.models.figure import StateDiagram
from quizgen.models.tcp import verify
from quizgen.models.tcp.states import STATES, TABLE

Shown = Callable[..., str]


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shown:
    """What the command prints; with `columns`, on a terminal of that width."""

    def run(*args: Any, columns: int | None = None, **options: Any) -> str:
        monkeypatch.setenv("COLUMNS", str(columns or 80))
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setattr("sys.stdout.isatty", lambda: columns is not None)
        model(*args, **options)
        return capsys.readouterr().out

    return run


def test_without_a_name_every_model_is_listed(shown: Shown) -> None:
    lines = shown().splitlines()
    assert [line.split()[0] for line in lines[1 : 1 + len(names())]] == list(names())
    assert "transitions (52)" in lines[1]
    assert "quizgen model NAME" in lines[-1]
    assert "会话" in shown(lang="zh")


@pytest.mark.parametrize("name", names())
def test_a_model_begins_with_its_title_and_ends_with_what_else_there_is(name: str, shown: Shown) -> None:
    text = shown(name)
    assert text.startswith(load(name).title["en"])
    for part in (*load(name).tables, *load(name).diagrams, *load(name).graphs):
        assert part in text
    assert f"quizgen vocabulary {name}" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", names())
def test_all_parts_together_hold_every_row_and_every_element_that_is_in_no_table(
    name: str, lang: str, shown: Shown
) -> None:
    text = shown(name, "all", lang=lang)
    for rows in load(name).tables.values():
        assert all(cell[lang].replace("`", "") in text for row in rows for cell in row)
    others = [one for one in load(name).elements.values() if one.group not in load(name).tables]
    assert all(f"{one.cite}" in text and one.title[lang].replace("`", "") in text for one in others)


@pytest.mark.parametrize("columns", [40, 60, 80, 132])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", names())
def test_no_line_is_wider_than_the_terminal(name: str, lang: str, columns: int, shown: Shown) -> None:
    text = shown(lang=lang, columns=columns) + shown(name, lang=lang, columns=columns)
    text += shown(name, "all", lang=lang, columns=columns)
    wide = [line for line in text.splitlines() if cells(line) > columns]
    assert wide == []


def test_on_a_terminal_transitions_stand_below_their_states(shown: Shown) -> None:
    lines = shown("tcp", "transitions", columns=250).splitlines()
    heads = [line.split(":")[0] for line in lines[1:] if line and not line.startswith(" ")]
    assert heads == list(STATES.members)
    assert "CLOSED: no connection at all: there is no TCB" in lines
    assert lines[0].split()[-2:] == ["(RFC", "9293)"]
    assert len([line for line in lines[1:] if line.startswith("  ")]) == len(TABLE)
    row = next(line for line in lines if "2MSL timeout" in line)
    assert row.split()[-2:] == ["CLOSED", "§3.10.8"]


def test_in_a_pipe_each_transition_is_a_whole_line(shown: Shown) -> None:
    lines = shown("tcp", "transitions").splitlines()[1:]
    assert len(lines) == len(TABLE)
    (line,) = [line for line in lines if line.startswith("FIN-WAIT-1") and "rcv FIN " in line]
    assert line.endswith("RFC 9293 §3.10.7.4")
    assert "CLOSING" in line
    assert all(line == line.rstrip() for line in lines)


def test_a_diagram_is_a_part_too(shown: Shown) -> None:
    assert "Sequence Number" in shown("tcp", "header")


def test_json_of_a_model_and_of_a_part(shown: Shown) -> None:
    whole = json.loads(shown("tcp", json=True))
    assert (whole["model"], whole["title"]) == ("tcp", "TCP")
    assert len(whole["tables"]["transitions"]) == len(TABLE)
    assert {one["id"] for one in whole["elements"]} == set(load("tcp").elements)
    assert whole["diagrams"] == ["states", "header"]
    assert "handshake" in whole["scenarios"]
    part = json.loads(shown("tcp", "transitions", json=True))
    assert part == whole["tables"]["transitions"]
    assert part[0] == {
        "State": "CLOSED", "Event": "passive OPEN", "If": "–", "Action": "create TCB", "Next state": "LISTEN",
        "Source": "RFC 9293 §3.10.1",
    }  # fmt: skip
    assert json.loads(shown("navigation", lang="zh", json=True))["scenarios"] == []


@pytest.mark.parametrize(
    ("args", "options", "start"),
    [
        pytest.param(["tcp"], {"dot": True}, 'digraph "TCP" {', id="dot"),
        pytest.param(["tcp", "states"], {"mermaid": True}, '---\ntitle: "TCP"\n---\nstateDiagram-v2', id="mermaid"),
        pytest.param(["navigation"], {"mermaid": True, "lang": "zh"}, '---\ntitle: "从地址栏到页面"', id="an order"),
        pytest.param(["tcp"], {"svg": True}, "<svg ", id="svg"),
        pytest.param(["tcp", "header"], {"svg": True}, "<svg ", id="svg of the header"),
    ],
)
def test_pictures(args: list[str], options: dict[str, Any], start: str, shown: Shown) -> None:
    assert shown(*args, **options).startswith(start)


def test_figure_5_is_drawn_and_the_graph_has_more(shown: Shown) -> None:
    svg, graph = shown("tcp", svg=True), shown("tcp", dot=True)
    drawn = load("tcp").diagrams["states"]
    assert isinstance(drawn, StateDiagram)
    assert len(drawn.arcs) < len(TABLE)
    assert "user timeout" not in svg
    assert len(re.findall(r"user timeout\\l", graph)) == len([row for row in TABLE if str(row.event) == "user timeout"])


WRONG = {
    "no such model": ("tpc", None, {}, "there is no reference model `tpc`"),
    "no such part": ("tcp", "transition", {}, "the parts are transitions, states, "),
    "json of a diagram": ("tcp", "header", {"json": True}, "has no part `header`"),
    "two outputs": ("tcp", None, {"dot": True, "mermaid": True}, "`--dot` and `--mermaid` exclude each other"),
    "no graph": ("http", None, {"dot": True}, "these models have: tcp, navigation"),
    "no diagram": ("cookies", None, {"svg": True}, "these models have: tcp"),
    "no such graph": ("tcp", "header", {"mermaid": True}, "it has states"),
    "no such diagram": ("tcp", "flags", {"svg": True}, "it has states, header"),
    "a graph of nothing": (None, None, {"dot": True}, "`--dot` needs a model"),
    "exploring what has no runs": ("http", None, {"verify": True}, "`--verify` is for tcp"),
    "exploring a part": ("tcp", "flags", {"verify": True}, "leave out `flags`"),
    "messages alone": ("tcp", None, {"messages": 2}, "`--messages` goes with `--verify`"),
}


@pytest.mark.parametrize(("name", "part", "options", "words"), WRONG.values(), ids=WRONG)
def test_wrong_usage(
    name: str | None, part: str | None, options: dict[str, Any], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as stopped:
        model(name, part, **options)
    assert stopped.value.exit_code == 2
    said = capsys.readouterr()
    assert (said.out, words in said.err) == ("", True), said.err


@pytest.fixture
def one_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the setting in which the old SYN makes a ghost, so that it is quick."""
    every = verify.settings
    monkeypatch.setattr(verify, "settings", lambda rules: {"old SYN": every(rules)["old SYN"]})


@pytest.mark.usefixtures("one_setting")
def test_what_exploring_shows(shown: Shown) -> None:
    text = shown("tcp", verify=True)
    for one in verify.properties():
        assert one.title["en"] in text
        assert str(one.cite) in text
    row = next(line for line in text.splitlines() if line.startswith("an old SYN is about"))
    assert row.split()[-4:] == ["holds"] * 4
    assert "states in" in text


@pytest.mark.usefixtures("one_setting")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_handshake_of_two_messages_fails_with_the_shortest_run(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as stopped:
        model("tcp", verify=True, messages=2, lang=lang)
    assert stopped.value.exit_code == 1
    text = capsys.readouterr().out
    assert ("no-ghost fails in “an old SYN is about”" if lang == "en" else "不成立") in text
    assert "2 SYN,ACK SEQ=y ACK=x-999" in text
    assert "3 " not in text.partition("SYN SEQ=x-1000")[2].partition("2 SYN,ACK")[2]
