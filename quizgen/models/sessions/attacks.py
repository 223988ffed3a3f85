"""Attacks on sessions as scenarios, each run against a server with the defences that a claim names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from quizgen.models.base import because, shows, touch
from quizgen.models.sessions.scenario import run_on
from quizgen.models.sessions.server import COOKIE_CARRIER, OWN_MEMORY, SIGNED_COOKIE, URL_CARRIER, Setup
from quizgen.models.sessions.spec import ATTACK_ROWS, ATTACKS, Spec
from quizgen.models.sessions.trace import Trace
from quizgen.models.sessions.world import FIRST_COUNTED_ID, World
from quizgen.models.values import Term

STOLEN_ID, EAVESDROPPING, SCRIPT_THEFT, FIXATION, GUESSING, REPLAY_AFTER_LOGOUT, SHARED_LINK, REQUEST_FORGERY = (
    ATTACKS.terms()
)

_STEPS: Mapping[Term, list[Any]] = {
    STOLEN_ID: [{"login": "alice"}, {"steal": "copy"}, {"attack": "/account"}],
    # The cookie's name and host are all that a plain http request needs to take the cookie along (RFC 6265 §8.3).
    EAVESDROPPING: [
        {"login": "alice"},
        {"request": {"path": "/logo.png", "scheme": "http"}},
        {"steal": "network"},
        {"attack": "/account"},
    ],
    SCRIPT_THEFT: [{"login": "alice"}, {"steal": "script"}, {"attack": "/account"}],
    FIXATION: ["plant", {"login": "alice"}, {"attack": "/account"}],
    # Having got an id of its own, the attacker tries the next one.
    GUESSING: [{"attack": "/login"}, {"login": "alice"}, {"guess": str(FIRST_COUNTED_ID + 1)}],
    REPLAY_AFTER_LOGOUT: [{"login": "alice"}, {"steal": "copy"}, "logout", {"attack": "/account"}],
    SHARED_LINK: ["refuse-cookies", {"login": "alice"}, {"request": "/cart"}, {"share": "/cart"}],
    REQUEST_FORGERY: [{"login": "alice"}, {"cross-site": "POST /pay"}],
}
_CARRIERS: Mapping[Term, frozenset[Term]] = {SHARED_LINK: frozenset({COOKIE_CARRIER, URL_CARRIER})}


def attack(spec: Spec, kind: Term, defences: Collection[Term], kept: Term = OWN_MEMORY) -> Trace:
    """The run of an attack on a server with exactly these defences, and its sessions kept there."""
    carriers = (
        frozenset({COOKIE_CARRIER}) if kept == SIGNED_COOKIE else _CARRIERS.get(kind, frozenset({COOKIE_CARRIER}))
    )
    setup = Setup(carriers=carriers, defences=frozenset(defences), idle=spec.idle, kept=kept)
    return run_on(World(spec, setup), _STEPS[kind])


def succeeds(spec: Spec, kind: Term, defences: Collection[Term], kept: Term = OWN_MEMORY) -> bool:
    """Whether the attack's last request is taken for the victim's."""
    trace = attack(spec, kind, defences, kept)
    touch(ATTACK_ROWS[kind.name].id, *trace.record.elements)
    shows(trace)
    taken = trace.exchanges[-1].user == "alice" and kind.name in spec.attacks
    reason = (
        "The server takes the last request for alice's" if taken else "The server takes the last request for nobody's"
    )
    because(reason, ATTACK_ROWS[kind.name].cite)
    return taken
