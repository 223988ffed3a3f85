"""IPv4 packets of the live kernel and the model's segments, one to the other, by the project's own codec."""

from __future__ import annotations

import struct
from ipaddress import IPv4Address

from quizgen.models.tcp.codec import PROTOCOL, Addresses, Header, checksum, decode, encode
from quizgen.models.tcp.options import Reason
from quizgen.models.tcp.segment import ACK, Segment
from quizgen.models.tcp.seq import Seq

_IP = struct.Struct("!BBHHHBBH4s4s")


def to_packet(segment: Segment, addresses: Addresses) -> bytes:
    """The segment in an IPv4 packet, both checksums right."""
    header = Header(
        segment.source_port, segment.destination_port, segment.seq.value, segment.ack.value if segment.ack else 0,
        segment.flags, segment.window, segment.urgent_pointer, segment.options,
    )  # fmt: skip
    data = encode(header, segment.data, addresses)
    ends = (addresses.source.packed, addresses.destination.packed)
    plain = _IP.pack(0x45, 0, _IP.size + len(data), 0, 0, 64, PROTOCOL, 0, *ends)
    return plain[:10] + checksum(plain).to_bytes(2, "big") + plain[12:] + data


def from_packet(packet: bytes, sender: str) -> Segment | None:
    """The segment in a packet; None where the packet is none of TCP over IPv4."""
    if packet[0] >> 4 != 4 or packet[9] != PROTOCOL:
        return None
    addresses = Addresses(IPv4Address(packet[12:16]), IPv4Address(packet[16:20]))
    decoded = decode(packet[(packet[0] & 15) * 4 :], addresses)
    assert not isinstance(decoded, Reason), decoded
    header = decoded.header
    ack = Seq("", header.acknowledgment_number) if ACK in header.flags else None
    return Segment(
        Seq("", header.sequence_number), ack, header.flags, decoded.data, header.window, sender, header.options,
        header.urgent_pointer, header.source_port, header.destination_port,
    )  # fmt: skip
