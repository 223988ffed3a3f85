"""The methods of RFC 9110 §9 and PATCH: which are safe, which idempotent, and what follows for a client and a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizgen.models.base import Cite, Rfc
from quizgen.models.values import Domain


@dataclass(frozen=True)
class Method:
    """One method. `safe`: it asks for no change of state (§9.2.1). `idempotent`: several equal requests are meant to have
    the effect of one (§9.2.2); every safe method is.
    """

    name: str
    safe: bool
    idempotent: bool
    cite: Cite

    @property
    def id(self) -> str:
        """The method's element."""
        return f"method:{self.name}"


METHODS: tuple[Method, ...] = (
    Method("GET", True, True, Rfc(9110, "9.3.1")),
    Method("HEAD", True, True, Rfc(9110, "9.3.2")),
    Method("POST", False, False, Rfc(9110, "9.3.3")),
    Method("PUT", False, True, Rfc(9110, "9.3.4")),
    Method("DELETE", False, True, Rfc(9110, "9.3.5")),
    Method("CONNECT", False, False, Rfc(9110, "9.3.6")),
    Method("OPTIONS", True, True, Rfc(9110, "9.3.7")),
    Method("TRACE", True, True, Rfc(9110, "9.3.8")),
    Method("PATCH", False, False, Rfc(5789, "2")),
)
METHOD_NAMES = Domain("HTTP method", tuple(method.name for method in METHODS))


def by_name(methods: Sequence[Method]) -> Mapping[str, Method]:
    """The methods by their names."""
    return {method.name: method for method in methods}
