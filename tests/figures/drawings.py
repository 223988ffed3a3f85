"""Drawings that are hard to draw: every fate of a message, crossings, all of TCP's states, a whole header."""

from quizgen.models.figure import Arc, Box, Figure, HeaderLayout, Ladder, Message, Moment, StateDiagram
from tests.samples import HEADER, LADDER, MASKED, STATES, text


def moments(*rows: tuple[str, str] | tuple[str, str, dict[str, str]]) -> tuple[Moment, ...]:
    return tuple(Moment({"client": row[0], "server": row[1]}, row[2] if len(row) > 2 else {}) for row in rows)


SIMULTANEOUS = Ladder(
    ("client", "server"),
    moments(
        ("CLOSED", "CLOSED"),
        ("SYN-SENT", "CLOSED", {"client": "OPEN active"}),
        ("SYN-SENT", "SYN-SENT", {"server": "OPEN active"}),
        ("SYN-SENT", "SYN-RECEIVED"),
        ("SYN-RECEIVED", "SYN-RECEIVED"),
        ("SYN-RECEIVED", "ESTABLISHED"),
        ("ESTABLISHED", "ESTABLISHED"),
    ),
    (
        Message("client", "SYN SEQ=x", 1, 3),
        Message("server", "SYN SEQ=y", 2, 4),
        Message("server", "SYN,ACK SEQ=y ACK=x+1", 3, 6),
        Message("client", "SYN,ACK SEQ=x ACK=y+1", 4, 5),
    ),
)
FAULTS = Ladder(
    ("client", "server"),
    moments(
        ("CLOSED", "LISTEN"),
        ("SYN-SENT", "LISTEN", {"client": "OPEN active"}),
        ("SYN-SENT", "LISTEN", {"client": "retransmission timeout"}),
        ("SYN-SENT", "SYN-RECEIVED"),
        ("SYN-SENT", "SYN-RECEIVED"),
        ("SYN-SENT", "SYN-RECEIVED"),
        ("ESTABLISHED", "SYN-RECEIVED"),
        ("ESTABLISHED", "ESTABLISHED"),
        ("FIN-WAIT-1", "ESTABLISHED", {"client": "CLOSE"}),
    ),
    (
        Message("client", "SYN SEQ=x", 1, None, lost=True),
        Message("client", "SYN SEQ=x", 2, 3),
        Message(
            "client",
            "SYN SEQ=z",
            3,
            4,
            "old",
            "the sequence number is outside the window; the answer is a challenge ACK",
        ),
        Message("client", "RST SEQ=x+9", 4, 5, "forged", "not exactly RCV.NXT"),
        Message("server", "SYN,ACK SEQ=y ACK=x+1", 3, 6),
        Message("client", "ACK SEQ=x+1 ACK=y+1", 6, 7),
        Message("client", "ACK SEQ=x+1 ACK=y+1", 6, 8, "duplicate", "a duplicate"),
        Message("client", "FIN,ACK SEQ=x+1 ACK=y+1", 8, None),
    ),
)
CLOSING = Ladder(
    ("client", "server"),
    moments(
        ("ESTABLISHED", "ESTABLISHED"),
        ("FIN-WAIT-1", "FIN-WAIT-1", {"client": "CLOSE", "server": "CLOSE"}),
        ("CLOSING", "CLOSING"),
        ("TIME-WAIT", "TIME-WAIT"),
        ("CLOSED", "CLOSED", {"client": "2MSL timeout", "server": "2MSL timeout"}),
    ),
    (
        Message("client", "FIN,ACK SEQ=100 ACK=300 LEN=0", 1, 2),
        Message("server", "FIN,ACK SEQ=300 ACK=100 LEN=0", 1, 2),
        Message("client", "ACK SEQ=101 ACK=301", 2, 3),
        Message("server", "ACK SEQ=301 ACK=101", 2, 3),
    ),
)
TCP = StateDiagram(
    (
        "CLOSED",
        "LISTEN",
        "SYN-SENT",
        "SYN-RECEIVED",
        "ESTABLISHED",
        "FIN-WAIT-1",
        "FIN-WAIT-2",
        "CLOSE-WAIT",
        "CLOSING",
        "LAST-ACK",
        "TIME-WAIT",
    ),
    tuple(
        Arc(*row)
        for row in (
            ("CLOSED", "LISTEN", "passive OPEN", "create TCB"),
            ("CLOSED", "SYN-SENT", "active OPEN", "create TCB, snd SYN"),
            ("LISTEN", "SYN-SENT", "SEND", "snd SYN"),
            ("LISTEN", "SYN-RECEIVED", "rcv SYN", "snd SYN,ACK"),
            ("SYN-SENT", "SYN-RECEIVED", "rcv SYN", "snd SYN,ACK"),
            ("SYN-SENT", "ESTABLISHED", "rcv SYN,ACK", "snd ACK"),
            ("SYN-RECEIVED", "ESTABLISHED", "rcv ACK of SYN", ""),
            ("SYN-RECEIVED", "LISTEN", "rcv RST", ""),
            ("LISTEN", "CLOSED", "CLOSE", "delete TCB"),
            ("SYN-SENT", "CLOSED", "CLOSE", "delete TCB"),
            ("SYN-RECEIVED", "FIN-WAIT-1", "CLOSE", "snd FIN"),
            ("ESTABLISHED", "FIN-WAIT-1", "CLOSE", "snd FIN"),
            ("CLOSE-WAIT", "LAST-ACK", "CLOSE", "snd FIN"),
            ("ESTABLISHED", "CLOSE-WAIT", "rcv FIN", "snd ACK"),
            ("FIN-WAIT-1", "FIN-WAIT-2", "rcv ACK of FIN", ""),
            ("FIN-WAIT-1", "CLOSING", "rcv FIN", "snd ACK"),
            ("FIN-WAIT-1", "TIME-WAIT", "rcv FIN,ACK of FIN", "snd ACK, start 2MSL timer"),
            ("FIN-WAIT-2", "TIME-WAIT", "rcv FIN", "snd ACK, start 2MSL timer"),
            ("CLOSING", "TIME-WAIT", "rcv ACK of FIN", "start 2MSL timer"),
            ("LAST-ACK", "CLOSED", "rcv ACK of FIN", "delete TCB"),
            ("TIME-WAIT", "CLOSED", "2MSL timeout", "delete TCB"),
            ("ESTABLISHED", "CLOSED", "ABORT", "snd RST, delete TCB"),
        )
    ),
)
SESSION = StateDiagram(
    ("none", "live", "idle", "expired"),
    (
        Arc("none", "live", "login", "create identifier"), Arc("live", "live", "request", "extend"), Arc("live", "idle", "no request", ""),
        Arc("idle", "live", "request", "extend"), Arc("idle", "expired", "idle timeout", "delete"), Arc("live", "expired", "logout", "delete"),
        Arc("expired", "none", "forget", ""), Arc("none", "expired", "forged identifier", "refuse"),
    ),
)  # fmt: skip
TCP_HEADER = HeaderLayout(
    (
        Box("Source Port", 0, 16), Box("Destination Port", 16, 16), Box("Sequence Number", 32, 32), Box("Acknowledgment Number", 64, 32),
        Box("Data Offset", 96, 4), Box("Reserved", 100, 4),
        *(Box(name, 104 + bit, 1) for bit, name in enumerate(("CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"))),
        Box("Window", 112, 16), Box("Checksum", 128, 16), Box("Urgent Pointer", 144, 16), Box("Options", 160, None),
    )
)  # fmt: skip
WIDE_HEADER = HeaderLayout(
    (Box("Version", 0, 4), Box("Traffic Class", 4, 8), Box("Flow Label", 12, 20), Box("Source Address", 32, 128))
)

