"""Scenarios of sessions: whom the server takes each request for, how it is drawn, and broken steps."""

from dataclasses import replace
from typing import Any

import pytest

from quizgen.models.base import ModelError, ScenarioError, recording
from quizgen.models.sessions import SPEC
from quizgen.models.sessions.scenario import run

LOGIN = {"login": "alice"}
ACCOUNT = {"request": "/account"}


def test_login_put_logout() -> None:
    trace = run([LOGIN, {"put": "cart=book"}, {"request": "/cart"}, "logout", ACCOUNT])
    assert [trace.taken_for(n) for n in range(1, 6)] == ["alice", "alice", "alice", "nobody", "nobody"]
    assert trace.remembers(3, "cart") == "book"
    assert trace.remembers(5, "cart") is None
    assert trace.live() == 0


def test_the_cart_of_an_anonymous_visitor_moves_under_the_new_id() -> None:
    trace = run([{"put": "cart=book"}, LOGIN, {"request": "/cart"}])
    assert (trace.recognised(1), trace.recognised(2)) == (False, True)
    assert trace.session_id(1) != trace.session_id(2) == trace.session_id(3)
    assert trace.remembers(3, "cart") == "book"
    assert trace.live() == 1


@pytest.mark.parametrize("wait, user", [("29 min", "alice"), ("30 min", "nobody")])
def test_idle_timeout(wait: str, user: str) -> None:
    assert run([LOGIN, {"wait": wait}, ACCOUNT]).taken_for(2) == user


def test_timeouts_of_the_server_step() -> None:
    server = {"server": {"idle": "none", "absolute": "8 h"}}
    assert run([server, LOGIN, {"wait": "7 h"}, ACCOUNT, {"wait": "1 h"}, ACCOUNT]).taken_for(2) == "alice"
    assert run([server, LOGIN, {"wait": "7 h"}, ACCOUNT, {"wait": "1 h"}, ACCOUNT]).taken_for(3) == "nobody"


def test_deleting_the_cookie_leaves_the_session() -> None:
    trace = run([LOGIN, "delete-cookie", ACCOUNT])
    assert trace.taken_for(2) == "nobody"
    assert trace.live() == 1


@pytest.mark.parametrize("carrier, user", [("cookie", "nobody"), ("url", "alice"), ("both", "alice")])
def test_without_cookies(carrier: str, user: str) -> None:
    assert run([{"server": {"carrier": carrier}}, "refuse-cookies", LOGIN, ACCOUNT]).taken_for(2) == user


def test_links_lose_the_id_once_the_cookie_comes_back() -> None:
    trace = run([{"server": {"carrier": "both"}}, LOGIN, ACCOUNT, ACCOUNT])
    requests = [message.label for message in trace.ladder().messages if message.sender == "browser"]
    assert requests == [
        "POST /login",
        "GET /account;jsessionid=a3f9 Cookie: JSESSIONID=a3f9",
        "GET /account Cookie: JSESSIONID=a3f9",
    ]


@pytest.mark.parametrize("defences, user", [("none", "alice"), ("new id at login", "nobody"), ("all", "nobody")])
def test_fixation(defences: str, user: str) -> None:
    trace = run([{"server": {"defences": defences}}, "plant", LOGIN, {"attack": "/account"}])
    assert trace.taken_for(3) == user


def test_names_and_ids_of_the_server_step() -> None:
    trace = run([{"server": {"name": "PHPSESSID", "ids": ["k1", "k2"]}}, LOGIN, ACCOUNT])
    assert trace.ladder().messages[1].label == "200 for alice Set-Cookie: PHPSESSID=k1"
    assert trace.session_id(2) == "k1"


def test_one_id_needs_no_list() -> None:
    assert run([{"server": {"ids": "a1"}}, LOGIN]).session_id(1) == "a1"


def test_ids_that_count_up_can_be_guessed() -> None:
    counted = [{"server": {"defences": ["Secure cookie"]}}, LOGIN, {"guess": "1001"}]
    assert run(counted).taken_for(2) == "alice"
    assert run([LOGIN, {"guess": "1001"}]).taken_for(2) == "nobody"


def test_cross_site_request() -> None:
    assert run([LOGIN, {"cross-site": "POST /pay"}]).taken_for(2) == "nobody"
    assert run([LOGIN, {"cross-site": "GET /offer"}]).taken_for(2) == "alice"


