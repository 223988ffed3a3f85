"""The TCP header: its rows, its bytes (held against segments that Linux sent), its options, its limits."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.models.tcp.codec import Addresses, Decoded, Header, checksum, decode, encode
from quizgen.models.tcp.header import ACCURATE_ECN, CONTROL_BITS, FIELDS, Flag, layout
from quizgen.models.tcp.options import (
    Mss,
    NoOperation,
    OtherOption,
    Reason,
    Sack,
    SackPermitted,
    Timestamps,
    WindowScale,
    decode_options,
    encode_options,
)  # fmt: skip
from quizgen.models.tcp.segment import FLAGS
from quizgen.models.values import TermSet

V4 = Addresses(IPv4Address("192.0.2.1"), IPv4Address("192.0.2.2"))
V4_BACK = Addresses(V4.destination, V4.source)
V6 = Addresses(IPv6Address("2001:db8::1"), IPv6Address("2001:db8::2"))

SYN_OPTIONS = (Mss(1460), NoOperation(), NoOperation(), SackPermitted(), NoOperation(), WindowScale(10))


def flags(*names: str) -> TermSet:
    return TermSet(FLAGS, names)


# Segments that Linux 6.18 sent, taken from a TUN device: bytes, addresses, header, data.
LINUX = {
    "syn": (
        "9c400050b1a3c02c000000008002faf0e1b80000020405b4010104020103030a", V4,
        Header(40000, 80, 0xB1A3C02C, 0, flags("SYN"), 64240, options=SYN_OPTIONS), b"",
    ),
    "syn-ack": (
        "00509c40bc404bd8b1a3c02d8012faf0d98e0000020405b4010104020103030a", V4_BACK,
        Header(80, 40000, 0xBC404BD8, 0xB1A3C02D, flags("SYN", "ACK"), 64240, options=SYN_OPTIONS), b"",
    ),
    "fin-ack": (
        "9c400050b1a3c02dbc404bd95011003f15150000", V4,
        Header(40000, 80, 0xB1A3C02D, 0xBC404BD9, flags("FIN", "ACK"), 63), b"",
    ),
    "odd-length-data": (
        "9c400050b1d288cbbc6bee415018003fdf420000474554202f", V4,
        Header(40000, 80, 0xB1D288CB, 0xBC6BEE41, flags("PSH", "ACK"), 63), b"GET /",
    ),
    "timestamps": (
        "9c400050c7b2299dd2565c228010003f934c00000101080a59491744cb6a66dc", V4,
        Header(40000, 80, 0xC7B2299D, 0xD2565C22, flags("ACK"), 63,
               options=(NoOperation(), NoOperation(), Timestamps(0x59491744, 0xCB6A66DC))), b"",
    ),
    "ipv6": (
        "de2a0050c789d22200000000a002fd20c54a0000020405a00402080a23e98e20000000000103030a", V6,
        Header(56874, 80, 0xC789D222, 0, flags("SYN"), 64800,
               options=(Mss(1440), SackPermitted(), Timestamps(0x23E98E20, 0), NoOperation(), WindowScale(10))), b"",
    ),
}  # fmt: skip
EACH_LINUX = pytest.mark.parametrize(("text", "addresses", "header", "data"), LINUX.values(), ids=LINUX)


@EACH_LINUX
def test_reads_what_linux_sent(text: str, addresses: Addresses, header: Header, data: bytes) -> None:
    found = decode(bytes.fromhex(text), addresses)
    assert isinstance(found, Decoded)
    assert (found.header, found.data) == (header, data)
    assert found.data_offset == header.data_offset


@EACH_LINUX
def test_writes_what_linux_sent(text: str, addresses: Addresses, header: Header, data: bytes) -> None:
    assert encode(header, data, addresses).hex() == text


def test_checksum_of_rfc_1071() -> None:
    assert checksum(bytes.fromhex("0001f203f4f5f6f7")) == 0xFFFF - 0xDDF2


FIN_ACK = bytes.fromhex(LINUX["fin-ack"][0])

UNREADABLE = {
    "empty": (b"", "0 bytes"),
    "one-byte-short": (FIN_ACK[:19], "19 bytes"),
    "offset-four": (FIN_ACK[:12] + b"\x40" + FIN_ACK[13:], "Data Offset is 4"),
    "offset-beyond-the-end": (FIN_ACK[:12] + b"\x60" + FIN_ACK[13:], "24 bytes of header, and 20"),
    "flipped-bit": (FIN_ACK[:3] + b"\x51" + FIN_ACK[4:], "checksum"),
    "zeros": (bytes(20), "Data Offset is 0"),
    "more-than-a-packet": (bytes(12) + b"\x50" + bytes(65523), "65536 bytes"),
}


@pytest.mark.parametrize(("data", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_says_why_bytes_are_no_header(data: bytes, reason: str) -> None:
    found = decode(data, V4)
    assert isinstance(found, Reason)
    assert reason in found.text


def test_addresses_of_two_versions_are_refused() -> None:
    with pytest.raises(ValueError, match="one IP version"):
        Addresses(V4.source, V6.source)


u8, u16, u32 = st.integers(0, 255), st.integers(0, 2**16 - 1), st.integers(0, 2**32 - 1)
LONG = {(2, 2), (3, 1), (4, 0), (8, 8)}
options = st.one_of(
    st.just(NoOperation()),
    st.builds(Mss, u16),
    st.builds(WindowScale, u8),
    st.just(SackPermitted()),
    st.builds(Sack, st.lists(st.tuples(u32, u32), min_size=1, max_size=3).map(tuple)),
    st.builds(Timestamps, u32, u32),
    st.builds(OtherOption, st.integers(2, 255), st.binary(max_size=9)).filter(
        lambda one: (one.kind, len(one.data)) not in LONG and (one.kind != 5 or len(one.data) != 8)
    ),
)
option_lists = st.lists(options, max_size=5).map(tuple)
headers = st.builds(
    Header, u16, u16, u32, u32, st.sets(st.sampled_from(FLAGS.members)).map(lambda names: flags(*names)), u16, u16,
    option_lists, st.integers(0, 7),
)  # fmt: skip


def fits(header: Header) -> bool:
    return sum(len(encode_options((one,))) for one in header.options) <= 40


@given(headers.filter(fits), st.binary(max_size=9), st.sampled_from((V4, V6)))
def test_round_trip(header: Header, data: bytes, addresses: Addresses) -> None:
    found = decode(encode(header, data, addresses), addresses)
    assert isinstance(found, Decoded)
    assert (found.header, found.data) == (header, data)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_header_or_a_reason(data: bytes) -> None:
    assert isinstance(decode(data), Decoded | Reason)


@given(st.binary(min_size=19, max_size=60), st.integers(5, 15))
def test_any_options_are_read_or_refused(data: bytes, offset: int) -> None:
    found = decode(data[:12] + bytes((offset << 4,)) + data[13:])
    assert isinstance(found, Decoded | Reason)


BAD_OPTIONS = {
    "length-zero": b"\x02\x00\x05\xb4",
    "length-one": b"\x02\x01\x05\xb4",
    "beyond-the-header": b"\x02\x08\x05\xb4",
    "no-length": b"\x01\x01\x01\x02",
}


@pytest.mark.parametrize("data", BAD_OPTIONS.values(), ids=BAD_OPTIONS)
def test_an_illegal_option_length_is_a_reason(data: bytes) -> None:
    found = decode_options(data)
    assert isinstance(found, Reason)
    assert "illegal length" in found.text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"\x00\x02\x04\x05", (), id="padding-after-the-end-is-ignored"),
        pytest.param(b"\xfe\x04ab", (OtherOption(254, b"ab"),), id="unknown-kind-is-kept"),
        pytest.param(b"\x02\x03a\x00", (OtherOption(2, b"a"),), id="known-kind-of-wrong-length-is-kept"),
        pytest.param(b"\x05\x02\x00\x00", (OtherOption(5, b""),), id="sack-without-blocks"),
    ],
)
def test_options_that_are_not_understood(data: bytes, expected: object) -> None:
    assert decode_options(data) == expected


@pytest.mark.parametrize(
    ("header", "error"),
    [
        pytest.param(Header(65536, 0, 0, 0, flags(), 0), ValueError, id="port"),
        pytest.param(Header(0, 0, 0, 0, flags(), 0, reserved=8), ValueError, id="reserved"),
        pytest.param(Header(0, 0, 0, 0, flags(), 0, options=(Timestamps(0, 0),) * 5), ValueError, id="options-too-long"),
        pytest.param(Header(0, 0, 0, 0, flags(), 0, options=(Mss(65536),)), OverflowError, id="mss"),
        pytest.param(Header(0, 0, 0, 0, flags(), 0, options=(OtherOption(1, b""),)), ValueError, id="kind-without-length"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(header: Header, error: type[Exception]) -> None:
    with pytest.raises(error):
        encode(header, b"", V4)


def test_no_more_than_a_packet_carries() -> None:
    header = Header(0, 0, 0, 0, flags(), 0)
    assert isinstance(decode(encode(header, bytes(65515), V4), V4), Decoded)
    with pytest.raises(ValueError, match="65536 bytes"):
        encode(header, bytes(65516), V4)
    assert isinstance(decode(encode(header, bytes(65516), V6), V6), Decoded)


def test_fields_and_flags_tile_the_basic_header() -> None:
    boxes = layout().boxes
    assert boxes[-1].name == "Options"
    ends = [box.bit + (box.width or 0) for box in boxes[:-1]]
    assert [box.bit for box in boxes] == [0, *ends]
    assert boxes[-1].bit == 5 * 32


def test_codec_puts_each_field_where_its_row_says() -> None:
    numbers = {"Source Port": 1, "Destination Port": 2, "Sequence Number": 3, "Acknowledgment Number": 4, "Window": 5}
    data = encode(Header(1, 2, 3, 4, flags("SYN"), 5), b"", V4)
    bits = int.from_bytes(data, "big")
    read = {
        one.name: bits >> (160 - one.bit - one.width) & (one.highest or 0)
        for one in FIELDS
        if one.width is not None and one.name in {*numbers, "Data Offset"}
    }
    assert read == {**numbers, "Data Offset": 5}


@pytest.mark.parametrize("flag", [*CONTROL_BITS, ACCURATE_ECN], ids=lambda flag: flag.name)
def test_codec_puts_each_flag_where_its_row_says(flag: Flag) -> None:
    data = encode(Header(0, 0, 0, 0, flags(flag.name), 0), b"", V4)
    assert [bit for bit in range(100, 112) if data[bit // 8] >> (7 - bit % 8) & 1] == [flag.bit]
