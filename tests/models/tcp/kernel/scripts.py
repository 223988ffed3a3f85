"""For each known difference of Linux a script, in the words of script.py, that shows it in its last step, and the differences that need a setting."""

from __future__ import annotations

from collections.abc import Mapping

_ESTABLISHED = ("server OPEN passive", "client OPEN active", "deliver client", "deliver server", "deliver client")
_BOTH_SYN_RECEIVED = ("client OPEN active", "server OPEN active", "deliver client", "deliver server")
_TIME_WAIT = (*_ESTABLISHED, "client CLOSE", "deliver client", "deliver server", "server CLOSE", "deliver server")
_FIRST_TO_CLOSE = (
    *_ESTABLISHED, "server CLOSE", "deliver server", "deliver client", "client CLOSE", "deliver client", "deliver server",
)  # fmt: skip

SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "RST at RCV.NXT - 1": (*_ESTABLISHED, "client CLOSE", "deliver client", "forge client RST -1 0 0"),
    "ACK of a duplicate": (*_ESTABLISHED, "client SEND 5", "deliver client", "server CLOSE", "forge client ACK -5 0 5"),
    "ACK of the ISS": (*_BOTH_SYN_RECEIVED, "forge server FIN,ACK 0 -1 0"),
    "RST for a second SYN": ("server OPEN passive", "client OPEN active", "deliver client", "forge client SYN 5 0 0"),
    "SYN repeated": ("client OPEN active", "forge server SYN,ACK 0 -7 0"),
    "CLOSE deferred": (*_BOTH_SYN_RECEIVED, "client CLOSE"),
    "SYN with FIN": ("server OPEN passive", "forge client SYN,FIN 0 0 0"),
    "reset, not refused": (*_BOTH_SYN_RECEIVED, "forge server RST 0 0 0"),
    "no challenge in TIME-WAIT": (*_TIME_WAIT, "forge server RST 5 0 0"),
    "RST,ACK on ABORT": (*_ESTABLISHED, "client ABORT"),
    "refused, not reset": ("client OPEN active", "deliver client", "deliver server"),
    "EPIPE in CLOSE-WAIT": (*_ESTABLISHED, "client CLOSE", "deliver client", "forge client RST 0 0 0"),
    "reset while closing": (*_ESTABLISHED, "client CLOSE", "server CLOSE", "deliver client", "forge client RST 0 0 0"),
    "SEQ alone in TIME-WAIT": (*_TIME_WAIT, "forge server ACK 0 0 4"),
    "SYN,ACK repeated": ("server OPEN passive", "client OPEN active", "duplicate client", "deliver client"),
    "no SEND before ESTABLISHED": (
        "client OPEN active",
        "server OPEN active",
        "client SEND 21",
        "deliver server",
        "deliver client",
        "deliver server",
    ),
    "text after FIN": (*_ESTABLISHED, "client CLOSE", "deliver client", "forge client ACK -1 0 3"),
    "ACK too old": (*_ESTABLISHED, "forge client FIN,ACK 0 -1 0"),
    "no ACK bit": (*_ESTABLISHED, "forge client PSH -3 0 0"),
    "ACK first in SYN-RECEIVED": (
        "server OPEN passive",
        "client OPEN active",
        "deliver client",
        "forge client ACK -1 -3 0",
    ),
    "TIME-WAIT forgotten": (*_FIRST_TO_CLOSE, "client OPEN active", "deliver client", "forge client RST 0 0 0"),
    "fast retransmission": (
        "server OPEN passive",
        "client OPEN active",
        "deliver client",
        "duplicate server",
        "duplicate client",
        "server SEND 34",
        "deliver client",
        "server SEND 23",
        "deliver server",
        "deliver client",
    ),
}

SETTINGS = {
    "ECN": "with tcp_ecn=1 Linux negotiates ECN in the handshake (RFC 3168 §6.1.1); the model's endpoints do not",
    "RFC 1337": "with tcp_rfc1337=1 Linux ignores a RST in TIME-WAIT; RFC 9293 §3.10.7.4 enters CLOSED, and so does Linux"
    " by default",
}
"""Differences that Linux shows only when told to; the recordings that tell it so name them."""
