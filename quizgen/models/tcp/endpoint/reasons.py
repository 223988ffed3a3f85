"""What an endpoint says: why it dropped a segment, what it tells its user, and the rules it goes by."""

from __future__ import annotations

from collections.abc import Mapping

from quizgen.models.base import Cite, Rfc, Text
from quizgen.models.values import Domain

_REASONS: Mapping[str, tuple[str, str, Cite]] = {
    "no connection": ("there is no connection that it belongs to", "没有它所属的连接", Rfc(9293, "3.10.7.1")),
    "RST in LISTEN": ("a RST cannot be valid where nothing was sent", "尚未发送任何报文段，RST 不可能有效", Rfc(9293, "3.10.7.2")),
    "ACK in LISTEN": ("it acknowledges something although nothing was sent", "尚未发送任何报文段却收到确认", Rfc(9293, "3.10.7.2")),
    "no SYN in LISTEN": ("LISTEN waits for a SYN", "LISTEN 只等待 SYN", Rfc(9293, "3.10.7.2")),
    "unacceptable ACK": ("its ACK acknowledges something never sent", "它确认了从未发送过的内容", Rfc(9293, "3.10.7.3")),
    "RST without ACK": ("in SYN-SENT a RST needs an acceptable ACK", "在 SYN-SENT 中，RST 必须带有可接受的确认号", Rfc(9293, "3.10.7.3")),
    "neither SYN nor RST": ("SYN-SENT waits for SYN or RST", "SYN-SENT 只等待 SYN 或 RST", Rfc(9293, "3.10.7.3")),
    "not acceptable": ("none of it lies in the receive window", "它完全落在接收窗口之外", Rfc(9293, "3.10.7.4")),
    "RST not exact": ("a RST in the window but not at RCV.NXT draws a challenge ACK", "RST 在窗口内但序号不等于 RCV.NXT，只引发质询 ACK", Rfc(9293, "3.10.7.4")),
    "SYN in connection": ("a SYN in a synchronized state draws a challenge ACK", "已同步状态下收到 SYN，只引发质询 ACK", Rfc(9293, "3.10.7.4")),
    "second SYN": ("a new SYN ends the attempt of the former one", "新的 SYN 使先前的连接尝试作废", Rfc(9293, "3.10.7.4")),
    "no ACK": ("once a SYN was answered every segment must carry ACK", "SYN 得到应答之后，每个报文段都必须带 ACK", Rfc(9293, "3.10.7.4")),
    "ACK of the unsent": ("it acknowledges something not yet sent", "它确认了尚未发送的内容", Rfc(9293, "3.10.7.4")),
    "ACK too old": ("its ACK lies more than a window behind what is acknowledged", "它的确认号比已确认的位置落后超过一个窗口", Rfc(5961, "5.2")),
    "FIN not acknowledged": ("CLOSING waits for the acknowledgment of its FIN", "CLOSING 只等待对自己 FIN 的确认", Rfc(9293, "3.10.7.4")),
}  # fmt: skip
REASONS = Domain(
    "reason for a drop", tuple(_REASONS), labels={name: {"en": en, "zh": zh} for name, (en, zh, _) in _REASONS.items()}
)
REASON_CITES: Mapping[str, Cite] = {name: cite for name, (_, _, cite) in _REASONS.items()}

_SIGNALS: Mapping[str, str] = {
    "connection does not exist": "连接不存在",
    "connection already exists": "连接已存在",
    "connection closing": "连接正在关闭",
    "connection reset": "连接被复位",
    "connection refused": "连接被拒绝",
    "connection aborted due to user timeout": "用户超时，连接中止",
    "remote socket unspecified": "未指定远端套接字",
    "remote end closes": "对端关闭",
    "urgent data": "有紧急数据",
}
SIGNALS = Domain("signal to the user", tuple(_SIGNALS), labels={name: {"zh": zh} for name, zh in _SIGNALS.items()})
"""What §3.10 makes TCP tell its user, in reply to a call or on its own. "remote end closes" is §3.10.7.4's "connection
closing" on the arrival of FIN, kept apart from the error of the same name."""


def _rule(en: str, zh: str, number: int, section: str) -> tuple[Text, Cite]:
    return {"en": en, "zh": zh}, Rfc(number, section)


RULES: Mapping[str, tuple[Text, Cite]] = {
    "syn-occupies-one": _rule("A SYN occupies one sequence number", "SYN 占用一个序号", 9293, "3.4"),
    "fin-occupies-one": _rule("A FIN occupies one sequence number", "FIN 占用一个序号", 9293, "3.4"),
    "cumulative-ack": _rule("An ACK acknowledges everything before it", "确认是累积的", 9293, "3.4"),
    "acceptability": _rule("A segment outside of the window is dropped and answered by an ACK", "窗口之外的报文段被丢弃并以 ACK 应答", 9293, "3.10.7.4"),
    "reset-without-connection": _rule("A segment without a connection draws a RST", "不属于任何连接的报文段引发 RST", 9293, "3.5.2"),
    "reset-of-wrong-ack": _rule("A wrong ACK before synchronization draws a RST", "同步之前的错误确认引发 RST", 9293, "3.5.2"),
    "rst-exact": _rule("Only a RST at RCV.NXT resets", "只有序号等于 RCV.NXT 的 RST 才复位连接", 9293, "3.10.7.4"),
    "challenge-ack": _rule("A doubtful RST or SYN draws a challenge ACK", "可疑的 RST 或 SYN 引发质询 ACK", 9293, "3.10.7.4"),
    "retransmission": _rule("What is not acknowledged is sent again", "未被确认的内容会重传", 9293, "3.10.8"),
    "out-of-order": _rule("Segments ahead of a gap are held", "缺口之后的报文段先保留", 9293, "3.10.7.4"),
    "in-order-delivery": _rule("Data reach the user once and in order", "数据按序且只交付一次", 9293, "3.10.7.4"),
    "send-window": _rule("No more is sent than the window allows", "发送量不超过窗口", 9293, "3.8.6"),
    "zero-window-probe": _rule("A sender probes a zero window, lest the news of its opening be lost", "发送方探测零窗口，以防窗口重新打开的通知丢失", 9293, "3.8.6.1"),
    "window-update": _rule("A receiver says when its window has opened enough to be worth sending", "窗口打开到值得发送时，接收方主动通告", 9293, "3.8.6.2.2"),
    "delayed-ack": _rule("An ACK may wait for data or a FIN to ride on", "ACK 可以推迟以便捎带", 9293, "3.8.6.3"),
    "half-close": _rule("After CLOSE a user goes on receiving", "CLOSE 之后仍可继续接收", 9293, "3.6"),
    "restart-2msl": _rule("A repeated FIN restarts the 2MSL timer", "重复的 FIN 重新启动 2MSL 计时器", 9293, "3.10.7.4"),
    "reopen-time-wait": _rule("A new SYN may reopen from TIME-WAIT", "新的 SYN 可以从 TIME-WAIT 重新打开连接", 9293, "3.6.1"),
    "four-tuple": _rule("A connection is defined by a pair of sockets", "连接由一对套接字确定", 9293, "3.4.1"),
    "pseudo-header": _rule("The IP addresses are in the IP header; the checksum covers them", "IP 地址在 IP 首部中，校验和覆盖它们", 9293, "3.1"),
    "quiet-crash": _rule("A crash loses the memory of all connections", "崩溃使所有连接的记忆丢失", 9293, "3.5.1"),
}  # fmt: skip
