"""Several requests on one connection at once: in which order the responses come (RFC 9112 §9.3.2, RFC 9113 §5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from quizgen.models.http.message import HTTP_1_0, HTTP_1_1
from quizgen.models.partial_order import PartialOrder
from quizgen.models.values import Domain, Term

IN_ORDER = (HTTP_1_0, HTTP_1_1)
"""The versions in which a response is told from others by its place alone, so that responses keep the requests' order."""

MOST = 6
"""How many requests at once the model goes through, with all orders in which a server can finish them."""


def sends(ordered: Sequence[Term], version: Term, finished: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For each response that a server finishes, in that order: its number, and the responses that it can send now.

    Requests and responses are numbered from 1. A response that is not yet in turn waits (head-of-line blocking).
    """
    ready: set[int] = set()
    due = 1
    for number in finished:
        if version not in ordered:
            yield number, (number,)
            continue
        ready.add(number)
        first = due
        while due in ready:
            due += 1
        yield number, tuple(range(first, due))


def wire_order(ordered: Sequence[Term], version: Term, finished: Sequence[int]) -> tuple[int, ...]:
    """The order in which the responses are sent, by the order in which the server finishes them."""
    return tuple(number for _, sent in sends(ordered, version, finished) for number in sent)


def held_back(ordered: Sequence[Term], version: Term, finished: Sequence[int]) -> int:
    """How many finished responses have to wait for an earlier one."""
    return sum(number not in sent for number, sent in sends(ordered, version, finished))


RESPONSES = Domain(
    "response",
    tuple(f"response {number}" for number in range(1, MOST + 1)),
    aliases={str(number): f"response {number}" for number in range(1, MOST + 1)},
    labels={f"response {number}": {"zh": f"响应 {number}"} for number in range(1, MOST + 1)},
)


def response_order(ordered: Sequence[Term], version: Term, requests: int) -> PartialOrder:
    """What is certain of the order of responses: what holds in every run, whichever response is finished first."""
    terms = RESPONSES.terms()[:requests]
    runs = {wire_order(ordered, version, finished) for finished in permutations(range(1, requests + 1))}
    certain = {
        (terms[a - 1], terms[b - 1])
        for a, b in permutations(range(1, requests + 1), 2)
        if all(run.index(a) < run.index(b) for run in runs)
    }
    return PartialOrder(terms, frozenset(certain))
