"""What the standards say of each variant, written down a second time, by hand: chains of events that must keep their order,
and pairs that may go either way. And how many orders each variant admits, as docs/models/navigation.md has it."""

from quizgen.models.navigation.variant import Variant

VARIANTS: dict[str, Variant] = {
    "https": Variant(),
    "http": Variant("http"),
    "hsts": Variant("http", hsts=True),
    "fresh in the cache": Variant(cached=True),
    "DNS cached": Variant(dns_cached=True),
    "DNS cached, http": Variant("http", dns_cached=True),
    "connection reused": Variant(reused=True),
    "HTTP/3": Variant(http3=True),
    "HTTP/3, DNS cached": Variant(http3=True, dns_cached=True),
    "not persistent": Variant(persistent=False),
    "until close": Variant(until_close=True),
    "redirect, same origin": Variant(redirect="same-origin"),
    "redirect, same origin, http": Variant("http", redirect="same-origin"),
    "redirect, connection reused": Variant(redirect="same-origin", reused=True),
    "redirect, other origin": Variant(redirect="other-origin"),
    "redirect, other origin, http": Variant("http", redirect="other-origin"),
    "redirect, other origin, HTTP/3": Variant(redirect="other-origin", http3=True),
    "redirect to https": Variant("http", redirect="https"),
    "304": Variant(not_modified=True),
    "304, connection reused": Variant(not_modified=True, reused=True),
    "304 after a redirect": Variant(not_modified=True, redirect="same-origin"),
    "blocking script": Variant(script="blocking"),
    "blocking script at the end": Variant(script="blocking-at-end"),
    "async script": Variant(script="async"),
    "deferred script": Variant(script="defer"),
    "module script": Variant(script="module"),
    "one connection": Variant(subresources="same-connection"),
    "one connection, async script": Variant(subresources="same-connection", script="async"),
    "second connection": Variant(subresources="second-connection"),
    "second connection, http": Variant("http", subresources="second-connection"),
    "second connection after a redirect to https": Variant("http", redirect="https", subresources="second-connection"),
}

_PAGE = (
    "PARSE_START STYLESHEET_REQUESTED STYLESHEET_LOADED CSSOM_BUILT STYLE LAYOUT PAINT",
    "STYLESHEET_REQUESTED CONTENT_IN_DOM STYLE",
    "CONTENT_IN_DOM PARSE_END DOM_CONTENT_LOADED LOAD_EVENT",
    "STYLESHEET_REQUESTED IMAGE_REQUESTED IMAGE_LOADED LOAD_EVENT",
    "IMAGE_REQUESTED DOM_CONTENT_LOADED",
    "CSSOM_BUILT LOAD_EVENT",
)
_ANSWER = "REQUEST_SENT SERVER_PROCESSES RESPONSE_FIRST_BYTE RESPONSE_HEADERS"
_FETCHED = (f"{_ANSWER} RESPONSE_LAST_BYTE PARSE_END", f"{_ANSWER} PARSE_START")
_REDIRECTED = "FIRST_REQUEST_SENT SERVER_REDIRECTS REDIRECT_RECEIVED LOCATION_PARSED TARGET_CACHE_LOOKUP"
_TCP, _TLS = "TCP_SYN TCP_OPEN", "TLS_START TLS_DONE"
_TARGET_TCP, _TARGET_TLS = "TARGET_TCP_SYN TARGET_TCP_OPEN", "TARGET_TLS_START TARGET_TLS_DONE"
_TARGET_DNS = "TARGET_DNS_QUERY TARGET_DNS_ANSWER"
_DNS = "URL_PARSED CACHE_LOOKUP DNS_QUERY DNS_ANSWER"
_SCRIPT = "STYLESHEET_REQUESTED SCRIPT_REQUESTED SCRIPT_LOADED SCRIPT_EXECUTED LOAD_EVENT"
_IN_HEAD = ("SCRIPT_REQUESTED IMAGE_REQUESTED", "SCRIPT_REQUESTED CONTENT_IN_DOM", _SCRIPT)
_DEFERRED = ("CSSOM_BUILT SCRIPT_EXECUTED", "PARSE_END SCRIPT_EXECUTED DOM_CONTENT_LOADED", *_IN_HEAD)

