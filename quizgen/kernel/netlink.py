"""The two questions that only netlink answers: routes with metrics (rtnetlink), states of sockets (sock_diag)."""

from __future__ import annotations

import os
import socket
import struct

_ACK, _REQUEST, _CREATE = 4, 1, 0x400
_ERROR = 2
_ROUTE, _SOCK_DIAG = 0, 4
_NEW_ROUTE, _BY_FAMILY = 24, 20
_TO, _OUT, _METRICS = 1, 4, 8
_LOCK, _INITCWND, _RTO_MIN, _QUICKACK = 1, 11, 13, 15
_MANY, _MINUTE = 1000, 60_000
_TABLE_MAIN, _STATIC, _LINK, _UNICAST = 254, 4, 253, 1
_HEADER = struct.Struct("=IHHII")
STATES = {
    1: "ESTABLISHED", 2: "SYN-SENT", 3: "SYN-RECEIVED", 4: "FIN-WAIT-1", 5: "FIN-WAIT-2", 6: "TIME-WAIT", 7: "CLOSED",
    8: "CLOSE-WAIT", 9: "LAST-ACK", 10: "LISTEN", 11: "CLOSING", 12: "SYN-RECEIVED",
}  # fmt: skip


def _ask(link: socket.socket, kind: int, flags: int, body: bytes) -> bytes:
    """One request and its answer. Raises OSError with the kernel's reason."""
    link.send(_HEADER.pack(_HEADER.size + len(body), kind, _REQUEST | flags, 0, 0) + body)
    answer = link.recv(65536)
    if _HEADER.unpack_from(answer)[1] == _ERROR:
        (code,) = struct.unpack_from("=i", answer, _HEADER.size)
        if code:
            raise OSError(-code, os.strerror(-code))
    return answer[_HEADER.size :]


def _attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("=HH", 4 + len(value), kind) + value


def _metrics(timers: bool, quickack: bool) -> bytes:
    """`initcwnd`, `rto_min lock` and `quickack` of ip-route(8): segments, milliseconds, 1 for yes."""
    values = {_INITCWND: _MANY}
    if not timers:
        values |= {_LOCK: 1 << _RTO_MIN, _RTO_MIN: _MINUTE}
    if quickack:
        values[_QUICKACK] = 1
    return _attribute(_METRICS, b"".join(_attribute(kind, struct.pack("=I", one)) for kind, one in values.items()))


def add_route(address: str, peer: str, interface: int, *, timers: bool, quickack: bool) -> None:
    """The route from an address to its peer, out of an interface. Congestion control lets a thousand segments go at once;
    without `timers` nothing is sent again for a minute; with `quickack` no ACK of data or FIN is delayed.
    """
    body = struct.pack("=8BI", socket.AF_INET, 32, 0, 0, _TABLE_MAIN, _STATIC, _LINK, _UNICAST, 0)
    body += _attribute(_TO, socket.inet_aton(peer)) + _attribute(_OUT, struct.pack("=I", interface))
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _ROUTE) as link:
        _ask(link, _NEW_ROUTE, _ACK | _CREATE, body + _metrics(timers, quickack))


class Diagnosis:
    """What the kernel says of its sockets, in the namespace in which this was made."""

    def __init__(self) -> None:
        self._link = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG)

    def state(self, local: tuple[str, int], remote: tuple[str, int]) -> str:
        """The state of this connection; LISTEN where a socket waits for it, CLOSED where there is none."""
        ports = struct.pack(">HH", local[1], remote[1])
        addresses = b"".join(socket.inet_aton(address).ljust(16, b"\0") for address, _ in (local, remote))
        every_state = 0xFFFFFFFF
        body = struct.pack("=BBBBI", socket.AF_INET, socket.IPPROTO_TCP, 0, 0, every_state)
        body += ports + addresses + struct.pack("=III", 0, every_state, every_state)
        try:
            return STATES[_ask(self._link, _BY_FAMILY, 0, body)[1]]
        except FileNotFoundError:
            return "CLOSED"

    def close(self) -> None:
        """Ask no more."""
        self._link.close()
