"""A small bank with every item type, in English and Chinese, for the tests of outputs."""

from typing import TypedDict, Unpack

from quizgen.items.question import Bank, Blank, Misconception, Option, Question, Table, Topic, Type
from quizgen.models.base import Text
from quizgen.models.figure import Arc, Box, Figure, HeaderLayout, Ladder, Message, Moment, StateDiagram


def text(en: str, zh: str | None = None) -> dict[str, str]:
    return {"en": en, "zh": zh or en}


def _moment(client: str, server: str, /, **events: str) -> Moment:
    return Moment({"client": client, "server": server}, events)


HANDSHAKE = Ladder(
    ("client", "server"),
    (
        _moment("CLOSED", "CLOSED"),
        _moment("CLOSED", "LISTEN", server="OPEN passive"),
        _moment("SYN-SENT", "LISTEN", client="OPEN active"),
        _moment("SYN-SENT", "SYN-RECEIVED"),
        _moment("ESTABLISHED", "SYN-RECEIVED"),
        _moment("ESTABLISHED", "ESTABLISHED"),
    ),
    (
        Message("client", "SYN SEQ=x", 2, 3),
        Message("server", "SYN,ACK SEQ=y ACK=x+1", 3, 4),
        Message("client", "ACK SEQ=x+1 ACK=y+1", 4, 5),
    ),
)
LADDER = Figure(text("Opening a connection", "建立连接"), HANDSHAKE)
MASKED = Figure(text("Opening a connection", "建立连接"), HANDSHAKE, frozenset({"message:2"}))
STATES = Figure(
    text("States", "状态"),
    StateDiagram(
        ("CLOSED", "LISTEN", "SYN-SENT"),
        (Arc("CLOSED", "LISTEN", "passive OPEN", "create TCB"), Arc("CLOSED", "SYN-SENT", "active OPEN", "snd SYN")),
    ),
)
HEADER = Figure(
    text("Header", "首部"),
    HeaderLayout((Box("Source Port", 0, 16), Box("Destination Port", 16, 16), Box("Sequence Number", 32, 32))),
)

_RATIONALE = text("A `SYN` occupies **one** sequence number & no more.", "`SYN` 占用**一个**序号。")
_SOURCE = "RFC 9293 §3.4"


class _Parts(TypedDict, total=False):
    options: tuple[Option, ...]
    blanks: tuple[Blank, ...]
    sequence: tuple[Text, ...]
    orders: tuple[tuple[int, ...], ...]
    pairs: tuple[tuple[Text, Text], ...]
    figure: Figure
    misconception: str


def _question(name: str, kind: Type, en: str, zh: str, **parts: Unpack[_Parts]) -> Question:
    return Question(
        f"tcp/handshake/{name}", "tcp/handshake", kind, "proved", text(en, zh), _RATIONALE, _SOURCE, ladder=LADDER,
        evidence=("1. client -> server SYN SEQ=x", "2. server -> client SYN,ACK SEQ=y ACK=x+1"), tags=("handshake",), **parts,
    )  # fmt: skip


def _wrong(en: str, zh: str | None = None, misconception: str | None = None) -> Option:
    return Option(
        text(en, zh),
        False,
        text(f"The model computes x + 1, not {en}.", f"模型算出 x + 1，而不是 {zh or en}。"),
        misconception,
    )


QUESTIONS = (
    _question(
        "acknowledges", "choice", "The client's SYN carries SEQ = x. What does the SYN-ACK acknowledge?", "客户端的 SYN 携带 SEQ = x，SYN-ACK 的确认号是多少？",
        options=(Option(text("x + 1"), True), _wrong("x"), _wrong("y + 1"), _wrong("x + 2")),
    ),
    _question(
        "flags", "multiple", "Which flags does the second segment carry?", "第二个报文段带哪些标志？",
        options=(Option(text("SYN"), True), Option(text("ACK"), True), _wrong("FIN"), _wrong("RST")),
    ),
    _question(
        "together", "true-false", "Both ends enter ESTABLISHED at the same moment.", "两端同时进入 ESTABLISHED。",
        options=(_wrong("True", "正确", "both-established-together"), Option(text("False", "错误"), True)), misconception="both-established-together",
    ),
    _question(
        "cloze", "cloze", "On the SYN-ACK the client goes from {1} to {2}.", "收到 SYN-ACK 后，客户端从 {1} 进入 {2}。",
        blanks=(Blank(text("SYN-SENT"), ("SYN-SENT", "SYN_SENT")), Blank(text("ESTABLISHED"), ("ESTABLISHED",))),
    ),
    _question("header", "numeric", "How long is the basic TCP header?", "TCP 基本首部有多长？", blanks=(Blank(text("20 bytes", "20 字节"), ("20 bytes", "20 B"), 20.0, 0.0, "B"),)),
    _question("state", "short", "Which state does the server enter on the SYN?", "服务器收到 SYN 后进入什么状态？", blanks=(Blank(text("SYN-RECEIVED"), ("SYN-RECEIVED", "SYN_RECV", "SYN_RECEIVED")),)),
    _question(
        "order", "order", "Put the three segments in order.", "按顺序排列三个报文段。",
        sequence=(text("SYN"), text("SYN, ACK"), text("ACK")), orders=((0, 1, 2),),
    ),
    _question(
        "match", "match", "Match each end with its state after the second segment.", "将两端与第二个报文段之后的状态配对。",
        pairs=((text("client", "客户端"), text("ESTABLISHED")), (text("server", "服务器"), text("SYN-RECEIVED"))),
    ),
    _question(
        "figure", "figure", "What does the masked segment carry?", "被遮住的报文段带什么？", figure=MASKED,
        options=(Option(text("SYN,ACK SEQ=y ACK=x+1"), True), _wrong("SYN SEQ=y"), _wrong("ACK SEQ=y ACK=x+1")),
    ),
)  # fmt: skip

MISCONCEPTION = Misconception(
    "both-established-together",
    "tcp/handshake",
    text("Both ends enter ESTABLISHED at the same moment.", "两端同时进入 ESTABLISHED。"),
    text(
        "The client enters it when the SYN-ACK arrives, the server when the third segment arrives.",
        "客户端在 SYN-ACK 到达时进入，服务器要等到第三个报文段到达。",
    ),
    "RFC 9293 Figure 6",
    origin=text("Drawings put the two states on one line.", "许多示意图把两端的状态画在同一行。"),
)

BANK = Bank(
    (
        Topic(
            "tcp/handshake",
            text("The three-way handshake", "三次握手"),
            (
                text("TCP opens a connection with **three** segments.", "TCP 用**三个**报文段建立连接。"),
                LADDER, STATES, HEADER,
                Table(text("Flags", "标志位"), ((text("Flag", "标志"), text("Meaning", "含义")), (text("SYN"), text("Synchronize sequence numbers", "同步序号")))),
            ),
            (MISCONCEPTION,),
            QUESTIONS,
            "CC BY 4.0",
        ),
    ),
    ("en", "zh"),
    "0.1.0",
)  # fmt: skip
