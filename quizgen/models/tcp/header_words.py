"""The words of claims about the header: fields, flags by edition, window, what identifies a connection."""

from __future__ import annotations

import re
from typing import ClassVar

from quizgen.models.base import ModelError, Rfc, Vocabulary, because, touch
from quizgen.models.binding import Words
from quizgen.models.tcp import facts
from quizgen.models.tcp.header import FIELDS
from quizgen.models.tcp.segment import FLAGS
from quizgen.models.tcp.spec import Spec
from quizgen.models.values import Domain, Quantity, Term, TermSet

WORDS = Words()
_FORMAT = Rfc(9293, "3.1")
_OF_IP = {"Source Address": "源 IP 地址", "Destination Address": "目的 IP 地址", "Protocol": "协议号"}

PARTS = Domain(
    "header field",
    (*(field.name for field in FIELDS), *_OF_IP),
    aliases={"ACK Number": "Acknowledgment Number", "Acknowledgement Number": "Acknowledgment Number",
             "Receive Window": "Window", "Window Size": "Window", "Header Length": "Data Offset",
             "Source IP Address": "Source Address", "Destination IP Address": "Destination Address"},
    labels={field.name: field.title for field in FIELDS} | {name: {"zh": zh} for name, zh in _OF_IP.items()},
)  # fmt: skip
"""The fields of the TCP header, and those of the IP header that TCP reads."""

EDITIONS = Domain("edition", ("RFC 793", "RFC 3168", "RFC 9293", "RFC 9768"))


def add_constants(words: Vocabulary) -> None:
    """Add the names of fields and editions."""
    for part in PARTS.terms():
        of = "IP" if part.name in _OF_IP else "TCP"
        words.constant(part.identifier.upper(), part, f"The field {part} of the {of} header.", _FORMAT)
    for edition in EDITIONS.terms():
        words.constant(edition.identifier, edition, f"The edition {edition}, for `control_flags`.")


def _part(part: Term) -> str:
    if not isinstance(part, Term) or part.domain is not PARTS:
        raise ModelError(f"`{part}` is no header field, such as WINDOW or DATA_OFFSET")
    return part.name


@WORDS.word(_FORMAT)
def carries(spec: Spec, part: Term) -> bool:
    """Whether the TCP header itself holds that field."""
    return facts.carries(_part(part), spec)


@WORDS.word(_FORMAT)
def checksum_covers(spec: Spec, part: Term) -> bool:
    """Whether the checksum is computed over that field: the whole segment and the pseudo-header with the addresses."""
    touch("field:Checksum", *(["rule:pseudo-header"] if _part(part) in _OF_IP else []))
    because("the checksum also covers a pseudo-header with both addresses, the protocol and the length", _FORMAT)
    return _part(part) not in _OF_IP or spec.applies("pseudo-header")


@WORDS.word(_FORMAT)
def field_width(spec: Spec, part: Term) -> Quantity:
    """The width of a field of the TCP header, in bits."""
    return facts.field_width(_part(part), spec)


@WORDS.word(_FORMAT)
def field_bit(spec: Spec, part: Term) -> int:
    """The place of a field's first bit, counted from 0 at the first bit of the header."""
    return facts.known_field(_part(part), spec).bit


@WORDS.word(_FORMAT)
def highest(spec: Spec, part: Term) -> int:
    """The largest number that a field can hold."""
    return facts.largest(_part(part), spec)


@WORDS.word(_FORMAT)
def lowest(spec: Spec, part: Term) -> int:
    """The smallest number that a field may hold: 5 for Data Offset, since the basic header is five words long."""
    return facts.smallest(_part(part), spec)


@WORDS.word(_FORMAT)
def header_length(spec: Spec, data_offset: int) -> Quantity:
    """The length of a header with that Data Offset, which counts 32-bit words: 20 bytes for 5, 60 for 15."""
    return facts.header_length(data_offset, spec)


@WORDS.word(_FORMAT)
def options_length(spec: Spec, data_offset: int) -> Quantity:
    """The room that a header with that Data Offset has for options: 0 bytes for 5, 40 for 15."""
    touch("field:Options")
    return facts.header_length(data_offset, spec) - facts.min_header_length(spec)


@WORDS.word(_FORMAT)
def control_flags(spec: Spec, edition: Term) -> TermSet:
    """The control bits that an edition of TCP knows: 6 in RFC 793, 8 since RFC 3168, 9 since RFC 9768."""
    if not isinstance(edition, Term) or edition.domain is not EDITIONS:
        raise ModelError(f"an edition is one of {', '.join(term.identifier for term in EDITIONS.terms())}")
    return facts.control_bits(int(edition.name.split()[1]), spec)


@WORDS.word(_FORMAT)
def flag_bit(spec: Spec, flag: Term) -> int:
    """The place of a control bit, counted from 0 at the first bit of the header: FIN is 111."""
    found = next((one for one in spec.bits if one.name == flag.name and one.of_9293), None)
    if found is None:
        raise ModelError(f"`{flag}` is no control bit of RFC 9293")
    touch(f"flag:{found.name}")
    return found.bit


