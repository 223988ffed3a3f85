"""Signed cookie values: an HMAC beside the value, which only the holder of the key can make (RFC 6265 §8.3; RFC 2104)."""

from __future__ import annotations

import hmac


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def sign(value: str, key: bytes, name: str = "") -> str:
    """The value with its HMAC-SHA256 in hexadecimal: `alice.6d0f...`.

    With the cookie's `name` the signature is of `name=value`, so that the value fits no cookie of another name.
    """
    signed = f"{name}={value}" if name else value
    return f"{value}.{hmac.new(key, _octets(signed), 'sha256').hexdigest()}"


def verify(signed: str, key: bytes, name: str = "") -> str | None:
    """The value if its signature was made with this key (and for a cookie of this name), else None."""
    value = signed.rpartition(".")[0]
    return value if hmac.compare_digest(_octets(sign(value, key, name)), _octets(signed)) else None
