"""For each element an expression whose answer rests on it: where an author may begin an item."""

from __future__ import annotations

from functools import cache

from quizgen.models.http.methods import METHODS

_RULES = {
    "http3-persists": "persists(HTTP_3)",
    "http2-persists": "persists(HTTP_2)",
    "length-by-close": "persists(HTTP_1_1, delimited=False)",
    "close-option": 'persists(HTTP_1_1, "close")',
    "http11-persists": "persists(HTTP_1_1)",
    "http10-keep-alive": 'persists(HTTP_1_0, "keep-alive")',
    "http10-closes": "persists(HTTP_1_0)",
    "unread-body": "stays_open(body_read=False)",
    "half-closed": "client_half_closes.open_after(2)",
    "stateless": "stateless(VISIT_COUNTER)",
    "server-may-keep": "keeps_records(LOGGING_PAGE)",
    "connection-is-no-client": "connection_identifies_client()",
    "may-close-any-time": "may_close(server)",
    "no-request-after-close": 'may_request_again(HTTP_1_1, received="close")',
    "server-closes-after-close": 'must_close(server, received="close")',
    "no-processing-after-close": "pipelined_behind_close.processed(3)",
    "staged-close": "response_may_be_lost(staged=True)",
    "half-close-is-no-end": "answered_after_half_close()",
    "responses-in-order": "responses_held_back(HTTP_1_1, 2, 3, 1)",
    "parallel-if-safe": 'may_process_in_parallel("GET", "POST")',
    "no-pipelining-after-non-idempotent": 'may_pipeline(after="POST")',
    "no-pipelining-on-retry": "may_pipeline(retrying=True)",
    "retry-idempotent": 'may_retry("POST")',
    "streams-in-any-order": "responses_held_back(HTTP_2, 2, 3, 1)",
    "no-connection-field": "has_connection_field(HTTP_2)",
    "goaway": "announces_closing(HTTP_2)",
    "field-compression": "field_compression_is_stateful(HTTP_2)",
    "client-closes-after-close": 'must_close(client, received="close")',
}
_BODIES = {
    "frames": "body_end(200, version=HTTP_2)",
    "none": 'body_end(204, content_length="5")',
    "tunnel": 'body_end(200, "CONNECT")',
    "coding-in-http10": 'body_end(200, transfer_encoding="chunked", version=HTTP_1_0)',
    "switched": "body_end(101)",
    "coding-without-body-in-http10": 'body_end(204, transfer_encoding="chunked", version=HTTP_1_0)',
    "both": 'request_body_end("chunked", "5")',
    "chunked": 'body_end(200, transfer_encoding="chunked", content_length="5")',
    "request-not-chunked": 'request_body_end("gzip")',
    "response-not-chunked": 'body_end(200, transfer_encoding="gzip")',
    "bad-length": 'body_end(200, content_length="5, 6")',
    "length": 'body_end(200, content_length="5")',
    "request-without": "request_body_end()",
    "until-close": "body_end(200)",
}
_CARRIERS = {
    "credentials": "recognises(CREDENTIALS_LOGIN, credentials=True)",
    "cookie": "recognises(COOKIE_LOGIN, cookies=False)",
    "session": "recognises(SESSION_LOGIN, cookies=False)",
}


@cache
def asks() -> dict[str, str]:
    """Element id -> expression."""
    groups = (("rule", _RULES), ("body", _BODIES), ("carrier", _CARRIERS))
    methods = {f"method:{method.name}": f'is_idempotent("{method.name}")' for method in METHODS}
    return {f"{kind}:{name}": ask for kind, group in groups for name, ask in group.items()} | methods
