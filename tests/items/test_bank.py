"""The bank as a whole: ids, order of topics, scenarios, misconceptions, notes, and what an error leaves."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from quizgen.check.compile import Checked, compile_paths
from quizgen.items.question import Table
from quizgen.models.figure import Figure, Ladder, StateDiagram
from tests.items.judging import HEAD, compiled, item

STATE = "{id: one, type: short, stem: S, ask: %s, rationale: R, source: S}"


def write(folder: Path, files: Mapping[str, str]) -> Checked:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return compile_paths([folder])


def topic(name: str, *lines: str) -> str:
    return "\n".join([f"topic: {name}", f"title: {name}", "model: tcp", *lines, ""])


ORDERS = {
    "files": ({"a": [], "b": [], "c": []}, ["t/a", "t/b", "t/c"]),
    "requires": ({"a": ["t/c"], "b": [], "c": []}, ["t/c", "t/a", "t/b"]),
    "a chain": ({"a": ["t/b"], "b": ["t/c"], "c": []}, ["t/c", "t/b", "t/a"]),
    "two wants": ({"a": ["t/c", "t/b"], "b": [], "c": ["t/b"]}, ["t/b", "t/c", "t/a"]),
    "a circle": ({"a": ["t/b"], "b": ["t/a"], "c": []}, ["t/b", "t/a", "t/c"]),
    "itself": ({"a": ["t/a"], "b": []}, ["t/a", "t/b"]),
}


@pytest.mark.parametrize(("requires", "order"), ORDERS.values(), ids=ORDERS)
def test_topics_come_after_what_they_require(
    tmp_path: Path, requires: Mapping[str, list[str]], order: list[str]
) -> None:
    files = {f"{name}.yaml": topic(f"t/{name}", f"requires: [{', '.join(other)}]") for name, other in requires.items()}
    checked = write(tmp_path, files)
    assert checked.found == []
    assert [one.id for one in checked.bank.topics] == order


def test_a_long_chain_of_requirements(tmp_path: Path) -> None:
    names = [f"n{number:04}" for number in range(1500)]
    files = {f"{name}.yaml": topic(f"t/{name}", f"requires: t/{after}") for name, after in pairwise(names)}
    checked = write(tmp_path, {**files, "n1499.yaml": topic("t/n1499")})
    assert [one.id for one in checked.bank.topics] == [f"t/{name}" for name in reversed(names)]


OWN = """scenarios:
  handshake:
    title: Two crossing calls
    run: [{client: OPEN active}, {server: OPEN active}, deliver, deliver]
"""


def test_shipped_scenarios_are_there_and_own_ones_win(tmp_path: Path) -> None:
    ask = "items:\n  - " + STATE % "'handshake.state(server, after=1)'"
    shipped = compiled(tmp_path, HEAD + ask)
    own = compiled(tmp_path, HEAD + OWN + ask)
    assert shipped.found == own.found == []
    ladders = [checked.bank.questions[0].ladder for checked in (shipped, own)]
    assert [ladder and ladder.title for ladder in ladders] == [
        {"en": "The three-way handshake"},
        {"en": "Two crossing calls"},
    ]


FAILING = """scenarios:
  mine: {title: T, run: [deliver]}
misconceptions:
  wrong: {statement: S, claim: mine.state(client) == CLOSED, correction: C, source: S}
notes:
  - figure: mine
items:
  - {id: a, type: short, stem: S, ask: mine.state(client), ladder: mine, misconception: wrong, rationale: R, source: S}
  - {id: b, type: cloze, text: "{1}", blanks: [{ask: mine.state(client)}], rationale: R, source: S}
  - {id: c, type: order, stem: S, ask: mine.states(client), sequence: [CLOSED, LISTEN], rationale: R, source: S}
  - {id: d, type: figure, stem: S, figure: {scenario: mine, mask: a}, ask: 1, key: 1, distractors: [2], rationale: R, source: S}
  - id: e
    type: match
    stem: S
    ask: mine.state(left)
    pairs: [{left: client, right: CLOSED}, {left: server, right: LISTEN}]
    rationale: R
    source: S
  - {id: f, type: short, stem: S, ask: mime.state(client), rationale: R, source: S}
