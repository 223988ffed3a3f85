"""Words about several requests on one connection at once: pipelining, and streams."""

from __future__ import annotations

from quizgen.models.base import ModelError, Rfc, Vocabulary, because, touch
from quizgen.models.http.message import HTTP_2, HTTP_3, version_of
from quizgen.models.http.message_words import method_name
from quizgen.models.http.methods import by_name
from quizgen.models.http.pipeline import MOST, RESPONSES, held_back, response_order, wire_order
from quizgen.models.http.spec import Spec, may_be_parallel
from quizgen.models.partial_order import PartialOrder
from quizgen.models.values import Term

_PIPELINING = Rfc(9112, "9.3.2")
_STREAMS = {HTTP_2: Rfc(9113, "5"), HTTP_3: Rfc(9114, "4.1")}


def add(words: Vocabulary, spec: Spec) -> None:
    """Add the words, for that spec."""
    for term in RESPONSES.terms():
        words.constant(term.identifier.upper(), term, f"The response to request {term.name[-1]}.", _PIPELINING)
    _order(words, spec)
    _permission(words, spec)


def _because_of(spec: Spec, version: Term) -> None:
    ordered = version in spec.ordered
    touch("rule:responses-in-order" if ordered else "rule:streams-in-any-order")
    reason = (
        "Responses are sent in the order in which the requests were received."
        if ordered
        else "Each request and its response have a stream of their own."
    )
    because(reason, _PIPELINING if ordered else _STREAMS.get(version))


def _order(words: Vocabulary, spec: Spec) -> None:
    @words.function(_PIPELINING)
    def order_of_responses(version: Term, requests: int = 3) -> PartialOrder:
        """Which response comes before which, whatever the server finishes first, when a client has sent so many requests
        (1 to 6) on one connection at once: a total order in HTTP/1.1, none at all in HTTP/2 and HTTP/3.
        """
        if not 1 <= requests <= MOST:
            raise ModelError(f"the model sends 1 to {MOST} requests at once")
        _because_of(spec, version_of(version))
        return response_order(spec.ordered, version, requests)

    @words.function(_PIPELINING)
    def responses_sent(version: Term, *finished: int) -> tuple[int, ...]:
        """The order in which responses are sent if the server finishes them in that order: responses_sent(HTTP_1_1, 2, 1)."""
        _because_of(spec, version_of(version))
        return wire_order(spec.ordered, version, _order_of(finished))

    @words.function(_PIPELINING)
    def responses_held_back(version: Term, *finished: int) -> int:
        """How many finished responses have to wait for an earlier one (head-of-line blocking):
        responses_held_back(HTTP_1_1, 2, 3, 1) is 2.
        """
        _because_of(spec, version_of(version))
        return held_back(spec.ordered, version, _order_of(finished))


def _order_of(finished: tuple[int, ...]) -> tuple[int, ...]:
    if not finished or sorted(finished) != list(range(1, len(finished) + 1)):
        raise ModelError("name each response once, counted from 1, in the order in which the server finishes them")
    return finished


def _permission(words: Vocabulary, spec: Spec) -> None:
    @words.function(_PIPELINING)
    def may_pipeline(after: str = "GET", answered: bool = False, retrying: bool = False) -> bool:
        """Whether a user agent should send a further request without waiting, after one with the method `after`: not
        after one that is not idempotent, until it is `answered` (or unless it can recover from half a pipeline); nor
        right after it has connected anew to retry what an earlier connection left unanswered (`retrying`).
        """
        method = by_name(spec.methods)[method_name(after)]
        if retrying and spec.applies("rule:no-pipelining-on-retry"):
            touch("rule:no-pipelining-on-retry")
            because("On a new connection after a failure the first request goes alone.", _PIPELINING)
            return False
        touch("rule:no-pipelining-after-non-idempotent", method.id)
        because("What follows a method that is not idempotent waits for its final response.", _PIPELINING)
        return method.idempotent or answered or not spec.applies("rule:no-pipelining-after-non-idempotent")

    @words.function(_PIPELINING)
    def may_process_in_parallel(*methods: str) -> bool:
        """Whether an HTTP/1.1 server may process pipelined requests of these methods at the same time: if all are safe."""
        names = [method_name(method) for method in methods]
        touch("rule:parallel-if-safe", *(by_name(spec.methods)[name].id for name in names))
        because("Pipelined requests may be processed in parallel if they all have safe methods.", _PIPELINING)
        return may_be_parallel(spec, names)
