"""Scenarios: what a run answers, how it is drawn, and what is said of steps that mean nothing."""

import pytest

from quizgen.models import load
from quizgen.models.base import ModelError, ScenarioError, recording
from quizgen.models.cookies.scenario import Trace, run

HERE = "http://example.com/a"
SET = {"response": {"url": HERE, "set-cookie": "sid=1; Path=/"}}


def test_the_cookie_comes_back_until_it_is_gone() -> None:
    trace = run([SET, {"request": HERE}, "restart", {"request": HERE}])
    assert [trace.sent(n) for n in (1, 2, 3)] == ["", "sid=1", ""]
    assert trace.carries(2, "sid")
    assert not trace.holds("sid")


def test_an_ignored_cookie_says_why_and_where() -> None:
    trace = run([{"response": {"url": HERE, "set-cookie": ["a=1; Domain=com", "b=2"]}}])
    assert (trace.ignored(1), trace.ignored(2)) == (True, False)
    assert trace.ladder().messages[1].note == (
        "com is a public suffix, so no host may set a cookie for it (RFC 6265 §5.3 step 5)"
    )


def test_scripts_read_and_set() -> None:
    steps = [
        {"response": {"url": HERE, "set-cookie": ["a=1; HttpOnly", "b=2"]}},
        {"script": HERE},
        {"script": {"url": HERE, "set": "a=3"}},
        {"script": {"url": HERE, "set": "c=4"}},
        {"script": HERE},
    ]
    trace = run(steps)
    assert (trace.reads(1), trace.reads(2)) == ("b=2", "b=2; c=4")
    assert trace.ignored(3)
    assert not trace.ignored(4)


@pytest.mark.parametrize("edition, sent", [("RFC 6265", "a=1"), ("6265bis", "")])
def test_the_edition_decides_about_samesite(edition: str, sent: str) -> None:
    forged = {"request": {"url": HERE, "method": "POST", "from": "http://other.test/"}}
    trace = run([{"edition": edition}, {"response": {"url": HERE, "set-cookie": "a=1"}}, forged])
    assert trace.sent(2) == sent


@pytest.mark.parametrize("wait, sent", [("59 s", "a=1"), ("1 min", ""), ("400 days", "")])
def test_time_passes(wait: str, sent: str) -> None:
    trace = run([{"response": {"url": HERE, "set-cookie": "a=1; Max-Age=60"}}, {"wait": wait}, {"request": HERE}])
    assert trace.sent(2) == sent


def test_ladder_and_lines() -> None:
    trace = run([SET, {"request": "http://example.com/"}, {"wait": "30 min"}, {"delete": "sid"}])
    ladder = trace.ladder()
    assert ladder.ends == ("browser", "server")
    assert [message.label for message in ladder.messages] == [
        "GET /a", "200 Set-Cookie: sid=1; Path=/", "GET / Cookie: sid=1", "200",
    ]  # fmt: skip
    assert [moment.states["browser"] for moment in ladder.moments] == ["no cookies"] * 2 + ["sid=1"] * 4 + [
        "no cookies"
    ]
    assert [moment.events for moment in ladder.moments[-2:]] == [
        {"browser": "30 min later"},
        {"browser": "user deletes sid"},
    ]
    assert all(message.arrived == message.sent + 1 < len(ladder.moments) for message in ladder.messages)
    assert trace.lines()[:2] == [
        "browser -> example.com GET /a",
        "example.com -> browser 200 Set-Cookie: sid=1; Path=/",
    ]


@pytest.mark.parametrize(
    "urls, labels",
    [
        (["http://example.com/a", "http://example.com/b"], ["GET /a", "GET /b"]),
        (["http://example.com/a", "http://www.example.com/"], ["GET example.com/a", "GET www.example.com/"]),
        (["http://example.com/a", "https://example.com"], ["GET http://example.com/a", "GET https://example.com/"]),
    ],
    ids=["path", "host", "scheme"],
)
def test_requests_are_named_by_what_tells_them_apart(urls: list[str], labels: list[str]) -> None:
    assert [message.label for message in run([{"request": url} for url in urls]).ladder().messages[::2]] == labels


