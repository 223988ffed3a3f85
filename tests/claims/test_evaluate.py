"""The claim language: what it answers, what it refuses, and that nothing else can come of any text."""

import time
from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.explain import explain
from quizgen.claims.names import COMMON
from quizgen.models.base import ModelError, because, takes, touch
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
    "record": {"not": "hashable"}, "KB": Quantity(1, "KB"), "limit": Quantity(4096, "B"), **{name: word.value for name, word in COMMON.items()},
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
    ("count([n for n in [1, 2] if all(n > 4 for n in [5, 6])])", 2),
    ("[n + count([n for n in [7]]) for n in [1, 2]] == [2, 3]", True),
    ("segment(1).flags == {n for n in []}", False),
    ("{SYN, 1} == {1, ACK}", False),
    ("[SYN, ACK] == []", False),
    ("None in [1, 2] or 1 in [None]", False),
    ("SYN_SENT in [] or 3 in numbers(1, 2)", False),
]


@pytest.mark.parametrize(("expression", "value"), ANSWERS, ids=[text for text, _ in ANSWERS])
def test_answers(expression: str, value: object) -> None:
    assert evaluate(expression, NAMES).value == value


REFUSALS = [
    ("1 +", "QG201", "no expression"),
    ("segment(1) = 2", "QG201", "no expression"),
    ("(" * 300 + ")" * 300, "QG201", "no expression"),
    ("x" * 2001, "QG202", "2000 characters"),
    ("not " * 50 + "True", "QG202", "nests at most 40"),
    (r"'\ud800' == 'a'", "QG202", "surrogate"),
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
    ("SYN_SENT + 1", "QG206", "no answer for a state and a number"),
    ("-SYN", "QG206", "no answer for a flag"),
    ("limit < SYN", "QG206", "no answer for a size and a flag"),
    ("SYN == ACK AND True", "QG201", "no expression"),
    ("size(4)", "QG206", "asked with a number"),
    ("SYN_SENT == 1", "QG206", "never"),
    ("SYN == SYN_SENT", "QG206", "never"),
    ("segment(1).flags == SYN", "QG206", "a set of flags (SYN) is never a flag (SYN)"),
    ("segment(1).flags != 'SYN'", "QG206", "never a text"),
    ("segment(1).flags == {SYN_SENT}", "QG206", "never a set of states"),
    ("[1, 2] == [SYN, ACK]", "QG206", "never"),
    ("limit == duration('1 s')", "QG206", "a size (4096 bytes) is never a time (1 s)"),
    ("SYN in {SYN_SENT}", "QG206", "a flag (SYN) is never in a set of states (SYN-SENT)"),
    ("'SYN' in segment(1).flags", "QG206", "never in"),
    ("SYN not in numbers(1, 9)", "QG206", "never in"),
    ("limit < 3", "QG206", "no answer"),
    ("not 1", "QG206", "not true or false"),
    ("'a' + 'b'", "QG206", "texts"),
    ("any('abc')", "QG206", "true or false"),
    ("all(n for n in [1, 2])", "QG206", "true or false"),
    ('size("3 parsecs")', "QG206", "no unit"),
    ("{segment for n in [1]} == {[segment(n), 1] for n in [1]} | {record}", "QG206", "no answer"),
    ("count([a + b + c for a in numbers(1, 99) for b in numbers(1, 99) for c in numbers(1, 99)])", "QG206", "steps"),
]


@pytest.mark.parametrize(
    ("expression", "code", "message"), REFUSALS, ids=[f"{code} {text[:40]}" for text, code, _ in REFUSALS]
)
def test_refuses(expression: str, code: str, message: str) -> None:
    with pytest.raises(ClaimError) as caught:
        evaluate(expression, NAMES)
    assert caught.value.code == code
    assert message in caught.value.message
    assert 0 <= caught.value.start <= caught.value.end <= max(len(expression), 1)


def test_offers_the_nearest_name() -> None:
    with pytest.raises(ClaimError) as caught:
        evaluate("segment(1).lenght", NAMES)
    assert caught.value.help == "did you mean `length`?"


def test_keeps_what_the_answer_rests_on() -> None:
    answer = evaluate("segment(1).length == segment(2).length", NAMES)
    assert answer.record.elements == {"segment:1", "segment:2"}
    assert list(answer.record.reasons) == ["segment 1 was sent", "segment 2 was sent"]


