"""The words of claims about the header: fields, widths, flags by edition, window, what identifies a connection."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from quizgen.models.base import ModelError, Rfc, because, touch
from quizgen.models.tcp.header import CONTROL_BITS, FIELDS, MAX_SHIFT, WORD, Field
from quizgen.models.tcp.segment import ACK, ECE, FLAGS
from quizgen.models.tcp.vocabulary import WORDS
from quizgen.models.values import Domain, Quantity, Term, TermSet

__all__ = ["WORDS"]

_FORMAT = Rfc(9293, "3.1")
_ROWS = {field.name: field for field in FIELDS}
_OF_IP = {"Source Address": "源 IP 地址", "Destination Address": "目的 IP 地址", "Protocol": "协议号"}

PARTS = Domain(
    "header field",
    (*_ROWS, *_OF_IP),
    aliases={"ACK Number": "Acknowledgment Number", "Acknowledgement Number": "Acknowledgment Number",
             "Receive Window": "Window", "Window Size": "Window", "Header Length": "Data Offset",
             "Source IP Address": "Source Address", "Destination IP Address": "Destination Address"},
    labels={name: field.title for name, field in _ROWS.items()} | {name: {"zh": zh} for name, zh in _OF_IP.items()},
)  # fmt: skip
"""The fields of the TCP header, and those of the IP header that TCP reads."""

EDITIONS = Domain("edition", ("RFC 793", "RFC 3168", "RFC 9293", "RFC 9768"))
_NOT_YET = {"RFC 793": {"CWR", "ECE", "AE"}, "RFC 3168": {"AE"}, "RFC 9293": {"AE"}, "RFC 9768": set[str]()}


def _constants() -> None:
    for part in PARTS.terms():
        of = "TCP" if part.name in _ROWS else "IP"
        WORDS.constant(part.identifier.upper(), part, f"The field {part} of the {of} header.", _FORMAT)
    for edition in EDITIONS.terms():
        WORDS.constant(edition.identifier, edition, f"The edition {edition}, for `control_flags`.")


_constants()


def _field(part: Term) -> Field:
    if not isinstance(part, Term) or part.name not in _ROWS:
        raise ModelError(f"`{part}` is no field of the TCP header")
    field = _ROWS[part.name]
    touch(f"field:{field.name}")
    return field


@WORDS.function(_FORMAT)
def carries(part: Term) -> bool:
    """Whether the TCP header itself holds that field."""
    held = part.name in _ROWS
    touch(f"field:{part.name}" if held else "rule:pseudo-header")
    because(f"the TCP header {'has' if held else 'has no'} field {part}", _FORMAT)
    return held


@WORDS.function(_FORMAT)
def checksum_covers(part: Term) -> bool:
    """Whether the checksum is computed over that field: the whole segment and the pseudo-header with the addresses."""
    touch("field:Checksum", "rule:pseudo-header")
    because("the checksum also covers a pseudo-header with both addresses, the protocol and the length", _FORMAT)
    return part in PARTS.terms()


@WORDS.function(_FORMAT)
def field_width(part: Term) -> Quantity:
    """The width of a field of the TCP header, in bits."""
    field = _field(part)
    if field.width is None:
        raise ModelError(f"{part} has no fixed width")
    because(f"{part} is {field.width} bits wide", field.cite)
    return Quantity(field.width, "bit")


@WORDS.function(_FORMAT)
def field_bit(part: Term) -> int:
    """The place of a field's first bit, counted from 0 at the first bit of the header."""
    return _field(part).bit


@WORDS.function(_FORMAT)
def field_byte(part: Term) -> int:
    """The byte in which a field begins, counted from 0."""
    return _field(part).bit // 8


@WORDS.function(_FORMAT)
def highest(part: Term) -> int:
    """The largest number that a field can hold."""
    field = _field(part)
    if field.highest is None:
        raise ModelError(f"{part} holds no single number")
    because(f"{part} is {field.width} bits wide: at most {field.highest}", field.cite)
    return field.highest


@WORDS.function(_FORMAT)
def lowest(part: Term) -> int:
    """The smallest number that a field may hold: 5 for Data Offset, since the basic header is five words long."""
    return _field(part).lowest


@WORDS.function(_FORMAT)
def header_length(data_offset: int) -> Quantity:
    """The length of a header with that Data Offset, which counts 32-bit words: 20 bytes for 5, 60 for 15."""
    field = _ROWS["Data Offset"]
    touch("field:Data Offset")
    if not field.lowest <= data_offset <= (field.highest or 0):
        raise ModelError(f"Data Offset is {field.lowest} to {field.highest}, not {data_offset}")
    because(f"Data Offset counts words of {WORD} bytes", field.cite)
    return Quantity(data_offset * WORD, "B")


@WORDS.function(_FORMAT)
def options_length(data_offset: int) -> Quantity:
    """The room that a header with that Data Offset has for options: 0 bytes for 5, 40 for 15."""
    touch("field:Options")
    return header_length(data_offset) - header_length(_ROWS["Data Offset"].lowest)


