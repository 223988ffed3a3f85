"""The kinds of answer: what they read and how they show themselves."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.models import load
from quizgen.models.partial_order import PartialOrder
from quizgen.models.values import Domain, Quantity, TermSet, Unreadable

BYTES = Quantity(1, "B")
STATE = Domain(
    "state", ("SYN-SENT", "LISTEN"), {"SYN_SEND?": "SYN-SENT", "UNCONN": "LISTEN"}, {"LISTEN": {"zh": "监听"}}
)
SENT, LISTEN = STATE.terms()


@pytest.mark.parametrize(
    ("text", "bytes_"),
    [("4096", 4096), ("4 KiB", 4096), ("4,096 bytes", 4096), ("4_096 B", 4096), ("1e3", 1000), ("0.5 KB", 500), ("1.5k", 1536), ("16 bits", 2), ("20 字节", 20)],
)  # fmt: skip
def test_reads_amounts(text: str, bytes_: int) -> None:
    assert BYTES.read(text).base == ("size", Fraction(bytes_))


@pytest.mark.parametrize(
    "text", ["", "B", "x", "1,5", "1e999999999", "9" * 50, "3 parsecs", "3 s", "1 2", "--1", ".", "e5"]
)
def test_refuses_what_is_no_amount(text: str) -> None:
    with pytest.raises(Unreadable):
        BYTES.read(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for like in (BYTES, SENT, TermSet(STATE)):
        try:
            like.read(text)
        except Unreadable as error:
            assert str(error)


@given(st.integers(0, 10**12), st.sampled_from(["B", "KiB", "MB", "bit"]))
def test_what_is_shown_is_read_back(number: int, unit: str) -> None:
    amount = Quantity(number, unit)
    assert amount.read(amount.show()) == amount


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Fraction(17476, 1000), "17.48 bytes"),
        (Fraction(1, 5), "0.2 bytes"),
        (Fraction(833325, 2), "416662 bytes"),
        (Fraction(1, 10800), "0.00009259 bytes"),
        (Fraction(-99999, 10000), "-10 bytes"),
        (Fraction(10001, 10), "1000 bytes"),
        (2**70, f"{2**70} bytes"),
    ],
)
def test_fractions_show_four_digits_and_no_exponent(amount: int | Fraction, shown: str) -> None:
    assert Quantity(amount, "B").show() == shown


def test_terms_have_aliases_and_labels() -> None:
    assert STATE.term("syn_sent") == SENT
    assert STATE.term("unconn") == STATE.term("监听") == LISTEN
    assert LISTEN.show("zh") == "监听"
    with pytest.raises(Unreadable) as caught:
        STATE.term("SYN-SEND")
    assert caught.value.nearest == ("SYN-SENT",)


def test_a_set_of_terms_equals_the_plain_set() -> None:
    assert TermSet(STATE, ["LISTEN", "SYN-SENT"]) == frozenset({SENT, LISTEN})
    assert TermSet(STATE, ["LISTEN", "SYN-SENT"]).show() == "SYN-SENT, LISTEN"
    assert TermSet(STATE, ["LISTEN", "SYN-SENT"]).show("zh") == "SYN-SENT、监听"
    assert TermSet(STATE).show() == "–"
    assert TermSet(STATE).read("LISTEN + SYN_SENT") == frozenset({SENT, LISTEN})
    assert TermSet(STATE).read("{}") == TermSet(STATE).read("–") == frozenset()
    spaced = Domain("defence", ("Secure cookie", "HTTPS"))
    assert TermSet(spaced).read("Secure cookie") == frozenset({spaced.term("Secure cookie")})
    assert TermSet(spaced).read("Secure cookie, https") == frozenset(spaced.terms())


def test_partial_orders_admit_what_their_pairs_leave_open() -> None:
    names = Domain("step", ("a", "b", "c"))
    a, b, c = names.terms()
    order = PartialOrder((a, b, c), frozenset({(a, b)}))
    assert order.count() == 3
    assert order.precedes(a, b)
    assert not order.precedes(a, c)
    assert order.admits((c, a, b))
    assert not order.admits((b, a, c))
    assert list(order.only([a, b]).orders()) == [(a, b)]


def test_amounts_of_different_dimensions_do_not_compare() -> None:
    with pytest.raises(TypeError, match="size"):
        assert Quantity(1, "s") < BYTES


def test_a_term_is_written_as_claims_write_it() -> None:
    version = load("http").vocabulary["HTTP_1_1"].value
    assert repr((version,)) == "(HTTP_1_1,)"
    assert load("http").vocabulary["request_body_end"].signature == (
        "request_body_end(transfer_encoding: str | None = None, content_length: str | None = None, *,"
        " version: Term = HTTP_1_1) -> Term"
    )


def test_a_set_of_terms_has_terms_of_its_domain_only() -> None:
    other = Domain("event", ("OPEN",)).term("OPEN")
    assert TermSet(STATE, [LISTEN, "SYN-SENT"]) == frozenset({LISTEN, SENT})
    with pytest.raises(Unreadable):
        TermSet(STATE, [other])
