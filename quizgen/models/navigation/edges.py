"""Which event must come before which, and who says so. What no row and no chain of rows orders may happen either way.

A row stands where the later event needs the earlier one, or where a standard orders what can be observed. It holds in
every navigation that has both events, unless `phases` name the circumstances in which alone it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizgen.models.base import Cite, Rfc, Text
from quizgen.models.navigation.events import (
    CASCADE,
    EXCHANGE,
    FETCH,
    HTTP_ORIGIN,
    HTTPS_ORIGIN,
    IMAGE,
    REDIRECTION,
    SCRIPT_ELEMENT,
    STYLESHEET,
    THE_END,
    html,
)  # fmt: skip

BLOCKING, IN_HEAD, DEFERRED, AT_END, ONE_CONNECTION, UNTIL_CLOSE = (
    "blocking", "in-head", "deferred", "at-end", "one-connection", "until-close",
)  # fmt: skip
PHASES: Mapping[str, Text] = {
    BLOCKING: {"en": "parser-blocking script in the head", "zh": "head 中阻塞解析的脚本"},
    IN_HEAD: {"en": "script in the head", "zh": "脚本位于 head"},
    DEFERRED: {"en": "defer or module", "zh": "defer 或 module"},
    AT_END: {"en": "script at the end of the body", "zh": "脚本位于 body 末尾"},
    ONE_CONNECTION: {"en": "one HTTP/1.1 connection", "zh": "只有一条 HTTP/1.1 连接"},
    UNTIL_CLOSE: {"en": "response delimited by the close", "zh": "响应以关闭连接为界"},
}
"""Circumstances that bring no event of their own, only rows."""


@dataclass(frozen=True)
class Edge:
    """`first` comes before `then`, for the reason given (one English sentence); in any of the `phases`, if there are some."""

    first: str
    then: str
    reason: str
    cite: Cite
    phases: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`order:DNS_ANSWER:TCP_SYN`."""
        return f"order:{self.first}:{self.then}"

    @property
    def condition(self) -> Text:
        """In which circumstances the row holds, in brackets; nothing where it always does."""
        if not self.phases:
            return {"en": "", "zh": ""}
        en, zh = (" / ".join(PHASES[phase][lang] for phase in self.phases) for lang in ("en", "zh"))
        return {"en": f" ({en})", "zh": f"（{zh}）"}


_CACHE = "Only what the cache cannot answer goes to the network."
_BEGUN = "A handshake begins before it is complete."
_REQUESTED = "What is loaded was requested."
_IN_TURN = "Responses come in the order of their requests, and the page was requested first."
_IN_BODY, _SCRIPTS_WAIT = html("13.2.6.4"), html("4.2.7")

