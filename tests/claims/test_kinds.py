"""Kinds of answers: what they are called, how they are shown, and what an author may write for one."""

import time
from fractions import Fraction
from typing import Any

import pytest

from quizgen.claims.kinds import comparable, cut, kind, read, show
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import Domain, Quantity, TermSet, Unreadable

FLAG = Domain("flag", ("SYN", "ACK"))
SYN, ACK = FLAG.terms()

KINDS = [
    (True, "truth", "True"),
    (3, "number", "3"),
    (Fraction(1, 3), "number", "0.333333"),
    (SYN, "flag", "SYN"),
    (TermSet(FLAG), "set of flags", "–"),
    (frozenset({SYN, ACK}), "set of flags", "ACK, SYN"),
    (frozenset({SYN, 1}), "set", "1, SYN"),
    ((SYN, ACK), "sequence", "SYN → ACK"),
    ((), "sequence", "–"),
    ("text", "text", "text"),
    (Quantity(2, "s"), "time", "2 s"),
]


@pytest.mark.parametrize(("value", "called", "shown"), KINDS, ids=[shown for _, _, shown in KINDS])
def test_what_a_kind_is_called_and_how_it_is_shown(value: Any, called: str, shown: str) -> None:
    assert (kind(value), show(value)) == (called, shown)


READ = [
    ("yes", True, True),
    ("No", True, False),
    ("TRUE", False, True),
    ("1,024", 0, 1024),
    ("1_024", 0, 1024),
    ("0x10", 0, 16),
    ("007", 0, 7),
    ("0.5", 0.1, 0.5),
    ("1,024.5", 0.1, 1024.5),
    ("{1, 2}", frozenset({7}), frozenset({1, 2})),
    ("3", frozenset({7}), frozenset({3})),
    ("–", frozenset({7}), frozenset()),
    ("1 → 2, 3", (7,), (1, 2, 3)),
    ("[1 -> 2]", (7, 8), (1, 2)),
    ("1, SYN, SYN", (7, SYN), (1, SYN, SYN)),
    ("1", (), ()),
    (" as it stands ", "text", "as it stands"),
]


@pytest.mark.parametrize(("text", "like", "value"), READ, ids=[f"{text} like {like}" for text, like, _ in READ])
def test_reads_what_an_author_writes(text: str, like: Any, value: Any) -> None:
    found = read(text, like)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("text", "like", "message"),
    [
        ("perhaps", True, "`perhaps` is neither true nor false"),
        ("many", 3, "`many` is no whole number"),
        ("1.5", 3, "`1.5` is no whole number"),
        ("much", 1.5, "`much` is no number"),
        ("1, x", frozenset({7}), "`x` is no whole number"),
    ],
)
def test_says_what_a_text_is_not(text: str, like: Any, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text, like)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("left", "right", "sense"),
    [
        (Seq("x"), 5, True),
        (SYN, None, True),
        (True, 1, False),
        (TermSet(FLAG), frozenset({1}), True),
        ((1, SYN), [SYN], True),
        ((1, 2), (SYN,), False),
        (Quantity(1, "s"), Quantity(1, "B"), False),
    ],
    ids=str,
)
def test_whether_it_makes_sense_to_compare(left: object, right: object, sense: bool) -> None:
    assert comparable(left, right) is comparable(right, left) is sense


@pytest.mark.parametrize(("length", "shown"), [(160, "a" * 160), (161, "a" * 159 + "…")])
def test_a_long_text_is_cut(length: int, shown: str) -> None:
    assert cut("a" * length) == shown


def test_long_sequences_of_different_kinds_are_told_apart_quickly() -> None:
    began = time.process_time()
    assert not comparable(tuple(range(5000)), ("a",) * 5000)
    assert time.process_time() - began < 1