MUST: dict[str, tuple[str, ...]] = {
    "https": (f"{_DNS} {_TCP} {_TLS} {_ANSWER}", *_FETCHED, *_PAGE),
    "http": (f"{_DNS} {_TCP} {_ANSWER}", *_FETCHED, *_PAGE),
    "hsts": (f"URL_PARSED HSTS_UPGRADE CACHE_LOOKUP DNS_QUERY DNS_ANSWER {_TCP} {_TLS} {_ANSWER}",),
    "fresh in the cache": ("URL_PARSED CACHE_LOOKUP PARSE_START", *_PAGE),
    "DNS cached": (f"URL_PARSED CACHE_LOOKUP {_TCP} {_TLS} {_ANSWER}", *_FETCHED),
    "DNS cached, http": (f"URL_PARSED CACHE_LOOKUP {_TCP} {_ANSWER}",),
    "connection reused": (f"URL_PARSED CACHE_LOOKUP {_ANSWER}", *_FETCHED, *_PAGE),
    "HTTP/3": (f"{_DNS} QUIC_START QUIC_DONE {_ANSWER}", *_FETCHED, *_PAGE),
    "HTTP/3, DNS cached": (f"CACHE_LOOKUP QUIC_START QUIC_DONE {_ANSWER}",),
    "not persistent": ("RESPONSE_LAST_BYTE CONNECTION_CLOSED", *_FETCHED, *_PAGE),
    "until close": ("RESPONSE_LAST_BYTE CONNECTION_CLOSED PARSE_END", *_FETCHED, *_PAGE),
    "redirect, same origin": (f"{_DNS} {_TCP} {_TLS} {_REDIRECTED} {_ANSWER}", *_FETCHED),
    "redirect, same origin, http": (f"{_DNS} {_TCP} {_REDIRECTED} {_ANSWER}",),
    "redirect, connection reused": (f"URL_PARSED CACHE_LOOKUP {_REDIRECTED} {_ANSWER}",),
    "redirect, other origin": (f"{_DNS} {_TCP} {_TLS} {_REDIRECTED} {_TARGET_DNS} {_TARGET_TCP} {_TARGET_TLS} {_ANSWER}", *_FETCHED),
    "redirect, other origin, http": (f"{_DNS} {_TCP} {_REDIRECTED} {_TARGET_DNS} {_TARGET_TCP} {_ANSWER}",),
    "redirect, other origin, HTTP/3": (f"{_DNS} QUIC_START QUIC_DONE {_REDIRECTED} {_TARGET_DNS} TARGET_QUIC_START TARGET_QUIC_DONE {_ANSWER}",),
    "redirect to https": (f"{_DNS} {_TCP} {_REDIRECTED} {_TARGET_TCP} {_TARGET_TLS} {_ANSWER}",),
    "304": ("CACHE_LOOKUP VALIDATOR_ADDED REQUEST_SENT", f"{_ANSWER} RESPONSE_LAST_BYTE STORED_FRESHENED PARSE_START", *_PAGE),
    "304 after a redirect": (f"{_REDIRECTED} VALIDATOR_ADDED {_ANSWER}",),
    "blocking script": ("CSSOM_BUILT SCRIPT_EXECUTED CONTENT_IN_DOM", *_IN_HEAD),
    "blocking script at the end": ("IMAGE_REQUESTED SCRIPT_REQUESTED SCRIPT_LOADED SCRIPT_EXECUTED PARSE_END", "CSSOM_BUILT SCRIPT_EXECUTED", "CONTENT_IN_DOM SCRIPT_EXECUTED"),
    "async script": _IN_HEAD,
    "deferred script": _DEFERRED,
    "module script": _DEFERRED,
    "one connection": ("RESPONSE_LAST_BYTE STYLESHEET_LOADED PAINT", "RESPONSE_LAST_BYTE IMAGE_LOADED"),
    "one connection, async script": ("RESPONSE_LAST_BYTE SCRIPT_LOADED",),
    "second connection": ("IMAGE_REQUESTED SECOND_TCP_SYN SECOND_TCP_OPEN SECOND_TLS_START SECOND_TLS_DONE IMAGE_LOADED",),
    "second connection, http": ("IMAGE_REQUESTED SECOND_TCP_SYN SECOND_TCP_OPEN IMAGE_LOADED",),
}  # fmt: skip
"""Events of a chain, each before the next, whichever orders are admitted."""

