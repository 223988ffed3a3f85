"""What there is to know of HTTP's persistence and statelessness, and the rows of its study tables."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.models.base import Element, Rfc, Text
from quizgen.models.http.framing import BodyRule
from quizgen.models.http.handlers import HANDLERS
from quizgen.models.http.message import FRAMED, VERSIONS
from quizgen.models.http.persistence import HALF_CLOSED, NOT_READ, PersistenceRule, decide
from quizgen.models.http.spec import Spec
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
    _rule("no-processing-after-close", "after close the server processes no further request", "close 之后服务器不再处理任何请求", 9112, "9.6"),
    _rule("staged-close", "a server closes in stages so that a reset does not erase its last response", "服务器分阶段关闭，以免复位报文冲掉最后的响应", 9112, "9.6"),
    _rule("half-close-is-no-end", "a half-close by the client neither ends a request nor gives up its response", "客户端半关闭既不表示请求结束，也不表示不要响应", 9112, "9.6"),
    _rule("responses-in-order", "responses come in the order of the requests", "响应按请求的顺序返回", 9112, "9.3.2"),
    _rule("parallel-if-safe", "pipelined requests are processed in parallel only if all are safe", "流水线中的请求全为安全方法时才可并行处理", 9112, "9.3.2"),
    _rule("no-pipelining-after-non-idempotent", "no request is pipelined behind one that is not idempotent", "非幂等请求得到响应之前，其后不再流水线发送请求", 9112, "9.3.2"),
    _rule("no-pipelining-on-retry", "retrying on a new connection begins without pipelining", "在新连接上重试时，开头不使用流水线", 9112, "9.3.2"),
    _rule("retry-idempotent", "only idempotent requests are repeated automatically", "只有幂等请求才自动重发", 9110, "9.2.2"),
    _rule("streams-in-any-order", "HTTP/2 and HTTP/3: responses come in any order, each on its stream", "HTTP/2 和 HTTP/3：各响应走各自的流，顺序不限", 9113, "5"),
    _rule("no-connection-field", "HTTP/2 and HTTP/3 have no Connection field", "HTTP/2 和 HTTP/3 没有 Connection 字段", 9113, "8.2.2"),
    _rule("goaway", "HTTP/2 and HTTP/3: GOAWAY announces the closing and says what was not processed", "HTTP/2 和 HTTP/3：GOAWAY 预告关闭，并说明哪些请求未处理", 9113, "6.8"),
    _rule("field-compression", "header compression has state; what requests mean has not", "首部压缩有状态，请求的含义没有状态", 9113, "4.3"),
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
    rows: tuple[PersistenceRule | BodyRule, ...] = (*spec.rules, NOT_READ, HALF_CLOSED, *spec.bodies)
    rules = (Element(row.id, "bodies" if isinstance(row, BodyRule) else "rules", row.title, row.cite) for row in rows)
    methods = (Element(one.id, "methods", {"en": one.name, "zh": one.name}, one.cite) for one in spec.methods)
    return {element.id: element for element in (*rules, *RULE_ELEMENTS, *CARRIERS, *methods)}


def tables(spec: Spec) -> dict[str, Sequence[Sequence[Text]]]:
    """Rows for study sheets: persistence and bodies (rule, does the connection stay, source), methods (safe, idempotent),
    versions (what differs), handlers (answer, stateless).
    """
    return {
        "persistence": _rows(spec.rules),
        "bodies": _rows(spec.bodies),
        "methods": _methods(spec),
        "versions": _versions(spec),
        "handlers": _handlers(spec),
    }


def _cell(text: object) -> Text:
    return {"en": str(text), "zh": str(text)}


_IN_TABLE = 2
"""How long the histories are that the table of handlers is made from, each time that the model is loaded."""

_YES, _NO = {"en": "yes", "zh": "是"}, {"en": "no", "zh": "否"}


def _truth(value: bool) -> Text:
    return _YES if value else _NO


def _rows(rules: Sequence[PersistenceRule | BodyRule]) -> Sequence[Sequence[Text]]:
    heading = ({"en": "Rule", "zh": "规则"}, {"en": "Stays open", "zh": "保持打开"}, {"en": "Source", "zh": "出处"})
    return (heading, *((rule.title, _truth(rule.persists), _cell(rule.cite)) for rule in rules))


def _methods(spec: Spec) -> Sequence[Sequence[Text]]:
    heading = (
        {"en": "Method", "zh": "方法"},
        {"en": "Safe", "zh": "安全"},
        {"en": "Idempotent", "zh": "幂等"},
        {"en": "Source", "zh": "出处"},
    )
    rows = ((_cell(one.name), _truth(one.safe), _truth(one.idempotent), _cell(one.cite)) for one in spec.methods)
    return (heading, *rows)


def _versions(spec: Spec) -> Sequence[Sequence[Text]]:
    heading = (
        {"en": "Version", "zh": "版本"},
        {"en": "Persists by default", "zh": "默认保持"},
        {"en": "Connection field", "zh": "Connection 字段"},
        {"en": "Responses in the order of requests", "zh": "响应按请求顺序"},
        {"en": "Announces its closing by", "zh": "用什么预告关闭"},
    )
    return (heading, *(
        (
            _cell(version),
            _truth(decide(spec.rules, version, "", delimited=True, consents=True).persists),
            _truth(version not in FRAMED),
            _truth(version in spec.ordered),
            _cell("GOAWAY" if version in FRAMED else "`Connection: close`"),
        )
        for version in VERSIONS.terms()
    ))  # fmt: skip


def _handlers(spec: Spec) -> Sequence[Sequence[Text]]:
    heading = (
        {"en": "Server", "zh": "服务器"},
        {"en": "Answer is a function of the request alone", "zh": "应答只取决于请求本身"},
    )
    return (heading, *((one.title, _truth(violation(spec, one, bound=_IN_TABLE) is None)) for one in HANDLERS))