"""


def test_a_scenario_that_fails_is_the_only_finding(tmp_path: Path) -> None:
    """But for an item that names one that never was."""
    found = compiled(tmp_path, HEAD + FAILING).found
    assert [(one.code, one.message) for one in found] == [
        ("QG112", "nothing is on the wire"),
        ("QG203", "`mime` is no name that claims know here"),
    ]


def test_a_scenario_named_like_a_word_could_never_be_asked(tmp_path: Path) -> None:
    found = compiled(tmp_path, HEAD + "scenarios:\n  client: {title: T, run: [established]}\n").found
    assert [(one.code, one.span and (one.span.line, one.span.column)) for one in found] == [("QG105", (5, 3))]


def test_a_scenario_runs_on_the_first_model_that_runs_any(tmp_path: Path) -> None:
    text = HEAD.replace("model: tcp", "model: [navigation, tcp]") + OWN
    assert compiled(tmp_path, text).found == []


def test_a_scenario_of_an_unknown_model(tmp_path: Path) -> None:
    text = HEAD + "scenarios:\n  mine: {title: T, model: tpc, run: [established]}\n"
    assert [(one.code, one.help) for one in compiled(tmp_path, text).found] == [("QG108", "did you mean `tcp`?")]


MISCONCEPTIONS = {
    "refuted": ("claim: handshake.segment(2).ack == x", []),
    "right": ("claim: handshake.segment(2).ack == x + 1", ["QG213"]),
    "undecided": ("difficulty: 1", ["QG101"]),
    "nothing": ("", ["QG209"]),
    "cited": ("cited: history", []),
    "no truth": ("claim: handshake.segment(2).ack", ["QG208"]),
}


@pytest.mark.parametrize(("claim", "codes"), MISCONCEPTIONS.values(), ids=MISCONCEPTIONS)
def test_misconceptions(tmp_path: Path, claim: str, codes: list[str]) -> None:
    text = HEAD + f"misconceptions:\n  m:\n    statement: S\n    correction: C\n    source: RFC 1\n    {claim}\n"
    checked = compiled(tmp_path, text)
    assert [one.code for one in checked.found] == codes
    held = checked.bank.topics[0].misconceptions
    assert [(one.id, one.claim, one.correction) for one in held] == ([] if codes else [("m", {"en": "S"}, {"en": "C"})])


def test_misconceptions_are_shared_by_all_topics(tmp_path: Path) -> None:
    shared = "misconceptions:\n  m: {statement: S, claim: 1 == 2, correction: C, source: RFC 1}\n"
    text = item("true-false", "statement: S\nclaim: max_window_scale() == 14\nkey: true\nmisconception: m")
    checked = write(tmp_path, {"a.yaml": text, "shared.yaml": shared})
    assert checked.found == []
    assert checked.bank.questions[0].options[1].why == {"en": "C"}


def test_notes(tmp_path: Path) -> None:
    text = HEAD + (
        "notes:\n  - TCP.\n  - {en: A, zh: 一}\n  - figure: handshake\n    title: Opening\n"
        "  - figure: {diagram: states}\n  - table: flags\n"
    )
    checked = compiled(tmp_path, text.replace("title: An example", "title: {en: T, zh: 题}"))
    assert checked.found == []
    first, second, ladder, states, flags = checked.bank.topics[0].blocks
    assert (first, second) == ({"en": "TCP.", "zh": "TCP."}, {"en": "A", "zh": "一"})
    assert isinstance(ladder, Figure)
    assert isinstance(ladder.drawing, Ladder)
    assert ladder.title == {"en": "Opening", "zh": "Opening"}
    assert isinstance(states, Figure)
    assert isinstance(states.drawing, StateDiagram)
    assert isinstance(flags, Table)
    assert len(flags.rows) > 5


def test_standing_counts_items_and_not_variants(tmp_path: Path) -> None:
    text = item("short", "stem: S\nfor: {end: [client, server]}\nask: handshake.state(end)") + (
        "\n  - {id: two, type: short, stem: S, cited: r, key: k, rationale: R, source: S}\n"
    )
    checked = compiled(tmp_path, text)
    assert checked.standing() == {"proved": 1, "cited": 1}
    assert checked.judged.variants == {"family": 2, "plain": 1}
    assert checked.judged.elements["tcp/example/one"]


def test_faulty_parts_leave_the_rest_of_their_file_judged(tmp_path: Path) -> None:
    text = HEAD + (
        "notes: none\nscenarios:\n  bad: {title: T}\n"
        "items:\n  - {id: one, type: choise}\n  - {id: two, type: short, stem: S, ask: handshake.state(client), key: LISTEN}\n"
        "  - {id: three, type: short, stem: S, ask: bad.state(client)}\n"
    )
    assert [one.code for one in compiled(tmp_path, text).found if one.severity == "error"] == [
        "QG104", "QG102", "QG106", "QG204",
    ]  # fmt: skip


def test_a_broken_file_beside_a_good_one(tmp_path: Path) -> None:
    """Neither its names nor its topics are missed elsewhere."""
    good = topic(
        "t/good", "requires: [t/bad]", "items:", "  - " + STATE % "lost.state(client)",
        "  - {id: two, type: short, stem: S, ask: handshake.state(client), key: LISTEN, rationale: R, source: S}",
        "  - {id: three, type: short, stem: S, ask: handshake.sate(client), rationale: R, source: S}",
    )  # fmt: skip
    checked = write(tmp_path, {"bad.yaml": "topic: t/bad\ntitle: [\n", "good.yaml": good})
    assert [(one.code, one.path.rpartition("/")[2]) for one in checked.found] == [
        ("QG006", "bad.yaml"), ("QG204", "good.yaml"), ("QG203", "good.yaml"),
    ]  # fmt: skip


def test_duplicates_across_files(tmp_path: Path) -> None:
    misconception = "{statement: S, claim: max_window_scale() == 2, correction: C, source: RFC 1}"
    lines = ["scenarios: {mine: {title: T, run: [established]}}", f"misconceptions: {{m: {misconception}}}"]
    found = write(tmp_path, {"a.yaml": topic("t/a", *lines), "b.yaml": topic("t/a", *lines)}).found
    assert [(one.code, one.path[-6:], one.labels[0].span.source.name[-6:]) for one in found] == [
        ("QG107", "b.yaml", "a.yaml")
    ] * 3


def test_topics_whose_files_would_have_one_name(tmp_path: Path) -> None:
    found = write(tmp_path, {"a.yaml": topic("t/a-b"), "b.yaml": topic("t-a/b")}).found
    assert [(one.code, one.message) for one in found] == [("QG107", "the files of this topic are named t-a-b")]


LANGUAGES = {
    "English alone": (["a"], ("en",)),
    "as the titles are": (["{en: a, zh: b}", "{fr: a}"], ("en", "fr", "zh")),
    "Chinese alone": (["{zh: a}"], ("zh",)),
}


@pytest.mark.parametrize(("titles", "languages"), LANGUAGES.values(), ids=LANGUAGES)
def test_languages(tmp_path: Path, titles: list[str], languages: tuple[str, ...]) -> None:
    files = {f"{n}.yaml": f"topic: t/{n}\ntitle: {title}\nmodel: tcp\n" for n, title in enumerate(titles)}
    assert write(tmp_path, files).bank.languages == languages


def test_learners_know_scenarios_by_their_titles(tmp_path: Path) -> None:
    """In what refutes a misconception as in what an answer rests on."""
    misconceptions = (
        "misconceptions:\n  m: {statement: S, claim: handshake.segment(2).ack == x, correction: R, source: RFC 9293}\n"
    )
    checked = compiled(tmp_path, HEAD + misconceptions)
    (held,) = checked.bank.topics[0].misconceptions
    assert held.evidence[0] == "The three-way handshake (RFC 9293 Figure 6)"