def test_ladder() -> None:
    ladder = run([LOGIN, "steal", {"attack": "/account"}]).ladder()
    assert ladder.ends == ("browser", "server")
    assert [message.fate for message in ladder.messages] == ["arrives", "arrives", "forged", "forged"]
    assert ladder.messages[2].label == "attacker: GET /account Cookie: JSESSIONID=a3f9"
    assert ladder.moments[0].states == {"browser": "no cookies", "server": "no sessions"}
    assert ladder.moments[-1].states == {"browser": "JSESSIONID=a3f9", "server": "a3f9: alice"}
    assert {"browser": "attacker gets a3f9"} in [moment.events for moment in ladder.moments]
    assert all(message.arrived == message.sent + 1 < len(ladder.moments) for message in ladder.messages)


def test_answers_rest_on_the_run() -> None:
    trace = run([LOGIN, ACCOUNT])
    with recording() as record:
        assert trace.recognised(2)
    assert record.traces == [trace]
    assert {"carrier:cookie", "rule:found-by-id", "rule:bearer"} <= record.elements


def test_reasons_of_the_run_are_those_of_the_answer() -> None:
    trace = run([LOGIN, {"cross-site": "GET /offer"}])
    with recording() as record:
        assert trace.taken_for(2) == "alice"
    reasons = {reason: str(cite) for reason, cite in record.reasons.items()}
    assert reasons["The server takes whoever presents the id for the session's user"] == "RFC 6265 §8.4"
    assert reasons["A cookie carries the id"] == "Jakarta Servlet 6.0 §7.1.1"
    assert "" not in reasons


def test_an_empty_scenario_is_a_trace() -> None:
    trace = run([])
    assert (trace.lines(), trace.live()) == ([], 0)


def test_a_server_has_the_idle_timeout_that_it_is_given() -> None:
    steps = [{"server": {"idle": "10 min"}}, LOGIN, {"wait": "9 min"}, ACCOUNT, {"wait": "10 min"}, ACCOUNT]
    assert [run(steps).taken_for(n) for n in (2, 3)] == ["alice", "nobody"]


def test_a_run_is_told_line_by_line() -> None:
    steps = [
        LOGIN, {"request": {"path": "/a", "scheme": "http"}}, {"wait": "5 min"}, "steal", {"attack": "/b"},
        {"cross-site": "POST /pay"}, {"steal": "script"}, {"steal": "network"}, "restart", ACCOUNT, "refuse-cookies",
        LOGIN,
    ]  # fmt: skip
    assert run(steps).lines() == [
        "browser -> server POST /login",
        "server -> browser 200 for alice Set-Cookie: JSESSIONID=a3f9; Path=/; Secure; HttpOnly; SameSite=Lax",
        "browser -> server GET /a",
        "server -> browser 200 for nobody",
        "browser: 5 min later",
        "browser: attacker gets a3f9",
        "attacker -> server GET /b Cookie: JSESSIONID=a3f9",
        "server -> attacker 200 for alice",
        "other site -> server POST /pay",
        "server -> other site 200 for nobody",
        "browser: attacker gets nothing",
        "browser: attacker gets nothing",
        "browser: restarted",
        "browser -> server GET /account",
        "server -> browser 200 for nobody",
        "browser: refuses cookies",
        "browser -> server POST /login",
        "server -> browser 200 for alice Set-Cookie: JSESSIONID=c81d; Path=/; Secure; HttpOnly; SameSite=Lax",
    ]


def test_the_other_acts_are_told_as_well() -> None:
    steps = [
        {"server": {"defences": "none", "carrier": "both"}}, "plant", LOGIN, {"put": "a=1"}, "delete-cookie", {"guess": "7"},
        "logout", {"share": "/x"},
    ]  # fmt: skip
    trace = run(steps)
    assert trace.lines() == [
        "attacker -> server GET /login",
        "server -> attacker 200 for nobody Set-Cookie: JSESSIONID=1001; Path=/",
        "browser: attacker plants 1001",
        "browser -> server POST /login Cookie: JSESSIONID=1001",
        "server -> browser 200 for alice",
        "browser -> server POST /put Cookie: JSESSIONID=1001",
        "server -> browser 200 for alice",
        "browser: deletes JSESSIONID",
        "attacker -> server GET /account Cookie: JSESSIONID=7",
        "server -> attacker 200 for nobody",
        "browser -> server POST /logout",
        "server -> browser 200 for nobody Set-Cookie: JSESSIONID=; Path=/; Max-Age=0",
        "friend -> server GET /x",
        "server -> friend 200 for nobody",
    ]
    assert [trace.session_id(n) for n in (1, 3, 5, 6)] == ["1001", "1001", "", ""]