def test_a_request_from_elsewhere_says_whence() -> None:
    trace = run([SET, {"request": {"url": HERE, "method": "POST", "from": "https://other.test/x"}}])
    assert trace.ladder().messages[2].label == "POST /a Cookie: sid=1 (from other.test)"
    assert trace.lines()[2] == "browser -> example.com POST /a Cookie: sid=1 (from other.test)"


@pytest.mark.parametrize(
    "set_cookies, label",
    [
        (["a=1; Path=/", "b=2"], "200 Set-Cookie: a=1; Path=/ Set-Cookie: b=2"),
        (["a=1; Path=/a/long/path; HttpOnly; SameSite=Strict", "b=2"], "200 Set-Cookie: a=1 Set-Cookie: b=2"),
        (["name=value"] * 4, "200 4 x Set-Cookie"),
    ],
    ids=["whole", "pairs", "counted"],
)
def test_labels_of_responses_stay_short(set_cookies: list[str], label: str) -> None:
    trace = run([{"response": {"url": HERE, "set-cookie": set_cookies}}])
    assert trace.ladder().messages[1].label == label
    assert all(text in trace.lines()[1] for text in set_cookies)


def test_answers_rest_on_the_run() -> None:
    trace = load("cookies").run([SET, {"request": HERE}])  # type: ignore[misc]
    with recording() as record:
        assert trace.sent(2) == "sid=1"
    assert record.traces == [trace]
    assert {"attribute:Path", "rule:host-identical", "rule:path-match"} <= record.elements


def test_asking_for_what_did_not_happen() -> None:
    with pytest.raises(ModelError, match="has 1 requests, counted from 1; there is no 2"):
        run([SET]).sent(2)


BROKEN = {
    "unknown step": ([SET, {"respond": "x"}], 1, "`respond` is no step of this model", "response"),
    "no shape": ([["wait"]], 0, "a step is one word", ""),
    "two words": ([{"wait": "1 s", "restart": ""}], 0, "a step is one word", ""),
    "unknown key": ([{"response": {"uri": HERE, "set-cookie": "a=1"}}], 0, "`uri` is nothing that `response` knows", "url"),
    "no url": ([{"response": {"set-cookie": "a=1"}}], 0, "`response` needs a url", ""),
    "no cookie": ([{"response": {"url": HERE}}], 0, "`response` needs set-cookie", ""),
    "bad url": ([{"request": "example.com"}], 0, "is no http or https URL", ""),
    "bad port": ([{"request": "http://[::1"}], 0, "is no http or https URL", ""),
    "bad time": ([{"wait": "10 minuts"}], 0, "`minuts` is no unit", ""),
    "half a second": ([{"wait": "0.5 s"}], 0, "no whole number of seconds", ""),
    "no time": (["wait"], 0, "`wait` needs a length of time", ""),
    "late edition": ([SET, {"edition": "6265bis"}], 1, "`edition` has to be the first step", ""),
    "unknown edition": ([{"edition": "6265bs"}], 0, "is no cookie edition", "RFC 6265bis"),
    "nothing to delete": ([SET, {"delete": "sd"}], 1, "the browser holds no cookie `sd`", "sid"),
    "neither yes nor no": ([{"request": {"url": HERE, "top-level": "maybe"}}], 0, "neither yes nor no", "yes"),
    "no script": (["script"], 0, "`script` needs", ""),
    "script without a page": ([{"script": {"set": "a=1"}}], 0, "`script` needs a url", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_scenario(name: str) -> None:
    steps, step, message, nearest = BROKEN[name]
    with pytest.raises(ScenarioError) as caught:
        run(steps)
    assert caught.value.step == step
    assert message in caught.value.message
    assert not nearest or nearest in caught.value.nearest


def test_an_empty_scenario_is_a_trace() -> None:
    trace = run([])
    assert isinstance(trace, Trace)
    assert trace.lines() == []
    assert len(trace.ladder().moments) == 1
