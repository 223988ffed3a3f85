"""The TCP header's fields and flags, as data (RFC 9293 §3.1); quizgen.models.tcp.codec writes and reads it.

Bits are counted from 0 at the first bit on the wire, as in the RFC's figure: rows of 32 bits, most significant first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from quizgen.models.base import Cite, ModelError, Rfc, Text
from quizgen.models.figure import Box, HeaderLayout


@dataclass(frozen=True)
class Field:
    """A header field. `width` in bits (None: variable); `unit` is what one counts, "" for a plain number.

    `feedback`: it tells the peer what of the peer's data arrived or may still come, so that it can ride on a segment
    that carries data the other way (piggybacking).
    """

    name: str
    bit: int
    width: int | None
    unit: str
    title: Text
    meaning: Text
    cite: Cite
    lowest: int = 0
    feedback: bool = False

    @property
    def highest(self) -> int | None:
        """The largest value that the width allows; None for a field of variable width."""
        return None if self.width is None else (1 << self.width) - 1


_FORMAT = Rfc(9293, "3.1")


def _text(en: str, zh: str) -> Text:
    return {"en": en, "zh": zh}


FIELDS: tuple[Field, ...] = (
    Field("Source Port", 0, 16, "", _text("Source Port", "源端口"),
          _text("the port of the sender", "发送方的端口号"), _FORMAT),
    Field("Destination Port", 16, 16, "", _text("Destination Port", "目的端口"),
          _text("the port of the receiver", "接收方的端口号"), _FORMAT),
    Field("Sequence Number", 32, 32, "bytes", _text("Sequence Number", "序号"),
          _text("the number of the segment's first data byte; with SYN the initial sequence number, the first data byte being ISN + 1",
                "本报文段第一个数据字节的序号；带 SYN 时为初始序号 ISN，第一个数据字节则为 ISN + 1"), _FORMAT),
    Field("Acknowledgment Number", 64, 32, "bytes", _text("Acknowledgment Number", "确认号"),
          _text("with ACK: the next sequence number that the sender of the segment expects",
                "ACK 置位时：发送方期望收到的下一个序号"), _FORMAT, feedback=True),
    Field("Data Offset", 96, 4, "32-bit words", _text("Data Offset", "数据偏移（首部长度）"),
          _text("the length of the header, which is where the data begin", "首部的长度，即数据开始的位置"), _FORMAT, lowest=5),
    Field("Reserved", 100, 4, "", _text("Reserved", "保留"),
          _text("zero when sent, ignored when received, unless a later standard gives a bit a meaning",
                "发送时置零，接收时忽略，除非后来的标准赋予某一位含义"), _FORMAT),
    Field("Window", 112, 16, "bytes", _text("Window", "窗口"),
          _text("how many bytes, from the one acknowledged on, the sender of the segment is ready to accept; counted in units of 2^shift bytes once window scaling is agreed",
                "自确认号起，发送方还愿意接收的字节数；协商窗口缩放后，以 2^移位数 字节为单位"), _FORMAT, feedback=True),
    Field("Checksum", 128, 16, "", _text("Checksum", "校验和"),
          _text("ones' complement sum over header, data and a pseudo-header with the IP addresses",
                "对首部、数据以及含 IP 地址的伪首部计算的反码和"), _FORMAT),
    Field("Urgent Pointer", 144, 16, "bytes", _text("Urgent Pointer", "紧急指针"),
          _text("with URG: the offset from the sequence number to the byte following the urgent data",
                "URG 置位时：从序号到紧急数据之后那个字节的偏移"), _FORMAT),
    Field("Options", 160, None, "", _text("Options", "选项"),
          _text("0 to 40 bytes, padded with zeros to a multiple of 32 bits", "0 到 40 字节，以零填充到 32 位的整数倍"), _FORMAT),
)  # fmt: skip


@dataclass(frozen=True)
class Flag:
    """A control bit. `bit` is its place in the header, `since` the RFC that defined it.

    `feedback`: it tells the peer about what the peer sent (see Field.feedback).
    """

    name: str
    bit: int
    title: Text
    meaning: Text
    cite: Cite
    since: int
    feedback: bool = False

    @property
    def of_9293(self) -> bool:
        """Whether RFC 9293 has it, as one of its own or of the RFCs that it takes in."""
        return self.since <= 9293

    @property
    def mask(self) -> int:
        """Its value in the flags' byte: FIN 1, SYN 2, RST 4, ... CWR 128; AE, one bit further, 256."""
        return 1 << (111 - self.bit)


def _flag(
    name: str, bit: int, en: str, zh: str, cite: Cite = _FORMAT, since: int = 793, feedback: bool = False
) -> Flag:
    return Flag(name, bit, _text(name, name), _text(en, zh), cite, since, feedback)


CONTROL_BITS: tuple[Flag, ...] = (
    _flag("CWR", 104, "congestion window reduced: the sender answers ECE", "拥塞窗口已减小：对 ECE 的回应", Rfc(3168, "6.1"), 3168),
    _flag("ECE", 105, "ECN-Echo: a congestion mark has arrived; in a SYN: able to use ECN", "ECN 回显：收到了拥塞标记；在 SYN 中表示支持 ECN", Rfc(3168, "6.1"), 3168, feedback=True),
    _flag("URG", 106, "the Urgent Pointer is significant", "紧急指针有效"),
    _flag("ACK", 107, "the Acknowledgment Number is significant; set in every segment once the connection is open", "确认号有效；连接建立之后每个报文段都置位", feedback=True),
    _flag("PSH", 108, "push: hand the data to the receiving application without waiting for more", "推送：不等更多数据，立即交付给接收方应用"),
    _flag("RST", 109, "reset the connection", "复位连接"),
    _flag("SYN", 110, "synchronize sequence numbers", "同步序号"),
    _flag("FIN", 111, "no more data from the sender", "发送方再无数据要发"),
)  # fmt: skip
"""The eight control bits of RFC 9293, in the order of the wire. CWR and ECE came with RFC 3168 (2001)."""

ACCURATE_ECN = _flag("AE", 103, "Accurate ECN: a third bit of feedback beside CWR and ECE", "精确 ECN：与 CWR、ECE 一起构成三位反馈", Rfc(9768, "3.1"), 9768, feedback=True)  # fmt: skip
"""The ninth control bit, which a later edition (RFC 9768) takes from the reserved bits. RFC 9293 has eight."""

WORD = 4
"""Bytes in a 32-bit word, the unit of Data Offset."""


def field(name: str, fields: Iterable[Field] = FIELDS) -> Field:
    """The field of that name, in any spelling of spaces and case. Raises ModelError."""
    wanted = name.casefold().replace("-", " ").replace("_", " ")
    for one in fields:
        if one.name.casefold() == wanted:
            return one
    close = get_close_matches(wanted.title(), [one.name for one in FIELDS], n=2)
    raise ModelError(f"`{name}` is no field of the TCP header" + (f"; {' or '.join(close)}?" if close else ""))


def layout(fields: Iterable[Field] = FIELDS, bits: Iterable[Flag] = CONTROL_BITS) -> HeaderLayout:
    """The header as RFC 9293 §3.1 draws it: the fields, and the eight control bits between Reserved and Window."""
    boxes = [Box(one.name, one.bit, one.width) for one in fields]
    boxes += [Box(one.name, one.bit, 1) for one in bits if one.of_9293]
    return HeaderLayout(tuple(sorted(boxes, key=lambda box: box.bit)))