EDGES: tuple[Edge, ...] = (
    # To the server
    Edge("URL_PARSED", "HSTS_UPGRADE", "Only the parsed URL tells the scheme and the host.", Rfc(6797, "8.3")),
    Edge("HSTS_UPGRADE", "CACHE_LOOKUP", "The URL is rewritten before anything is fetched.", Rfc(6797, "8.3")),
    Edge("URL_PARSED", "CACHE_LOOKUP", "The cache is keyed by the URL.", Rfc(9111, "2")),
    Edge("CACHE_LOOKUP", "DNS_QUERY", _CACHE, FETCH),
    Edge("DNS_QUERY", "DNS_ANSWER", "The answer follows the query.", Rfc(1034, "5")),
    Edge("DNS_ANSWER", "TCP_SYN", "A connection is opened to an address, which the name must be resolved to.", HTTP_ORIGIN),
    Edge("DNS_ANSWER", "QUIC_START", "UDP packets too are sent to an address.", Rfc(9114, "3.1")),
    Edge("CACHE_LOOKUP", "TCP_SYN", _CACHE, FETCH),
    Edge("CACHE_LOOKUP", "QUIC_START", _CACHE, FETCH),
    Edge("TCP_SYN", "TCP_OPEN", "The client is ESTABLISHED once its SYN has been answered.", Rfc(9293, "3.5")),
    Edge("TCP_OPEN", "TLS_START", "TLS runs over an open reliable transport.", HTTPS_ORIGIN),
    Edge("TLS_START", "TLS_DONE", _BEGUN, Rfc(8446, "2")),
    Edge("QUIC_START", "QUIC_DONE", _BEGUN, Rfc(9000, "7")),
    Edge("TCP_OPEN", "REQUEST_SENT", "The request is sent over the open connection.", HTTP_ORIGIN),
    Edge("TLS_DONE", "REQUEST_SENT", "An https request is sent over the secured connection.", HTTPS_ORIGIN),
    Edge("QUIC_DONE", "REQUEST_SENT", "The request travels on a stream of the QUIC connection.", Rfc(9114, "3.2")),
    Edge("CACHE_LOOKUP", "REQUEST_SENT", _CACHE, FETCH),
    # Redirected
    Edge("CACHE_LOOKUP", "FIRST_REQUEST_SENT", _CACHE, FETCH),
    Edge("TCP_OPEN", "FIRST_REQUEST_SENT", "The request is sent over the open connection.", HTTP_ORIGIN),
    Edge("TLS_DONE", "FIRST_REQUEST_SENT", "An https request is sent over the secured connection.", HTTPS_ORIGIN),
    Edge("QUIC_DONE", "FIRST_REQUEST_SENT", "The request travels on a stream of the QUIC connection.", Rfc(9114, "3.2")),
    Edge("FIRST_REQUEST_SENT", "SERVER_REDIRECTS", "The redirect is the answer to a request.", EXCHANGE),
    Edge("SERVER_REDIRECTS", "REDIRECT_RECEIVED", "The header section arrives after it has been sent.", EXCHANGE),
    Edge("REDIRECT_RECEIVED", "LOCATION_PARSED", "Location is a field of the redirect's header section.", Rfc(9110, "10.2.2")),
    Edge("LOCATION_PARSED", "TARGET_CACHE_LOOKUP", "A redirect is a fetch of the new URL, and the cache is keyed by it.", REDIRECTION),
    Edge("TARGET_CACHE_LOOKUP", "REQUEST_SENT", _CACHE, FETCH),
    Edge("TARGET_CACHE_LOOKUP", "TARGET_DNS_QUERY", _CACHE, FETCH),
    Edge("TARGET_DNS_QUERY", "TARGET_DNS_ANSWER", "The answer follows the query.", Rfc(1034, "5")),
    Edge("TARGET_DNS_ANSWER", "TARGET_TCP_SYN", "A connection is opened to an address, which the name must be resolved to.", HTTP_ORIGIN),
    Edge("TARGET_DNS_ANSWER", "TARGET_QUIC_START", "UDP packets too are sent to an address.", Rfc(9114, "3.1")),
    Edge("TARGET_CACHE_LOOKUP", "TARGET_TCP_SYN", _CACHE, FETCH),
    Edge("TARGET_TCP_SYN", "TARGET_TCP_OPEN", "The client is ESTABLISHED once its SYN has been answered.", Rfc(9293, "3.5")),
    Edge("TARGET_TCP_OPEN", "TARGET_TLS_START", "TLS runs over an open reliable transport.", HTTPS_ORIGIN),
    Edge("TARGET_TLS_START", "TARGET_TLS_DONE", _BEGUN, Rfc(8446, "2")),
    Edge("TARGET_QUIC_START", "TARGET_QUIC_DONE", _BEGUN, Rfc(9000, "7")),
    Edge("TARGET_TCP_OPEN", "REQUEST_SENT", "Another origin is asked over a connection to it.", HTTP_ORIGIN),
    Edge("TARGET_TLS_DONE", "REQUEST_SENT", "An https request is sent over the secured connection.", HTTPS_ORIGIN),
    Edge("TARGET_QUIC_DONE", "REQUEST_SENT", "The request travels on a stream of the QUIC connection.", Rfc(9114, "3.2")),
    # There and back
    Edge("CACHE_LOOKUP", "VALIDATOR_ADDED", "The validator is taken from the stored response.", Rfc(9111, "4.3.1")),
    Edge("TARGET_CACHE_LOOKUP", "VALIDATOR_ADDED", "The validator is taken from the stored response.", Rfc(9111, "4.3.1")),
    Edge("VALIDATOR_ADDED", "REQUEST_SENT", "The validator travels in the request.", Rfc(9111, "4.3.1")),
    Edge("REQUEST_SENT", "SERVER_PROCESSES", "The server examines what it received.", EXCHANGE),
    Edge("SERVER_PROCESSES", "RESPONSE_FIRST_BYTE", "The response answers the request.", EXCHANGE),
    Edge("RESPONSE_FIRST_BYTE", "RESPONSE_HEADERS", "The header section begins before it is complete.", Rfc(9110, "6")),
    Edge("RESPONSE_HEADERS", "RESPONSE_LAST_BYTE", "The content follows the header section.", Rfc(9110, "6")),
    Edge("RESPONSE_LAST_BYTE", "STORED_FRESHENED", "A 304 ends with its header section, and only the whole of that can update what is stored.", Rfc(9110, "15.4.5")),
    Edge("STORED_FRESHENED", "PARSE_START", "What is parsed is the stored response, which the 304 allows to be used.", Rfc(9111, "4.3.3")),
    # The page
    Edge("RESPONSE_HEADERS", "PARSE_START", "The header fields tell that the content is HTML.", html('"Loading HTML documents"')),
    Edge("CACHE_LOOKUP", "PARSE_START", "Without a response, stored or fetched, there is nothing to parse.", Rfc(9111, "4")),
    Edge("PARSE_START", "STYLESHEET_REQUESTED", "The parser meets the link element.", STYLESHEET),
    Edge("STYLESHEET_REQUESTED", "STYLESHEET_LOADED", _REQUESTED, STYLESHEET),
    Edge("STYLESHEET_LOADED", "CSSOM_BUILT", "The CSSOM is built from the style sheet.", Cite("CSSOM", "6.1")),
    Edge("STYLESHEET_REQUESTED", "CONTENT_IN_DOM", "The link in the head is fetched as soon as it is inserted, before the body is parsed.", STYLESHEET),
    Edge("CONTENT_IN_DOM", "PARSE_END", "The parser inserts the content before it stops.", html("13.2.6")),
    Edge("RESPONSE_LAST_BYTE", "PARSE_END", "The parser stops at the end of its input.", THE_END),
    Edge("STYLESHEET_REQUESTED", "IMAGE_REQUESTED", "The parser meets the link in the head before the image in the body.", _IN_BODY),
    Edge("IMAGE_REQUESTED", "IMAGE_LOADED", _REQUESTED, IMAGE),
    Edge("IMAGE_REQUESTED", "DOM_CONTENT_LOADED", "The request is made in a microtask of parsing, and the event is a task of its own.", IMAGE),
    # The script
    Edge("STYLESHEET_REQUESTED", "SCRIPT_REQUESTED", "The parser meets the link before the script.", _IN_BODY),
    Edge("SCRIPT_REQUESTED", "SCRIPT_LOADED", _REQUESTED, SCRIPT_ELEMENT),
    Edge("SCRIPT_LOADED", "SCRIPT_EXECUTED", "Only what has arrived can be executed.", SCRIPT_ELEMENT),
    Edge("SCRIPT_REQUESTED", "IMAGE_REQUESTED", "The parser meets the script in the head before the image in the body.", _IN_BODY, (IN_HEAD,)),
    Edge("SCRIPT_REQUESTED", "CONTENT_IN_DOM", "The script in the head is fetched as soon as it is inserted, before the body is parsed.", SCRIPT_ELEMENT, (IN_HEAD,)),
    Edge("IMAGE_REQUESTED", "SCRIPT_REQUESTED", "The parser meets the image before the script at the end.", html("13.2.6.4.8"), (AT_END,)),
    Edge("CSSOM_BUILT", "SCRIPT_EXECUTED", "The style sheet before the script is blocking scripts.", _SCRIPTS_WAIT, (BLOCKING, AT_END, DEFERRED)),
    Edge("SCRIPT_EXECUTED", "CONTENT_IN_DOM", "A script without async, defer and type=module blocks the parser, so that the body has to wait.", html("13.2.6.4.8"), (BLOCKING,)),
    Edge("CONTENT_IN_DOM", "SCRIPT_EXECUTED", "What stands before the script has been parsed when it runs.", html("13.2.6.4.8"), (AT_END,)),
    Edge("SCRIPT_EXECUTED", "PARSE_END", "The parser goes on once the script has run.", html("13.2.6.4.8"), (AT_END,)),
    Edge("PARSE_END", "SCRIPT_EXECUTED", "A deferred script, or a module, runs when the document has been parsed.", THE_END, (DEFERRED,)),
    Edge("SCRIPT_EXECUTED", "DOM_CONTENT_LOADED", "The event waits for the deferred scripts.", THE_END, (DEFERRED,)),
    Edge("SCRIPT_EXECUTED", "LOAD_EVENT", "The load event waits for every script, async ones too.", THE_END),
    # The screen
    Edge("CONTENT_IN_DOM", "STYLE", "Styles are computed for elements of the DOM.", CASCADE),
    Edge("CSSOM_BUILT", "STYLE", "A style sheet in the head blocks rendering.", html('"Render-blocking mechanism"')),
    Edge("STYLE", "LAYOUT", "Boxes are generated from computed styles.", Cite("CSS 2", "9")),
    Edge("LAYOUT", "PAINT", "What is painted has a place and a size.", Cite("CSS 2", "Appendix E")),
    Edge("PARSE_END", "DOM_CONTENT_LOADED", "The event fires once the parser has stopped.", THE_END),
    Edge("DOM_CONTENT_LOADED", "LOAD_EVENT", "DOMContentLoaded fires first.", THE_END),
    Edge("CSSOM_BUILT", "LOAD_EVENT", "A style sheet delays the load event until it has been processed.", STYLESHEET),
    Edge("IMAGE_LOADED", "LOAD_EVENT", "An image delays the load event.", THE_END),
    # The connections
    Edge("RESPONSE_LAST_BYTE", "STYLESHEET_LOADED", _IN_TURN, Rfc(9112, "9.3.2"), (ONE_CONNECTION,)),
    Edge("RESPONSE_LAST_BYTE", "SCRIPT_LOADED", _IN_TURN, Rfc(9112, "9.3.2"), (ONE_CONNECTION,)),
    Edge("RESPONSE_LAST_BYTE", "IMAGE_LOADED", _IN_TURN, Rfc(9112, "9.3.2"), (ONE_CONNECTION,)),
    Edge("IMAGE_REQUESTED", "SECOND_TCP_SYN", "A further connection is opened for a request that would otherwise wait.", Rfc(9112, "9.4")),
    Edge("SECOND_TCP_SYN", "SECOND_TCP_OPEN", "The client is ESTABLISHED once its SYN has been answered.", Rfc(9293, "3.5")),
    Edge("SECOND_TCP_OPEN", "SECOND_TLS_START", "TLS runs over an open reliable transport.", HTTPS_ORIGIN),
    Edge("SECOND_TLS_START", "SECOND_TLS_DONE", _BEGUN, Rfc(8446, "2")),
    Edge("SECOND_TCP_OPEN", "IMAGE_LOADED", "The image comes over the second connection.", HTTP_ORIGIN),
    Edge("SECOND_TLS_DONE", "IMAGE_LOADED", "The image comes over the second connection, once it is secured.", HTTPS_ORIGIN),
    Edge("RESPONSE_LAST_BYTE", "CONNECTION_CLOSED", "close takes effect after the response.", Rfc(9112, "9.6")),
    Edge("CONNECTION_CLOSED", "PARSE_END", "Without Content-Length and chunked coding, only the close tells that the input has ended.", Rfc(9112, "6.3"), (UNTIL_CLOSE,)),
)  # fmt: skip
