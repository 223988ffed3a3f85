"""A host of its own inside this machine: a network namespace with one TUN device, whose every packet this process holds.

Nothing outside of the namespace is touched, and it goes when it is closed. Standard library only; Linux, root, and
/dev/net/tun. The addresses are of RFC 5737's TEST-NET-1 and exist only inside.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from quizgen.kernel.netlink import Diagnosis, add_route

T = TypeVar("T")
TUN = Path("/dev/net/tun")
SYSCTLS: Mapping[str, int] = {
    # Options that the model's endpoints do not use.
    "tcp_timestamps": 0, "tcp_sack": 0, "tcp_ecn": 0, "tcp_fastopen": 0,
    "tcp_window_scaling": 0,
    # Each answer is sent, however many there were before it.
    "tcp_invalid_ratelimit": 0, "tcp_challenge_ack_limit": 2**31 - 1,
    # No segment but those of RFC 9293: no loss probes, no fast retransmission, no waiting to fill a segment.
    "tcp_early_retrans": 0, "tcp_reordering": 300, "tcp_frto": 0, "tcp_autocorking": 0,
    # One connection has no influence on the next.
    "tcp_no_metrics_save": 1, "tcp_syncookies": 0,
}  # fmt: skip
_CLONE_NEWNET = 0x40000000
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _SIOCSIFADDR, _TUNSETIFF = 0x8913, 0x8914, 0x8916, 0x400454CA
_IFF_TUN_NO_PI, _IFF_UP_RUNNING = 0x1001, 0x41


def _unshare() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


class Host:
    """A host with this address, which reaches `peer` through us. Without `timers` nothing is sent again for a minute, but
    for a SYN, and with `quickack` ACKs of data and FIN are not delayed: then no timer takes part in what is seen.
    """

    def __init__(self, address: str, peer: str, sysctls: Mapping[str, int], *, timers: bool, quickack: bool) -> None:
        self.address, self.peer = address, peer
        self._sysctls, self._timers, self._quickack = sysctls, timers, quickack
        self._boot()

    def _boot(self) -> None:
        with ExitStack() as undo:
            # The namespace is that of one thread, so that this process itself never leaves its own.
            self._inside = undo.enter_context(ThreadPoolExecutor(1))
            self.run(_unshare)
            self._tun = self.run(lambda: os.open(TUN, os.O_RDWR | os.O_NONBLOCK))
            undo.callback(os.close, self._tun)
            self.run(self._connect)
            self.diagnosis = self.run(Diagnosis)
            undo.callback(self.diagnosis.close)
            for name, value in {**SYSCTLS, **self._sysctls}.items():
                self.sysctl(name, value)
            self._undo = undo.pop_all()

    def run(self, function: Callable[[], T]) -> T:
        """Call a function inside of the namespace."""
        return self._inside.submit(function).result()

    def _connect(self) -> None:
        """Bring the TUN device up, with the route to the peer; what is read and written are whole IP packets."""
        name = b"tun0".ljust(16, b"\0")
        fcntl.ioctl(self._tun, _TUNSETIFF, name + struct.pack("=H22x", _IFF_TUN_NO_PI))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            address = struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(self.address))
            fcntl.ioctl(control, _SIOCSIFADDR, name + address)
            (state,) = struct.unpack("=H", fcntl.ioctl(control, _SIOCGIFFLAGS, name + bytes(24))[16:18])
            fcntl.ioctl(control, _SIOCSIFFLAGS, name + struct.pack("=H22x", state | _IFF_UP_RUNNING))
        index = socket.if_nametoindex("tun0")
        add_route(self.address, self.peer, index, timers=self._timers, quickack=self._quickack)

    def sysctl(self, name: str, value: int) -> None:
        """Set net.ipv4.NAME; a kernel that does not have it does not need it."""
        path = Path("/proc/sys/net/ipv4", name)
        self.run(lambda: path.write_text(str(value)) if path.exists() else 0)

    def socket(self, port: int) -> socket.socket:
        """A TCP socket bound to a port of this host, which neither waits nor collects small data."""
        made = self.run(socket.socket)
        made.setblocking(False)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.bind((self.address, port))
        return made

    def read(self) -> list[bytes]:
        """The packets that the host has sent since. What it answers to a packet or a call is there at once."""
        packets = []
        while True:
            try:
                packets.append(os.read(self._tun, 65536))
            except BlockingIOError:
                return packets

    def write(self, packet: bytes) -> None:
        """Let a packet arrive."""
        os.write(self._tun, packet)

    def restart(self) -> None:
        """Crash and come back without memory."""
        self.close()
        self._boot()

    def close(self) -> None:
        """Give everything back; the namespace ends with its last socket."""
        self._undo.close()


@dataclass(frozen=True)
class Missing:
    """Why there can be no such host here, and what would change that."""

    why: str
    remedy: str


_CONTAINER = "in a container, give it `--device /dev/net/tun --cap-add NET_ADMIN --cap-add SYS_ADMIN`"


def missing() -> Missing | None:
    """What such a host lacks here; None where there can be one."""
    if not sys.platform.startswith("linux"):
        return Missing(f"the kernel that is driven is Linux's, and this is {sys.platform}", "run it on Linux")
    if os.geteuid() != 0:
        return Missing("network namespaces of one's own need root", "run it by `sudo`, or by `unshare --map-root-user`")
    if not TUN.exists():
        return Missing(f"there is no {TUN}", f"load it by `modprobe tun`; {_CONTAINER}")
    try:
        Host("192.0.2.1", "192.0.2.2", {}, timers=False, quickack=True).close()
    except OSError as error:
        return Missing(f"Linux gives us no network namespace with a TUN device: {error}", _CONTAINER)
    return None
