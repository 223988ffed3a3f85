"""What happens between pressing Enter in the address bar and the page on the screen, as points in time.

What lasts has a beginning and an end (PARSE_START, PARSE_END), because what lasts overlaps: parsing begins while the
response is still arriving. STYLE, LAYOUT and PAINT are the first ones; a browser repeats them as more of the page arrives.

A redirect adds a first exchange of its own: FIRST_REQUEST_SENT to LOCATION_PARSED. REQUEST_SENT and what follows always
belong to the page; a connection that the redirect's target needs has names that begin with TARGET_.
"""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.models.base import Cite, Rfc, Text
from quizgen.models.values import Domain

ALWAYS, HSTS, NETWORK, LOOKUP, TCP, TLS, QUIC, CLOSING = (
    "always", "hsts", "network", "lookup", "tcp", "tls", "quic", "closing",
)  # fmt: skip
REDIRECT, TARGET_LOOKUP, TARGET_TCP, TARGET_TLS, TARGET_QUIC = (
    "redirect", "target-lookup", "target-tcp", "target-tls", "target-quic",
)  # fmt: skip
VALIDATION, SCRIPT, SECOND_TCP, SECOND_TLS = "validation", "script", "second-tcp", "second-tls"
"""The phases that a navigation may or may not have; each event belongs to one."""


@dataclass(frozen=True)
class Event:
    """An event: its name, what it is, the phase that it belongs to, and the place that describes it."""

    name: str
    title: Text
    phase: str
    cite: Cite


def html(section: str) -> Cite:
    """A place in the HTML Standard; by its heading where the living standard's numbers move."""
    return Cite("HTML Standard", section)


def _event(name: str, phase: str, cite: Cite, en: str, zh: str) -> Event:
    return Event(name, {"en": en, "zh": zh}, phase, cite)


FETCH = Cite("Fetch Standard", "HTTP-network-or-cache fetch")
REDIRECTION = Cite("Fetch Standard", "HTTP-redirect fetch")
CASCADE = Cite("CSS Cascading and Inheritance Level 4", "4")
HTTP_ORIGIN, HTTPS_ORIGIN, EXCHANGE = Rfc(9110, "4.3.2"), Rfc(9110, "4.3.3"), Rfc(9110, "3.4")
STYLESHEET, IMAGE, SCRIPT_ELEMENT, THE_END = (
    html('"Link type stylesheet"'), html('"Updating the image data"'), html("4.12.1.1"), html("13.2.7"),
)  # fmt: skip

