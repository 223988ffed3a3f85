"""Several servers behind a balancer: sticky sessions, a shared store, signed cookies, and what a failure takes along."""

from typing import Any

import pytest

from quizgen.models import load
from quizgen.models.base import ModelError, ScenarioError
from quizgen.models.cookies.matching import parse_url
from quizgen.models.sessions import SPEC
from quizgen.models.sessions.farm import Farm
from quizgen.models.sessions.scenario import run
from quizgen.models.sessions.server import Setup

LOGIN, ACCOUNT = {"login": "alice"}, {"request": "/account"}


def farm(**given: object) -> dict[str, Any]:
    return {"server": {"servers": 2, **given}}


# kept, balancing, failed: whom the server takes the three requests after a login for, and which server answers them
MATRIX = {
    "own memory, sticky": ("own memory", "sticky", "", ["alice"] * 3, [1, 1, 1]),
    "own memory, sticky, failed": ("own memory", "sticky", "1", ["nobody"] * 3, [2, 2, 2]),
    "own memory, sticky, other failed": ("own memory", "sticky", "2", ["alice"] * 3, [1, 1, 1]),
    "own memory, round robin": ("own memory", "round robin", "", ["nobody", "alice", "nobody"], [2, 1, 2]),
    "own memory, round robin, failed": ("own memory", "round robin", "1", ["nobody"] * 3, [2, 2, 2]),
    "shared store, sticky": ("shared store", "sticky", "", ["alice"] * 3, [1, 1, 1]),
    "shared store, sticky, failed": ("shared store", "sticky", "1", ["alice"] * 3, [2, 2, 2]),
    "shared store, round robin": ("shared store", "round robin", "", ["alice"] * 3, [2, 1, 2]),
    "shared store, round robin, failed": ("shared store", "round robin", "1", ["alice"] * 3, [2, 2, 2]),
    "shared store, sticky, store failed": ("shared store", "sticky", "store", ["nobody"] * 3, [1, 1, 1]),
    "signed cookie, sticky": ("signed cookie", "sticky", "", ["alice"] * 3, [1, 1, 1]),
    "signed cookie, round robin": ("signed cookie", "round robin", "", ["alice"] * 3, [2, 1, 2]),
    "signed cookie, round robin, failed": ("signed cookie", "round robin", "1", ["alice"] * 3, [2, 2, 2]),
}


@pytest.mark.parametrize("name", MATRIX)
def test_who_is_recognised_by_which_server(name: str) -> None:
    kept, balancing, failed, users, servers = MATRIX[name]
    fails = [{"fail": failed}] if failed else []
    trace = run([farm(kept=kept, balancing=balancing), LOGIN, *fails, ACCOUNT, ACCOUNT, ACCOUNT])
    assert [trace.taken_for(n) for n in (2, 3, 4)] == users
    assert [trace.served_by(n) for n in (2, 3, 4)] == servers


def test_visitors_are_spread_and_a_failure_takes_its_part() -> None:
    visits = [step for name in ("ann", "bob", "cem", "dan") for step in ({"login": name}, "delete-cookie")]
    trace = run([farm(), *visits])
    assert [trace.served_by(n) for n in range(1, 5)] == [1, 2, 1, 2]
    assert trace.live() == 4
    assert run([farm(), *visits, {"fail": "1"}]).live() == 2
    assert run([farm(kept="shared store"), *visits, {"fail": "1"}]).live() == 4
    assert run([farm(kept="shared store"), *visits, {"fail": "store"}]).live() == 0


def test_the_balancer_follows_a_new_id() -> None:
    trace = run([farm(ids=["k1", "k2"]), {"put": "cart=book"}, LOGIN, {"request": "/cart"}])
    assert [trace.served_by(n) for n in (1, 2, 3)] == [1, 1, 1]
    assert trace.session_id(3) == "k2"
    assert trace.remembers(3, "cart") == "book"


def test_a_logout_counts_on_every_server_that_reads_the_list() -> None:
    trace = run([farm(kept="signed cookie", balancing="round robin"), LOGIN, "steal", "logout", {"attack": "/account"}])
    assert [trace.served_by(n) for n in (1, 2, 3)] == [1, 2, 1]
    assert trace.taken_for(3) == "nobody"


