"""Sequence numbers: arithmetic modulo 2^32, order by the shorter way round, symbols."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.models.tcp.seq import SPACE, Seq, read
from quizgen.models.values import Unreadable

numbers = st.integers(0, SPACE - 1)
seqs = st.builds(Seq, st.sampled_from(["", "x", "y", "x2", "y3"]), st.integers(-(2**31), 2**31 - 1))


@pytest.mark.parametrize(
    "written, shown",
    [
        ("x", "x"), ("x+1", "x + 1"), ("x + 1", "x + 1"), ("X - 1000", "x - 1000"), ("ACK = y+1", "y + 1"), ("seq=x2", "x2"),
        ("ｘ ＋ 1", "x + 1"), ("x − 1", "x - 1"), ("4294967295", "4294967295"), ("4294967296", "0"), ("-1", "4294967295"), ("x + 4294967295", "x - 1"),
        ("x + 2147483647", "x + 2147483647"), ("x + 2147483648", "x - 2147483648"), ("y - 2147483648", "y - 2147483648"),
    ],
)  # fmt: skip
def test_reads_what_people_write(written: str, shown: str) -> None:
    assert read(written).show() == shown


@pytest.mark.parametrize(
    "text, nearest",
    [
        ("z + 1", ("x + 1", "y + 1")),
        ("z-12", ("x - 12", "y - 12")),
        ("SYN", ("x", "y")),
        ("", ("x", "y")),
        ("x + y", ()),
        ("x + " + "9" * 5000, ()),
        ("9" * 5000, ()),
    ],
)
def test_offers_what_was_likely_meant(text: str, nearest: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as error:
        read(text)
    assert error.value.nearest == nearest
    assert str(error.value) == f"`{text}` is no sequence number such as x + 1 or 4294967295"


@pytest.mark.parametrize(
    "low, high",
    [(Seq("", 0), Seq("", 1)), (Seq("", SPACE - 1), Seq("", 0)), (Seq("", 0), Seq("", 2**31 - 1)), (Seq("x"), Seq("x", 5)), (Seq("x", 5000), Seq("x2"))],
    ids=str,
)  # fmt: skip
def test_order_is_by_the_shorter_way_round(low: Seq, high: Seq) -> None:
    assert low < high
    assert low <= high
    assert high > low
    assert high >= low
    assert not high < low
    assert low != high


def test_a_plain_number_has_no_base() -> None:
    assert [(read(text).base, read(text).offset) for text in ("7", "-1", "x2 + 7")] == [("", 7), ("", -1), ("x2", 7)]


def test_wraps() -> None:
    assert Seq("", 2**31).show() == "2147483648"
    assert Seq("", SPACE - 1) + 2 == Seq("", 1)
    assert Seq("", SPACE - 1) + 2 == 1
    assert (Seq("x") + 5) - Seq("x") == 5
    assert Seq("x") - (Seq("x") + 5) == -5
    assert Seq("x") - 5 == Seq("x", -5)
    assert 5 + Seq("x") == Seq("x", 5)


def test_symbols_differ_from_each_other_and_from_numbers() -> None:
    assert len({Seq("x"), Seq("y"), Seq("x2"), Seq("y2"), Seq("x", 1), Seq("", 1)}) == 6
    assert Seq("x") != 0
    assert Seq("", 1) != True  # noqa: E712 - a truth is no number here


@given(seqs)
def test_shows_what_it_reads(seq: Seq) -> None:
    assert read(seq.show()) == seq
    assert seq.read(seq.show("zh")) == seq


@given(numbers, st.integers(-SPACE, SPACE))
def test_adding_is_modular(number: int, count: int) -> None:
    assert (Seq("", number) + count).value == (number + count) % SPACE


@given(seqs, st.integers(-(2**31) + 1, 2**31 - 1))
def test_difference_undoes_addition(seq: Seq, count: int) -> None:
    assert (seq + count).after(seq) == count


@given(seqs, seqs)
def test_hash_agrees_with_equality(one: Seq, other: Seq) -> None:
    assert (one == other) == (one.value == other.value)
    assert one != other or hash(one) == hash(other)


@given(numbers)
def test_a_plain_number_is_found_where_the_int_is(number: int) -> None:
    assert {Seq("", number): "here"}[number] == "here"  # type: ignore[index]
