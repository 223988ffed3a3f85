"""Signed cookie values: an HMAC beside the value, which only the holder of the key can make (RFC 6265 §8.3; RFC 2104)."""

from __future__ import annotations

import hmac


def sign(value: str, key: bytes) -> str:
    """The value with its HMAC-SHA256 in hexadecimal: `alice.6d0f...`."""
    return f"{value}.{hmac.new(key, value.encode(), 'sha256').hexdigest()}"


def verify(signed: str, key: bytes) -> str | None:
    """The value if its signature was made with this key, else None."""
    value = signed.rpartition(".")[0]
    return value if hmac.compare_digest(sign(value, key).encode(), signed.encode()) else None
