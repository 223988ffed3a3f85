"""TCP options: the known ones as data and as values, and their bytes (RFC 9293 §3.2, RFC 7323, RFC 2018)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from quizgen.models.base import Cite, Rfc, Text

MAX_LENGTH = 40
"""Bytes that a header has for options: 15 words less the 5 that are always there."""
MAX_SHIFT = 14
"""The largest shift of the Window Scale option (RFC 7323 §2.3)."""


@dataclass(frozen=True)
class OptionKind:
    """A kind of option. `length` in bytes, kind and length bytes included (None: variable). `syn_only`: never sent but
    in a segment with SYN.
    """

    kind: int
    name: str
    length: int | None
    syn_only: bool
    title: Text
    meaning: Text
    cite: Cite


def _kind(number: int, length: int | None, syn_only: bool, name: Text, meaning: Text, cite: Cite) -> OptionKind:
    return OptionKind(number, name["en"], length, syn_only, name, meaning, cite)


def _text(en: str, zh: str) -> Text:
    return {"en": en, "zh": zh}


OPTION_KINDS: tuple[OptionKind, ...] = (
    _kind(0, 1, False, _text("End of Option List", "选项表结束"), _text("ends the list where it does not end with the header", "在首部结束之前结束选项表"), Rfc(9293, "3.2")),
    _kind(1, 1, False, _text("No-Operation", "空操作"), _text("fills up between options, for alignment", "填充在选项之间，用于对齐"), Rfc(9293, "3.2")),
    _kind(2, 4, True, _text("Maximum Segment Size", "最大报文段长度"), _text("the most data bytes that the sender of the option can receive in one segment", "该选项发送方在一个报文段中能接收的最大数据字节数"), Rfc(9293, "3.2")),
    _kind(3, 3, True, _text("Window Scale", "窗口缩放"), _text("shift the window fields that the sender of the option will send left by 0 to 14 bits", "该选项发送方此后发送的窗口字段要左移 0 到 14 位"), Rfc(7323, "2.2")),
    _kind(4, 2, True, _text("SACK-Permitted", "允许选择确认"), _text("the sender of the option can process SACK", "该选项发送方能处理选择确认"), Rfc(2018, "2")),
    _kind(5, None, False, _text("SACK", "选择确认"), _text("blocks of data that arrived out of order", "已收到的不连续数据块"), Rfc(2018, "3")),
    _kind(8, 10, False, _text("Timestamps", "时间戳"), _text("the sender's clock, and the peer's clock echoed: for measuring round trips and against old duplicates", "发送方时钟及回显的对方时钟：用于测量往返时间并防范旧的重复报文段"), Rfc(7323, "3.2")),
)  # fmt: skip


@dataclass(frozen=True)
class NoOperation:
    """One byte of filling."""


@dataclass(frozen=True)
class Mss:
    """The largest segment that the sender can receive, in bytes of data."""

    value: int


@dataclass(frozen=True)
class WindowScale:
    """The shift for the windows that the sender will send."""

    shift: int

    @property
    def effective(self) -> int:
        """The shift that is used: a larger one than 14 counts as 14 (RFC 7323 §2.3)."""
        return min(self.shift, MAX_SHIFT)


@dataclass(frozen=True)
class SackPermitted:
    """The sender can process SACK."""


@dataclass(frozen=True)
class Sack:
    """Blocks (left edge, right edge) of data that arrived; the right edge is the first number not in the block."""

    blocks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Timestamps:
    """TSval and TSecr."""

    value: int
    echo: int


@dataclass(frozen=True)
class OtherOption:
    """An option of an unknown kind, or of a known kind with a length that it does not have: kept, to be ignored."""

    kind: int
    data: bytes


Option = NoOperation | Mss | WindowScale | SackPermitted | Sack | Timestamps | OtherOption


@dataclass(frozen=True)
class Reason:
    """Why bytes are no header: one English sentence, and the place that says so."""

    text: str
    cite: Cite


def _body(option: Option) -> tuple[int, bytes]:
    """Kind, and what follows the length byte. Raises OverflowError for a value too large for its place."""
    match option:
        case Mss(value):
            return 2, value.to_bytes(2, "big")
        case WindowScale(shift):
            return 3, shift.to_bytes(1, "big")
        case SackPermitted():
            return 4, b""
        case Sack(blocks):
            return 5, b"".join(edge.to_bytes(4, "big") for block in blocks for edge in block)
        case Timestamps(value, echo):
            return 8, value.to_bytes(4, "big") + echo.to_bytes(4, "big")
        case OtherOption(kind, data) if kind > 1:
            return kind, data
    raise ValueError(f"{option!r} is no option with a length")


def encode_options(options: Iterable[Option]) -> bytes:
    """The options' bytes, padded with zeros to whole words. Raises ValueError when they take more than 40 bytes, and
    OverflowError for a value too large for its place.
    """
    encoded = b""
    for option in options:
        if isinstance(option, NoOperation):
            encoded += b"\x01"
        else:
            kind, body = _body(option)
            encoded += bytes((kind, len(body) + 2)) + body
    encoded += bytes(-len(encoded) % 4)
    if len(encoded) > MAX_LENGTH:
        raise ValueError(f"the options take {len(encoded)} bytes, and a header has room for {MAX_LENGTH}")
    return encoded


def _sack(data: bytes) -> Sack:
    edges = [int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)]
    return Sack(tuple(zip(edges[::2], edges[1::2], strict=True)))


def _other(kind: int, data: bytes) -> Option:
    reader = _READERS.get((kind, len(data)))
    if kind == 5 and data and len(data) % 8 == 0:
        return _sack(data)
    return reader(data) if reader else OtherOption(kind, data)


_READERS: Mapping[tuple[int, int], Callable[[bytes], Option]] = {
    (2, 2): lambda data: Mss(int.from_bytes(data, "big")),
    (3, 1): lambda data: WindowScale(data[0]),
    (4, 0): lambda data: SackPermitted(),
    (8, 8): lambda data: Timestamps(int.from_bytes(data[:4], "big"), int.from_bytes(data[4:], "big")),
}


def decode_options(data: bytes) -> tuple[Option, ...] | Reason:
    """The options in these bytes up to the end of the list; what follows it is padding. An illegal length is a Reason
    (MUST-7: it must be handled, whatever it is).
    """
    found: list[Option] = []
    at = 0
    while at < len(data) and data[at] != 0:
        if data[at] == 1:
            found.append(NoOperation())
            at += 1
            continue
        length = data[at + 1] if at + 1 < len(data) else 0
        if length < 2 or at + length > len(data):
            return Reason(f"Option {data[at]} at byte {20 + at} has an illegal length.", Rfc(9293, "3.1"))
        found.append(_other(data[at], data[at + 2 : at + length]))
        at += length
    return tuple(found)
