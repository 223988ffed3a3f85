"""What there is to know of TCP's header and states, by id, and the rows of its study tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quizgen.models.base import Element, Rfc, Text
from quizgen.models.figure import Arc, StateDiagram
from quizgen.models.tcp.endpoint.reasons import RULES
from quizgen.models.tcp.header import ACCURATE_ECN, CONTROL_BITS, FIELDS
from quizgen.models.tcp.options import OPTION_KINDS
from quizgen.models.tcp.states import EVENTS, STATES, TABLE, Transition

_MEANINGS = {
    "CLOSED": ("no connection at all: there is no TCB", "没有连接：不存在 TCB"),
    "LISTEN": ("waiting for a connection request from any peer", "等待任意对端发来的连接请求"),
    "SYN-SENT": ("has sent a SYN and waits for a matching one", "已发送 SYN，等待对方的 SYN"),
    "SYN-RECEIVED": ("has sent and received a SYN and waits for its own to be acknowledged", "已收到并发送 SYN，等待对方确认自己的 SYN"),
    "ESTABLISHED": ("open: data flow both ways", "连接已建立：可以双向传输数据"),
    "FIN-WAIT-1": ("has sent a FIN; waits for its acknowledgment, or for the peer's FIN", "已发送 FIN，等待对方确认或对方的 FIN"),
    "FIN-WAIT-2": ("its FIN is acknowledged; waits for the peer's FIN, and can still receive", "自己的 FIN 已被确认，等待对方的 FIN；仍可接收数据"),
    "CLOSE-WAIT": ("the peer has finished; waits for its own user to close, and can still send", "对方已关闭发送，等待本端应用关闭；仍可发送数据"),
    "CLOSING": ("both have sent a FIN; waits for the acknowledgment of its own", "双方都已发送 FIN，等待对方确认自己的 FIN"),
    "LAST-ACK": ("the peer has finished and it has sent its FIN too; waits for its acknowledgment", "对方已关闭，自己也已发送 FIN，等待最后的确认"),
    "TIME-WAIT": ("waits 2MSL, to acknowledge a repeated FIN and to let old segments die out", "等待 2MSL，以便再次确认重传的 FIN，并让旧报文段消失"),
}  # fmt: skip

NOTATION_ZH = {
    "after passive OPEN": "经由被动 OPEN 进入", "after active OPEN": "经由主动 OPEN 进入",
    "the remote socket is specified": "已指定对端套接字", "no ACK bit": "没有 ACK 标志",
    "the ACK acknowledges our SYN": "ACK 确认了本端的 SYN", "no SEND is pending": "没有尚未完成的 SEND",
    "after TIME-WAIT": "经由 TIME-WAIT 重新打开", "after passive OPEN, the SYN is new (optional)": "经被动 OPEN 建立，且 SYN 属于新连接（可选行为）",
    "our FIN is not acknowledged": "本端的 FIN 尚未被确认",
    "snd SYN": "发送 SYN", "snd ACK": "发送 ACK", "snd SYN,ACK": "发送 SYN,ACK", "snd FIN": "发送 FIN", "snd RST": "发送 RST",
    "create TCB": "创建 TCB", "delete TCB": "删除 TCB", "start 2MSL timer": "启动 2MSL 计时器",
    'signal "connection reset"': "通知应用：连接被复位", 'signal "connection refused"': "通知应用：连接被拒绝",
    'signal "connection aborted due to user timeout"': "通知应用：因用户超时而放弃连接",
}  # fmt: skip
"""Guards and actions of the table in Chinese; what is missing is a formula, the same in every language."""


def _both(text: object) -> Text:
    return {"en": str(text), "zh": NOTATION_ZH.get(str(text), str(text))}


def _transition_title(row: Transition) -> Text:
    if row.guard and row.id.endswith(row.guard):
        guard = _both(row.guard)
        note = {"en": f" ({guard['en']})", "zh": f"（{guard['zh']}）"}
    else:
        note = {"en": "", "zh": ""}
    return {lang: f"{row.state}, {row.event.show(lang)}{note[lang]} → {row.next}" for lang in ("en", "zh")}


def _elements() -> Iterable[Element]:
    for state in STATES.members:
        yield Element(f"state:{state}", "states", {"en": state, "zh": state}, Rfc(9293, "3.3.2"))
    for row in TABLE:
        yield Element(row.id, "transitions", _transition_title(row), row.cite)
    for flag in (*CONTROL_BITS, ACCURATE_ECN):
        yield Element(f"flag:{flag.name}", "flags", flag.title, flag.cite)
    for one in FIELDS:
        yield Element(f"field:{one.name}", "fields", one.title, one.cite)
    for option in OPTION_KINDS:
        yield Element(f"option:{option.name}", "options", option.title, option.cite)
    for rule, (title, cite) in RULES.items():
        yield Element(f"rule:{rule}", "rules", title, cite)


ELEMENTS: dict[str, Element] = {element.id: element for element in _elements()}

Rows = Sequence[Sequence[Text]]


def tables(table: Iterable[Transition] = TABLE) -> dict[str, Rows]:
    """Rows for study sheets: transitions, states, flags, fields, options; each begins with its heading."""
    return {
        "transitions": _transitions(table), "states": _states(), "flags": _flags(), "fields": _fields(),
        "options": _options(),
    }  # fmt: skip


_NAME, _MEANING, _SOURCE = {"en": "Name", "zh": "名称"}, {"en": "Meaning", "zh": "含义"}, {"en": "Source", "zh": "出处"}


def _states() -> Rows:
    heading = ({"en": "State", "zh": "状态"}, {"en": "netstat", "zh": "netstat"}, _MEANING)
    rows = (
        (_both(state), _both(_NETSTAT.get(state, state)), {"en": _MEANINGS[state][0], "zh": _MEANINGS[state][1]})
        for state in STATES.members
    )
    return (heading, *rows)


_NETSTAT = {
    "SYN-SENT": "SYN_SENT", "SYN-RECEIVED": "SYN_RECV", "FIN-WAIT-1": "FIN_WAIT1", "FIN-WAIT-2": "FIN_WAIT2",
    "CLOSE-WAIT": "CLOSE_WAIT", "LAST-ACK": "LAST_ACK", "TIME-WAIT": "TIME_WAIT", "CLOSED": "–",
}  # fmt: skip
"""What netstat on Linux prints; a connection in CLOSED is none, and is not listed."""


def _transitions(table: Iterable[Transition]) -> Rows:
    heading = (
        {"en": "State", "zh": "状态"}, {"en": "Event", "zh": "事件"}, {"en": "If", "zh": "条件"},
        {"en": "Action", "zh": "动作"}, {"en": "Next state", "zh": "下一状态"}, _SOURCE,
    )  # fmt: skip
    in_order = sorted(
        table, key=lambda row: (STATES.members.index(row.state.name), EVENTS.members.index(row.event.name))
    )
    return (heading, *(_transition(row) for row in in_order))


def _transition(row: Transition) -> Sequence[Text]:
    event = {lang: row.event.show(lang) for lang in ("en", "zh")}
    done = {
        "en": ", ".join(row.actions) or "–",
        "zh": "，".join(NOTATION_ZH.get(action, action) for action in row.actions) or "–",
    }
    return (_both(row.state), event, _both(row.guard or "–"), done, _both(row.next), _both(row.cite))


def _flags() -> Rows:
    heading = (_NAME, {"en": "Bit", "zh": "位"}, _MEANING, _SOURCE)
    return (heading, *((_both(one.name), _both(one.bit), one.meaning, _both(one.cite)) for one in CONTROL_BITS))


def _fields() -> Rows:
    heading = (
        _NAME,
        {"en": "Bit", "zh": "起始位"},
        {"en": "Width", "zh": "宽度"},
        {"en": "Counts", "zh": "单位"},
        _MEANING,
    )
    units = {"bytes": "字节", "32-bit words": "32 位字", "": "–"}
    rows: list[Sequence[Text]] = [heading]
    for one in FIELDS:
        width = {"en": "0–320 bits", "zh": "0–320 位"} if one.width is None else {"en": f"{one.width} bits", "zh": f"{one.width} 位"}  # fmt: skip
        rows.append((one.title, _both(one.bit), width, {"en": one.unit or "–", "zh": units[one.unit]}, one.meaning))
    return rows


def _options() -> Rows:
    heading = (_NAME, {"en": "Kind", "zh": "种类"}, {"en": "Bytes", "zh": "字节数"}, {"en": "Only with SYN", "zh": "仅随 SYN"}, _MEANING)  # fmt: skip
    yes, no = {"en": "yes", "zh": "是"}, {"en": "no", "zh": "否"}
    rows: list[Sequence[Text]] = [heading]
    for one in OPTION_KINDS:
        length = {"en": "varies", "zh": "不定"} if one.length is None else _both(one.length)
        rows.append((one.title, _both(one.kind), length, yes if one.syn_only else no, one.meaning))
    return rows


def graph(table: Iterable[Transition] = TABLE) -> StateDiagram:
    """Every row of the table, with its guard and all of its actions."""
    arcs = (
        Arc(
            str(row.state), str(row.next), str(row.event), ", ".join(row.actions),
            _both(row.guard) if row.guard else {}, row.drawn,
        )
        for row in table
    )  # fmt: skip
    return StateDiagram(STATES.members, tuple(arcs))