EXPLANATIONS = [
    ("segment(1).length == segment(2).length", ["segment(1).length is 100", "segment(2).length is 200"]),
    ("100 < segment(2).length < 150", ["segment(2).length is 200"]),
    ("segment(1).length == 100 and segment(2).length == 100", ["segment(2).length is 200", "`segment(2).length == 100` is False"]),
    ("segment(1).length == 100 or segment(9).length == 100", ["segment(1).length is 100", "`segment(1).length == 100` is True"]),
    ("segment(1).length == 1 or segment(2).length == 1", ["segment(1).length is 100", "segment(2).length is 200"]),
    ("not (segment(1).length == 100)", ["segment(1).length is 100"]),
    ("segment(2).flags == {SYN, FIN}", ["segment(2).flags is SYN, ACK", "segment(2).flags lacks FIN", "{SYN, FIN} lacks ACK"]),
    ("segment(2).flags != {SYN, FIN}", ["segment(2).flags is SYN, ACK"]),
    (
        "all(segment(n).length < 300 for n in numbers(1, 3))",
        ["`segment(n).length < 300` does not hold for n = 3", "segment(n).length is 300"],
    ),
    (
        "any(FIN in segment(n).flags for n in numbers(1, 3) if n > 1)",
        ["`FIN in segment(n).flags` holds for none of n = 2; n = 3"],
    ),
    (
        "any(segment(n).length == 100 + m for n in [1, 2] for m in [50, 100])",
        ["`segment(n).length == 100 + m` holds for n = 2, m = 100", "segment(n).length is 200"],
    ),
    ("all(segment(n).length > 0 for n in [1, 2])", ["`segment(n).length > 0` holds for n = 1; n = 2"]),
    ("all(n > 1 for n in [])", ["`n > 1` holds for no member at all"]),
    ("all(n > 0 for n in numbers(1, 100))", ["`n > 0` holds for n = " + "; n = ".join(map(str, range(1, 13))) + " and 88 more"]),
    ("count([n for n in numbers(1, 3) if segment(n).length > 100])", ["[n for n in numbers(1, 3) if segment(n).length > 100] is 2 → 3", "count([n for n in numbers(1, 3) if segment(n).length > 100]) is 2"]),
    ("segment(1).length if segment(2).length == 200 else segment(3).length", ["segment(2).length is 200", "segment(1).length is 100"]),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "lines"), EXPLANATIONS, ids=[text for text, _ in EXPLANATIONS])
def test_explains_what_decided(expression: str, lines: list[str]) -> None:
    assert list(explain(evaluate(expression, NAMES)).lines) == lines


def test_an_explanation_leaves_out_what_did_not_decide() -> None:
    told = explain(evaluate("segment(1).length == 100 and segment(2).length == 100", NAMES))
    assert list(told.record.reasons) == ["segment 2 was sent"]


@pytest.mark.parametrize("text", ["segment(1).secret", "segment(1).lenght", "x" * 2000, "é" * 900])
def test_a_name_that_is_none_is_looked_up_quickly(text: str) -> None:
    began = time.process_time()
    with pytest.raises(ClaimError):
        evaluate(text, NAMES)
    assert time.process_time() - began < 0.05


def test_the_same_question_is_asked_once() -> None:
    asked = []

    def f(n: int, m: int = 0) -> int:
        asked.append((n, m))
        return n

    names = {**NAMES, "f": f}
    assert evaluate("[f(1) for n in numbers(1, 5)]", names).value == (1, 1, 1, 1, 1)
    assert asked == [(1, 0)]
    assert evaluate("[f(1), f(True), f(n=1), f(1, 2), f(1, m=2)]", names).value == (1, True, 1, 1, 1)
    assert asked == [(1, 0), (1, 0), (True, 0), (1, 0), (1, 2), (1, 2)]


def test_an_explanation_does_not_ask_again() -> None:
    asked = []

    def f(n: int) -> int:
        asked.append(n)
        because(f"f of {n}")
        return n

    names = {**NAMES, "f": f}
    answer = evaluate("f(1) == 1 and f(2) == 1", names)
    assert asked == [1, 2]
    told = explain(answer)
    assert asked == [1, 2]
    assert (list(answer.record.reasons), list(told.record.reasons)) == (["f of 1", "f of 2"], ["f of 2"])


def test_a_word_may_say_that_it_takes_long() -> None:
    names = {**NAMES, "f": takes(4_000)(lambda n: n)}
    assert evaluate("f(1) + f(2)", names).value == 3
    with pytest.raises(ClaimError, match="steps"):
        evaluate("f(1) + f(2) + f(3)", names)


TOKENS = ["segment", "SYN", "1", "99", "(", ")", ".", "flags", "length", "__class__", "==", "in", "not", "and", "+", "-", "**", "*",
          "[", "]", "{", "}", "for", "n", "if", "else", "lambda", ":", ",", "'", '"', "numbers", "all", "import", "\n", "é", "\0"]  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(TOKENS), max_size=25).map(" ".join)))
def test_any_text_gives_an_answer_or_a_claim_error(text: str) -> None:
    try:
        evaluate(text.strip(), NAMES)
    except ClaimError as error:
        assert error.message
