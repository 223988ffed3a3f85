"""Which event must come before which, and who says so. What no row and no chain of rows orders may happen either way."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.models.base import Cite, Rfc
from quizgen.models.navigation.events import EXCHANGE, FETCH, HTTP_ORIGIN, HTTPS_ORIGIN, html


@dataclass(frozen=True)
class Edge:
    """`first` comes before `then`, for the reason given (one English sentence)."""

    first: str
    then: str
    reason: str
    cite: Cite

    @property
    def id(self) -> str:
        """`order:DNS_ANSWER:TCP_SYN`."""
        return f"order:{self.first}:{self.then}"


_STYLESHEETS, _IMAGES, _THE_END = html('"Link type stylesheet"'), html('"Updating the image data"'), html("13.2.7")

EDGES: tuple[Edge, ...] = (
    # To the server
    Edge("URL_PARSED", "HSTS_UPGRADE", "Only the parsed URL tells the scheme and the host.", Rfc(6797, "8.3")),
    Edge("HSTS_UPGRADE", "CACHE_LOOKUP", "The URL is rewritten before anything is fetched.", Rfc(6797, "8.3")),
    Edge("URL_PARSED", "CACHE_LOOKUP", "The cache is keyed by the URL.", Rfc(9111, "2")),
    Edge("CACHE_LOOKUP", "DNS_QUERY", "Only what the cache cannot answer goes to the network.", FETCH),
    Edge("DNS_QUERY", "DNS_ANSWER", "The answer follows the query.", Rfc(1034, "5")),
    Edge("DNS_ANSWER", "TCP_SYN", "A connection is opened to an address, which the name must be resolved to.", HTTP_ORIGIN),
    Edge("DNS_ANSWER", "QUIC_START", "UDP packets too are sent to an address.", Rfc(9114, "3.1")),
    Edge("CACHE_LOOKUP", "TCP_SYN", "Only what the cache cannot answer goes to the network.", FETCH),
    Edge("CACHE_LOOKUP", "QUIC_START", "Only what the cache cannot answer goes to the network.", FETCH),
    Edge("TCP_SYN", "TCP_OPEN", "The client is ESTABLISHED once its SYN has been answered.", Rfc(9293, "3.5")),
    Edge("TCP_OPEN", "TLS_START", "TLS runs over an open reliable transport.", HTTPS_ORIGIN),
    Edge("TLS_START", "TLS_DONE", "A handshake begins before it is complete.", Rfc(8446, "2")),
    Edge("QUIC_START", "QUIC_DONE", "A handshake begins before it is complete.", Rfc(9000, "7")),
    Edge("TCP_OPEN", "REQUEST_SENT", "The request is sent over the open connection.", HTTP_ORIGIN),
    Edge("TLS_DONE", "REQUEST_SENT", "An https request is sent over the secured connection.", HTTPS_ORIGIN),
    Edge("QUIC_DONE", "REQUEST_SENT", "The request travels on a stream of the QUIC connection.", Rfc(9114, "3.2")),
    Edge("CACHE_LOOKUP", "REQUEST_SENT", "Only what the cache cannot answer goes to the network.", FETCH),
    # There and back
    Edge("REQUEST_SENT", "SERVER_PROCESSES", "The server examines what it received.", EXCHANGE),
    Edge("SERVER_PROCESSES", "RESPONSE_FIRST_BYTE", "The response answers the request.", EXCHANGE),
    Edge("RESPONSE_FIRST_BYTE", "RESPONSE_HEADERS", "The header section begins before it is complete.", Rfc(9110, "6")),
    Edge("RESPONSE_HEADERS", "RESPONSE_LAST_BYTE", "The content follows the header section.", Rfc(9110, "6")),
    # The page
    Edge("RESPONSE_HEADERS", "PARSE_START", "The header fields tell that the content is HTML.", html('"Loading HTML documents"')),
    Edge("CACHE_LOOKUP", "PARSE_START", "Without a response, stored or fetched, there is nothing to parse.", Rfc(9111, "4")),
    Edge("PARSE_START", "CONTENT_IN_DOM", "The parser builds the DOM.", html("13.2.6")),
    Edge("CONTENT_IN_DOM", "PARSE_END", "The parser inserts the content before it stops.", html("13.2.6")),
    Edge("RESPONSE_LAST_BYTE", "PARSE_END", "The parser stops at the end of its input.", _THE_END),
    Edge("PARSE_START", "STYLESHEET_REQUESTED", "The parser meets the link element.", _STYLESHEETS),
    Edge("STYLESHEET_REQUESTED", "STYLESHEET_LOADED", "What is loaded was requested.", _STYLESHEETS),
    Edge("STYLESHEET_LOADED", "CSSOM_BUILT", "The CSSOM is built from the style sheet.", Cite("CSSOM", "6.1")),
    Edge("PARSE_START", "IMAGE_REQUESTED", "The parser meets the img element.", _IMAGES),
    Edge("IMAGE_REQUESTED", "IMAGE_LOADED", "What is loaded was requested.", _IMAGES),
    Edge("CONTENT_IN_DOM", "STYLE", "Styles are computed for elements of the DOM.", Cite("CSS Cascading and Inheritance Level 4", "4")),
    Edge("CSSOM_BUILT", "STYLE", "A style sheet in the head blocks rendering.", html('"Render-blocking mechanism"')),
    Edge("STYLE", "LAYOUT", "Boxes are generated from computed styles.", Cite("CSS 2", "9")),
    Edge("LAYOUT", "PAINT", "What is painted has a place and a size.", Cite("CSS 2", "Appendix E")),
    Edge("PARSE_END", "DOM_CONTENT_LOADED", "The event fires once the parser has stopped.", _THE_END),
    Edge("DOM_CONTENT_LOADED", "LOAD_EVENT", "DOMContentLoaded fires first.", _THE_END),
    Edge("STYLESHEET_LOADED", "LOAD_EVENT", "A style sheet delays the load event.", _THE_END),
    Edge("IMAGE_LOADED", "LOAD_EVENT", "An image delays the load event.", _THE_END),
    # The connection
    Edge("RESPONSE_LAST_BYTE", "CONNECTION_CLOSED", "close takes effect after the response.", Rfc(9112, "9.6")),
)  # fmt: skip
