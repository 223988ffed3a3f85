"""Where a body ends (RFC 9112 §6.3, item by item), what methods promise, and what follows for a connection."""

from dataclasses import replace

import pytest

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names
from quizgen.models.http import SPEC, build
from quizgen.models.http.framing import BodyRule
from quizgen.models.http.methods import Method

NAMES = Names(["http"])

BODIES = {
    "item-1-head": ('body_end(200, "HEAD", content_length="5")', "no body"),
    "item-1-head-chunked": ('body_end(200, "HEAD", transfer_encoding="chunked")', "no body"),
    "item-1-100": ('body_end(100, content_length="5")', "no body"),
    "item-1-199": ("body_end(199)", "no body"),
    "item-1-204": ('body_end(204, content_length="5")', "no body"),
    "item-1-304": ('body_end(304, content_length="5")', "no body"),
    "item-1-not-205": ('body_end(205, content_length="5")', "Content-Length"),
    "item-1-not-200": ('body_end(200, content_length="5")', "Content-Length"),
    "item-2-connect-200": ('body_end(200, "CONNECT", content_length="5")', "tunnel"),
    "item-2-connect-299": ('body_end(299, "CONNECT")', "tunnel"),
    "item-2-connect-204": ('body_end(204, "CONNECT")', "tunnel"),
    "item-2-connect-http10": ('body_end(200, "CONNECT", transfer_encoding="chunked", version=HTTP_1_0)', "tunnel"),
    "item-1-101": ('body_end(101, content_length="5")', "no body"),
    "item-2-connect-refused": ('body_end(300, "CONNECT", content_length="5")', "Content-Length"),
    "item-2-no-other-method": ('body_end(200, "GET", content_length="5")', "Content-Length"),
    "item-3-chunked-wins": ('body_end(200, transfer_encoding="chunked", content_length="5")', "chunked"),
    "item-3-request": ('request_body_end("chunked", "5")', "chunked"),
    "item-4-chunked": ('body_end(200, transfer_encoding="gzip, Chunked ")', "chunked"),
    "item-4-chunked-before-an-empty-element": ('body_end(200, transfer_encoding="chunked ,\t, ")', "chunked"),
    "item-4-other-whitespace": ('body_end(200, transfer_encoding="gzip,\u00a0chunked")', "connection close"),
    "item-4-empty": ('body_end(200, transfer_encoding="")', "connection close"),
    "item-4-chunked-not-last": ('body_end(200, transfer_encoding="chunked, gzip")', "connection close"),
    "item-4-without-chunked": ('body_end(200, transfer_encoding="gzip", content_length="5")', "connection close"),
    "item-4-request": ('request_body_end("chunked")', "chunked"),
    "item-4-request-without-chunked": ('request_body_end("gzip", "5")', "faulty framing"),
    "item-5-no-number": ('body_end(200, content_length="five")', "faulty framing"),
    "item-5-empty": ('body_end(200, content_length="")', "faulty framing"),
    "item-5-negative": ('body_end(200, content_length="-1")', "faulty framing"),
    "item-5-two-values": ('body_end(200, content_length="5, 6")', "faulty framing"),
    "item-5-one-value-twice": ('body_end(200, content_length="5, 5")', "Content-Length"),
    "item-5-empty-elements": ('body_end(200, content_length=", 5,\t")', "Content-Length"),
    "item-5-other-whitespace": ('body_end(200, content_length="5\u00a0")', "faulty framing"),
    "item-5-other-digits": ('body_end(200, content_length="٥")', "faulty framing"),
    "item-5-request": ('request_body_end(None, "5, 6")', "faulty framing"),
    "item-6-zero": ('body_end(200, content_length="0")', "Content-Length"),
    "item-6-request": ('request_body_end(None, "5")', "Content-Length"),
    "item-7-request": ("request_body_end()", "no body"),
    "item-8-response": ("body_end(200)", "connection close"),
    "item-8-error-response": ("body_end(404)", "connection close"),
    "coding-in-http10": ('body_end(200, transfer_encoding="chunked", content_length="5", version=HTTP_1_0)', "faulty framing"),
    "coding-in-an-http10-request": ('request_body_end("chunked", version=HTTP_1_0)', "faulty framing"),
    "coding-in-http10-with-head": ('body_end(200, "HEAD", transfer_encoding="chunked", version=HTTP_1_0)', "no body"),
    "http2": ("body_end(200, version=HTTP_2)", "frames"),
    "http3-head": ('body_end(304, "HEAD", version=HTTP_3)', "frames"),
}  # fmt: skip


