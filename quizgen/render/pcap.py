"""A TCP run as a capture file for Wireshark, tshark and tcpdump: classic pcap, raw IPv4 packets.

Every segment is captured where it is put on the wire, so packet N is segment N of the run, and what is lost afterwards is
there as well. Times are those of quizgen.models.tcp.clock, from 1970-01-01 on. The client is 192.0.2.1, port 49152, and
the server 192.0.2.2, port 9 (discard); both addresses are for documentation (RFC 5737).
"""

from __future__ import annotations

import struct
from ipaddress import IPv4Address

from quizgen.models.tcp.clock import MICROSECONDS, times
from quizgen.models.tcp.codec import PROTOCOL, Addresses, Header, checksum, encode
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.segment import Segment
from quizgen.models.tcp.traced import TracedSegment

ADDRESSES = {"client": IPv4Address("192.0.2.1"), "server": IPv4Address("192.0.2.2")}
PORTS = {"client": 49152, "server": 9}

_FILE = struct.Struct("<IHHiIII")
_RECORD = struct.Struct("<IIII")
_IPV4 = struct.Struct("!BBHHHBBH4s4s")
_MAGIC, _VERSION, _SNAPSHOT, _LINKTYPE_RAW = 0xA1B2C3D4, (2, 4), 65535, 101
_DONT_FRAGMENT, _TTL, _LONGEST = 0x4000, 64, 65535


def pcap(trace: Trace) -> bytes:
    """The capture file of a run, the same bytes each time. Raises ValueError for a segment longer than IPv4 carries."""
    at = times(trace)
    records = [_record(at[one.sent], _packet(one)) for one in trace.sent]
    return _FILE.pack(_MAGIC, *_VERSION, 0, 0, _SNAPSHOT, _LINKTYPE_RAW) + b"".join(records)


def _record(microseconds: int, packet: bytes) -> bytes:
    return _RECORD.pack(*divmod(microseconds, MICROSECONDS), len(packet), len(packet)) + packet


def _packet(one: TracedSegment) -> bytes:
    """IPv4 header and segment. A copy that the network made is the same packet, so it has the identification, too."""
    sender = one.segment.sender
    source, destination = ADDRESSES[sender], ADDRESSES[PEER[sender]]
    tcp = encode(_header(one.segment), one.segment.data, Addresses(source, destination))
    length = _IPV4.size + len(tcp)
    if length > _LONGEST:
        raise ValueError(f"segment {one.number} makes a packet of {length} octets, and IPv4 carries {_LONGEST}")
    number = one.copied if one.origin.name == "DUPLICATED" else one.number
    fields = (0x45, 0, length, number & 0xFFFF, _DONT_FRAGMENT, _TTL, PROTOCOL)
    check = checksum(_IPV4.pack(*fields, 0, source.packed, destination.packed))
    return _IPV4.pack(*fields, check, source.packed, destination.packed) + tcp


def _header(segment: Segment) -> Header:
    return Header(
        PORTS[segment.sender],
        PORTS[PEER[segment.sender]],
        segment.seq.value,
        0 if segment.ack is None else segment.ack.value,
        segment.flags,
        segment.window,
        segment.urgent_pointer,
        segment.options,
    )
