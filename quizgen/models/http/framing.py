"""How the end of a message's body is told, and whether a further message can follow on the connection (RFC 9112 §6.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizgen.models.base import Cite, Rfc, Text
from quizgen.models.http.message import FRAMED, HTTP_1_0, HTTP_1_1, listed
from quizgen.models.values import Domain, Term

BODY_ENDS = Domain(
    "end of a body",
    ("no body", "Content-Length", "chunked", "connection close", "frames", "tunnel", "faulty framing"),
    aliases={"close": "connection close", "none": "no body"},
    labels={
        "no body": {"zh": "没有报文体"},
        "connection close": {"en": "the closing of the connection", "zh": "连接关闭"},
        "chunked": {"zh": "分块传输编码"},
        "frames": {"zh": "帧"},
        "tunnel": {"zh": "隧道"},
        "faulty framing": {"zh": "定界错误"},
    },
)
NO_BODY, CONTENT_LENGTH, CHUNKED, CONNECTION_CLOSE, FRAMES, TUNNEL, FAULTY = BODY_ENDS.terms()


@dataclass(frozen=True)
class Head:
    """What of a message's head tells where its body ends. A response has the `status` and the `method` of its request;
    a request has status 0. `coding` and `length` are the Transfer-Encoding and Content-Length fields; None: not sent.
    """

    version: Term = HTTP_1_1
    method: str = "GET"
    status: int = 0
    coding: str | None = None
    length: str | None = None

    @property
    def is_chunked(self) -> bool:
        """Whether chunked is the last transfer coding."""
        return listed(self.coding or "")[-1:] == ("chunked",)

    @property
    def length_is_valid(self) -> bool:
        """Whether Content-Length is one number, be it repeated (§6.3, item 5)."""
        given = set(listed(self.length or ""))
        return len(given) == 1 and re.fullmatch("[0-9]+", given.pop()) is not None


@dataclass(frozen=True)
class BodyRule:
    """One row: when it applies, how the end is told, and whether the connection can stay open after the message."""

    id: str
    applies: Callable[[Head], bool]
    end: Term
    persists: bool
    title: Text
    cite: Cite


def _row(
    name: str, applies: Callable[[Head], bool], end: Term, persists: bool, en: str, zh: str, section: str
) -> BodyRule:
    return BodyRule(f"body:{name}", applies, end, persists, {"en": en, "zh": zh}, Rfc(9112, section))


def _never_has_a_body(head: Head) -> bool:
    return bool(head.status) and (head.method == "HEAD" or head.status < 200 or head.status in (204, 304))


def _codes_in_http10(head: Head) -> bool:
    return head.coding is not None and head.version == HTTP_1_0


BODY_RULES: tuple[BodyRule, ...] = (
    BodyRule("body:frames", lambda head: head.version in FRAMED, FRAMES, True,
             {"en": "HTTP/2 and HTTP/3: frames delimit the messages", "zh": "HTTP/2 和 HTTP/3：由帧界定报文"}, Rfc(9113, "8.1")),
    BodyRule("body:tunnel", lambda head: head.method == "CONNECT" and 200 <= head.status < 300, TUNNEL, False,
             {"en": "after a 2xx response to CONNECT the connection is a tunnel", "zh": "对 CONNECT 的 2xx 响应之后，连接成为隧道"}, Rfc(9110, "9.3.6")),
    BodyRule("body:switched", lambda head: head.status == 101, NO_BODY, False,
             {"en": "a 101 response ends with the header, and the connection speaks another protocol", "zh": "101 响应在首部之后结束，连接改用另一协议"}, Rfc(9110, "15.2.2")),
    _row("coding-without-body-in-http10", lambda head: _never_has_a_body(head) and _codes_in_http10(head), NO_BODY, False,
         "a response of HTTP/1.0 without a body, but with Transfer-Encoding: the connection closes",
         "HTTP/1.0 响应没有报文体却带 Transfer-Encoding：连接要关闭", "6.1"),
    _row("none", _never_has_a_body, NO_BODY, True,
         "a response to HEAD, and 1xx, 204 and 304, end with the header, whatever it says",
         "对 HEAD 的响应以及 1xx、204、304 响应在首部之后结束，不论首部怎么写", "6.3"),
    _row("coding-in-http10", _codes_in_http10, FAULTY, False,
         "Transfer-Encoding in HTTP/1.0 is faulty framing: the connection closes",
         "HTTP/1.0 报文带 Transfer-Encoding 视为定界错误，连接要关闭", "6.1"),
    _row("both", lambda head: head.is_chunked and head.length is not None and not head.status, CHUNKED, False,
         "a request with Transfer-Encoding and Content-Length: chunked decides, and the server closes afterwards",
         "请求同时带 Transfer-Encoding 和 Content-Length：以分块为准，响应后服务器关闭连接", "6.1"),
    _row("chunked", lambda head: head.is_chunked, CHUNKED, True,
         "chunks tell the end; Content-Length does not count", "由分块标明结尾，Content-Length 不起作用", "6.3"),
    _row("request-not-chunked", lambda head: head.coding is not None and not head.status, FAULTY, False,
         "a request whose last coding is not chunked is answered 400, and the connection closes",
         "请求的最后一种传输编码不是分块：回应 400 并关闭连接", "6.3"),
    _row("response-not-chunked", lambda head: head.coding is not None, CONNECTION_CLOSE, False,
         "a response whose last coding is not chunked ends with the connection",
         "响应的最后一种传输编码不是分块：到连接关闭为止", "6.3"),
    _row("bad-length", lambda head: head.length is not None and not head.length_is_valid, FAULTY, False,
         "an invalid Content-Length: the connection closes", "Content-Length 无效：连接要关闭", "6.3"),
    _row("length", lambda head: head.length is not None, CONTENT_LENGTH, True,
         "Content-Length tells the end", "由 Content-Length 标明结尾", "6.3"),
    _row("request-without", lambda head: not head.status, NO_BODY, True,
         "a request that declares no body has none", "没有声明报文体的请求就没有报文体", "6.3"),
    _row("until-close", lambda head: True, CONNECTION_CLOSE, False,
         "a response that declares no length ends with the connection", "没有声明长度的响应到连接关闭为止", "6.3"),
)  # fmt: skip
"""In the order in which they are asked: the first that applies decides (§6.3, items 1 to 8, and §6.1).

Item 2 stands before item 1: a 204 to CONNECT is both, and what follows its header is a tunnel (RFC 9110 §9.3.6).
"""


def body_rule(rules: Sequence[BodyRule], head: Head) -> BodyRule:
    """The rule that tells where the body of such a message ends."""
    return next(rule for rule in rules if rule.applies(head))