EITHER: dict[str, tuple[str, ...]] = {
    "https": (
        "PARSE_START RESPONSE_LAST_BYTE", "PAINT RESPONSE_LAST_BYTE", "PAINT PARSE_END", "PAINT LOAD_EVENT",
        "PAINT DOM_CONTENT_LOADED", "IMAGE_LOADED PAINT", "IMAGE_LOADED DOM_CONTENT_LOADED", "IMAGE_REQUESTED PARSE_END",
        "CSSOM_BUILT DOM_CONTENT_LOADED", "CSSOM_BUILT PARSE_END", "CONTENT_IN_DOM IMAGE_REQUESTED",
        "CONTENT_IN_DOM IMAGE_LOADED", "CONTENT_IN_DOM STYLESHEET_LOADED", "STYLESHEET_LOADED RESPONSE_LAST_BYTE",
    ),
    "not persistent": ("CONNECTION_CLOSED PARSE_START", "CONNECTION_CLOSED LAYOUT", "CONNECTION_CLOSED PARSE_END", "CONNECTION_CLOSED LOAD_EVENT"),
    "until close": ("CONNECTION_CLOSED PARSE_START", "CONNECTION_CLOSED PAINT"),
    "304": ("VALIDATOR_ADDED DNS_QUERY", "VALIDATOR_ADDED TLS_DONE"),
    "blocking script": ("SCRIPT_EXECUTED IMAGE_REQUESTED", "SCRIPT_EXECUTED IMAGE_LOADED", "SCRIPT_LOADED CSSOM_BUILT", "SCRIPT_EXECUTED RESPONSE_LAST_BYTE"),
    "blocking script at the end": ("SCRIPT_EXECUTED PAINT", "SCRIPT_REQUESTED CONTENT_IN_DOM", "SCRIPT_EXECUTED RESPONSE_LAST_BYTE"),
    "async script": ("SCRIPT_EXECUTED CSSOM_BUILT", "SCRIPT_EXECUTED CONTENT_IN_DOM", "SCRIPT_EXECUTED PARSE_END", "SCRIPT_EXECUTED DOM_CONTENT_LOADED", "SCRIPT_EXECUTED PAINT"),
    "deferred script": ("SCRIPT_EXECUTED PAINT", "SCRIPT_LOADED PARSE_END", "SCRIPT_EXECUTED IMAGE_LOADED"),
    "one connection": ("PARSE_START RESPONSE_LAST_BYTE", "STYLESHEET_REQUESTED RESPONSE_LAST_BYTE", "IMAGE_LOADED STYLESHEET_LOADED"),
    "second connection": ("IMAGE_LOADED RESPONSE_LAST_BYTE", "SECOND_TCP_OPEN STYLESHEET_LOADED"),
}  # fmt: skip
"""Pairs that may come in either order: what an overdone row would forbid."""

NEVER: dict[str, str] = {
    "http": "TLS_START TLS_DONE HSTS_UPGRADE QUIC_START CONNECTION_CLOSED FIRST_REQUEST_SENT SCRIPT_REQUESTED VALIDATOR_ADDED",
    "fresh in the cache": "DNS_QUERY TCP_SYN TLS_START REQUEST_SENT RESPONSE_LAST_BYTE",
    "DNS cached": "DNS_QUERY DNS_ANSWER",
    "connection reused": "DNS_QUERY TCP_SYN TLS_START",
    "HTTP/3": "TCP_SYN TCP_OPEN TLS_START TLS_DONE",
    "redirect, same origin": "TARGET_DNS_QUERY TARGET_TCP_SYN TARGET_TLS_START TARGET_QUIC_START",
    "redirect, other origin, http": "TLS_START TARGET_TLS_START",
    "redirect, other origin, HTTP/3": "TCP_SYN TARGET_TCP_SYN TARGET_TLS_START",
    "redirect to https": "TLS_START TARGET_DNS_QUERY",
    "second connection, http": "SECOND_TLS_START",
}

COUNTS: dict[str, int] = {
    "https": 24640, "http": 24640, "hsts": 24640, "fresh in the cache": 3501, "DNS cached": 24640,
    "connection reused": 24640, "HTTP/3": 24640, "not persistent": 265315, "until close": 104285,
    "redirect, same origin": 24640, "redirect, other origin": 24640, "redirect to https": 24640, "304": 24507,
    "blocking script": 65055, "blocking script at the end": 407379, "async script": 2669889, "deferred script": 733637,
    "module script": 733637, "one connection": 13314, "second connection": 1867384,
}  # fmt: skip