def test_sessions_end_on_each_server() -> None:
    steps = [farm(balancing="round robin"), LOGIN, "delete-cookie", {"login": "bob"}, {"wait": "30 min"}]
    assert run(steps).live() == 0


def test_the_ladder_shows_what_each_server_has() -> None:
    ladder = run([farm(), LOGIN, {"fail": "1"}, ACCOUNT]).ladder()
    states = list(dict.fromkeys(moment.states["server"] for moment in ladder.moments))
    assert states == ["1: none | 2: none", "1: a3f9: alice | 2: none", "1: failed | 2: none"]
    assert [message.label for message in ladder.messages if message.sender == "server"] == [
        "server 1: 200 for alice Set-Cookie: JSESSIONID=a3f9", "server 2: 200 for nobody",
    ]  # fmt: skip
    assert {"server": "server 1 fails"} in [moment.events for moment in ladder.moments]
    shared = run([farm(kept="shared store"), LOGIN, {"fail": "store"}]).ladder()
    assert [moment.states["server"] for moment in shared.moments][-2:] == ["a3f9: alice", "no sessions"]
    assert {"server": "store fails"} in [moment.events for moment in shared.moments]


def test_one_server_is_not_numbered() -> None:
    assert [message.label for message in run([LOGIN]).ladder().messages][
        1
    ] == "200 for alice Set-Cookie: JSESSIONID=a3f9"


BROKEN: dict[str, tuple[list[object], int, str]] = {
    "no servers": ([farm(servers=0)], 0, "`0` is no number of servers"),
    "too many": ([farm(servers=10)], 0, "`10` is no number of servers"),
    "no place": ([farm(kept="disk")], 0, "`disk` is no place of sessions"),
    "no balancing": ([farm(balancing="random")], 0, "`random` is no way of balancing"),
    "signed in the URL": ([farm(kept="signed cookie", carrier="url")], 0, "is carried by a cookie"),
    "no third server": ([farm(), {"fail": "3"}], 1, "`3` is nothing that can fail"),
    "no server 0": ([farm(), {"fail": "0"}], 1, "`0` is nothing that can fail"),
    "no such thing": ([farm(), {"fail": "balancer"}], 1, "`balancer` is nothing that can fail"),
    "twice": ([farm(), {"fail": "1"}, {"fail": "1"}], 2, "`1` is nothing that can fail"),
    "no store": ([farm(), {"fail": "store"}], 1, "`store` is nothing that can fail"),
    "fail what": ([farm(), "fail"], 1, "`fail` needs the number of a server"),
    "all failed": ([farm(), {"fail": "1"}, {"fail": "2"}, LOGIN], 3, "every server has failed"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_scenario(name: str) -> None:
    steps, step, message = BROKEN[name]
    with pytest.raises(ScenarioError) as caught:
        run(steps)
    assert caught.value.step == step
    assert message in caught.value.message


@pytest.mark.parametrize("key", ["kept", "balancing"])
def test_what_can_be_said_is_offered(key: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        run([farm(**{key: "xyz"})])
    assert {"kept": "shared store", "balancing": "round robin"}[key] in caught.value.nearest


def test_time_goes_on_when_every_server_has_failed() -> None:
    assert run([farm(), {"fail": "1"}, {"fail": "2"}, {"wait": "1 h"}]).live() == 0


def test_a_farm_without_servers_answers_nobody() -> None:
    servers = Farm(SPEC, Setup(servers=2), iter(()))
    servers.fail("1")
    servers.fail("2")
    with pytest.raises(ModelError, match="every server has failed"):
        servers.answer(parse_url("https://shop.example/"), {}, 0)


def test_the_table_of_places() -> None:
    rows = {row[0]["en"]: [cell["en"] for cell in row[1:]] for row in load("sessions").tables["places"][1:]}
    assert rows == {
        "the server's own memory": ["no", "no", "yes"],
        "a store that all servers share": ["yes", "yes", "yes"],
        "a signed cookie": ["yes", "yes", "no"],
    }
