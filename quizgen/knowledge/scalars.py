"""Texts of a file read as what their key takes: a text in languages, a truth, an expression, a range.

What has another shape altogether is handed on as it is: pydantic says what is wrong with it.
"""

from __future__ import annotations

import re
from typing import Any

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
MAX_NUMBER = 2**64


class Misshapen(ValueError):
    """A value that cannot be meant; KEY in the message stands for the key that holds it. `help` says what can."""

    def __init__(self, message: str, help_: str) -> None:
        super().__init__(message)
        self.help = help_


def text(raw: Any) -> Any:
    """A text as it is kept, {language: text}, with "" for every language. Raises Misshapen."""
    if isinstance(raw, str):
        raw = {"": raw}
    elif isinstance(raw, dict):
        for language in raw:
            if not LANGUAGE.fullmatch(str(language)):
                raise Misshapen(
                    f"`{str(language)[:40]}` is no language", "write {en: ..., zh: ...}, or one text for all"
                )
        if not raw:
            raise Misshapen("KEY is a text in no language", "write the text, or {en: ..., zh: ...}")
    if isinstance(raw, dict) and any(isinstance(text, str) and not text.strip() for text in raw.values()):
        raise Misshapen("KEY is an empty text", "write the text, or remove the key")
    return raw


def filled(raw: Any) -> Any:
    """The same, unless it is an empty text. Raises Misshapen."""
    if isinstance(raw, str) and not raw.strip():
        raise Misshapen("KEY is an empty text", "write the text, or remove the key")
    return raw


def truth(raw: Any) -> Any:
    """`true` or `false`, whatever its case, as what it says. Raises Misshapen."""
    if isinstance(raw, str) and raw.casefold() in ("true", "false"):
        return raw.casefold() == "true"
    raise Misshapen("KEY is neither true nor false", "write true or false")


def expression(raw: Any) -> Any:
    """The same, unless it asks nothing. Raises Misshapen."""
    if isinstance(raw, str) and not raw.strip():
        raise Misshapen("KEY asks nothing", "write an expression, as in handshake.segment(2).ack, or remove the key")
    return raw


def words(raw: Any) -> Any:
    """A list of words, for which one may stand alone."""
    return [raw] if isinstance(raw, str) else raw


def span(raw: Any) -> Any:
    """`1..1460` as the two numbers, both included. Raises Misshapen."""
    match = re.fullmatch(r"(-?[0-9]{1,20})\s*\.\.\s*(-?[0-9]{1,20})", raw) if isinstance(raw, str) else None
    if match is None or max(abs(int(match[1])), abs(int(match[2]))) > MAX_NUMBER:
        raise Misshapen("KEY is no range of whole numbers", "write it as 1..1460; the numbers reach to 2^64")
    low, high = int(match[1]), int(match[2])
    if low > high:
        raise Misshapen(f"the range {raw} is empty", "the smaller number comes first")
    return (low, high)