@WORDS.function(_FORMAT)
def control_flags(edition: Term) -> TermSet:
    """The control bits that an edition of TCP knows: 6 in RFC 793, 8 since RFC 3168, 9 since RFC 9768."""
    if not isinstance(edition, Term) or edition.name not in _NOT_YET:
        raise ModelError(f"an edition is one of {', '.join(term.identifier for term in EDITIONS.terms())}")
    names = [name for name in FLAGS.members if name not in _NOT_YET[edition.name]]
    touch(*(f"flag:{name}" for name in names))
    because(f"{edition} has {len(names)} control bits", Rfc(int(edition.name.split()[1]), "3.1"))
    return TermSet(FLAGS, names)


@WORDS.function(_FORMAT)
def flag_bit(flag: Term) -> int:
    """The place of a control bit, counted from 0 at the first bit of the header: FIN is 111."""
    found = next((one for one in CONTROL_BITS if one.name == flag.name), None)
    if found is None:
        raise ModelError(f"`{flag}` is no control bit of RFC 9293")
    touch(f"flag:{found.name}")
    return found.bit


@WORDS.function(_FORMAT)
def answering_fields() -> TermSet:
    """The fields that answer the peer, so that they can ride on a segment with data of one's own (piggybacking)."""
    touch("field:Acknowledgment Number", "field:Window", "rule:delayed-ack")
    because("the acknowledgment number and the window speak of what the peer sent and may send", Rfc(9293, "3.8.6.3"))
    return TermSet(PARTS, ("Acknowledgment Number", "Window"))


@WORDS.function(_FORMAT)
def answering_flags() -> TermSet:
    """The control bits that answer the peer: ACK, and ECE, which echoes a congestion mark."""
    touch("flag:ACK", "flag:ECE", "rule:delayed-ack")
    because("ECE echoes a congestion mark that arrived", Rfc(3168, "6.1"))
    return TermSet(FLAGS, (ACK, ECE))


@WORDS.function(Rfc(7323, "2.3"))
def scaled_window(window: int, shift: int, syn: bool = False) -> Quantity:
    """The window that a field stands for once a shift was agreed. In a SYN it is never scaled; 14 is the largest shift,
    and a larger one counts as 14.
    """
    touch("field:Window", "option:Window Scale")
    if not 0 <= window <= highest(PARTS.term("Window")) or not 0 <= shift <= 255:
        raise ModelError("the window field holds 0 to 65535, the shift 0 to 255")
    because("the window of a SYN is never scaled" if syn else f"the shift is at most {MAX_SHIFT}", Rfc(7323, "2.3"))
    return Quantity(window if syn else window << min(shift, MAX_SHIFT), "B")


@WORDS.function(Rfc(7323, "1.1"))
def max_throughput(window: int | Quantity, rtt: int | Quantity) -> Quantity:
    """The most that one window per round trip allows, in bit/s. `window` in bytes, `rtt` in milliseconds where plain."""
    touch("field:Window", "rule:send-window")
    size = window if isinstance(window, Quantity) else Quantity(window, "B")
    time = rtt if isinstance(rtt, Quantity) else Quantity(rtt, "ms")
    (dimension, octets), (other, seconds) = size.base, time.base
    if dimension != "size" or other != "time" or seconds <= 0:
        raise ModelError("throughput needs a window in bytes and a round-trip time above 0")
    because("no more than one window can be sent in each round trip", Rfc(7323, "1.1"))
    rate = octets * 8 / seconds
    return Quantity(rate / 10**6, "Mbit/s") if rate >= 10**6 else Quantity(rate, "bit/s")


@WORDS.function(Rfc(7323, "1.1"))
def window_needed(rate: Quantity, rtt: Quantity) -> Quantity:
    """The window that fills a path, the bandwidth-delay product, in bytes."""
    touch("field:Window", "rule:send-window")
    because("a path holds its rate times its round-trip time", Rfc(7323, "1.1"))
    return Quantity(Fraction(rate.base[1] * rtt.base[1] / 8), "B")


class Connection(frozenset[str]):
    """The pair of sockets that names a connection, the same from either end (RFC 9293 §3.4.1)."""

    published: ClassVar[frozenset[str]] = frozenset()
    kind: ClassVar[str] = "connection"

    def show(self, lang: str = "en") -> str:
        """Both sockets."""
        return " – ".join(sorted(self))


@WORDS.function(Rfc(9293, "3.4.1"))
def connection(local: str, remote: str) -> Connection:
    """The connection between two sockets, each written address:port. Equal for equal pairs, from whichever end."""
    for socket in (local, remote):
        address, _, port = socket.rpartition(":")
        if not address or not port.isdigit() or int(port) > highest(PARTS.term("Source Port")):
            raise ModelError(f"a socket is written address:port, such as 192.0.2.1:80, not `{socket}`")
    touch("rule:four-tuple")
    because("a connection is defined by a pair of sockets", Rfc(9293, "3.4.1"))
    return Connection((local, remote))


@WORDS.function(Rfc(9293, "3.4.1"))
def connection_identified_by() -> TermSet:
    """The parts of a segment and its IP header that tell which connection it belongs to."""
    touch("rule:four-tuple", "field:Source Port", "field:Destination Port")
    because("a connection is defined by a pair of sockets, each an address and a port", Rfc(9293, "3.4.1"))
    return TermSet(PARTS, ("Source Address", "Source Port", "Destination Address", "Destination Port"))
