"""Match items: each right side is what the model computes for its left side, and for no other."""

from pathlib import Path

import pytest

from tests.items.judging import item, question, refuses, table

STATE = "stem: S\nask: handshake.state(left, after=2)\n"
CLIENT, SERVER = "{left: client, right: ESTABLISHED}", "{left: server, right: SYN_RECV}"
ACCEPTED = {
    "names": (STATE + f"pairs: [{CLIENT}, {SERVER}]", [("client", "ESTABLISHED"), ("server", "SYN-RECEIVED")]),
    "numbers": (
        "stem: S\nask: handshake.segment(left).flags\npairs: [{left: 1, right: SYN}, {left: 3, right: ACK}]",
        [("1", "SYN"), ("3", "ACK")],
    ),
    "names with hyphens": (
        "stem: S\nask: left\npairs: [{left: SYN-SENT, right: SYN_SENT}, {left: LISTEN, right: LISTEN}]",
        [("SYN-SENT", "SYN-SENT"), ("LISTEN", "LISTEN")],
    ),
    "own texts": (
        STATE + f"pairs: [{{left: {{value: client, text: caller}}, right: {{value: ESTABLISHED, text: open}}}}, {SERVER}]",
        [("caller", "open"), ("server", "SYN-RECEIVED")],
    ),
    "cited": ("stem: S\ncited: r\npairs: [{left: a, right: b}, {left: c, right: d}]", [("a", "b"), ("c", "d")]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "pairs"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(tmp_path: Path, body: str, pairs: list[tuple[str, str]]) -> None:
    assert [(left["en"], right["en"]) for left, right in question(tmp_path, "match", body).pairs] == pairs


REFUSED = {
    "wrong right side": (STATE + f"pairs: [{{left: client, right: ⟦CLOSED⟧}}, {SERVER}]", ("QG204 the model computes ESTABLISHED",)),
    "unreadable right side": (STATE + f"pairs: [{{left: client, right: ⟦OPEN⟧}}, {SERVER}]", ("QG207 no TCP state",)),
    "unknown left side": (STATE + f"pairs: [{{left: ⟦clint⟧, right: CLOSED}}, {SERVER}]", ("QG203 did you mean `client`",)),
    "left side in prose": (STATE + f"pairs: [{{left: ⟦{{text: caller}}⟧, right: CLOSED}}, {SERVER}]", ("QG209 add `value:`",)),
    "right side in prose": (STATE + f"pairs: [{{left: client, right: ⟦{{text: open}}⟧}}, {SERVER}]", ("QG209 add `value:`",)),
    "two equal right sides": (
        "stem: S\nask: handshake.state(left)\npairs: [{left: client, right: ESTABLISHED}, ⟦{left: server, right: ESTABLISHED}⟧]",
        ("QG212 two left sides belong to ESTABLISHED",),
    ),
    "right sides that read the same": (
        STATE + "pairs: [{left: client, right: {value: ESTABLISHED, text: A}}, {left: server, right: ⟦{value: SYN_RECV, text: a}⟧}]",
        ("QG210 two right sides read the same in en",),
    ),
    "cited, two equal right sides": (
        "stem: S\ncited: r\npairs: [{left: a, right: b}, {left: c, right: ⟦b⟧}]", ("QG210 two right sides read the same",),
    ),
    "cited, two equal left sides": (
        "stem: S\ncited: r\npairs: [{left: a, right: b}, {left: ⟦a⟧, right: c}]", ("QG210 two left sides read the same",),
    ),
    "nothing asked": ("@\nstem: S\npairs: [{left: a, right: b}, {left: c, right: d}]", ("QG209 add `ask:` about `left`",)),
    "one pair": (STATE + f"pairs: ⟦[{CLIENT}]⟧", ("QG103 at least 2 entries",)),
    "half a pair": (STATE + f"pairs: [{{⟦left⟧: client}}, {SERVER}]", ("QG102 add `right:`",)),
    "no pair": (STATE + f"pairs: [⟦client⟧, {SERVER}]", ("QG104 expected a pair, as in {left: ..., right: ...}",)),
    "a run": ("stem: S\nask: ⟦handshake⟧\npairs: [{left: client, right: a}, {left: server, right: b}]", ("QG206 ask for a part",)),
}  # fmt: skip


@table(REFUSED)
def test_refused(tmp_path: Path, body: str, expected: tuple[str, ...]) -> None:
    refuses(tmp_path, item("match", body), expected)
