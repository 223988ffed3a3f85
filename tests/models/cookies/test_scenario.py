"""Scenarios: what a run answers, how it is drawn, and what is said of steps that mean nothing."""

from typing import Any

import pytest

from quizgen.models import load
from quizgen.models.base import ModelError, ScenarioError, recording
from quizgen.models.cookies import SPEC, Spec
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
        (
            ["a=1; Domain=example.com", "b=2; Max-Age=3600", "c=3"],
            "200 Set-Cookie: a=1; Domain=example.com Set-Cookie: b=2; Max-Age=3600 Set-Cookie: c=3",
        ),
        ([f"a=1; Path=/{'long' * 30}; HttpOnly", "b=2"], "200 Set-Cookie: a=1 Set-Cookie: b=2"),
        (["name=value"] * 7, "200 7 x Set-Cookie"),
    ],
    ids=["whole", "pairs", "counted"],
)
def test_labels_of_responses_stay_short(set_cookies: list[str], label: str) -> None:
    trace = run([{"response": {"url": HERE, "set-cookie": set_cookies}}])
    assert trace.ladder().messages[1].label == label
    assert all(text in trace.lines()[1] for text in set_cookies)


def test_a_run_is_told_line_by_line() -> None:
    steps = [
        {"edition": "RFC 6265"},
        {
            "response": {
                "url": HERE,
                "set-cookie": ["a=1; HttpOnly; Path=/", "b=2; Domain=com", "c=3; Domain=org", "d=4"],
            }
        },
        {"script": HERE},
        {"script": "http://example.com/other/"},
        {"script": {"url": HERE, "set": "a=5; Path=/"}},
        {"script": {"url": HERE, "set": "e=6"}},
        {"request": HERE},
        "restart",
    ]
    trace = run(steps)
    assert trace.lines() == [
        "browser -> example.com GET /a",
        "example.com -> browser 200 Set-Cookie: a=1; HttpOnly; Path=/ Set-Cookie: b=2; Domain=com Set-Cookie: c=3;"
        " Domain=org Set-Cookie: d=4",
        "  ignored: com is a public suffix, so no host may set a cookie for it (RFC 6265 §5.3 step 5)",
        "  ignored: org is a public suffix, so no host may set a cookie for it (RFC 6265 §5.3 step 5)",
        "browser: script reads d=4",
        "browser: script reads d=4",
        "browser: script sets a=5; Path=/, ignored: A script tried to overwrite an HttpOnly cookie",
        "browser: script sets e=6",
        "browser -> example.com GET /a Cookie: a=1; d=4; e=6",
        "example.com -> browser 200",
        "browser: browser restarted",
    ]
    assert trace.ladder().messages[1].note == "; ".join(
        f"{domain} is a public suffix, so no host may set a cookie for it (RFC 6265 §5.3 step 5)"
        for domain in ("com", "org")
    )
    assert [moment.states["browser"] for moment in trace.ladder().moments][-2:] == ["a=1, d=4, e=6", "no cookies"]
    assert {moment.states["server"] for moment in trace.ladder().moments} == {"stateless"}


def test_a_script_that_reads_nothing() -> None:
    trace = run([{"script": HERE}])
    assert trace.lines() == ["browser: script reads nothing"]
    assert (trace.reads(1), trace.holds("a")) == ("", False)


def test_what_the_browser_holds_in_the_end() -> None:
    trace = run([SET])
    assert (trace.holds("sid"), trace.holds("other")) == (True, False)


def test_set_cookies_are_counted_through_the_run() -> None:
    trace = run([{"response": {"url": HERE, "set-cookie": "a"}}, {"response": {"url": HERE, "set-cookie": "b=2"}}])
    assert (trace.ignored(1), trace.ignored(2)) == (True, False)


@pytest.mark.parametrize(
    "ask, what",
    [("sent", "requests"), ("carries", "requests"), ("ignored", "Set-Cookies"), ("reads", "scripts that read")],
)
def test_asking_beyond_the_end_says_what_there_is(ask: str, what: str) -> None:
    arguments = (7, "sid") if ask == "carries" else (7,)
    with pytest.raises(ModelError) as caught:
        getattr(run([]), ask)(*arguments)
    assert str(caught.value) == f"this run has 0 {what}, counted from 1; there is no 7"


def test_the_run_goes_by_its_spec_and_starts_with_2026() -> None:
    wrong = Spec(rules=SPEC.rules - {"name-needed"})
    assert not run([{"response": {"url": HERE, "set-cookie": "=1"}}], wrong).ignored(1)
    expiring = {"response": {"url": HERE, "set-cookie": "a=1; Expires=Thu, 01 Jan 2026 00:00:01 GMT"}}
    assert run([expiring]).holds("a")
    assert not run([expiring, {"wait": "1 s"}]).holds("a")


def test_no_time_may_pass() -> None:
    assert run([SET, {"wait": "0 s"}]).holds("sid")


def test_a_label_of_just_140_characters_is_whole() -> None:
    text = "a=" + "1" * 122
    trace = run([{"response": {"url": HERE, "set-cookie": text}}])
    assert trace.ladder().messages[1].label == f"200 Set-Cookie: {text}"
    assert len(trace.ladder().messages[1].label) == 140
    longer = run([{"response": {"url": HERE, "set-cookie": f"{text}; Secure"}}])
    assert longer.ladder().messages[1].label == f"200 Set-Cookie: {text}"


def test_reasons_of_the_run_are_those_of_the_answer() -> None:
    trace = run([{"response": {"url": HERE, "set-cookie": "a=1; Domain=com"}}])
    with recording() as record:
        assert trace.ignored(1)
    assert str(record.reasons["com is a public suffix, so no host may set a cookie for it"]) == "RFC 6265 §5.3 step 5"


