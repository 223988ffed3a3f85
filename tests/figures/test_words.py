"""Names in a reader's language."""

import re

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
        ("event", "OPEN passive server", "对服务器被动 OPEN"),
        ("event", "SEND 100", "调用 SEND 100"),
        ("event", "SEND", "调用 SEND"),
        ("event", "30 min later", "30 分钟后"),
        ("event", "1 week later", "1 week 后"),
        ("event", "user deletes id", "用户删除 id"),
        ("state", "no cookies", "没有 Cookie"),
        ("state", "SYN-SENT", "SYN-SENT"),
        ("state", "1 closed, 2 open; id=1: alice", "1 已关闭，2 已打开；id=1: alice"),
        ("state", "open; log: 2 entries", "已打开；log: 2 条"),
        ("state", "1: a3f9: anonymous, cart=book | 2: none", "1: a3f9: 匿名，cart=book | 2: 无"),
        ("state", "lang=en, page=7", "lang=en, page=7"),
        ("message", "server 2: 200 for nobody Set-Cookie: SID=", "服务器 2: 200 按无人登录应答 Set-Cookie: SID="),
        ("message", "attacker: GET /account Cookie: id=1", "攻击者: GET /account Cookie: id=1"),
        ("message", "GET / Cookie: a=1 (from other.example)", "GET / Cookie: a=1（来自 other.example）"),
    ],
)
def test_named(kind: str, name: str, shown: str) -> None:
    assert named("zh", kind, name) == shown
    assert named("en", kind, name) == name


def test_a_name_without_end_stays_as_it_is() -> None:
    many = "; ".join(f"{number}: anonymous" for number in range(10_000))
    assert named("zh", "state", many) == many


def test_why_segments_are_dropped_is_said_as_the_model_says_it() -> None:
    for label in REASONS.labels.values():
        assert named("zh", "note", label["en"]) == label["zh"]


@pytest.mark.parametrize("name", SHIPPED.shipped)
def test_why_messages_of_shipped_scenarios_are_dropped_is_said_in_chinese(name: str) -> None:
    notes = {message.note for message in SHIPPED.run(name).ladder().messages if message.note}
    assert {note for note in notes if named("zh", "note", note) == note} == set()


@pytest.mark.parametrize("name", SHIPPED.shipped)
def test_states_and_events_of_shipped_scenarios_are_said_in_chinese(name: str) -> None:
    ladder = SHIPPED.run(name).ladder()
    said = {named("zh", "state", state) for moment in ladder.moments for state in moment.states.values()}
    said |= {named("zh", "event", event) for moment in ladder.moments for event in moment.events.values()}
    assert {text for text in said if _ENGLISH.search(text)} == set()


_ENGLISH = re.compile(
    r"\b(open|closed|none|nobody|anonymous|entry|entries|fails|failed|later|ended|gets|reads|sets)\b(?!=)"
)


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