def test_a_figure_shows_what_removes_the_cookie_at_logout() -> None:
    labels = [message.label for message in run([LOGIN, "logout"]).ladder().messages]
    assert labels[1::2] == [
        "200 for alice Set-Cookie: JSESSIONID=a3f9",
        "200 for nobody Set-Cookie: JSESSIONID=; Max-Age=0",
    ]


def test_failures_are_told_too() -> None:
    steps = [{"server": {"servers": "2", "kept": "shared store"}}, LOGIN, {"fail": "1"}, {"fail": "store"}, ACCOUNT]
    assert run(steps).lines()[2:] == [
        "server: server 1 fails",
        "server: store fails",
        "browser -> server GET /account Cookie: JSESSIONID=a3f9",
        "server -> browser server 2: 200 for nobody",
    ]


def test_asking_for_what_did_not_happen() -> None:
    with pytest.raises(ModelError, match="has 1 requests, counted from 1; there is no 0"):
        run([LOGIN]).taken_for(0)


def test_fixation_by_a_link() -> None:
    trace = run([{"server": {"carrier": "url", "defences": "none"}}, "plant", LOGIN, {"attack": "/account"}])
    assert trace.taken_for(3) == "alice"
    labels = [message.label for message in trace.ladder().messages if message.sender == "browser"]
    assert labels == ["attacker: GET /login", "POST /login;jsessionid=1001", "attacker: GET /account;jsessionid=1001"]


def test_a_server_that_ends_sessions_with_their_cookies_is_another_one() -> None:
    wrong = replace(SPEC, rules=SPEC.rules - {"cookie-is-not-session"})
    assert run([LOGIN, "delete-cookie"], wrong).live() == 0


@pytest.mark.parametrize("carrier", ["cookie", "url"])
def test_where_an_id_is_of_no_use_to_others_a_thief_gets_nothing(carrier: str) -> None:
    wrong = replace(SPEC, rules=SPEC.rules - {"bearer"})
    steps = [{"server": {"carrier": carrier}}, LOGIN, "steal", {"attack": "/account"}]
    assert [run(steps, spec).taken_for(2) for spec in (SPEC, wrong)] == ["alice", "nobody"]