@pytest.mark.parametrize(("expression", "end"), BODIES.values(), ids=BODIES)
def test_where_a_body_ends(expression: str, end: str) -> None:
    found = evaluate(expression, NAMES)
    assert found.value.name == end
    assert found.record.elements
    assert found.record.reasons


EXCHANGES = {
    "plain": ("stays_open()", True),
    "no-length": ("stays_open(content_length=None)", False),
    "no-length-http2": ("stays_open(HTTP_2, content_length=None)", True),
    "no-length-no-body": ("stays_open(status=304, content_length=None)", True),
    "head-needs-no-length": ('stays_open(method="HEAD", content_length=None)', True),
    "chunked": ('stays_open(transfer_encoding="chunked", content_length=None)', True),
    "other-coding": ('stays_open(transfer_encoding="gzip")', False),
    "bad-length": ('stays_open(content_length="x")', False),
    "tunnel": ('stays_open(method="CONNECT")', False),
    "tunnel-204": ('stays_open(method="CONNECT", status=204)', False),
    "tunnel-http2-is-one-stream": ('stays_open(HTTP_2, method="CONNECT")', True),
    "switched": ("stays_open(status=101)", False),
    "coding-in-http10-without-body": (
        'stays_open(HTTP_1_0, "keep-alive", "keep-alive", status=304, transfer_encoding="chunked")', False,
    ),
    "coding-in-http10-head": (
        'stays_open(HTTP_1_0, "keep-alive", "keep-alive", method="HEAD", transfer_encoding="chunked")', False,
    ),
    "no-body-in-http10": ('stays_open(HTTP_1_0, "keep-alive", "keep-alive", status=304)', True),
    "coding-without-body-in-http11": ('stays_open(status=304, transfer_encoding="chunked")', True),
    "request-says-close": ('stays_open(sent="close")', False),
    "response-says-close": ('stays_open(received="close")', False),
    "body-not-read": ("stays_open(body_read=False)", False),
    "body-not-read-http2": ("stays_open(HTTP_2, body_read=False)", True),
    "body-not-read-http3": ("stays_open(HTTP_3, body_read=False)", True),
    "1.0": ("stays_open(HTTP_1_0)", False),
    "1.0-keep-alive-both": ('stays_open(HTTP_1_0, "keep-alive", "keep-alive")', True),
    "1.0-keep-alive-not-answered": ('stays_open(HTTP_1_0, "keep-alive")', False),
    "1.0-keep-alive-answered-in-1.1": ('stays_open(HTTP_1_0, "keep-alive", answered_in=HTTP_1_1)', True),
    "1.0-answered-in-1.1": ("stays_open(HTTP_1_0, answered_in=HTTP_1_1)", False),
    "1.1-answered-in-1.0": ("stays_open(answered_in=HTTP_1_0)", False),
    "1.1-answered-in-1.0-keep-alive": ('stays_open(received="keep-alive", answered_in=HTTP_1_0)', True),
    "1.0-chunked": ('stays_open(HTTP_1_0, "keep-alive", "keep-alive", transfer_encoding="chunked")', False),
}  # fmt: skip


