"""What the standards say of HTTP, as data. Mutants replace one of the parts."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.models.http.framing import BODY_RULES, BodyRule
from quizgen.models.http.methods import METHODS, Method
from quizgen.models.http.persistence import RULES, PersistenceRule
from quizgen.models.http.pipeline import IN_ORDER
from quizgen.models.values import Term


@dataclass(frozen=True, eq=False)
class Spec:
    """The rules that the model goes by. `inherited` are the parts of a request that the next one on its connection takes
    over when it does not carry them: none, and that is what makes HTTP stateless (RFC 9110 §3.3). `ordered` are the
    versions whose responses keep the order of the requests (RFC 9112 §9.3.2).
    """

    rules: tuple[PersistenceRule, ...] = RULES
    bodies: tuple[BodyRule, ...] = BODY_RULES
    methods: tuple[Method, ...] = METHODS
    ordered: tuple[Term, ...] = IN_ORDER
    inherited: tuple[str, ...] = ()


SPEC = Spec()
