"""Wrong answers that learners of TCP come to: states beside a state, flags of other segments, numbers off by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from quizgen.models.base import Near, Slip, Text
from quizgen.models.near import differs
from quizgen.models.tcp.facts import min_header_length
from quizgen.models.tcp.run import Moment
from quizgen.models.tcp.segment import ACK, FIN, FLAGS, PSH, RST, SYN, flags
from quizgen.models.tcp.seq import SPACE, Seq
from quizgen.models.tcp.spec import SPEC
from quizgen.models.tcp.states import STATES, TABLE, Transition
from quizgen.models.values import Quantity, Term, TermSet

_USUAL = (
    flags(SYN), flags(SYN, ACK), flags(ACK), flags(FIN, ACK), flags(RST), flags(RST, ACK), flags(PSH, ACK), flags(FIN),
)  # fmt: skip
"""What segments mostly carry, and the bare FIN that many expect."""
_WHOSE: dict[str, Text] = {"x": {"en": "client", "zh": "客户端"}, "y": {"en": "server", "zh": "服务器"}}
_FEW: Text = {
    "en": "One too few: SYN and FIN each occupy a sequence number, as does every octet of data.",
    "zh": "少了 1：SYN 和 FIN 各占用一个序号，数据则每个字节占用一个。",
}
_MANY: Text = {"en": "One too many: nothing occupies that number yet.", "zh": "多了 1：还没有什么占用这个序号。"}
_EARLY: Text = {"en": "That is too early.", "zh": "太早了。"}
_LATE: Text = {"en": "That is too late: it has happened before.", "zh": "太晚了：在此之前就已发生。"}


def near(value: Any) -> Iterable[Near]:
    """Answers near a state, the flags of a segment, a sequence number or a moment; none for other kinds."""
    if isinstance(value, Term) and value.domain is STATES:
        return _states(value)
    if isinstance(value, TermSet) and value.domain is FLAGS:
        usual = sorted((one for one in _USUAL if one != value), key=lambda one: len(one ^ value))
        return (Near(one, differs(one, value)) for one in usual)
    if isinstance(value, Seq) and value.base:
        return _numbers(value)
    return _moments(value) if isinstance(value, Moment) else ()


def _states(state: Term) -> Iterator[Near]:
    """In Figure 5: other ways out of where one comes from, the states after, and those before."""
    drawn = [row for row in TABLE if row.drawn]
    into = [row for row in drawn if row.next == state]
    beside = [row for row in drawn if row.state in {one.state for one in into} and row.next != state]
    for row in sorted(beside, key=lambda row: _apart(row.next, state)):
        yield Near(row.next, _told("From {0}, it is {1} that leads to {2}.", "在 {0} 中，“{1}”才会进入 {2}。", row))
    for row in drawn:
        if row.state == state:
            yield Near(
                row.next, _told("{2} comes later: {1} leads there from {0}.", "{2} 在它之后：由 {0} 经“{1}”进入。", row)
            )
    for row in into:
        yield Near(
            row.state, _told("{0} comes before: {1} leads from there to {2}.", "{0} 在它之前：经“{1}”进入 {2}。", row)
        )


def _apart(one: Term, other: Term) -> int:
    return abs(STATES.members.index(one.name) - STATES.members.index(other.name))


def _told(en: str, zh: str, row: Transition) -> Text:
    return {
        lang: text.format(row.state.show(lang), row.event.show(lang), row.next.show(lang))
        for lang, text in (("en", en), ("zh", zh))
    }


def _numbers(number: Seq) -> Iterator[Near]:
    """The forgotten +1, the other end's number, one too many."""
    base, whose = number.base, _WHOSE[number.base[0]]
    syn: Text = {
        "en": f"{base} is the number of the {whose['en']}'s SYN itself, which occupies it.",
        "zh": f"{base} 是{whose['zh']}的 SYN 自己占用的序号。",
    }
    yield Near(number - 1, syn if number.offset == 1 else _FEW)
    other = ("y" if base[0] == "x" else "x") + base[1:]
    theirs = _WHOSE[other[0]]
    yield Near(
        Seq(other, number.offset),
        {
            "en": f"{other} is the initial number of the {theirs['en']}: that is the other direction.",
            "zh": f"{other} 是{theirs['zh']}的初始序号：那是另一个方向。",
        },
    )
    yield Near(number + 1, _MANY)


