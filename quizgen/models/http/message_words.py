"""Words about messages: where a body ends, and what methods promise."""

from __future__ import annotations

from quizgen.models.base import ModelError, Rfc, Vocabulary, because, touch
from quizgen.models.http.framing import BODY_ENDS, Head, body_rule
from quizgen.models.http.message import HTTP_1_1, version_of
from quizgen.models.http.methods import METHOD_NAMES, Method, by_name
from quizgen.models.http.spec import Spec
from quizgen.models.values import Term, Unreadable

_LENGTH = Rfc(9112, "6.3")
_END_NAMES = ("NO_BODY", "CONTENT_LENGTH", "CHUNKED", "CONNECTION_CLOSE", "FRAMES", "TUNNEL", "FAULTY_FRAMING")


def add(words: Vocabulary, spec: Spec) -> None:
    """Add the words, for that spec."""
    for name, end in zip(_END_NAMES, BODY_ENDS.terms(), strict=True):
        words.constant(name, end, f"How the end of a body is told: {end.show()}.", _LENGTH)
    words.constant("METHODS", METHOD_NAMES.members, "The methods of RFC 9110 and PATCH.", Rfc(9110, "9.1"))
    _bodies(words, spec)
    _methods(words, spec)


def _bodies(words: Vocabulary, spec: Spec) -> None:
    @words.function(_LENGTH)
    def body_end(
        status: int, method: str = "GET", *, transfer_encoding: str | None = None,
        content_length: str | None = None, version: Term = HTTP_1_1,
    ) -> Term:  # fmt: skip
        """How the end of a response is told, by its status, its request's method, and its fields (None: not sent)."""
        known = _status(status)
        return _told(spec, Head(version_of(version), method_name(method), known, transfer_encoding, content_length))

    @words.function(_LENGTH)
    def request_body_end(
        transfer_encoding: str | None = None, content_length: str | None = None, *, version: Term = HTTP_1_1
    ) -> Term:
        """How the end of a request is told, by its fields (None: not sent)."""
        return _told(spec, Head(version_of(version), coding=transfer_encoding, length=content_length))


def _status(status: int) -> int:
    if not 100 <= status <= 599:
        raise ModelError(f"{status} is no status: they are 100 to 599")
    return status


def final_status(status: int) -> int:
    """The same status, if nothing follows a response with it: 200 to 599, and 101 in HTTP/1.1. Raises ModelError."""
    if _status(status) < 200 and status != 101:
        raise ModelError(f"{status} is an interim response: another one to the same request follows (RFC 9110 §15.2)")
    return status


def _told(spec: Spec, head: Head) -> Term:
    rule = body_rule(spec.bodies, head)
    touch(rule.id)
    because(f"{rule.title['en']}.", rule.cite)
    return rule.end


def _methods(words: Vocabulary, spec: Spec) -> None:
    @words.function(Rfc(9110, "9.2.1"))
    def is_safe(method: str) -> bool:
        """Whether the method asks for no change on the server: GET, HEAD, OPTIONS, TRACE."""
        found = _method(spec, method)
        because(f"{method} is {'' if found.safe else 'not '}defined as safe.", Rfc(9110, "9.2.1"))
        return found.safe

    @words.function(Rfc(9110, "9.2.2"))
    def is_idempotent(method: str) -> bool:
        """Whether several equal requests are meant to have the effect of one: the safe methods, PUT and DELETE."""
        found = _method(spec, method)
        because(f"{method} is {'' if found.idempotent else 'not '}idempotent.", Rfc(9110, "9.2.2"))
        return found.idempotent

    @words.function(Rfc(9110, "9.2.2"))
    def may_retry(method: str, unapplied: bool = False, known_idempotent: bool = False) -> bool:
        """Whether a client should send a request again of itself when the connection closes without a response:
        those with an idempotent method, and others only if it knows that the first was not applied (`unapplied`) or
        that this request is idempotent all the same (`known_idempotent`).
        """
        found = _method(spec, method)
        touch("rule:retry-idempotent")
        because("A request with a method that is not idempotent is not to be repeated automatically.", Rfc(9110, "9.2.2"))  # fmt: skip
        return found.idempotent or unapplied or known_idempotent or not spec.applies("rule:retry-idempotent")


def _method(spec: Spec, name: str) -> Method:
    found = by_name(spec.methods)[method_name(name)]
    touch(found.id)
    return found


def method_name(text: str) -> str:
    """A method's name as the standard spells it, which is case-sensitive. Raises ModelError with the nearest."""
    if text in METHOD_NAMES.members:
        return text
    try:
        nearest = METHOD_NAMES.term(text).name
    except Unreadable as error:
        raise ModelError(f"`{text}` is no method; they are {', '.join(METHOD_NAMES.members)}") from error
    raise ModelError(f"`{text}` is no method, `{nearest}` is: methods are case-sensitive")
