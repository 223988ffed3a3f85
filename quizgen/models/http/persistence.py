"""When a connection stays open after a response, and who must or may close it (RFC 9112 §9.3, §9.5, §9.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.models.base import Cite, Rfc, Text
from quizgen.models.http.message import HTTP_1_0, HTTP_1_1, HTTP_2, HTTP_3, options
from quizgen.models.values import Term


@dataclass(frozen=True)
class PersistenceRule:
    """One row: what must hold of the message for the row to decide, and what it decides.

    `option`: a connection option that must be present ("" for none asked). `versions`: those it speaks of (empty: all).
    `undelimited`: speaks only of a message whose length the closing of the connection tells. `consent`: asks that the
    recipient honours HTTP/1.0 keep-alive and is no proxy that received a request.
    """

    id: str
    persists: bool
    title: Text
    cite: Cite
    versions: tuple[Term, ...] = ()
    option: str = ""
    undelimited: bool = False
    consent: bool = False


def _text(en: str, zh: str) -> Text:
    return {"en": en, "zh": zh}


_RULE = Rfc(9112, "9.3")
RULES: tuple[PersistenceRule, ...] = (
    PersistenceRule("rule:http3-persists", True, _text("an HTTP/3 connection persists across requests", "HTTP/3 连接跨多个请求保持"),
                    Rfc(9114, "3.3"), versions=(HTTP_3,)),
    PersistenceRule("rule:http2-persists", True, _text("an HTTP/2 connection persists", "HTTP/2 连接保持打开"),
                    Rfc(9113, "9.1"), versions=(HTTP_2,)),
    PersistenceRule("rule:length-by-close", False, _text("a message whose end is the end of the connection leaves none to reuse", "以连接关闭标志结束的报文之后，连接不能再用"),
                    _RULE, undelimited=True),
    PersistenceRule("rule:close-option", False, _text("with the option close the connection ends after the response", "带 close 选项时，连接在本次响应之后关闭"),
                    _RULE, option="close"),
    PersistenceRule("rule:http11-persists", True, _text("HTTP/1.1: the connection persists by default", "HTTP/1.1 的连接默认保持"),
                    _RULE, versions=(HTTP_1_1,)),
    PersistenceRule("rule:http10-keep-alive", True, _text("HTTP/1.0: the connection persists if keep-alive is sent and honoured", "HTTP/1.0 的连接只有发送并接受了 keep-alive 才保持"),
                    _RULE, versions=(HTTP_1_0,), option="keep-alive", consent=True),
    PersistenceRule("rule:http10-closes", False, _text("HTTP/1.0: otherwise the connection closes after the response", "HTTP/1.0 的连接否则在响应之后关闭"),
                    _RULE),
)  # fmt: skip
"""In the order in which they are asked: the first that applies decides. HTTP/2 and HTTP/3 know no Connection field."""


NOT_READ = PersistenceRule("rule:unread-body", False, _text("a server that has not read the whole request closes after its response", "服务器没有读完整个请求，就在响应之后关闭连接"),
                           _RULE)  # fmt: skip
HALF_CLOSED = PersistenceRule("rule:half-closed", False, _text("a client that has half-closed gets its responses, and then the connection ends", "客户端半关闭之后仍会收到响应，随后连接结束"),
                              Rfc(9112, "9.6"))  # fmt: skip


def decide(
    rules: Sequence[PersistenceRule], version: Term, connection: str, *, delimited: bool, consents: bool
) -> PersistenceRule:
    """The rule that decides whether the connection persists after the response to, or after, such a message."""
    given = options(connection)
    for rule in rules:
        speaks = not rule.versions or version in rule.versions
        asked = (not rule.option or rule.option in given) and (not rule.undelimited or not delimited)
        if speaks and asked and (consents or not rule.consent):
            return rule
    raise LookupError(f"no persistence rule speaks of {version}")