def _moments(moment: Moment) -> Iterator[Near]:
    places = [index for index in range(1, len(moment.trace.steps)) if index != moment.index]
    for index in sorted(places, key=lambda index: abs(index - moment.index)):
        yield Near(Moment(moment.trace, index), _EARLY if index < moment.index else _LATE)


def _occupied(length: int, given: Iterable[Term]) -> int:
    return length + sum(flag in (SYN, FIN) for flag in given)


def _unwrapped(seq: Seq | int, length: int = 0, *given: Term) -> Seq | int:
    return seq + _occupied(length, given)


def _wrapped(number: Seq | int) -> Seq | int:
    return number if isinstance(number, Seq) else number % SPACE


SLIPS = {
    "acknowledges": (
        Slip(_unwrapped, {"en": "Sequence numbers begin again at 0 after 2^32 - 1.", "zh": "序号到 2^32 - 1 之后又从 0 开始。"}),
        Slip(
            lambda seq, length=0, *given: _wrapped(seq + length),
            {"en": "That forgets that SYN and FIN occupy one sequence number each.", "zh": "忘了 SYN 和 FIN 各占用一个序号。"},
        ),
        Slip(
            lambda seq, length=0, *given: _wrapped(seq + 1),
            {"en": "ACK counts octets, not segments.", "zh": "确认号按字节计数，不按报文段计数。"},
        ),
        Slip(
            lambda seq, length=0, *given: _wrapped(_unwrapped(seq, length, *given) + 1),
            {"en": "One too many: the segment occupies no further number.", "zh": "多了 1：报文段没有再占用别的序号。"},
        ),
        Slip(
            lambda seq, length=0, *given: seq,
            {"en": "That is the SEQ of the segment itself; ACK names the next number expected.",
             "zh": "那是该报文段自己的序号；ACK 指明期望的下一个序号。"},
        ),
        Slip(
            lambda seq, length=0, *given: _wrapped(_unwrapped(seq, length, *given) - 1),
            {"en": "That is the last number that the segment occupies; ACK names the one after it.",
             "zh": "那是该报文段占用的最后一个序号；ACK 指明的是它的下一个。"},
        ),
    ),
    "header_length": (
        Slip(
            lambda data_offset: Quantity(data_offset, "B"),
            {"en": "Data Offset counts words of 32 bits, not bytes.", "zh": "数据偏移以 32 位字为单位，不是字节。"},
        ),
        Slip(
            lambda data_offset: Quantity(data_offset * 2, "B"),
            {"en": "A word has 32 bits here, not 16.", "zh": "这里一个字是 32 位，不是 16 位。"},
        ),
        Slip(
            lambda data_offset: Quantity(data_offset * 4, "B") + min_header_length(),
            {"en": "The 20 bytes of the basic header are counted already.", "zh": "20 字节的固定首部已经计算在内。"},
        ),
    ),
    "options_length": (
        Slip(
            lambda data_offset: Quantity(data_offset * 4, "B"),
            {"en": "That is the whole header; 20 bytes of it are fixed.", "zh": "那是整个首部的长度，其中 20 字节是固定部分。"},
        ),
    ),
    "scaled_window": (
        Slip(
            lambda window, shift, syn=False: Quantity(window, "B"),
            {"en": "That is the field itself, before scaling.", "zh": "那是字段本身的值，还没有放大。"},
        ),
        Slip(
            lambda window, shift, syn=False: Quantity(window * shift, "B") if shift else None,
            {"en": "The shift moves the number by so many bits; it is no factor.", "zh": "移位数是左移的位数，不是倍数。"},
        ),
        Slip(
            lambda window, shift, syn=False: Quantity(window << shift, "B"),
            {"en": "The window of a SYN is never scaled.", "zh": "SYN 中的窗口从不放大。"},
        ),
    ),
    "time_wait_length": (
        Slip(lambda: Quantity(Fraction(SPEC.msl, 60), "min"), {"en": "That is one MSL; TIME-WAIT lasts two.", "zh": "那只是一个 MSL；TIME-WAIT 持续两个。"}),
    ),
}  # fmt: skip
"""What is easily got wrong in the words of this model."""
