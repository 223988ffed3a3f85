"""What there is to know of HTTP's persistence and statelessness, and the rows of its study tables."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.models.base import Element, Rfc, Text
from quizgen.models.http.exchange import Spec
from quizgen.models.http.handlers import HANDLERS
from quizgen.models.http.stateless import violation


def _rule(name: str, en: str, zh: str, number: int, section: str) -> Element:
    return Element(f"rule:{name}", "rules", {"en": en, "zh": zh}, Rfc(number, section))


RULE_ELEMENTS = (
    _rule("stateless", "each request can be understood in isolation", "每个请求都可以单独理解", 9110, "3.3"),
    _rule("server-may-keep", "a server may keep records and sessions; the protocol stays stateless", "服务器可以保留记录和会话，协议依然无状态", 9110, "3.3"),
    _rule("connection-is-no-client", "two requests on one connection need not be one user agent's", "同一连接上的两个请求未必来自同一用户代理", 9110, "3.3"),
    _rule("may-close-any-time", "client and server may close the connection at any time", "客户端和服务器都可以随时关闭连接", 9112, "9.5"),
    _rule("no-request-after-close", "after close was sent or received the client sends no further request", "发送或收到 close 之后，客户端不再发送请求", 9112, "9.3"),
    _rule("server-closes-after-close", "after close was sent or received the server closes once its response is sent", "发送或收到 close 之后，服务器在发完响应后关闭连接", 9112, "9.6"),
    _rule("client-closes-after-close", "a client that sends or receives close closes after reading the last response", "发送或收到 close 的客户端读完最后的响应后关闭连接", 9112, "9.6"),
)  # fmt: skip

CARRIERS = (
    Element("carrier:credentials", "carriers", {"en": "credentials in each request", "zh": "每个请求携带凭据"}, Rfc(9110, "11.4")),
    Element("carrier:cookie", "carriers", {"en": "a cookie that holds the state", "zh": "保存状态的 cookie"}, Rfc(6265, "3")),
    Element("carrier:session", "carriers", {"en": "a session on the server, its id in the request", "zh": "服务器上的会话，请求中携带其标识"}, Rfc(6265, "3.1")),
)  # fmt: skip

CARRIER_OF = {
    "CREDENTIALS_LOGIN": "carrier:credentials",
    "COOKIE_LOGIN": "carrier:cookie",
    "SESSION_LOGIN": "carrier:session",
    "CONNECTION_LOGIN": "rule:connection-is-no-client",
}
"""What an answer about recognising users rests on, by handler."""


def elements(spec: Spec) -> dict[str, Element]:
    """Every element by id."""
    rules = (Element(rule.id, "rules", rule.title, rule.cite) for rule in spec.rules)
    return {element.id: element for element in (*rules, *RULE_ELEMENTS, *CARRIERS)}


def tables(spec: Spec) -> dict[str, Sequence[Sequence[Text]]]:
    """Rows for study sheets: persistence (rule, does the connection stay, source), handlers (answer, stateless)."""
    return {"persistence": _persistence(spec), "handlers": _handlers(spec)}


def _cell(text: object) -> Text:
    return {"en": str(text), "zh": str(text)}


_YES, _NO = {"en": "yes", "zh": "是"}, {"en": "no", "zh": "否"}


def _persistence(spec: Spec) -> Sequence[Sequence[Text]]:
    heading = ({"en": "Rule", "zh": "规则"}, {"en": "Stays open", "zh": "保持打开"}, {"en": "Source", "zh": "出处"})
    return (heading, *((rule.title, _YES if rule.persists else _NO, _cell(rule.cite)) for rule in spec.rules))


def _handlers(spec: Spec) -> Sequence[Sequence[Text]]:
    heading = (
        {"en": "Server", "zh": "服务器"},
        {"en": "Answer is a function of the request alone", "zh": "应答只取决于请求本身"},
    )
    return (heading, *((one.title, _NO if violation(spec, one) else _YES) for one in HANDLERS))