def test_answers_rest_on_the_run() -> None:
    as_a_scenario = load("cookies").run
    assert as_a_scenario is not None
    trace = as_a_scenario([SET, {"request": HERE}])
    with recording() as record:
        assert trace.sent(2) == "sid=1"
    assert record.traces == [trace]
    assert {"attribute:Path", "rule:host-identical", "rule:path-match"} <= record.elements


def test_asking_for_what_did_not_happen() -> None:
    with pytest.raises(ModelError, match="has 1 requests, counted from 1; there is no 2"):
        run([SET]).sent(2)


BROKEN: dict[str, tuple[list[Any], int, str, tuple[str, ...]]] = {
    "unknown step": ([SET, {"respond": "x"}], 1, "`respond` is no step of this model", ("response",)),
    "nearest of three": ([{"reste": "1"}], 0, "`reste` is no step of this model", ("restart", "request")),
    "no shape": ([["wait"]], 0, "a step is one word, or one word with what it needs, as in `wait: 10 min`", ()),
    "two words": ([{"wait": "1 s", "restart": ""}], 0, "a step is one word, or one word with what it needs, as in `wait: 10 min`", ()),
    "unknown key": ([{"response": {"uri": HERE, "set-cookie": "a=1"}}], 0, "`uri` is nothing that `response` knows", ("url",)),
    "no url": ([{"response": {"set-cookie": "a=1"}}], 0, "`response` needs a url", ()),
    "no cookie": ([{"response": {"url": HERE}}], 0, "`response` needs set-cookie: one text or a list of them", ()),
    "bad url": ([{"request": "example.com"}], 0, "`example.com` is no http or https URL with a host, such as https://example.com/a", ()),
    "bad port": ([{"request": "http://[::1"}], 0, "`http://[::1` is no http or https URL with a host, such as https://example.com/a", ()),
    "bad time": ([{"wait": "10 minuts"}], 0, "`minuts` is no unit that quizgen knows", ("min",)),
    "half a second": ([{"wait": "0.5 s"}], 0, "`0.5 s` is no whole number of seconds from 0 up", ()),
    "no time": (["wait"], 0, "`wait` needs a length of time, such as 30 min", ()),
    "late edition": ([SET, {"edition": "6265bis"}], 1, "`edition` has to be the first step", ()),
    "unknown edition": ([{"edition": "6265bs"}], 0, "`6265bs` is no cookie edition", ("RFC 6265bis", "RFC 6265")),
    "nothing to delete": ([SET, {"delete": "sd"}], 1, "the browser holds no cookie `sd`", ("sid",)),
    "neither yes nor no": ([{"request": {"url": HERE, "top-level": "maybe"}}], 0, "`maybe` is neither yes nor no", ("yes", "no")),
    "no script": (["script"], 0, "`script` needs url, set in { }", ()),
    "script without a page": ([{"script": {"set": "a=1"}}], 0, "`script` needs a url", ()),
    "edition without a name": (["edition"], 0, "`edition` needs the name of an edition", ()),
    "no page that is known": ([SET, {"forget": "sid"}], 1, "`forget` is no step of this model", ("delete", "edition", "request", "response", "restart", "script", "wait")),
    "nearest of several": ([{"response": {"ur": HERE, "set-cookies": "a=1"}}], 0, "`ur` is nothing that `response` knows", ("url",)),
    "a step far from any": ([{"xyz": "1"}], 0, "`xyz` is no step of this model", ("delete", "edition", "request", "response", "restart", "script", "wait")),
    "a key far from any": ([{"script": {"xyz": "1"}}], 0, "`xyz` is nothing that `script` knows", ("set", "url")),
    "negative time": ([{"wait": "-1 s"}], 0, "`-1 s` is no whole number of seconds from 0 up", ()),
    "delete nothing named": (["delete"], 0, "`delete` needs the name of a cookie", ()),
    "response as text": ([{"response": HERE}], 0, "`response` needs url, method, from, top-level, set-cookie in { }", ()),
    "cookies of another kind": ([{"response": {"url": HERE, "set-cookie": [{"a": "1"}]}}], 0, "`response` needs set-cookie: one text or a list of them", ()),
    "cookies in a map": ([{"response": {"url": HERE, "set-cookie": {"a=1": "b"}}}], 0, "`set-cookie` is one text or a list of them", ()),
    "several urls": ([{"request": {"url": [HERE, HERE]}}], 0, "`url` is one text", ()),
    "several methods": ([{"request": {"url": HERE, "method": ["GET"]}}], 0, "`method` is one text", ()),
    "unknown method": ([{"request": {"url": HERE, "method": "GTE"}}], 0, "`GTE` is no method", ("GET",)),
    "host with a space": ([{"request": "http://exa mple.com/"}], 0, "`http://exa mple.com/` is no http or https URL with a host, such as https://example.com/a", ()),
    "bad page": ([{"request": {"url": HERE, "from": "other"}}], 0, "`other` is no http or https URL with a host, such as https://example.com/a", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_scenario(name: str) -> None:
    steps, step, message, nearest = BROKEN[name]
    with pytest.raises(ScenarioError) as caught:
        run(steps)
    assert (caught.value.step, caught.value.message) == (step, message)
    assert tuple(caught.value.nearest) == nearest


def test_an_empty_scenario_is_a_trace() -> None:
    trace = run([])
    assert isinstance(trace, Trace)
    assert trace.lines() == []
    assert len(trace.ladder().moments) == 1
