"""What follows from the header's fields and flags: lengths, limits, and what the header does not carry."""

from __future__ import annotations

from fractions import Fraction

from quizgen.models.base import ModelError, Rfc, because, touch
from quizgen.models.tcp.header import Field, Flag, field
from quizgen.models.tcp.segment import FLAGS
from quizgen.models.tcp.spec import SPEC, Spec
from quizgen.models.values import Quantity, Term, TermSet

_FORMAT = Rfc(9293, "3.1")


def known_field(name: str, spec: Spec = SPEC) -> Field:
    """The field of that name; records that the answer rests on it. Raises ModelError."""
    found = field(name, spec.fields)
    touch(f"field:{found.name}")
    because(f"{found.name}: bit {found.bit}, {_width(found)}.", found.cite)
    return found


def _width(one: Field) -> str:
    return "of variable length" if one.width is None else f"{one.width} bits wide"


def field_width(name: str, spec: Spec = SPEC) -> Quantity:
    """The width of a header field in bits. Raises ModelError for Options, whose width varies."""
    found = known_field(name, spec)
    if found.width is None:
        raise ModelError(f"{found.name} has no fixed width: 0 to 40 bytes")
    return Quantity(found.width, "bit")


def largest(name: str, spec: Spec = SPEC) -> int:
    """The largest number that a header field can hold. Raises ModelError for Options."""
    field_width(name, spec)
    return field(name, spec.fields).highest or 0


def smallest(name: str, spec: Spec = SPEC) -> int:
    """The smallest number that a valid header has in a field: 5 in Data Offset, else 0."""
    return known_field(name, spec).lowest


def header_length(data_offset: int, spec: Spec = SPEC) -> Quantity:
    """The header's length for a value of Data Offset, which counts 32-bit words. Raises ModelError below 5, above 15."""
    found = known_field("Data Offset", spec)
    if not found.lowest <= data_offset <= (found.highest or 0):
        raise ModelError(f"Data Offset is {found.lowest} to {found.highest}, never {data_offset}")
    return Quantity(data_offset * spec.word, "B")


def min_header_length(spec: Spec = SPEC) -> Quantity:
    """The length of a header without options: 20 bytes."""
    return header_length(field("Data Offset", spec.fields).lowest, spec)


def max_throughput(window: Quantity, rtt: Quantity) -> Quantity:
    """The most that a window lets through: one window per round trip, in bit/s. Raises ModelError for no time at all."""
    size, time = window.base[1], rtt.base[1]
    if window.base[0] != "size" or rtt.base[0] != "time" or time <= 0:
        raise ModelError("the throughput is asked of a window (65535 bytes) and a round-trip time (100 ms)")
    touch("field:Window")
    because("At most one window is on its way per round trip.", Rfc(7323, "1.1"))
    return Quantity(Fraction(size * 8) / time, "bit/s")


def carries(name: str, spec: Spec = SPEC) -> bool:
    """Whether the TCP header has a field or flag of that name: "Window", "SYN"; not "source IP address"."""
    names = {one.name.casefold(): f"field:{one.name}" for one in spec.fields}
    names |= {one.name.casefold(): f"flag:{one.name}" for one in spec.bits if one.of_9293}
    found = names.get(name.casefold())
    touch(found or "rule:pseudo-header")
    if found is None and not spec.applies("pseudo-header"):
        return True
    if found is None:
        because("The IP addresses are in the IP header; TCP's checksum covers them in a pseudo-header.", _FORMAT)
    return found is not None


def is_feedback(name: str | Term, spec: Spec = SPEC) -> bool:
    """Whether that field or flag tells the peer about what the peer sent, so that it can ride on a segment that carries
    data: Acknowledgment Number, Window, ACK, ECE. Raises ModelError for an unknown one.
    """
    found: Field | Flag | None = next((one for one in spec.bits if one.name == str(name).upper() and one.of_9293), None)
    found = found or field(str(name), spec.fields)
    touch(f"{'flag' if isinstance(found, Flag) else 'field'}:{found.name}")
    because(f"{found.name}: {found.meaning['en']}.", found.cite)
    return found.feedback


def control_bits(edition: int = 9293, spec: Spec = SPEC) -> TermSet:
    """The control flags as of an RFC: six in 793, eight since 3168 and in 9293, nine with 9768's AE."""
    known = [one for one in spec.bits if one.since <= edition]
    touch(*(f"flag:{one.name}" for one in spec.bits))  # those that it does not know as well
    because(f"RFC {edition} knows {len(known)} control flags.", Rfc(edition))
    return TermSet(FLAGS, (one.name for one in known))
