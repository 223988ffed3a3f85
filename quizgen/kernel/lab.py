"""A laboratory with the real TCP of this machine's Linux at both ends, and nothing but us between them.

    with Lab() as lab:
        connection = lab.connection()
        connection.ends["server"].open_passive()
        connection.ends["client"].open_active()
        (syn,) = connection.sent()
        connection.arrive(syn)              # or lose it by doing nothing; or twice; or a changed one; or later
        connection.states()                 # {"client": "SYN-SENT", "server": "SYN-RECEIVED"}

Calls never wait. What an end answers is on the wire when a call or `arrive` returns, unless a timer is to send it.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Collection, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from ipaddress import IPv4Address
from types import TracebackType

from quizgen.kernel.host import Host
from quizgen.kernel.packet import from_packet, to_packet
from quizgen.models.tcp.codec import Addresses
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.segment import Segment

ADDRESSES = {"client": "192.0.2.1", "server": "192.0.2.2"}
_FIRST_PORT, _LAST_PORT = 1024, 60_000
_CLOSE = 7
"""The state of a socket that has no connection any more, be that in TIME-WAIT, which is not the socket's."""


class LiveEnd:
    """One end of one connection, by the calls that RFC 9293 §3.10 describes and Linux's sockets offer."""

    def __init__(self, host: Host, port: int) -> None:
        self.host, self.port = host, port
        self.listener: socket.socket | None = None
        self.connection: socket.socket | None = None
        self.reads = True
        """Whether the user takes data as soon as they are there."""
        self.delays_acks = False
        """Whether ACKs of data and FIN wait for something to ride on, where the host's route lets them (no `quickack`)."""
        self.one_connection = False
        """Whether OPEN is RFC 9293's, for one connection; else a listening socket outlives the connections it brought."""
        self.delivered = b""
        self.error = 0
        """The errno that the user has learned, 0 for none."""
        self._queued = b""
        self._accepted = False

    def state(self) -> str:
        """The connection's state; LISTEN where only a listening socket is there."""
        return self.host.diagnosis.state((self.host.address, self.port), (self.host.peer, self.port))

    def open_passive(self) -> None:
        """Wait for a connection."""
        self._accepted = False
        if self.listener is None:
            self.listener = self.host.socket(self.port)
            self.listener.listen(8)

    def open_active(self, options: Mapping[int, int] | None = None) -> None:
        """Ask for a connection, with socket options of level TCP set; a socket that listens is closed."""
        self.stop_listening()
        self._replace(self.host.socket(self.port))
        assert self.connection is not None
        for option, value in (options or {}).items():
            self.connection.setsockopt(socket.IPPROTO_TCP, option, value)
        with suppress(BlockingIOError):
            self.connection.connect((self.host.peer, self.port))

    def send(self, data: bytes) -> None:
        """Give data to send. Linux's sockets refuse them before ESTABLISHED: they are kept here until then, and the ACK
        of the peer's SYN waits for them. Raises BrokenPipeError after CLOSE.
        """
        self._queued += data
        if self.connection is not None and self.state() == "SYN-SENT":
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
        self.settle()

    def receive(self, count: int) -> None:
        """Take at most `count` octets. Raises EOFError where the peer has no more to send."""
        with suppress(BlockingIOError):
            data = self.connection.recv(count) if self.connection else b""
            if not data:
                raise EOFError
            self.delivered += data

    def delay_acks(self, wanted: bool) -> None:
        """Delay ACKs, or no more: then Linux sends at once what it has delayed."""
        self.delays_acks = wanted
        if self.connection is not None and not wanted:
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        self.settle()

    def close(self) -> None:
        """RFC 9293's CLOSE: no more to send, but going on to receive. In LISTEN and SYN-SENT: forget it."""
        if self.connection is None:
            self.stop_listening()
        elif self.state() == "SYN-SENT":
            self._replace(None)
        else:
            self.connection.shutdown(socket.SHUT_WR)

    def abort(self) -> None:
        """RFC 9293's ABORT."""
        if self.connection is not None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.forget()
        else:
            self.stop_listening()

    def forget(self) -> None:
        """Linux's close(): neither to send nor to receive any more."""
        self._replace(None)
        self._leave()

    def settle(self) -> None:
        """Do what a user waits to do: accept the connection, send what is queued, take errors and data."""
        if self.listener is not None:
            with suppress(BlockingIOError):
                self._replace(self.listener.accept()[0])
                self._accepted = True
        if self.connection is not None:
            self._use(self.connection)
        self._leave()

    def _use(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        self.error = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or self.error
        if self.reads:
            with suppress(OSError):
                self.delivered += connection.recv(65536)
        if connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == _CLOSE:
            self.forget()
            return
        if self.delays_acks and self.state() != "SYN-SENT":
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
        if self._queued:
            queued, self._queued = self._queued, b""
            with suppress(BlockingIOError):
                queued = queued[connection.send(queued) :]
            self._queued = queued

    def _leave(self) -> None:
        """Stop waiting once the one connection that was waited for is over."""
        if self.one_connection and self._accepted and self.state() == "LISTEN":
            self.stop_listening()

    def drop_sockets(self) -> None:
        """Close the sockets of a host that is no more."""
        self.stop_listening()
        self._replace(None)

    def stop_listening(self) -> None:
        """Close the socket that waits for connections."""
        if self.listener is not None:
            self.listener.close()
            self.listener = None

    def _replace(self, connection: socket.socket | None) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection, self._queued = connection, b""


class LiveConnection:
    """Both ends of a connection, and what is between them. Both have the same port, which no other connection has."""

    def __init__(self, hosts: Mapping[str, Host], port: int) -> None:
        self.hosts, self.port = hosts, port
        self.ends = {name: LiveEnd(host, port) for name, host in hosts.items()}

    def sent(self) -> list[Segment]:
        """What the ends have sent since, each in its order."""
        packets = [from_packet(packet, name) for name, host in self.hosts.items() for packet in host.read()]
        return [segment for segment in packets if segment and segment.source_port == self.port]

    def wait(self, seconds: float) -> list[Segment]:
        """What the ends send next, be it only when a timer expires; [] when the time is over."""
        deadline = time.monotonic() + seconds
        while not (found := self.sent()) and time.monotonic() < deadline:
            time.sleep(0.001)
        return found

    def arrive(self, segment: Segment) -> None:
        """Let a segment arrive at the peer of its sender, one that this never sent, too."""
        peer = PEER[segment.sender]
        route = Addresses(IPv4Address(ADDRESSES[segment.sender]), IPv4Address(ADDRESSES[peer]))
        segment = replace(segment, source_port=self.port, destination_port=self.port)
        self.hosts[peer].write(to_packet(segment, route))
        self.ends[peer].settle()

    def states(self) -> dict[str, str]:
        """The states of both ends."""
        return {name: end.state() for name, end in self.ends.items()}

    def restart(self, name: str) -> None:
        """Let an end's host crash and come back without memory, of other connections, too."""
        self.hosts[name].restart()
        self.ends[name].drop_sockets()

    def close(self) -> None:
        """Abort what is open; what that sends is never delivered."""
        for end in self.ends.values():
            end.stop_listening()
            end.abort()


class Lab:
    """Two hosts. `timers`: see Host; `quickack`: the ends that do not delay ACKs. `sysctls`: further ones of net.ipv4, for
    both.
    """

    def __init__(
        self, sysctls: Mapping[str, int] | None = None, *, timers: bool = False, quickack: Collection[str] = tuple(PEER)
    ) -> None:
        with ExitStack() as undo:
            self._hosts: dict[str, Host] = {}
            for name, address in ADDRESSES.items():
                peer = ADDRESSES[PEER[name]]
                self._hosts[name] = Host(address, peer, sysctls or {}, timers=timers, quickack=name in quickack)
                undo.callback(self._hosts[name].close)
            self._undo = undo.pop_all()
        self._connection = LiveConnection(self._hosts, _FIRST_PORT)

    def connection(self) -> LiveConnection:
        """A connection to be made, on a port that none had before; the one before it is closed."""
        self._connection.close()
        port = self._connection.port + 1
        assert port <= _LAST_PORT, "as many connections as ports"
        self._connection = LiveConnection(self._hosts, port)
        return self._connection

    def __enter__(self) -> Lab:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._undo:
            self._connection.close()
