"""What a user agent is asked to do: requests one after the other, each with the Set-Cookies of its response; and what
comes of it: the Cookie field of each request, and what is stored in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from quizgen.models.cookies.matching import parse_url, site
from quizgen.models.cookies.spec import Edition
from quizgen.models.cookies.store import SAFE_METHODS, Request
from quizgen.models.values import Term

KINDS = ("typed", "link", "form", "image", "script")
"""How a request comes about. A form is sent with POST, a script reads document.cookie and then assigns to it."""

FAR = 253_402_300_799
"""9999-12-31 23:59:59 UTC; nobody agrees about what is later, nor has to."""


@dataclass(frozen=True)
class Step:
    """One request, or one script. `page` is the URL of the page that makes the request, "" if the user typed it."""

    url: str
    sets: tuple[str, ...] = ()
    kind: str = "typed"
    page: str = ""

    @property
    def request(self) -> Request:
        """The request as the model has it."""
        return Request(
            parse_url(self.url),
            "POST" if self.kind == "form" else "GET",
            parse_url(self.page) if self.page else None,
            self.kind != "image",
            self.kind == "script",
        )

    def contexts(self, edition: Edition) -> tuple[str, str]:
        """Sending and setting as tough-cookie calls them: strict (same-site), lax (a navigation that may be) or none."""
        request = self.request
        if not self.page or site(parse_url(self.page), edition) == site(request.url, edition):
            return "strict", "strict"
        if not request.top_level:
            return "none", "none"
        return "lax" if request.method in SAFE_METHODS else "none", "lax"


@dataclass(frozen=True)
class Case:
    """Some steps, from an empty store. `pairs` counts the Set-Cookies."""

    steps: tuple[Step, ...]

    @property
    def pairs(self) -> int:
        return sum(len(step.sets) for step in self.steps)

    def __str__(self) -> str:
        return "\n".join(
            line
            for step in self.steps
            for line in (
                f"{step.kind} {step.url}" + (f" from {step.page}" if step.page else ""),
                *(f"  Set-Cookie: {text!r}" for text in step.sets),
            )
        )

    def plain(self) -> list[list[Any]]:
        """As JSON has it."""
        return [[step.url, list(step.sets), step.kind, step.page] for step in self.steps]

    @staticmethod
    def of(plain: list[list[Any]]) -> Case:
        return Case(tuple(Step(url, tuple(sets), kind, page) for url, sets, kind, page in plain))


class Stored(NamedTuple):
    """A cookie as every implementation can tell of it. `expiry` is in seconds since 1970, None for a session cookie."""

    name: str
    value: str
    domain: str
    path: str
    host_only: bool
    secure: bool
    http_only: bool
    same_site: str
    expiry: int | None


@dataclass(frozen=True)
class Outcome:
    """What was sent with each step, and what is stored in the end, sorted."""

    sent: tuple[str, ...]
    stored: tuple[Stored, ...]

    def agrees(self, other: Outcome, slack: int = 0) -> bool:
        """Whether all is the same, expiry within `slack` seconds."""
        same = self.sent == other.sent and len(self.stored) == len(other.stored)
        return same and all(_same(a, b, slack) for a, b in zip(self.stored, other.stored, strict=True))

    def plain(self) -> Mapping[str, Any]:
        """As JSON has it."""
        return {"sent": list(self.sent), "stored": [list(one) for one in self.stored]}

    @staticmethod
    def of(plain: Mapping[str, Any]) -> Outcome:
        return Outcome(tuple(plain["sent"]), tuple(sorted((Stored(*one) for one in plain["stored"]), key=str)))


def _same(a: Stored, b: Stored, slack: int) -> bool:
    if a._replace(expiry=None) != b._replace(expiry=None) or (a.expiry is None) != (b.expiry is None):
        return False
    return a.expiry is None or b.expiry is None or abs(a.expiry - b.expiry) <= slack


@dataclass(frozen=True)
class Reply:
    """What an implementation did, and the time that it was told or had, in seconds since 1970."""

    now: int
    outcome: Outcome


class Oracle(Protocol):
    """An implementation that can be asked. `slack` is how far its expiry-times may be off, in seconds."""

    name: str
    slack: int

    def run(self, case: Case, term: Term) -> Reply: ...
