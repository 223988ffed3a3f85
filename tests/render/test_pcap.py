"""Capture files: read again here, and looked at by tshark, which knows neither this writer nor this model."""

import shutil
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from quizgen.models.tcp import faults
from quizgen.models.tcp.codec import Addresses, Decoded, checksum, decode
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.scenario import run
from quizgen.render.pcap import ADDRESSES, PORTS, pcap
from tests.models.tcp.conftest import shipped

OPENING: list[Any] = [{"server": "OPEN passive"}, {"client": "OPEN active"}, "deliver", "deliver", "deliver"]
FAULTS = {
    f"{name} without {lost} and twice {copied}": faults.run(shipped()[name]["run"], lost, copied).trace
    for name, lost, copied in [
        ("handshake", [1], []), ("handshake", [2, 3], []), ("handshake", [3], []), ("handshake", [], [1]),
        ("data_both_ways", [1], []), ("data_both_ways", [4], []), ("data_both_ways", [], [1]),
        ("normal_close", [3, 4], []), ("normal_close", [4], []), ("simultaneous_close", [1, 2], []),
    ]
}  # fmt: skip
RUNS = {**{name: run(entry["run"]) for name, entry in shipped().items()}, **FAULTS}


def records(data: bytes) -> list[tuple[int, bytes]]:
    """The packets of a pcap file with their times in microseconds."""
    magic, major, minor, _, _, snapshot, link = struct.unpack_from("<IHHiIII", data)
    assert (magic, major, minor, snapshot, link) == (0xA1B2C3D4, 2, 4, 65535, 101)
    found, at = [], 24
    while at < len(data):
        seconds, microseconds, kept, length = struct.unpack_from("<IIII", data, at)
        assert kept == length
        found.append((seconds * 1_000_000 + microseconds, data[at + 16 : at + 16 + kept]))
        at += 16 + kept
    return found


@pytest.mark.parametrize("name", RUNS)
def test_packets_are_the_segments(name: str) -> None:
    trace = RUNS[name]
    found = records(pcap(trace))
    assert [at for at, _ in found] == sorted(at for at, _ in found)
    for (_, packet), one in zip(found, trace.sent, strict=True):
        segment, sender = one.segment, one.segment.sender
        addresses = Addresses(ADDRESSES[sender], ADDRESSES[PEER[sender]])
        assert (packet[0], len(packet), packet[9]) == (0x45, int.from_bytes(packet[2:4], "big"), 6)
        assert packet[12:20] == addresses.source.packed + addresses.destination.packed
        assert checksum(packet[:20]) == 0
        decoded = decode(packet[20:], addresses)
        assert isinstance(decoded, Decoded)
        header = decoded.header
        assert (header.source_port, header.destination_port) == (PORTS[sender], PORTS[PEER[sender]])
        assert header.sequence_number == segment.seq.value
        assert header.acknowledgment_number == (segment.ack.value if segment.ack is not None else 0)
        assert (header.flags, header.window, decoded.data) == (segment.flags, segment.window, segment.data)
        assert (header.options, header.urgent_pointer) == (segment.options, segment.urgent_pointer)


def test_a_copy_is_the_same_packet() -> None:
    first, copy = (packet for _, packet in records(pcap(RUNS["duplicate_data"]))[:2])
    again, lost = (packet for _, packet in records(pcap(RUNS["lost_data"]))[:2])
    assert first == copy
    assert again[4:6] != lost[4:6]


def test_a_segment_too_long_for_ipv4() -> None:
    forged = {"from": "client", "flags": "ACK", "length": "65496"}
    steps = ["established", {"forge": forged}]
    with pytest.raises(ValueError, match="segment 1 makes a packet of 65536 octets, and IPv4 carries 65535"):
        pcap(run(steps))
    forged["length"] = "65495"
    assert len(records(pcap(run(steps)))[0][1]) == 65535


