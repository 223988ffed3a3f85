"""The TCP header to bytes and back, with the checksum over the pseudo-header of IPv4 or IPv6 (RFC 9293 §3.1).

Bit 103, which RFC 9293 reserves, is written and read as RFC 9768's flag AE; three reserved bits are left.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from quizgen.models.base import Rfc
from quizgen.models.tcp.header import ACCURATE_ECN, CONTROL_BITS, WORD
from quizgen.models.tcp.options import Option, Reason, decode_options, encode_options
from quizgen.models.tcp.segment import FLAGS
from quizgen.models.values import TermSet

PROTOCOL = 6
"""TCP's number in the IP header and in the pseudo-header."""

_FIXED = struct.Struct("!HHIIHHHH")
_MASKS = {one.name: one.mask for one in (*CONTROL_BITS, ACCURATE_ECN)}
_FORMAT = Rfc(9293, "3.1")


@dataclass(frozen=True)
class Addresses:
    """The IP addresses of a segment's sender and receiver, of one version: what the pseudo-header adds."""

    source: IPv4Address | IPv6Address
    destination: IPv4Address | IPv6Address

    def __post_init__(self) -> None:
        if self.source.version != self.destination.version:
            raise ValueError("both addresses are of one IP version")

    @property
    def most(self) -> int:
        """The largest length that the pseudo-header has room for: 16 bits in IPv4, 32 in IPv6."""
        return 0xFFFF if self.source.version == 4 else 0xFFFF_FFFF

    def pseudo_header(self, length: int) -> bytes:
        """12 bytes for IPv4 (RFC 9293 §3.1), 40 for IPv6 (RFC 8200 §8.1). `length`: TCP header and data, in bytes; at most
        `most`.
        """
        layout = "!xBH" if self.source.version == 4 else "!I3xB"
        numbers = (PROTOCOL, length) if self.source.version == 4 else (length, PROTOCOL)
        return self.source.packed + self.destination.packed + struct.pack(layout, *numbers)


@dataclass(frozen=True)
class Header:
    """A header's fields as numbers. Data Offset follows from the options, the checksum from the whole segment."""

    source_port: int
    destination_port: int
    sequence_number: int
    acknowledgment_number: int
    flags: TermSet
    window: int
    urgent_pointer: int = 0
    options: tuple[Option, ...] = ()
    reserved: int = 0

    @property
    def data_offset(self) -> int:
        """The header's length in 32-bit words, if its options are encoded as this module does."""
        return (_FIXED.size + len(encode_options(self.options))) // WORD


@dataclass(frozen=True)
class Decoded:
    """A header as found in bytes, with the data after it, and the two fields that a Header computes."""

    header: Header
    data: bytes
    data_offset: int
    checksum: int


def checksum(data: bytes) -> int:
    """The ones' complement of the ones' complement sum of all 16-bit words, an odd byte at the end padded with zero."""
    padded = data + bytes(len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def encode(header: Header, data: bytes, addresses: Addresses) -> bytes:
    """The segment's bytes. Raises ValueError or OverflowError for what is out of its range."""
    plain = _bytes(header, 0) + data
    if len(plain) > addresses.most:
        raise ValueError(f"{len(plain)} bytes are more than one packet carries")
    value = checksum(addresses.pseudo_header(len(plain)) + plain)
    return plain[:16] + value.to_bytes(2, "big") + plain[18:]


def _bytes(header: Header, check: int) -> bytes:
    options = encode_options(header.options)
    if not 0 <= header.reserved < 8:
        raise ValueError("three bits are reserved")
    word = ((_FIXED.size + len(options)) // WORD) << 12 | header.reserved << 9
    word |= sum(_MASKS[flag.name] for flag in header.flags)
    numbers = (header.source_port, header.destination_port, header.sequence_number, header.acknowledgment_number)
    try:
        return _FIXED.pack(*numbers, word, header.window, check, header.urgent_pointer) + options
    except struct.error as error:
        raise ValueError(f"a field is out of its range: {error}") from None


def decode(data: bytes, addresses: Addresses | None = None) -> Decoded | Reason:
    """The header in these bytes, or why there is none; with addresses the checksum is verified too. Never raises."""
    if len(data) < _FIXED.size:
        return Reason(f"{len(data)} bytes are fewer than the 20 of a basic header.", _FORMAT)
    source, destination, sequence, acknowledgment, word, window, check, urgent = _FIXED.unpack_from(data)
    offset = word >> 12
    if offset * WORD < _FIXED.size:
        return Reason(f"Data Offset is {offset}, and the basic header alone takes 5 words.", _FORMAT)
    if offset * WORD > len(data):
        return Reason(f"Data Offset says {offset * WORD} bytes of header, and {len(data)} are there.", _FORMAT)
    if addresses is not None and len(data) > addresses.most:
        return Reason(f"{len(data)} bytes are more than one packet carries.", _FORMAT)
    if addresses is not None and checksum(addresses.pseudo_header(len(data)) + data) != 0:
        return Reason("The checksum is wrong.", _FORMAT)
    options = decode_options(data[_FIXED.size : offset * WORD])
    if isinstance(options, Reason):
        return options
    flags = TermSet(FLAGS, (name for name, mask in _MASKS.items() if word & mask))
    header = Header(source, destination, sequence, acknowledgment, flags, window, urgent, options, word >> 9 & 7)
    return Decoded(header, data[offset * WORD :], offset, check)