@pytest.mark.parametrize(("expression", "answer"), EXCHANGES.values(), ids=EXCHANGES)
def test_after_an_exchange(expression: str, answer: bool) -> None:
    found = evaluate(expression, NAMES)
    assert found.value is answer
    assert found.record.reasons


REASONS = {
    "request": ('stays_open(sent="close", content_length="x")', "rule:close-option"),
    "body-not-read": ('stays_open(content_length="x", body_read=False)', "rule:unread-body"),
    "framing": ('stays_open(content_length="x", received="close")', "body:bad-length"),
    "no-length": ("stays_open(content_length=None)", "rule:length-by-close"),
    "response": ('stays_open(received="close")', "rule:close-option"),
    "nothing": ("stays_open()", "rule:http11-persists"),
    "1.0": ('stays_open(HTTP_1_0, "keep-alive", "keep-alive")', "rule:http10-keep-alive"),
}


@pytest.mark.parametrize(("expression", "element"), REASONS.values(), ids=REASONS)
def test_the_first_reason_against_staying_open_is_given(expression: str, element: str) -> None:
    answer = evaluate(expression, NAMES)
    # Without any, it rests on the body's having an end as well.
    assert answer.record.elements == ({element, "body:length"} if answer.value else {element})


# method: safe, idempotent (RFC 9110 §9.2.1, §9.2.2; RFC 5789 §2)
METHODS = {
    "GET": (True, True), "HEAD": (True, True), "OPTIONS": (True, True), "TRACE": (True, True),
    "PUT": (False, True), "DELETE": (False, True),
    "POST": (False, False), "CONNECT": (False, False), "PATCH": (False, False),
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_methods(method: str) -> None:
    safe, idempotent = METHODS[method]
    assert evaluate(f'is_safe("{method}")', NAMES).value is safe
    assert evaluate(f'is_idempotent("{method}")', NAMES).value is idempotent
    assert evaluate(f'may_retry("{method}")', NAMES).value is idempotent
    assert evaluate(f'may_retry("{method}", unapplied=True)', NAMES).value is True
    assert evaluate(f'may_retry("{method}", known_idempotent=True)', NAMES).value is True
    assert evaluate(f'may_pipeline(after="{method}")', NAMES).value is idempotent
    assert evaluate(f'may_pipeline(after="{method}", answered=True)', NAMES).value is True
    assert evaluate(f'may_pipeline(after="{method}", answered=True, retrying=True)', NAMES).value is False
    assert evaluate(f'may_process_in_parallel("GET", "{method}")', NAMES).value is safe


def test_every_method_is_asked() -> None:
    assert set(METHODS) == set(evaluate("METHODS", NAMES).value)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ('is_safe("get")', "`GET` is: methods are case-sensitive"),
        ('may_retry("FETCH")', "is no method; they are GET, HEAD"),
        ("body_end(99)", "99 is no status"),
        ("body_end(600)", "600 is no status"),
        ("stays_open(status=100)", "100 is an interim response"),
        ("stays_open(status=199)", "199 is an interim response"),
        ("stays_open(status=99)", "99 is no status"),
        ("stays_open(status=0)", "0 is no status"),
        ("stays_open(status=600)", "600 is no status"),
        ('stays_open(HTTP_2, "close")', "HTTP/2 has no Connection field"),
        ('stays_open(HTTP_2, received="close")', "HTTP/2 has no Connection field"),
        ("body_end(200, version=client)", "asked of a version"),
        ("stays_open(client)", "asked of a version"),
        ("may_have_been_processed(2, 1)", "streams 1, 3, 5"),
        ("may_have_been_processed(-1, 1)", "streams 1, 3, 5"),
        ("may_have_been_processed(1, -1)", "streams 1, 3, 5"),
    ],
)
def test_questions_that_make_no_sense(expression: str, message: str) -> None:
    with pytest.raises(ClaimError) as error:
        evaluate(expression, NAMES)
    assert message in error.value.message


