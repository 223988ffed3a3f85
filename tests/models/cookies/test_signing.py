"""Signed values: HMAC-SHA256 as RFC 4231 has it, and what a signature stops."""

import pytest

from quizgen.models.cookies.signing import sign, verify

KEY = b"key"
# RFC 4231 §4.3, test case 2.
VECTOR = (b"Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")


def test_the_signature_is_an_hmac_of_the_value() -> None:
    key, value, digest = VECTOR
    assert sign(value, key) == f"{value}.{digest}"
    assert verify(f"{value}.{digest}", key) == value


@pytest.mark.parametrize("value", ["alice", "", "a.b", "user=alice", "ü", "\ud800"])
@pytest.mark.parametrize("name", ["", "user"])
def test_what_was_signed_is_read_back_and_nothing_else(value: str, name: str) -> None:
    signed = sign(value, KEY, name)
    assert verify(signed, KEY, name) == value
    assert verify(signed, b"other", name) is None
    assert verify(signed, KEY, "other") is None
    assert verify(signed[:-1], KEY, name) is None
    assert verify(f"x{signed}", KEY, name) is None


@pytest.mark.parametrize("text", ["", ".", "alice", "alice."])
def test_what_was_not_signed_is_refused(text: str) -> None:
    assert verify(text, KEY) is None
