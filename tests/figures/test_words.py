"""Names in a reader's language."""

import pytest

from quizgen.check.compile import shipped_scenarios
from quizgen.figures.words import named
from quizgen.items.shared import Shared
from quizgen.knowledge.knowledge import Knowledge
from quizgen.models import load, names
from quizgen.models.figure import HeaderLayout, StateDiagram
from quizgen.models.tcp.endpoint.reasons import REASONS
from quizgen.resources import strings

SHIPPED = Shared(Knowledge(), ("en", "zh"), shipped_scenarios(names()))


@pytest.mark.parametrize(
    "kind, name, shown",
    [
        ("end", "client", "客户端"),
        ("end", "proxy", "proxy"),
        ("event", "OPEN active", "主动 OPEN"),
        ("event", "SEND 100", "调用 SEND 100"),
        ("event", "SEND", "调用 SEND"),
        ("event", "30 min later", "30 min 后"),
        ("event", "user deletes id", "用户删除 id"),
        ("state", "no cookies", "没有 Cookie"),
        ("state", "SYN-SENT", "SYN-SENT"),
    ],
)
def test_named(kind: str, name: str, shown: str) -> None:
    assert named("zh", kind, name) == shown
    assert named("en", kind, name) == name


def test_why_segments_are_dropped_is_said_as_the_model_says_it() -> None:
    for label in REASONS.labels.values():
        assert named("zh", "note", label["en"]) == label["zh"]


@pytest.mark.parametrize("name", SHIPPED.shipped)
def test_why_messages_of_shipped_scenarios_are_dropped_is_said_in_chinese(name: str) -> None:
    notes = {message.note for message in SHIPPED.run(name).ladder().messages if message.note}
    assert {note for note in notes if named("zh", "note", note) == note} == set()


def test_every_arc_and_field_of_tcp_has_its_words() -> None:
    states, header = load("tcp").graphs["states"], load("tcp").diagrams["header"]
    assert isinstance(states, StateDiagram)
    assert isinstance(header, HeaderLayout)
    known = strings("zh")
    for arc in states.arcs:
        assert f"figure.event.{arc.event}" in known
        assert all(f"figure.action.{action}" in known for action in arc.action.split(", ") if action)
    for box in header.boxes:
        assert f"figure.field.{box.name}" in known or box.width == 1


def test_both_languages_have_the_same_keys() -> None:
    assert strings("en").keys() == strings("zh").keys()
