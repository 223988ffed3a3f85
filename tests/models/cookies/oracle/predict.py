"""The model over a case, and the model with what an implementation is known to do otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quizgen.models.base import Cite
from quizgen.models.cookies.agent import UserAgent
from quizgen.models.cookies.rules import RFC_6265BIS
from quizgen.models.cookies.spec import SPEC, Edition
from quizgen.models.cookies.store import Cookie, Request, Store, cookie_string
from quizgen.models.values import Term
from tests.models.cookies.oracle.case import FAR, Case, Outcome, Stored


@dataclass(frozen=True)
class Difference:
    """Something that an implementation is known to do otherwise than the standard, in some editions.

    It is not described alone but done: `header` is what the implementation makes of a Set-Cookie (None: ignored), `request`
    what it makes of a request, `cookie` what it stores, `store` how it does so (given the store before and after), `sends`
    whether it sends a cookie, `off` and `spec` which rules it has not and which limits it has otherwise, `edition` the
    edition that it follows. The model with all differences gives the implementation's answers; with all but one it fails on
    that one's `example`.
    """

    name: str
    does: str
    standard: str
    cite: Cite
    editions: tuple[Term, ...]
    example: Case
    header: Callable[[str, Request], str | None] = lambda text, request: text
    request: Callable[[Request], Request] = lambda request: request
    cookie: Callable[[Cookie, str, Request], Cookie | None] = lambda cookie, text, request: cookie
    store: Callable[[Store, Store, Cookie], Store] = lambda before, after, cookie: after
    sends: Callable[[Cookie, Request], bool] = lambda cookie, request: True
    off: frozenset[str] = frozenset()
    spec: dict[str, Any] = field(default_factory=dict)
    edition: Term | None = None


def _edition(term: Term, differences: Sequence[Difference]) -> Edition:
    spec = SPEC
    for one in differences:
        if one.off or one.spec or one.edition:
            spec, term = replace(spec, rules=spec.rules - one.off, **one.spec), one.edition or term
    return Edition(spec, term)


def predict(case: Case, term: Term, now: int, differences: Sequence[Difference] = ()) -> Outcome:
    """What the model, with these differences, makes of a case."""
    agent, sent = UserAgent(_edition(term, differences), now), []
    for step in case.steps:
        request = step.request
        for one in differences:
            request = one.request(request)
        chosen = [cookie for cookie in agent.cookies(request) if all(one.sends(cookie, request) for one in differences)]
        sent.append(cookie_string([one for one in chosen if not one.expired(now)], agent.edition))
        # Where expired cookies stay, they go when they are come upon.
        gone = [cookie for cookie in chosen if cookie.expired(now)]
        agent.store = agent.store.without(gone.__contains__)
        for text in step.sets:
            _set(agent, text, request, differences)
    alive = [one for one in agent.store.cookies if not one.expired(now)]
    return Outcome(tuple(sent), tuple(sorted((_stored(one, term) for one in alive), key=str)))


def _set(agent: UserAgent, text: str, request: Request, differences: Sequence[Difference]) -> None:
    made: str | None = text
    for one in differences:
        made = None if made is None else one.header(made, request)
    before = agent.store
    cookie = None if made is None else agent.set(made, request).cookie
    for one in differences:
        kept = cookie and one.cookie(cookie, text, request)
        if cookie is not None and kept != cookie:
            rest = [other if other != cookie else kept for other in agent.store.cookies]
            agent.store = Store(tuple(other for other in rest if other is not None))
        cookie = kept
        agent.store = one.store(before, agent.store, cookie) if cookie is not None else agent.store


def _stored(cookie: Cookie, term: Term) -> Stored:
    return Stored(
        cookie.name, cookie.value, cookie.domain, cookie.path, cookie.host_only, cookie.secure, cookie.http_only,
        cookie.same_site if term == RFC_6265BIS else "Default",
        None if cookie.expiry is None else min(FAR, cookie.expiry),
    )  # fmt: skip