FIGURES = {
    "handshake": LADDER,
    "handshake-masked": MASKED,
    "handshake-states-masked": Figure(
        LADDER.title, LADDER.drawing, frozenset({"state:client:0", "state:server:1", "message:1"})
    ),
    "simultaneous": Figure(text("Simultaneous open", "同时打开"), SIMULTANEOUS),
    "faults": Figure(
        text("Everything that can go wrong", "各种差错"), FAULTS, frozenset({"state:server:2", "message:6"})
    ),
    "closing": Figure(text("Simultaneous close", "同时关闭"), CLOSING),
    "states": STATES,
    "tcp-states": Figure(text("TCP connection states", "TCP 连接状态"), TCP),
    "tcp-states-masked": Figure(
        text("TCP connection states", "TCP 连接状态"), TCP, frozenset({"state:FIN-WAIT-2", "state:CLOSED"})
    ),
    "session": Figure(text("A session", "会话"), SESSION),
    "header": HEADER,
    "tcp-header": Figure(text("TCP header", "TCP 首部"), TCP_HEADER),
    "tcp-header-masked": Figure(
        text("TCP header", "TCP 首部"), TCP_HEADER, frozenset({"field:Window", "field:SYN", "field:Options"})
    ),
    "ipv6-header": Figure(text("IPv6 header", "IPv6 首部"), WIDE_HEADER),
}

HANDSHAKE_PARTS = [
    ("message:1", "SYN SEQ=x"),
    ("message:2", "SYN,ACK SEQ=y"),
    ("state:client:1", "SYN-SENT"),
    ("state:client:3", "ESTABLISHED"),
    ("state:server:1", "SYN-RECEIVED"),
    ("state:server:0", "CLOSED"),
]
"""Parts of the handshake that a figure may mask, and what is then hidden."""
