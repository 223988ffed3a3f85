"""The list of MUSTs in docs/models/tcp.md: complete, and each names tests that exist. Some are shown here."""

import ast
import re
from pathlib import Path

import pytest

from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.options import Mss, WindowScale, decode_options, encode_options
from tests.models.tcp.endpoints import after, endpoint, rcv, sent

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "models" / "tcp.md"
ROWS = re.findall(r"^\| MUST-(\d+) \| (.+?) \| (.+?) \|$", PAGE.read_text("utf-8"), re.M)
SHOWN = [(number, test) for number, _, how in ROWS for test in re.findall(r"`(.+?)`", how) if "::" in test]


def test_every_must_is_listed_once() -> None:
    """Appendix B numbers them from 1 to 69."""
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 70))


@pytest.mark.parametrize("number, what, how", ROWS, ids=[f"MUST-{row[0]}" for row in ROWS])
def test_a_must_is_shown_or_outside_for_a_reason(number: str, what: str, how: str) -> None:
    assert "::" in how or re.fullmatch(r"outside: .{8,}", how)


@pytest.mark.parametrize("number, test", SHOWN, ids=[f"MUST-{number}" for number, _ in SHOWN])
def test_what_shows_a_must_exists(number: str, test: str) -> None:
    file, name = test.split("::")
    tree = ast.parse((HERE / file).read_text("utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_a_shrinking_window_does_no_harm() -> None:
    """MUST-34: nothing new is sent beyond it; what was sent is sent again; a wider window lets data go."""
    end = after(endpoint("ESTABLISHED"), lambda end: calls.send(end, bytes(10)), rcv("ACK", window=4))
    after(end, lambda end: calls.send(end, bytes(10)))
    assert sent(end) == []
    assert sent(after(end, timeouts.retransmission)) == ["PSH,ACK SEQ=1001 ACK=5001 LEN=10"]
    assert sent(after(end, rcv("ACK", ack=1011, window=100))) == ["PSH,ACK SEQ=1011 ACK=5001 LEN=10"]


def test_all_that_is_queued_is_processed_before_one_ack() -> None:
    """MUST-58, MUST-59"""
    end = after(endpoint("ESTABLISHED"), rcv("ACK", 5011, data=10), rcv("FIN,ACK", 5021, data=10))
    assert sent(after(end, rcv("ACK", 5001, data=10))) == ["ACK SEQ=1001 ACK=5032"]


def test_options_need_no_alignment_and_are_padded_with_zeros() -> None:
    """MUST-64, MUST-69"""
    options = (WindowScale(3), Mss(1460))
    encoded = encode_options(options)
    assert encoded == bytes((3, 3, 3, 2, 4, 5, 180, 0))
    assert decode_options(encoded) == options
