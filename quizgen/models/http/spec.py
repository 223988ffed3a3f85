"""What the standards say of HTTP, as data. Mutants replace one of the parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quizgen.models.http.framing import BODY_RULES, BodyRule
from quizgen.models.http.methods import METHODS, Method, by_name
from quizgen.models.http.persistence import HALF_CLOSED, NOT_READ, RULES, PersistenceRule
from quizgen.models.http.pipeline import IN_ORDER
from quizgen.models.values import Term


@dataclass(frozen=True, eq=False)
class Spec:
    """The rules that the model goes by. `inherited` are the parts of a request that the next one on its connection takes
    over when it does not carry them: none, and that is what makes HTTP stateless (RFC 9110 §3.3). `ordered` are the
    versions whose responses keep the order of the requests (RFC 9112 §9.3.2). `unread` and `half_closed` decide where a
    server has not read a request, and where a client has half-closed. `off`: further rules and carriers, by the ids of
    quizgen.models.http.elements, that do not hold: none.
    """

    rules: tuple[PersistenceRule, ...] = RULES
    bodies: tuple[BodyRule, ...] = BODY_RULES
    methods: tuple[Method, ...] = METHODS
    ordered: tuple[Term, ...] = IN_ORDER
    inherited: tuple[str, ...] = ()
    unread: PersistenceRule = NOT_READ
    half_closed: PersistenceRule = HALF_CLOSED
    off: frozenset[str] = frozenset()

    def applies(self, element: str) -> bool:
        """Whether the rule or carrier of that id holds."""
        return element not in self.off


SPEC = Spec()


def may_be_parallel(spec: Spec, names: Iterable[str]) -> bool:
    """Whether a server may process pipelined requests of these methods at the same time (RFC 9112 §9.3.2)."""
    known = by_name(spec.methods)
    return all(known[name].safe for name in names) or not spec.applies("rule:parallel-if-safe")
