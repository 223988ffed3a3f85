"""The claim language: what it answers, what it refuses, and that nothing else can come of any text."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import COMMON
from quizgen.models.base import ModelError, because, touch
from quizgen.models.values import Domain, Quantity, TermSet

STATE = Domain("state", ("SYN-SENT", "ESTABLISHED"), {"SYN_SENT": "SYN-SENT"})
FLAG = Domain("flag", ("SYN", "ACK", "FIN"))
OPEN, ESTABLISHED = STATE.terms()
SYN, ACK, FIN = FLAG.terms()


@dataclass(frozen=True)
class Segment:
    published: ClassVar[frozenset[str]] = frozenset({"flags", "length"})
    flags: TermSet
    length: int
    secret: str = "no"


def segment(n: int) -> Segment:
    touch(f"segment:{n}")
    because(f"segment {n} was sent")
    if n > 3:
        raise ModelError("there are 3 segments")
    return Segment(TermSet(FLAG, ["SYN"] if n == 1 else ["SYN", "ACK"]), 100 * n)


NAMES = {
    "segment": segment, "SYN": SYN, "ACK": ACK, "FIN": FIN, "SYN_SENT": OPEN, "ESTABLISHED": ESTABLISHED,
    "KB": Quantity(1, "KB"), "limit": Quantity(4096, "B"), **{name: word.value for name, word in COMMON.items()},
}  # fmt: skip

ANSWERS = [
    ("1 + 2 - 4", -1),
    ("SYN in segment(1).flags", True),
    ("segment(2).flags == {SYN, ACK}", True),
    ("segment(2).flags - {SYN} == {ACK}", True),
    ("segment(1).length < segment(2).length <= 200", True),
    ("not (FIN in segment(1).flags) and SYN_SENT != ESTABLISHED", True),
    ("all(segment(n).length == 100 + 100 for n in [2])", True),
    ("any(ACK in segment(n).flags for n in numbers(1, 2))", True),
    ("count({segment(n).length for n in [1, 2, 1] if n > 0})", 2),
    ('size("4 KiB") == limit', True),
    ('limit <= size("3 KB")', False),
    ("100 if segment(1).length == 100 else 0", 100),
    ("max([segment(n).length for n in [1, 3]])", 300),
    ("segment(n=2).length", 200),
    ("1 if\n True else\n 2", 1),
]


@pytest.mark.parametrize(("expression", "value"), ANSWERS, ids=[text for text, _ in ANSWERS])
def test_answers(expression, value):
    assert evaluate(expression, NAMES).value == value


REFUSALS = [
    ("1 +", "QG201", "no expression"),
    ("segment(1) = 2", "QG201", "no expression"),
    ("(" * 300 + ")" * 300, "QG201", "no expression"),
    ("x" * 2001, "QG202", "2000 characters"),
    ("not " * 50 + "True", "QG202", "nests at most 40"),
    ("2 ** 9", "QG202", "power"),
    ("segment(1).length * 2", "QG202", "*"),
    ("[1, 2][0]", "QG202", "index"),
    ("lambda: 1", "QG202", "lambda"),
    ("f'{1}'", "QG202", "f-string"),
    ("segment(*[1])", "QG202", "*"),
    ("segment.__globals__", "QG202", "__globals__"),
    ("b'bytes'", "QG202", "numbers, quoted text"),
    ("9" * 60, "QG202", "128 bits"),
    ("segmnt(1)", "QG203", "segmnt"),
    ("SYN-SENT", "QG203", "SENT"),
    ("open('x')", "QG203", "open"),
    ("segment(1).secret", "QG203", "secret"),
    ("segment(1).lenght", "QG203", "lenght"),
    ("'abc'.upper()", "QG203", "upper"),
    ("segment(9).length", "QG206", "3 segments"),
    ("segment()", "QG206", "no answer"),
    ("SYN(1)", "QG206", "cannot be called"),
    ("SYN_SENT == 1", "QG206", "never"),
    ("SYN == SYN_SENT", "QG206", "never"),
    ("limit < 3", "QG206", "no answer"),
    ("not 1", "QG206", "not true or false"),
    ("'a' + 'b'", "QG206", "texts"),
    ('size("3 parsecs")', "QG206", "no unit"),
    ("count([a + b + c for a in numbers(1, 99) for b in numbers(1, 99) for c in numbers(1, 99)])", "QG206", "steps"),
]


@pytest.mark.parametrize(
    ("expression", "code", "message"), REFUSALS, ids=[f"{code} {text[:40]}" for text, code, _ in REFUSALS]
)
def test_refuses(expression, code, message):
    with pytest.raises(ClaimError) as caught:
        evaluate(expression, NAMES)
    assert caught.value.code == code
    assert message in caught.value.message
    assert 0 <= caught.value.start <= caught.value.end <= max(len(expression), 1)


def test_offers_the_nearest_name():
    with pytest.raises(ClaimError) as caught:
        evaluate("segment(1).lenght", NAMES)
    assert caught.value.help == "did you mean `length`?"


def test_keeps_what_the_answer_rests_on():
    answer = evaluate("segment(1).length == segment(2).length", NAMES)
    assert answer.record.elements == {"segment:1", "segment:2"}
    assert list(answer.record.reasons) == ["segment 1 was sent", "segment 2 was sent"]
    assert "segment(2).length is 200" in answer.explain()


TOKENS = ["segment", "SYN", "1", "99", "(", ")", ".", "flags", "length", "__class__", "==", "in", "not", "and", "+", "-", "**", "*",
          "[", "]", "{", "}", "for", "n", "if", "else", "lambda", ":", ",", "'", '"', "numbers", "all", "import", "\n", "é", "\0"]  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(TOKENS), max_size=25).map(" ".join)))
def test_any_text_gives_an_answer_or_a_claim_error(text):
    try:
        evaluate(text.strip(), NAMES)
    except ClaimError as error:
        assert error.message