TABLE: tuple[Event, ...] = (
    _event("URL_PARSED", ALWAYS, Cite("URL Standard", "4.4"), "the URL is parsed", "解析 URL"),
    _event("HSTS_UPGRADE", HSTS, Rfc(6797, "8.3"), "HSTS turns http into https", "HSTS 把 http 改为 https"),
    _event("CACHE_LOOKUP", ALWAYS, Rfc(9111, "4"), "the HTTP cache is searched", "查找 HTTP 缓存"),
    _event("DNS_QUERY", LOOKUP, Rfc(1034, "5"), "the DNS query is sent", "发出 DNS 查询"),
    _event("DNS_ANSWER", LOOKUP, Rfc(1034, "5"), "the address arrives from DNS", "DNS 返回地址"),
    _event("TCP_SYN", TCP, Rfc(9293, "3.5"), "the client sends its SYN", "客户端发出 SYN"),
    _event("TCP_OPEN", TCP, Rfc(9293, "3.5"), "the TCP connection is open at the client", "客户端的 TCP 连接已建立"),
    _event("TLS_START", TLS, Rfc(8446, "2"), "the TLS handshake begins", "TLS 握手开始"),
    _event("TLS_DONE", TLS, Rfc(8446, "2"), "the TLS handshake is complete", "TLS 握手完成"),
    _event("QUIC_START", QUIC, Rfc(9000, "7"), "the QUIC handshake begins, over UDP", "QUIC 握手开始（基于 UDP）"),
    _event("QUIC_DONE", QUIC, Rfc(9001, "4.1.1"), "the QUIC handshake, TLS included, is complete", "QUIC 握手（含 TLS）完成"),
    _event("FIRST_REQUEST_SENT", REDIRECT, EXCHANGE, "the request for the URL that redirects is sent", "请求将被重定向的 URL"),
    _event("SERVER_REDIRECTS", REDIRECT, Rfc(9110, "15.4"), "the server answers with a redirect (3xx)", "服务器以重定向（3xx）应答"),
    _event("REDIRECT_RECEIVED", REDIRECT, Rfc(9110, "15.4"), "the redirect's header section is complete", "重定向响应的首部接收完毕"),
    _event("LOCATION_PARSED", REDIRECT, Rfc(9110, "10.2.2"), "the URL in Location is parsed", "解析 Location 中的 URL"),
    _event("TARGET_CACHE_LOOKUP", REDIRECT, REDIRECTION, "the HTTP cache is searched for the redirect's target", "在 HTTP 缓存中查找重定向目标"),
    _event("TARGET_DNS_QUERY", TARGET_LOOKUP, Rfc(1034, "5"), "the DNS query for the target's host is sent", "发出对目标主机的 DNS 查询"),
    _event("TARGET_DNS_ANSWER", TARGET_LOOKUP, Rfc(1034, "5"), "the target's address arrives from DNS", "DNS 返回目标主机的地址"),
    _event("TARGET_TCP_SYN", TARGET_TCP, Rfc(9293, "3.5"), "the client sends its SYN to the target", "客户端向目标发出 SYN"),
    _event("TARGET_TCP_OPEN", TARGET_TCP, Rfc(9293, "3.5"), "the TCP connection to the target is open at the client", "到目标的 TCP 连接在客户端已建立"),
    _event("TARGET_TLS_START", TARGET_TLS, Rfc(8446, "2"), "the TLS handshake with the target begins", "与目标的 TLS 握手开始"),
    _event("TARGET_TLS_DONE", TARGET_TLS, Rfc(8446, "2"), "the TLS handshake with the target is complete", "与目标的 TLS 握手完成"),
    _event("TARGET_QUIC_START", TARGET_QUIC, Rfc(9000, "7"), "the QUIC handshake with the target begins", "与目标的 QUIC 握手开始"),
    _event("TARGET_QUIC_DONE", TARGET_QUIC, Rfc(9001, "4.1.1"), "the QUIC handshake with the target is complete", "与目标的 QUIC 握手完成"),
    _event("VALIDATOR_ADDED", VALIDATION, Rfc(9111, "4.3.1"), "the stored response's validator goes into the request (If-None-Match, If-Modified-Since)", "把已存储响应的验证器写入请求（If-None-Match、If-Modified-Since）"),
    _event("REQUEST_SENT", NETWORK, EXCHANGE, "the HTTP request is sent", "发送 HTTP 请求"),
    _event("SERVER_PROCESSES", NETWORK, EXCHANGE, "the server takes up the request", "服务器开始处理请求"),
    _event("RESPONSE_FIRST_BYTE", NETWORK, EXCHANGE, "the response's first byte arrives", "响应的第一个字节到达"),
    _event("RESPONSE_HEADERS", NETWORK, Rfc(9110, "6"), "the response's header section is complete", "响应首部接收完毕"),
    _event("STORED_FRESHENED", VALIDATION, Rfc(9111, "4.3.4"), "the 304 freshens the stored response", "304 使已存储的响应恢复新鲜"),
    _event("PARSE_START", ALWAYS, html("13.2"), "HTML parsing begins", "开始解析 HTML"),
    _event("STYLESHEET_REQUESTED", ALWAYS, STYLESHEET, "the style sheet that the page links is requested", "请求页面引用的样式表"),
    _event("SCRIPT_REQUESTED", SCRIPT, SCRIPT_ELEMENT, "the script that the page names is requested", "请求页面引用的脚本"),
    _event("IMAGE_REQUESTED", ALWAYS, IMAGE, "an image that the page shows is requested", "请求页面中的图片"),
    _event("SECOND_TCP_SYN", SECOND_TCP, Rfc(9112, "9.4"), "the client sends the SYN of a second connection", "客户端发出第二条连接的 SYN"),
    _event("SECOND_TCP_OPEN", SECOND_TCP, Rfc(9112, "9.4"), "the second TCP connection is open at the client", "第二条 TCP 连接在客户端已建立"),
    _event("SECOND_TLS_START", SECOND_TLS, Rfc(8446, "2"), "the TLS handshake of the second connection begins", "第二条连接的 TLS 握手开始"),
    _event("SECOND_TLS_DONE", SECOND_TLS, Rfc(8446, "2"), "the TLS handshake of the second connection is complete", "第二条连接的 TLS 握手完成"),
    _event("RESPONSE_LAST_BYTE", NETWORK, Rfc(9110, "6.1"), "the response's last byte arrives", "响应的最后一个字节到达"),
    _event("STYLESHEET_LOADED", ALWAYS, STYLESHEET, "the style sheet has arrived", "样式表加载完毕"),
    _event("CSSOM_BUILT", ALWAYS, Cite("CSSOM", "6.1"), "the CSSOM is built", "构建 CSSOM"),
    _event("SCRIPT_LOADED", SCRIPT, SCRIPT_ELEMENT, "the script has arrived", "脚本加载完毕"),
    _event("IMAGE_LOADED", ALWAYS, IMAGE, "the image has arrived", "图片加载完毕"),
    _event("CONTENT_IN_DOM", ALWAYS, html("13.2.6"), "the first content is in the DOM", "首批内容进入 DOM"),
    _event("SCRIPT_EXECUTED", SCRIPT, SCRIPT_ELEMENT, "the script is executed", "执行脚本"),
    _event("PARSE_END", ALWAYS, THE_END, "HTML parsing ends: the DOM is complete", "HTML 解析结束，DOM 构建完成"),
    _event("STYLE", ALWAYS, CASCADE, "styles are computed", "计算样式"),
    _event("LAYOUT", ALWAYS, Cite("CSS 2", "9"), "the page is laid out", "布局"),
    _event("PAINT", ALWAYS, Cite("CSS 2", "Appendix E"), "the page is painted", "绘制"),
    _event("DOM_CONTENT_LOADED", ALWAYS, THE_END, "the event DOMContentLoaded fires", "触发 DOMContentLoaded 事件"),
    _event("LOAD_EVENT", ALWAYS, THE_END, "the event load fires", "触发 load 事件"),
    _event("CONNECTION_CLOSED", CLOSING, Rfc(9112, "9.6"), "the connection is closed", "关闭连接"),
)  # fmt: skip
"""Roughly as they happen. No variant admits this very order of all: a deferred script runs after PARSE_END."""

EVENTS = Domain(
    "navigation event", tuple(event.name for event in TABLE), labels={event.name: event.title for event in TABLE}
)
