"""Sessions in signed cookies: no memory of the server's, no change unnoticed, no end before the expiry but by a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.models.sessions import SPEC
from quizgen.models.sessions.scenario import run
from quizgen.models.sessions.signed import SignedStore
from quizgen.models.sessions.store import Session
from quizgen.models.sessions.world import abbreviated

LOGIN = {"login": "alice"}
LISTED = {"server": {"kept": "signed cookie"}}
UNLISTED = {"server": {"kept": "signed cookie", "defences": ["Secure cookie"]}}
HOUR = 3600


def issued(user: str = "alice", data: dict[str, str] | None = None, now: int = 0) -> SignedStore:
    store = SignedStore(SPEC, 8 * HOUR).create("", now)
    return store.visit(store.latest(), now, user, data or {})


@given(user=st.text(), data=st.dictionaries(st.text(min_size=1), st.text()), now=st.integers(0, 2**40))
def test_what_is_issued_is_read_back(user: str, data: dict[str, str], now: int) -> None:
    store = issued(user, data, now).expire(now)
    found = store.find(store.latest().id)
    assert found == Session(store.latest().id, now, now, user, data)


@given(place=st.integers(0, 200), mark=st.characters(codec="ascii"))
def test_a_change_is_noticed(place: int, mark: str) -> None:
    token = issued().latest().id
    changed = token[:place] + mark + token[place + 1 :]
    assert (issued().find(changed) is None) is (changed != token)


@pytest.mark.parametrize("text", ["", ".", "alice", "alice:28800", "alice:28800.", "alice:28800.00", "a.b.c", "é"])
def test_what_was_never_issued_is_refused(text: str) -> None:
    assert issued().find(text) is None


@pytest.mark.parametrize(("now", "holds"), [(0, True), (8 * HOUR - 1, True), (8 * HOUR, False), (9 * HOUR, False)])
def test_it_holds_until_it_expires(now: int, holds: bool) -> None:
    store = issued()
    assert (store.expire(now).find(store.latest().id) is not None) is holds


def test_a_visit_does_not_prolong_it() -> None:
    store = issued().expire(7 * HOUR)
    found = store.find(store.latest().id)
    assert found is not None
    again = store.visit(found, 7 * HOUR, found.user, found.data)
    assert again.latest().id == store.latest().id


def test_a_login_keeps_the_data_of_its_own_session() -> None:
    """Somebody else's session was issued last when the user logs in."""
    trace = run([LISTED, {"put": "cart=book"}, {"attack": "/login"}, LOGIN, {"request": "/cart"}])
    assert trace.taken_for(4) == "alice"
    assert trace.remembers(4, "cart") == "book"


def test_the_list_ends_every_cookie_of_the_session_and_no_other() -> None:
    early = issued()
    late = early.visit(early.latest(), 60, "alice", {"cart": "book"})
    listed = late.destroy(late.latest()).expire(60)
    assert listed.find(late.latest().id) is None
    assert listed.find(early.latest().id) is None
    assert listed.find(issued("bob").latest().id) is not None
    assert listed.find(issued("alice", now=60).latest().id) is not None


def test_the_list_forgets_what_has_expired() -> None:
    store = issued()
    ended = store.destroy(store.latest())
    assert (ended.entries, str(ended)) == (1, "1 ended")
    assert ended.expire(8 * HOUR - 1).entries == 1
    assert (ended.expire(8 * HOUR).entries, str(ended.expire(8 * HOUR))) == (0, "nothing kept")


def test_login_put_logout() -> None:
    trace = run([LISTED, LOGIN, {"put": "cart=book"}, {"request": "/cart"}, "logout", {"request": "/cart"}])
    assert [trace.taken_for(n) for n in range(1, 6)] == ["alice", "alice", "alice", "nobody", "nobody"]
    assert trace.remembers(3, "cart") == "book"
    assert trace.live() == 0
    ladder = trace.ladder()
    assert [ladder.moments[0].states["server"], ladder.moments[-1].states["server"]] == ["nothing kept", "1 ended"]
    labels = [message.label for message in ladder.messages]
    assert labels[1].startswith("200 for alice Set-Cookie: JSESSIONID=alice:1767254400.")
    assert labels[3].startswith("200 for alice Set-Cookie: JSESSIONID=alice:cart=book:1767254400.")
    assert "Set-Cookie" not in labels[5], "what has not changed is not set again"
    assert all(len(label) < 90 for label in labels)


@pytest.mark.parametrize(("server", "user"), [(LISTED, "nobody"), (UNLISTED, "alice")], ids=["listed", "unlisted"])
def test_a_copy_after_logout(server: dict[str, object], user: str) -> None:
    assert run([server, LOGIN, "steal", {"put": "cart=book"}, "logout", {"attack": "/account"}]).taken_for(4) == user


def test_a_session_of_nobody_is_ended_as_well() -> None:
    assert run([LISTED, {"put": "cart=book"}, "logout"]).ladder().moments[-1].states["server"] == "1 ended"


def test_the_absolute_timeout_is_its_lifetime() -> None:
    server = {"server": {"kept": "signed cookie", "absolute": "1 h"}}
    trace = run([server, LOGIN, {"wait": "59 min"}, {"request": "/a"}, {"wait": "1 min"}, {"request": "/a"}])
    assert [trace.taken_for(n) for n in (2, 3)] == ["alice", "nobody"]


def test_a_planted_cookie_stays_anonymous() -> None:
    trace = run([UNLISTED, "plant", LOGIN, {"attack": "/account"}])
    assert trace.taken_for(3) == "nobody"
    assert trace.session_id(3) == trace.session_id(1) != trace.session_id(2)


def test_figures_cut_signatures_short() -> None:
    token = issued().latest().id
    assert abbreviated(f"a={token}; b") == f"a={token[: token.index('.') + 5]}…; b"
    assert abbreviated("SID=a3f9") == "SID=a3f9"