CLOSINGS = {
    "1.0-may-have-the-field": ("has_connection_field(HTTP_1_0)", True),
    "1.1-may-have-the-field": ("has_connection_field(HTTP_1_1)", True),
    "2-may-not": ("has_connection_field(HTTP_2)", False),
    "3-may-not": ("has_connection_field(HTTP_3)", False),
    "1.1-announces-by-close": ("announces_closing(HTTP_1_1) == CLOSE_OPTION", True),
    "2-announces-by-goaway": ("announces_closing(HTTP_2) == GOAWAY", True),
    "3-announces-by-goaway": ("announces_closing(HTTP_3) == GOAWAY", True),
    "goaway-first": ("may_have_been_processed(1, 5)", True),
    "goaway-last": ("may_have_been_processed(5, 5)", True),
    "goaway-beyond": ("may_have_been_processed(7, 5)", False),
    "goaway-none": ("may_have_been_processed(1, 0)", False),
    "lost": ("response_may_be_lost()", True),
    "staged": ("response_may_be_lost(staged=True)", False),
    "nothing-more": ("response_may_be_lost(more_sent=False)", False),
    "half-close": ("answered_after_half_close()", True),
    "compression-1.1": ("field_compression_is_stateful(HTTP_1_1)", False),
    "compression-2": ("field_compression_is_stateful(HTTP_2)", True),
    "compression-3": ("field_compression_is_stateful(HTTP_3)", True),
}


@pytest.mark.parametrize(("expression", "answer"), CLOSINGS.values(), ids=CLOSINGS)
def test_closing(expression: str, answer: bool) -> None:
    found = evaluate(expression, NAMES)
    assert found.value is answer
    assert found.record.reasons
    assert found.record.elements


# What differs between HTTP/2 and HTTP/3 is in different documents.
CITED = {
    "field": ("has_connection_field({})", "RFC 9113 §8.2.2", "RFC 9114 §4.2"),
    "goaway": ("announces_closing({})", "RFC 9113 §9.1", "RFC 9114 §5.2"),
    "streams": ("responses_sent({}, 2, 1)", "RFC 9113 §5", "RFC 9114 §4.1"),
    "compression": ("field_compression_is_stateful({})", "RFC 9113 §4.3", "RFC 9114 §4.2.1"),
}


@pytest.mark.parametrize(("expression", "http2", "http3"), CITED.values(), ids=CITED)
def test_each_version_is_cited_from_its_own_document(expression: str, http2: str, http3: str) -> None:
    for version, place in (("HTTP_2", http2), ("HTTP_3", http3)):
        assert {str(cite) for cite in evaluate(expression.format(version), NAMES).record.reasons.values()} == {place}


@pytest.mark.parametrize("rule", SPEC.bodies, ids=lambda rule: rule.id)
def test_a_body_rule_that_is_wrong_or_missing_is_noticed(rule: BodyRule) -> None:
    others = [one.end for one in SPEC.bodies if one.end != rule.end]
    changed = replace(SPEC, bodies=tuple(replace(one, end=others[0]) if one is rule else one for one in SPEC.bodies))
    words = {name: word.value for name, word in build(changed).vocabulary.items()}
    assert any(evaluate(text, words).value.name != end for text, end in BODIES.values())


@pytest.mark.parametrize("method", SPEC.methods, ids=lambda method: method.name)
@pytest.mark.parametrize("promise", ["safe", "idempotent"])
def test_a_method_that_promises_otherwise_is_noticed(method: Method, promise: str) -> None:
    safe = replace(method, safe=not method.safe)
    wrong = safe if promise == "safe" else replace(method, idempotent=not method.idempotent)
    spec = replace(SPEC, methods=tuple(wrong if one is method else one for one in SPEC.methods))
    word = build(spec).vocabulary[f"is_{promise}"].value
    assert word(method.name) is not METHODS[method.name][promise == "idempotent"]
