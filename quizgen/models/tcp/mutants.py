"""Wrong variants of TCP, made from its tables, rules and numbers: each is RFC 9293 with one thing altered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from quizgen.models.base import Mutant, Text
from quizgen.models.mutants import Build, mutant, off, text
from quizgen.models.tcp.elements import NOTATION_ZH
from quizgen.models.tcp.endpoint.reasons import RULES
from quizgen.models.tcp.header import Field, Flag
from quizgen.models.tcp.options import OptionKind
from quizgen.models.tcp.spec import SPEC
from quizgen.models.tcp.states import (
    ABORT,
    CLOSE,
    CLOSING,
    CREATE,
    DELETE,
    LAST_ACK,
    LISTEN,
    SEND_ACK,
    SEND_FIN,
    SEND_RST,
    SEND_SYN,
    SEND_SYN_ACK,
    START_2MSL,
    STATES,
    SYN_SENT,
    TIME_WAIT,
    Transition,
)
from quizgen.models.values import Term

_Altered = tuple[str, Text, dict[str, Any]]
"""The mutant's id and title, and the part of the spec that it replaces."""


def mutants(build: Build) -> Iterator[Mutant]:
    """Every mutant, in the order of the model's elements."""
    groups = (_states(), _transitions(), _flags(), _fields(), _options(), _rules())
    for id_, title, changes in chain.from_iterable(groups):
        yield mutant(build, SPEC, id_, title, **changes)


# States


def _states() -> Iterator[_Altered]:
    for state in STATES.terms():
        yield _toggled(state, "sending", ("SEND sends nothing", "SEND sends at once"), ("SEND 不发送", "SEND 立即发送"))
        yield _toggled(
            state,
            "receiving",
            ("data that arrive do not reach the user", "data that arrive reach the user"),
            ("到达的数据不交给应用", "到达的数据交给应用"),
        )
    yield "state:SYN-RECEIVED#two messages", text("the server is ESTABLISHED when it answers the SYN", "服务器回应 SYN 时就进入 ESTABLISHED"), {"messages": 2}  # fmt: skip
    yield "state:SYN-RECEIVED#four messages", text("the server acknowledges the third message", "服务器还要确认第三个报文段"), {"messages": 4}  # fmt: skip
    yield "state:TIME-WAIT#1 MSL", text("TIME-WAIT lasts one MSL", "TIME-WAIT 只持续一个 MSL"), {"time_wait": 1}
    yield "state:TIME-WAIT#MSL of 1 min", text("MSL is one minute", "MSL 是一分钟"), {"msl": 60}


def _toggled(state: Term, part: str, en: tuple[str, str], zh: tuple[str, str]) -> _Altered:
    """What a state does not do although it should, or does although it should not."""
    flows: frozenset[Term] = getattr(SPEC, part)
    does = state not in flows
    return f"state:{state}#{part}", text(f"{state}: {en[does]}", f"{state}：{zh[does]}"), {part: flows ^ {state}}


# Transitions


def _transitions() -> Iterator[_Altered]:
    for row in SPEC.table:
        yield _row(row, "missing", "does not happen", "不会发生", None)
        for other in _neighbours(row):
            yield _row(row, f"to {other}", f"leads to {other}", f"转到 {other}", _leading(row, other))
        for action in row.actions:
            yield from _without(row, action)
        more = {CLOSE: SEND_FIN, ABORT: SEND_RST}.get(row.event)
        if more is not None and more not in row.actions:
            told = f"with {more}", f"并且{NOTATION_ZH[more]}"
            yield _row(row, f"with {more}", *told, replace(row, actions=(*row.actions, more)))
    table = tuple(
        replace(row, actions=(SEND_RST, DELETE)) if row.event == ABORT and SEND_RST not in row.actions else row
        for row in SPEC.table
    )
    for state in (LISTEN, SYN_SENT, CLOSING, LAST_ACK, TIME_WAIT):
        title = text("ABORT sends a RST in every state", "在任何状态下 ABORT 都发送 RST")
        yield f"transition:{state}:ABORT#RST in every state", title, {"table": table}


def _row(row: Transition, how: str, en: str, zh: str, other: Transition | None) -> _Altered:
    table = tuple(one if one is not row else other for one in SPEC.table)
    what = {lang: f"{row.state}, {row.event.show(lang)} → {row.next}" for lang in ("en", "zh")}
    title = text(f"{what['en']}: {en}", f"{what['zh']}：{zh}")
    return f"{row.id}#{how}", title, {"table": tuple(one for one in table if one is not None)}


def _neighbours(row: Transition) -> list[Term]:
    """Two states that one might believe the row to lead to: where the same event leads from elsewhere, or another event
    from here."""
    alike = [one for one in SPEC.table if one.event == row.event]
    alike += [one for one in SPEC.table if one.state == row.state]
    taken = {one.next for one in SPEC.table if (one.state, one.event) == (row.state, row.event)} | {row.state}
    return list(dict.fromkeys(one.next for one in alike if one.next not in taken))[:2]


def _leading(row: Transition, other: Term) -> Transition:
    """The row, leading elsewhere; TIME-WAIT is never entered without its timer."""
    actions = (*row.actions, *([START_2MSL] if other == TIME_WAIT else []))
    return replace(row, next=other, actions=actions)


_ALSO = {SEND_SYN_ACK: (SEND_ACK, SEND_SYN), SEND_SYN: (SEND_SYN_ACK,)}
"""What one might believe to be sent instead."""