BROKEN: dict[str, tuple[list[Any], int, str, tuple[str, ...]]] = {
    "unknown step": ([{"log-in": "alice"}], 0, "`log-in` is no step of this model", ("login", "logout")),
    "late server": ([LOGIN, {"server": {"carrier": "url"}}], 1, "`server` has to be the first step", ()),
    "server twice": ([{"server": {}}, {"server": {}}], 1, "`server` has to be the first step", ()),
    "unknown key": ([{"server": {"cookie": "x"}}], 0, "`cookie` is nothing that `server` knows", ("absolute", "balancing", "carrier", "defences", "idle", "ids", "kept", "name", "servers")),
    "unknown carrier": ([{"server": {"carrier": "header"}}], 0, "`header` is no carrier", ("cookie", "url", "both")),
    "unknown defence": ([{"server": {"defences": ["HttpOnly"]}}], 0, "`HttpOnly` is no defence of a session", ("HttpOnly cookie",)),
    "no user": (["login"], 0, "`login` needs the name of a user", ()),
    "no path": ([{"request": "cart"}], 0, "`request` needs a path, such as /cart", ()),
    "bad scheme": ([{"request": {"path": "/", "scheme": "ftp"}}], 0, "`ftp` is no scheme of a page", ("http", "https")),
    "nothing to remember": ([{"put": "cart"}], 0, "`put` needs name=value, such as cart=book", ()),
    "no cookie": (["delete-cookie"], 0, "the browser holds no cookie with an id", ()),
    "no way": ([{"steal": "magic"}], 0, "`magic` is no way to steal an id", ("copy", "script", "network")),
    "no method": ([{"cross-site": "/pay"}], 0, "`cross-site` needs a method and a path, such as POST /pay", ()),
    "no other site": ([{"cross-site": {"request": "POST /pay", "from": "https://shop.example/"}}], 0, "shop.example is the site itself", ("https://evil.example/",)),
    "no page": ([{"cross-site": {"request": "POST /pay", "from": "evil"}}], 0, "`evil` is no http or https URL with a host, such as https://example.com/a", ()),
    "no request": ([{"cross-site": {"from": "https://evil.example/"}}], 0, "`cross-site` needs a method and a path, such as POST /pay", ()),
    "bad path": ([{"attack": "account"}], 0, "`account` is no path: it starts with /", ()),
    "bad time": ([{"wait": "soon"}], 0, "`soon` is no number with a unit such as 1 s", ()),
    "ids in a map": ([{"server": {"ids": {"a1": "b2"}}}], 0, "`ids` is one text or a list of them", ()),
    "several names": ([{"server": {"name": ["a", "b"]}}], 0, "`name` is one text", ()),
    "unknown method": ([{"cross-site": "PSOT /pay"}], 0, "`PSOT` is no method", ("POST",)),
    "a server of many digits": ([{"fail": "9" * 5000}], 0, f"`{'9' * 39}…` is nothing that can fail here", ()),
    "no number of servers": ([{"server": {"servers": "X"}}], 0, "`X` is no number of servers: 1 to 9", ()),
    "bad idle timeout": ([{"server": {"idle": "soon"}}], 0, "`soon` is no number with a unit such as 1 s", ()),
    "bad absolute timeout": ([{"server": {"absolute": "0.5 s"}}], 0, "`0.5 s` is no whole number of seconds from 0 up", ()),
    "too many servers": ([{"server": {"servers": "10"}}], 0, "`10` is no number of servers: 1 to 9", ()),
    "unknown place": ([{"server": {"kept": "disk"}}], 0, "`disk` is no place of sessions", ("own memory", "shared store", "signed cookie")),
    "unknown balancing": ([{"server": {"balancing": "random"}}], 0, "`random` is no way of balancing", ("sticky", "round robin")),
    "signed and in the URL": ([{"server": {"kept": "signed cookie", "carrier": "url"}}], 0, "a signed cookie is carried by a cookie, not by the URL", ("cookie",)),
    "no such server": ([{"fail": "2"}], 0, "`2` is nothing that can fail here", ()),
    "failed twice": ([{"server": {"servers": "2"}}, {"fail": "1"}, {"fail": "1"}], 2, "`1` is nothing that can fail here", ()),
    "fail what": (["fail"], 0, "`fail` needs the number of a server, or `store`", ()),
    "all failed": ([{"fail": "1"}, LOGIN], 1, "every server has failed", ()),
    "no id": (["guess"], 0, "`guess` needs an id", ()),
    "no key": ([{"put": "=book"}], 0, "`put` needs name=value, such as cart=book", ()),
    "no value": ([{"put": "cart="}], 0, "`put` needs name=value, such as cart=book", ()),
    "put nothing": (["put"], 0, "`put` needs what to remember, such as cart=book", ()),
    "steal nothing": ([{"steal": ""}], 0, "`steal` needs copy, script or network", ()),
    "attack nothing": (["attack"], 0, "`attack` needs a path, such as /account", ()),
    "share nothing": (["share"], 0, "`share` needs a path, such as /account", ()),
    "no time": (["wait"], 0, "`wait` needs a time, such as 30 min", ()),
    "unknown key of a request": ([{"request": {"pat": "/"}}], 0, "`pat` is nothing that `request` knows", ("path",)),
    "lower-case method": ([{"cross-site": "post /pay"}], 0, "`cross-site` needs a method and a path, such as POST /pay", ()),
    "method alone": ([{"cross-site": "POST pay"}], 0, "`cross-site` needs a method and a path, such as POST /pay", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_scenario(name: str) -> None:
    steps, step, message, nearest = BROKEN[name]
    with pytest.raises(ScenarioError) as caught:
        run(steps)
    assert (caught.value.step, caught.value.message) == (step, message)
    assert tuple(caught.value.nearest) == nearest