def tshark(path: Path, fields: Sequence[str]) -> list[dict[str, str]]:
    """What tshark says of each packet, by field; "" where the packet has no such field."""
    if shutil.which("tshark") is None:
        pytest.skip("no tshark on PATH")
    command = [
        "tshark",
        "-n",
        "-r",
        str(path),
        "-o",
        "tcp.check_checksum:TRUE",
        "-o",
        "ip.check_checksum:TRUE",
        "-T",
        "fields",
    ]
    command += [part for field in fields for part in ("-e", field)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return [dict(zip(fields, line.split("\t"), strict=True)) for line in done.stdout.splitlines()]


RETRANSMISSIONS = {"retransmission", "fast_retransmission", "spurious_retransmission", "out_of_order"}
# Packets that tshark calls retransmissions although no retransmission timeout sent them, and why. Copies that the network
# made are not listed: they repeat octets as well, and nothing in a capture tells them apart.
ALSO_REPEATED = {
    ("simultaneous_open", 3): "the SYN,ACK of a simultaneous open repeats the SYN's number",
    ("simultaneous_open", 4): "the SYN,ACK of a simultaneous open repeats the SYN's number",
}
# What else tshark remarks upon beyond duplicate ACKs and windows, and why.
SECOND = "a second connection with the same ports, of which tshark knows one end's numbers only"
REMARKS = {
    ("old_duplicate_syn", 2): ({"reused_ports"}, "the old SYN has another ISN"),
    ("old_duplicate_syn", 5): ({"reused_ports", "lost_segment", "ack_lost_segment"}, SECOND),
    ("old_duplicate_syn", 6): ({"lost_segment", "ack_lost_segment"}, SECOND),
    ("half_open_syn", 5): ({"reused_ports", "lost_segment"}, SECOND),
    ("half_open_syn", 6): ({"ack_lost_segment"}, SECOND),
    ("time_wait_reuse", 5): ({"reused_ports"}, "the new connection has the same ports"),
}
WORTH_A_REMARK = {"reused_ports", "lost_segment", "ack_lost_segment", "window_full"}
SOUND = {"_ws.malformed": "", "ip.checksum.status": "1", "tcp.checksum.status": "1"}
ERROR = str(0x800000)
"""Wireshark's expert severity "error"."""


@pytest.mark.parametrize("name", RUNS)
def test_tshark_has_no_complaint_and_names_the_retransmissions(name: str, tmp_path: Path) -> None:
    (tmp_path / "run.pcap").write_bytes(pcap(RUNS[name]))
    analysis = [f"tcp.analysis.{word}" for word in sorted(RETRANSMISSIONS | WORTH_A_REMARK)]
    packets = tshark(tmp_path / "run.pcap", [*SOUND, "_ws.expert.severity", *analysis])
    for packet, one in zip(packets, RUNS[name].sent, strict=True):
        where = (name, one.number)
        assert {field: packet[field] for field in SOUND} == SOUND, where
        assert ERROR not in packet["_ws.expert.severity"].split(","), where
        said = {field.rpartition(".")[2] for field in analysis if packet[field]}
        repeats = one.origin.name in ("RETRANSMITTED", "DUPLICATED") and one.segment.occupies > 0
        assert bool(said & RETRANSMISSIONS) is (repeats or where in ALSO_REPEATED), where
        assert said & WORTH_A_REMARK == REMARKS.get(where, (set(), ""))[0], where


def test_tshark_reads_the_fields(tmp_path: Path) -> None:
    (tmp_path / "run.pcap").write_bytes(pcap(RUNS["handshake"]))
    fields = [
        "tcp.dstport",
        "tcp.flags.str",
        "tcp.seq_raw",
        "tcp.seq",
        "tcp.ack",
        "tcp.options.mss_val",
        "frame.time_relative",
    ]
    assert [tuple(packet.values()) for packet in tshark(tmp_path / "run.pcap", fields)] == [
        ("9", "··········S·", str(0x3A5C1E77), "0", "0", "1460", "0.000000000"),
        ("49152", "·······A··S·", str(0xB4D297C5), "0", "1", "1460", "0.010000000"),
        ("9", "·······A····", str(0x3A5C1E78), "1", "1", "", "0.020000000"),
    ]