@WORDS.word(_FORMAT)
def answering_fields(spec: Spec) -> TermSet:
    """The fields that answer the peer, so that they can ride on a segment with data of one's own (piggybacking)."""
    touch("rule:delayed-ack")
    return TermSet(PARTS, (field.name for field in spec.fields if facts.is_feedback(field.name, spec)))


@WORDS.word(_FORMAT)
def answering_flags(spec: Spec) -> TermSet:
    """The control bits that answer the peer: ACK, and ECE, which echoes a congestion mark."""
    touch("rule:delayed-ack")
    return TermSet(FLAGS, (flag.name for flag in spec.bits if flag.of_9293 and facts.is_feedback(flag.name, spec)))


@WORDS.word(Rfc(7323, "2.3"))
def scaled_window(spec: Spec, window: int, shift: int, syn: bool = False) -> Quantity:
    """The window that a field stands for once a shift was agreed. In a SYN it is never scaled; 14 is the largest shift,
    and a larger one counts as 14.
    """
    touch("option:Window Scale")
    if not 0 <= window <= facts.largest("Window", spec) or not 0 <= shift <= 255:
        raise ModelError("the window field holds 0 to 65535, the shift 0 to 255")
    because(
        "the window of a SYN is never scaled" if syn else f"the shift is at most {spec.max_shift}", Rfc(7323, "2.3")
    )
    return Quantity(window if syn else window << min(shift, spec.max_shift), "B")


@WORDS.word(Rfc(7323, "1.1"))
def max_throughput(spec: Spec, window: int | Quantity, rtt: int | Quantity) -> Quantity:
    """The most that one window per round trip allows, in bit/s. `window` in bytes, `rtt` in milliseconds where plain."""
    touch("rule:send-window")
    if not spec.applies("send-window"):
        raise ModelError("where no window holds a sender back, nothing of TCP's limits its throughput")
    size = window if isinstance(window, Quantity) else Quantity(window, "B")
    return _legible(facts.max_throughput(size, rtt if isinstance(rtt, Quantity) else Quantity(rtt, "ms")))


def _legible(rate: Quantity) -> Quantity:
    """The same rate in the unit that engineers would name it in."""
    for unit in ("Gbit/s", "Mbit/s", "kbit/s"):
        if rate >= Quantity(1, unit):
            return Quantity(0, unit) + rate
    return rate


@WORDS.word(Rfc(7323, "1.1"))
def window_needed(spec: Spec, rate: Quantity, rtt: Quantity) -> Quantity:
    """The window that fills a path, the bandwidth-delay product, in bytes."""
    touch("field:Window", "rule:send-window")
    if not spec.applies("send-window"):
        raise ModelError("where no window holds a sender back, no window is needed")
    because("a path holds its rate times its round-trip time", Rfc(7323, "1.1"))
    if (rate.base[0], rtt.base[0]) != ("rate", "time"):
        raise ModelError('the window is asked of a rate and a time: rate("100 Mbit/s"), duration("100 ms")')
    return Quantity(rate.base[1] * rtt.base[1] / 8, "B")


class Connection(frozenset[str]):
    """The pair of sockets that names a connection, the same from either end (RFC 9293 §3.4.1)."""

    published: ClassVar[frozenset[str]] = frozenset()
    kind: ClassVar[str] = "connection"

    def show(self, lang: str = "en") -> str:
        """Both sockets."""
        return " – ".join(sorted(self))


def _told_apart(spec: Spec, socket: str) -> str:
    address, _, port = socket.rpartition(":")
    return ":".join({"address": address, "port": port}[part] for part in spec.sockets)


@WORDS.word(Rfc(9293, "3.4.1"))
def connection(spec: Spec, local: str, remote: str) -> Connection:
    """The connection between two sockets, each written address:port. Equal for equal pairs, from whichever end."""
    for socket in (local, remote):
        address, _, port = socket.rpartition(":")
        if not address or not re.fullmatch("[0-9]{1,5}", port) or int(port) > 65535:
            raise ModelError(f"a socket is written address:port, such as 192.0.2.1:80, not `{socket}`")
    touch("rule:four-tuple")
    because("a connection is defined by a pair of sockets", Rfc(9293, "3.4.1"))
    return Connection(_told_apart(spec, socket) for socket in (local, remote))


@WORDS.word(Rfc(9293, "3.4.1"))
def connection_identified_by(spec: Spec) -> TermSet:
    """The parts of a segment and its IP header that tell which connection it belongs to."""
    touch("rule:four-tuple", "field:Source Port", "field:Destination Port")
    because("a connection is defined by a pair of sockets, each an address and a port", Rfc(9293, "3.4.1"))
    parts = (f"{end} {part.capitalize()}" for part in spec.sockets for end in ("Source", "Destination"))
    return TermSet(PARTS, parts)
