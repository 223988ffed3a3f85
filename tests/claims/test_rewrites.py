"""The same question asked a little differently, and what a claim says about a question."""

from collections.abc import Iterable

import pytest

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.kinds import show
from quizgen.claims.names import Names
from quizgen.claims.rewrites import Rewrite, believed, members, mentions, named, plain, slips, steps
from quizgen.models import load

HANDSHAKE = [{"server": "OPEN passive"}, {"client": "OPEN active"}, "deliver", "deliver", "deliver"]
TCP = load("tcp")
assert TCP.run is not None
RUN = TCP.run(HANDSHAKE)


def scenario(name: str) -> object:
    if name != "handshake":
        raise KeyError(name)
    return RUN


NAMES = Names(["tcp"], ["handshake"], scenario)
CLIENT, SYN_SENT = NAMES["client"], NAMES["SYN_SENT"]


def answers(rewrites: Iterable[Rewrite], names: Names = NAMES) -> list[str]:
    found = []
    for one in rewrites:
        try:
            found.append(show(evaluate(one.expression, names.bind(one.bound)).value))
        except ClaimError:
            found.append("")
    return found


STEPS = {
    "after": ("handshake.state(client, after=1)", ["ESTABLISHED", "ESTABLISHED", "", "CLOSED"]),
    "by place": ("handshake.state(client, 2)", ["SYN-SENT", "ESTABLISHED", "", "", "CLOSED"]),
    "a segment": ("handshake.segment(2).ack", ["None", "y + 1", "", ""]),
    "two numbers": ("handshake.segment(1).seq - handshake.segment(1).seq", None),
    "no number": ("handshake.state(client)", []),
    "a number that counts no segment": ("handshake_with(3).state(client)", []),
    "no run": ("acknowledges(1, 2)", []),
    "no such method": ("handshake.nothing(1)", []),
    "no such run": ("nothing.state(1)", []),
    "inside": ("count({handshake.state(client, after=1)})", ["1", "1", "", "1"]),
}  # fmt: skip


@pytest.mark.parametrize(("expression", "expected"), STEPS.values(), ids=STEPS)
def test_steps(expression: str, expected: list[str] | None) -> None:
    found = list(steps(expression, NAMES))
    assert {one.change for one in found} <= {"step", "start"}
    assert [one.change for one in found] == sorted((one.change for one in found), reverse=True)
    if expected is not None:
        assert answers(found) == expected


def test_steps_of_a_variable() -> None:
    names = NAMES.bind({"n": 2, "end": CLIENT})
    assert answers(steps("handshake.state(end, after=n)", names), names)[:2] == ["SYN-SENT", "ESTABLISHED"]


MEMBERS = {
    "the other end": ("handshake.state(client, after=1)", [("end", "server")]),
    "everywhere": ("handshake.state(client) == handshake.state(client, after=1)", [("end", "server")]),
    "an attribute's owner is no argument": ("handshake.segments", []),
    "a number": ("acknowledges(1, 2)", []),
    "a sequence number": ("acknowledges(x, 2)", []),
    "an unknown name": ("acknowledges(nothing, 2)", []),
    "compared only": ("handshake.state(client) == SYN_SENT", [("end", "server")]),
}


@pytest.mark.parametrize(("expression", "others"), MEMBERS.values(), ids=MEMBERS)
def test_members(expression: str, others: list[tuple[str, str]]) -> None:
    assert [(one.change, show(one.other)) for one in members(expression, NAMES, [])] == others


def test_members_for_a_variable_wherever_it_stands() -> None:
    names = NAMES.bind({"state": SYN_SENT})
    found = list(members("next_state(state, CLOSE) if state == SYN_SENT else CLOSED", names, ["state"]))
    states = [show(one.other) for one in found if one.other is not None and one.other.domain is SYN_SENT.domain]
    assert states[:2] == ["LISTEN", "SYN-RECEIVED"]
    assert len(states) == 10


def test_members_are_named_in_the_reason() -> None:
    (one,) = members("handshake.state(client)", NAMES, [])
    assert one.why["en"] == "That is right for the server, not for the client."
    first = next(members("next_state(SYN_SENT, CLOSE)", NAMES, []))
    assert first.why == {
        "en": "That is right for LISTEN, not for SYN-SENT.", "zh": "“LISTEN”才是这样，题目问的是“SYN-SENT”。",
    }  # fmt: skip


def test_slips_keep_the_order_of_the_words() -> None:
    found = list(slips("acknowledges(10, 5) + count({x})", TCP.slips))
    assert answers(found)[:3] == ["16", "16", "12"]
    assert {one.change for one in found} == {"slip"}
    assert list(slips("handshake.acknowledges(1)", TCP.slips)) == []


ASKED = plain("handshake.state( end,after = n )", {"end": CLIENT, "n": 1})


def test_a_question_in_plain_words() -> None:
    assert ASKED == "handshake.state(client, after=1)"
    assert plain("f(a, b, c, d)", {"a": True, "b": SYN_SENT, "c": "x", "d": frozenset()}) == "f(True, SYN_SENT, 'x', d)"


BELIEVED = {
    "equal": ("handshake.state(client, after=1) == LISTEN", ["LISTEN"]),
    "turned round": ("LISTEN == handshake.state(client,after=1)", ["LISTEN"]),
    "one of two": ("1 == 2 or handshake.state(client, after=1) == LISTEN", ["LISTEN"]),
    "not equal": ("handshake.state(client, after=1) != LISTEN", []),
    "a chain": ("handshake.state(client, after=1) == LISTEN == CLOSED", []),
    "another variant": ("handshake.state(client, after=2) == LISTEN", []),
    "a part of another": ("count({handshake.state(client, after=1)}) == 1", []),
}


@pytest.mark.parametrize(("claim", "expected"), BELIEVED.values(), ids=BELIEVED)
def test_what_a_claim_answers(claim: str, expected: list[str]) -> None:
    assert list(believed(claim, ASKED)) == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [("handshake.state(client, after=1) != LISTEN", True), ("count({handshake.state(client, after=1)}) == 1", True),
     ("handshake.state(server, after=1) == LISTEN", False)],
)  # fmt: skip
def test_what_a_claim_mentions(claim: str, expected: bool) -> None:
    assert mentions(claim, ASKED) is expected


def test_what_a_question_names() -> None:
    assert set(map(show, named("next_state(SYN_SENT, CLOSE)", NAMES))) == {"SYN-SENT", "CLOSE"}
    assert set(map(show, named("acknowledges(x, 1)", NAMES))) == set()
