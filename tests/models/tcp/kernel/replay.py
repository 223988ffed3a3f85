"""A recorded scenario, done again with the live kernel: the same segments, and the same states after each step."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Mapping
from typing import Any

from quizgen.kernel.lab import LiveConnection
from quizgen.models.tcp.segment import FLAGS, RST, Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import TermSet

PATIENCE = 3.0
"""Seconds within which a retransmission or a delayed ACK comes, or a timer of a second expires."""
_SYMBOL = re.compile(r"([xy]\d?)(?: ([+-]) (\d+))?|(\d+)")


class Replay:
    """One recording; `linux` says what the scenario needs of Linux beside its steps: `orphan` (CLOSE is close(2), and
    "restart" is the end of the orphan), `quickack_off` (the end that delays the ACK of the SYN,ACK).
    """

    def __init__(self, connection: LiveConnection, linux: Mapping[str, Any]) -> None:
        self.connection, self.linux = connection, linux
        self.wire: list[Segment] = []
        self.isses: dict[str, Seq] = {}

    def take(self, entry: Mapping[str, Any]) -> str:
        """Do what an entry says; what was not as recorded, or ""."""
        if "do" in entry:
            if isinstance(entry["do"], Mapping):
                self._do(*next(iter(entry["do"].items())))
            return ""
        if "states" in entry:
            return self._states(entry["states"])
        kind = next(name for name in ("arrives", "lost", "forged") if name in entry)
        if kind == "forged":
            self.connection.arrive(self._forged(entry[kind]))
            return ""
        segment = self._await(entry[kind])
        if segment is None:
            return f"{entry[kind]} was not sent: {[one.show() for one in self.wire]}"
        self.wire.remove(segment)
        if kind == "arrives":
            self.connection.arrive(segment)
        return ""

    def _do(self, name: str, what: str) -> None:
        if name == "policy" and what.endswith("not-reading"):
            self.connection.ends[what.split()[0]].reads = False
        elif name == "restart" and "orphan" not in self.linux:
            self._collect()
            self.connection.restart(what)
        elif name in self.connection.ends:
            self._call(name, what)

    def _call(self, name: str, call: str) -> None:
        end = self.connection.ends[name]
        if call == "OPEN passive":
            end.open_passive()
        elif call == "OPEN active":
            delays = self.linux.get("quickack_off") == name
            end.open_active({socket.TCP_QUICKACK: 0} if delays else None)
        elif call.startswith("SEND"):
            end.send(bytes(int(call.split()[1])))
        elif call == "CLOSE":
            end.forget() if self.linux.get("orphan") == name else end.close()
        elif end.reads:
            end.abort()
        else:
            end.forget()  # close(2) with unread data aborts

    def _states(self, expected: Mapping[str, str]) -> str:
        deadline = time.monotonic() + PATIENCE if "orphan" in self.linux else 0
        while (states := self.connection.states()) != expected and time.monotonic() < deadline:
            time.sleep(0.02)
        return "" if states == expected else f"{states}, not {expected}"

    def _collect(self) -> None:
        self.wire.extend(self.connection.sent())

    def _await(self, described: Mapping[str, Any]) -> Segment | None:
        """The oldest segment that was sent as described, or is within our patience."""
        deadline = time.monotonic() + PATIENCE
        while True:
            self._collect()
            found = next((one for one in self.wire if self._is(one, described)), None)
            if found is not None or time.monotonic() > deadline:
                return found
            time.sleep(0.001)

    def _is(self, segment: Segment, described: Mapping[str, Any]) -> bool:
        flags = TermSet(FLAGS).read(described["flags"])
        if (segment.sender, segment.flags, segment.length) != (described["from"], flags, described["length"]):
            return False
        if described["seq"] not in self.isses and re.fullmatch(r"[xy]\d?", described["seq"]) and RST not in flags:
            if segment.seq in self.isses.values():
                return False
            self.isses[described["seq"]] = segment.seq
        ack = self._number(described["ack"]) if described["ack"] else None
        return segment.seq == self._number(described["seq"]) and segment.ack == ack

    def _number(self, text: str) -> Seq:
        match = _SYMBOL.fullmatch(text)
        assert match is not None, text
        if match[4]:
            return Seq("", int(match[4]))
        self._learn(match[1])
        return self.isses[match[1]] + int((match[2] or "+") + (match[3] or "0"))

    def _learn(self, symbol: str) -> None:
        """An ISS that a forged segment refers to before its SYN has arrived."""
        if symbol not in self.isses:
            self._collect()
            sender = "client" if symbol[0] == "x" else "server"
            self.isses[symbol] = next(one.seq for one in self.wire if one.sender == sender)

    def _forged(self, described: Mapping[str, Any]) -> Segment:
        ack = self._number(described["ack"]) if described["ack"] else None
        flags = TermSet(FLAGS).read(described["flags"])
        return Segment(self._number(described["seq"]), ack, flags, bytes(described["length"]), sender=described["from"])
