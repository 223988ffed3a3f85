"""Graphs for other programs: golden files, every row in them, and Graphviz reads what was meant."""

import json
import re
import shutil
import subprocess

import pytest

from quizgen.figures.dot import dot
from quizgen.figures.graph import arc_label
from quizgen.figures.mermaid import mermaid
from quizgen.models import load, names
from quizgen.models.figure import Arc, OrderGraph, StateDiagram
from quizgen.models.tcp.states import STATES, TABLE
from tests.conftest import Golden
from tests.samples import text

GRAPHS = {f"{model}-{name}": graph for model in names() for name, graph in load(model).graphs.items()}
ODD = StateDiagram(
    ('say "x"', "back\\slash", "end", "a-b", "a b", "\\N", "two\nlines", "报文段"),
    (
        Arc('say "x"', "back\\slash", 'a "b" \\ c; d: e # <i>', "", text("1 < 2 & 3", "一 < 二")),
        Arc("end", "a-b", "e", "one, two"),
        Arc("end", "a-b", "f", "", drawn=False),
    ),
)
SMALL: dict[str, StateDiagram | OrderGraph] = {
    "states": StateDiagram(
        ("CLOSED", "SYN-SENT", "SYN-RECEIVED"),
        (
            Arc("CLOSED", "SYN-SENT", "active OPEN", "create TCB, snd SYN"),
            Arc("SYN-SENT", "SYN-RECEIVED", "rcv SYN", "snd SYN,ACK", text("no ACK bit", "没有 ACK 标志")),
            Arc("SYN-SENT", "CLOSED", "CLOSE", "delete TCB"),
            Arc("SYN-SENT", "CLOSED", "ABORT", "delete TCB", drawn=False),
            Arc(
                "SYN-SENT",
                "CLOSED",
                "user timeout",
                'delete TCB, signal "connection aborted due to user timeout"',
                drawn=False,
            ),
        ),
    ),
    "order": OrderGraph(
        {
            "CACHE": text("the cache is searched", "查找缓存"),
            "SENT": text("the request is sent", "发送请求"),
            "PARSED": text("parsing", "解析"),
        },
        (("CACHE", "SENT"), ("SENT", "PARSED"), ("CACHE", "PARSED")),
        frozenset({"SENT"}),
    ),
}
WRITERS = {"dot": dot, "mmd": mermaid}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", SMALL)
def test_golden(name: str, suffix: str, lang: str, golden: Golden) -> None:
    golden(f"graphs/{name}.{lang}.{suffix}", WRITERS[suffix](SMALL[name], name, lang))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_row_of_tcp_is_in_the_mermaid_graph(lang: str) -> None:
    written = mermaid(load("tcp").graphs["states"], "TCP", lang)
    told = re.findall(r"^  (\w+) --> (\w+): (.*)$", written, re.MULTILINE)
    rows = [(source, target, row) for source, target, label in told for row in label.split("<br/>")]
    assert len(rows) == len(set(rows)) == len(TABLE)
    wanted = {(str(row.state).replace("-", "_"), str(row.next).replace("-", "_")) for row in TABLE}
    assert {(source, target) for source, target, _ in rows} == wanted
    assert re.findall(r'^  state "([^"]+)" as', written, re.MULTILINE) == list(STATES.members)


def test_mermaid_has_only_words_for_ids_and_no_mark_of_its_own_in_labels() -> None:
    written = mermaid(ODD, 'T "q" \\', "en")
    ids = re.findall(r'^  state "[^"]*" as (.+)$', written, re.MULTILINE)
    assert len(set(ids)) == len(ODD.states)
    assert all(re.fullmatch(r"\w+", one, re.ASCII) and one != "end" for one in ids)
    assert "a #quot;b#quot; \\ c#59; d#58; e #35; #lt;i#gt; [1 #lt; 2 & 3]" in written
    assert written.startswith('---\ntitle: "T \\"q\\" \\\\"\n---\nstateDiagram-v2\n')


def test_mermaid_says_which_events_do_not_always_happen() -> None:
    graph = OrderGraph({"A": {"en": "first"}, "B": {"en": "then"}}, (("A", "B"),), frozenset({"B"}))
    body = mermaid(graph, "T", "en").splitlines()[3:]
    assert body == [
        "flowchart TB", '  A["first"]', '  B["then"]:::sometimes', "  A --> B", "  classDef sometimes stroke-dasharray: 4 3",
    ]  # fmt: skip
    plain = OrderGraph(graph.events, graph.before)
    assert "sometimes" not in mermaid(plain, "T", "en") + dot(plain, "T", "en")


def graphviz(written: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The nodes and edges (from, to, label) that Graphviz reads."""
    program = shutil.which("dot")
    if program is None:
        pytest.skip("no Graphviz on PATH")
    done = subprocess.run([program, "-Tdot_json"], input=written.encode(), capture_output=True, check=True)
    assert done.stderr == b""
    read = json.loads(done.stdout)
    nodes = [node["name"] for node in read["objects"]]
    return nodes, [(nodes[edge["tail"]], nodes[edge["head"]], edge.get("label", "")) for edge in read["edges"]]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_graphviz_reads_every_row_of_tcp(lang: str) -> None:
    graph = load("tcp").graphs["states"]
    assert isinstance(graph, StateDiagram)
    nodes, edges = graphviz(dot(graph, "TCP", lang))
    assert nodes == list(STATES.members)
    read = [(source, target, row) for source, target, label in edges for row in _rows(label)]
    assert sorted(read) == sorted((arc.source, arc.target, arc_label(arc, lang)) for arc in graph.arcs)
    assert len(read) == len(TABLE)


def _rows(label: str) -> list[str]:
    return label.replace("\\l    / ", " / ").removesuffix("\\l").split("\\l")


def test_graphviz_reads_every_row_of_the_order_of_events() -> None:
    graph = load("navigation").graphs["events"]
    assert isinstance(graph, OrderGraph)
    nodes, edges = graphviz(dot(graph, "navigation", "en"))
    assert nodes == list(graph.events)
    assert sorted((first, then) for first, then, _ in edges) == sorted(graph.before)


def test_graphviz_reads_odd_names() -> None:
    nodes, edges = graphviz(dot(ODD, 'T "q"', "en"))
    assert len(nodes) == len(ODD.states)
    assert [edge[:2] for edge in edges] == [(nodes[0], nodes[1]), (nodes[2], nodes[3]), (nodes[2], nodes[3])]
    assert _rows(edges[1][2]) == ["e / one, two"]


def test_graphviz_draws_every_graph() -> None:
    program = shutil.which("dot")
    if program is None:
        pytest.skip("no Graphviz on PATH")
    for graph in (*GRAPHS.values(), ODD):
        done = subprocess.run([program, "-Tsvg"], input=dot(graph, "T", "en").encode(), capture_output=True, check=True)
        assert done.stderr == b""
        assert b"</svg>" in done.stdout
