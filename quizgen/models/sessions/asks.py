"""For each element an expression whose answer rests on it: where an author may begin an item."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from quizgen.models.sessions.attacks import (
    EAVESDROPPING,
    FIXATION,
    GUESSING,
    REPLAY_AFTER_LOGOUT,
    REQUEST_FORGERY,
    SCRIPT_THEFT,
    SHARED_LINK,
)
from quizgen.models.sessions.spec import ATTACK_ROWS, ATTACKS, DEFENCE_ROWS, DEFENCES

_ASKS = {
    "rule:data-on-server": "lives_in(SESSION_DATA)",
    "rule:found-by-id": "recognises_user(id_sent=False)",
    "rule:bearer": "stolen_id_accepted()",
    "rule:unknown-id": "attack_succeeds(GUESSING, UNGUESSABLE_IDS)",
    "rule:idle-expiry": 'session_alive("31 min")',
    "rule:absolute-expiry": 'session_alive("8 h", request_every="10 min", absolute="8 h")',
    "rule:logout-destroys": "session_alive_after(LOGOUT)",
    "rule:new-id-at-login": "id_changes_at_login()",
    "rule:cookie-is-not-session": "session_alive_after(COOKIE_DELETION)",
    "rule:own-memory": "recognised_by_all(OWN_MEMORY, ROUND_ROBIN)",
    "rule:sticky": "recognised_by_all(OWN_MEMORY, STICKY)",
    "rule:shared-store": "recognised_by_all(SHARED_STORE, ROUND_ROBIN)",
    "rule:lost-with-server": "recognised_by_all(OWN_MEMORY, STICKY, failed=True)",
    "rule:signed-state": "kept_on_server(SIGNED_COOKIE, logins=10)",
    "rule:signature": "changed_cookie_accepted()",
    "rule:until-expiry": "copy_accepted(SIGNED_COOKIE, logged_out=True)",
    "rule:revocation-list": "copy_accepted(SIGNED_COOKIE, logged_out=True, listed=True)",
    "rule:memory-grows": 'session_memory(1000, "2 KB")',
    "carrier:cookie": "id_cookie_name(PHP)",
    "carrier:url": "session_works(URL_CARRIER, cookies_enabled=False)",
    "limit:idle-timeout": "idle_timeout()",
    "limit:absolute-timeout": "absolute_timeout()",
}
_STOPS = (
    ("Secure cookie", EAVESDROPPING), ("HttpOnly cookie", SCRIPT_THEFT), ("SameSite cookie", REQUEST_FORGERY), ("CSRF token", REQUEST_FORGERY),
    ("new id at login", FIXATION), ("unguessable ids", GUESSING), ("server-side logout", REPLAY_AFTER_LOGOUT),
    ("cookies only", SHARED_LINK),
)  # fmt: skip
"""Each defence with an attack that it stops."""


def _attacks() -> Iterator[tuple[str, str]]:
    for attack in ATTACKS.terms():
        yield ATTACK_ROWS[attack.name].id, f"attack_succeeds({attack.identifier.upper()})"
    for name, attack in _STOPS:
        defence = DEFENCES.term(name).identifier.upper()
        yield DEFENCE_ROWS[name].id, f"attack_succeeds({attack.identifier.upper()}, {defence})"


@cache
def asks() -> dict[str, str]:
    """Element id -> expression."""
    return _ASKS | dict(_attacks())