def _without(row: Transition, action: str) -> Iterator[_Altered]:
    if action in (CREATE, DELETE):
        return
    rest = tuple(one for one in row.actions if one != action)
    zh = NOTATION_ZH[action]
    yield _row(row, f"without {action}", f"without {action}", f"但没有“{zh}”", replace(row, actions=rest))
    for other in _ALSO.get(action, ()):
        actions = tuple(other if one == action else one for one in row.actions)
        told = f"{other} instead of {action}", f"{NOTATION_ZH[other]}，而非{zh}"
        yield _row(row, other, *told, replace(row, actions=actions))


# The header


def _put(part: str, rows: Iterable[Any], *altered: Any) -> dict[str, Any]:
    """The rows with some replaced by those of the same name."""
    by_name = {one.name: one for one in altered}
    return {part: tuple(by_name.get(one.name, one) for one in rows)}


def _flags() -> Iterator[_Altered]:
    known = [flag for flag in SPEC.bits if flag.of_9293]
    for flag, other in zip(known, [*known[1:], known[0]], strict=True):
        swapped = replace(flag, bit=other.bit), replace(other, bit=flag.bit)
        title = text(f"{flag.name} and {other.name} change places", f"{flag.name} 与 {other.name} 位置互换")
        yield f"flag:{flag.name}#place", title, _put("bits", SPEC.bits, *swapped)
    for flag in SPEC.bits:
        yield _since(flag)
        if flag.of_9293:
            title = text(
                f"{flag.name}: {'no answer' if flag.feedback else 'an answer'} to what the peer sent",
                f"{flag.name}：{'不' if flag.feedback else ''}是对对方所发内容的回应",
            )
            yield f"flag:{flag.name}#answers", title, _put("bits", SPEC.bits, replace(flag, feedback=not flag.feedback))


def _since(flag: Flag) -> _Altered:
    other = {793: 3168, 3168: 793, 9768: 9293}[flag.since]
    title = text(f"{flag.name} is defined since RFC {other}", f"{flag.name} 自 RFC {other} 起定义")
    return f"flag:{flag.name}#since", title, _put("bits", SPEC.bits, replace(flag, since=other))


def _fields() -> Iterator[_Altered]:
    for field, other in zip(SPEC.fields, [*SPEC.fields[1:], SPEC.fields[0]], strict=True):
        swapped = replace(field, bit=other.bit), replace(other, bit=field.bit)
        title = text(
            f"{field.name} and {other.name} change places", f"{field.title['zh']}与{other.title['zh']}位置互换"
        )
        yield f"field:{field.name}#place", title, _put("fields", SPEC.fields, *swapped)
        yield from _field(field)
    yield "field:Data Offset#minimum", text("Data Offset may be 0", "数据偏移可以为 0"), _put("fields", SPEC.fields, replace(SPEC.fields[4], lowest=0))  # fmt: skip
    yield "field:Data Offset#unit", text("Data Offset counts bytes", "数据偏移以字节为单位"), {"word": 1}
    yield "field:Options#room", text("60 bytes of options", "选项可占 60 字节"), {"options_length": 60}


def _field(field: Field) -> Iterator[_Altered]:
    name = field.title
    missing = tuple(one for one in SPEC.fields if one is not field)
    yield f"field:{field.name}#missing", text(f"no {field.name} in the header", f"首部没有{name['zh']}"), {"fields": missing}  # fmt: skip
    title = text(
        f"{field.name}: {'no answer' if field.feedback else 'an answer'} to what the peer sent",
        f"{name['zh']}：{'不' if field.feedback else ''}是对对方所发内容的回应",
    )
    altered = replace(field, feedback=not field.feedback)
    yield f"field:{field.name}#answers", title, _put("fields", SPEC.fields, altered)
    if field.width is not None:
        width = {4: 8, 16: 32, 32: 16}[field.width]
        title = text(f"{field.name} is {width} bits wide", f"{name['zh']}宽 {width} 位")
        yield f"field:{field.name}#width", title, _put("fields", SPEC.fields, replace(field, width=width))


def _options() -> Iterator[_Altered]:
    for option, other in zip(SPEC.options, [*SPEC.options[1:], SPEC.options[0]], strict=True):
        swapped = replace(option, kind=other.kind), replace(other, kind=option.kind)
        title = text(f"{option.name} has kind {other.kind}", f"{option.title['zh']}的种类为 {other.kind}")
        yield f"option:{option.name}#kind", title, _put("options", SPEC.options, *swapped)
        yield from _option(option)
    yield "option:Window Scale#largest", text("a shift of up to 16", "移位最大为 16"), {"max_shift": 16}


def _option(option: OptionKind) -> Iterator[_Altered]:
    name = option.title["zh"]
    if option.length is not None:
        length = option.length + 2
        title = text(f"{option.name} takes {length} bytes", f"{name}占 {length} 字节")
        yield f"option:{option.name}#length", title, _put("options", SPEC.options, replace(option, length=length))
    if option.syn_only:
        title = text(f"{option.name} may come in any segment", f"{name}可以出现在任何报文段中")
    else:
        title = text(f"{option.name} comes with SYN only", f"{name}只随 SYN 出现")
    altered = replace(option, syn_only=not option.syn_only)
    yield f"option:{option.name}#SYN", title, _put("options", SPEC.options, altered)


def _rules() -> Iterator[_Altered]:
    for rule, (title, _) in RULES.items():
        if rule != "four-tuple":
            yield f"rule:{rule}#off", off(title), {"rules": SPEC.rules - {rule}}
    title = text("a segment is taken wherever it lies", "报文段无论落在何处都被接收")
    yield "rule:acceptability#everywhere", title, {"everywhere": True}
    for part, en, zh in (("port", "ports", "端口"), ("address", "addresses", "地址")):
        title = text(f"a connection is defined by its {en} alone", f"连接只由{zh}确定")
        yield f"rule:four-tuple#{part}", title, {"sockets": (part,)}
