"""Loads the site in Chromium and says in which order the events of a navigation were seen.

The network's times come from the DevTools protocol (Network), parsing, scripts and rendering from the trace of the renderer,
and when the server took up a request from the server. All three read the same monotonic clock of the machine.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizgen.models.navigation.variant import Variant
from tests.models.navigation.browser.server import Site, certificate, site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, BrowserType

CATEGORIES = ["devtools.timeline", "blink.user_timing", "loading"]
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP *.test 127.0.0.1",
]
_WATCH = """new MutationObserver((_, observer) => {
  if (document.getElementById('content')) { observer.disconnect(); console.timeStamp('content'); }
}).observe(document, {childList: true, subtree: true})"""
_RENDERER = {
    "ParseAuthorStyleSheet": "CSSOM_BUILT", "EvaluateScript": "SCRIPT_EXECUTED", "v8.evaluateModule": "SCRIPT_EXECUTED",
    "UpdateLayoutTree": "STYLE", "Layout": "LAYOUT", "Paint": "PAINT", "domInteractive": "PARSE_END",
    "MarkDOMContent": "DOM_CONTENT_LOADED", "MarkLoad": "LOAD_EVENT",
}  # fmt: skip
_SUBRESOURCES = {"Stylesheet": "STYLESHEET", "Script": "SCRIPT", "Image": "IMAGE"}


@dataclass(frozen=True)
class Case:
    """A page to load: {http}, {other} and {https} stand for the origins. `first` is loaded before, in the same browser."""

    variant: Variant
    url: str
    first: str = ""


CASES: Mapping[str, Case] = {
    "http": Case(Variant("http"), "{http}/page"),
    "https": Case(Variant(), "{https}/page"),
    "not persistent": Case(Variant("http", persistent=False), "{http}/page?close=1"),
    "connection reused, style sheet cached": Case(
        Variant("http", reused=True), "{http}/page?cached=1", "{http}/page?cached=1&n=1"
    ),
    "fresh in the cache": Case(
        Variant("http", cached=True), "{http}/page?cache=max-age%3D600", "{http}/page?cache=max-age%3D600"
    ),
    "304": Case(
        Variant("http", not_modified=True, reused=True), "{http}/page?cache=no-cache", "{http}/page?cache=no-cache"
    ),
    "redirect, same origin": Case(Variant("http", redirect="same-origin"), "{http}/to?url=/page"),
    "redirect, other origin": Case(Variant("http", redirect="other-origin"), "{http}/to?url={other}/page"),
    "redirect to https": Case(Variant("http", redirect="https"), "{http}/to?url={https}/page"),
    "second connection": Case(Variant("http", subresources="second-connection"), "{http}/page"),
    "second connection, https": Case(Variant(subresources="second-connection"), "{https}/page"),
    **{f"script, {kind}": Case(Variant("http", script=kind), f"{{http}}/page?script={kind}")
       for kind in ("blocking", "blocking-at-end", "async", "defer", "module")},
}  # fmt: skip


@dataclass
class Times:
    """When each event was seen first, in seconds."""

    seen: dict[str, float] = field(default_factory=dict)

    def note(self, event: str, when: float) -> None:
        """Keep the first time."""
        self.seen.setdefault(event, when)

    def exchange(self, timing: Mapping[str, float], connection: str, request: str, known: bool = False) -> None:
        """Note the connection, its events' names beginning with `connection`, and the request. -1 stands for nothing. Where
        the address is `known`, Chromium asks its resolver all the same, which then has no need of DNS."""
        names = {"connectStart": "TCP_SYN", "sslStart": "TLS_START"}
        if not known:
            names |= {"dnsStart": "DNS_QUERY", "dnsEnd": "DNS_ANSWER"}
        names["connectEnd"] = "TLS_DONE" if timing["sslStart"] >= 0 else "TCP_OPEN"
        for key, name in names.items():
            if timing[key] >= 0:
                self.note(connection + name, timing["requestTime"] + timing[key] / 1000)
        if request:
            self.note(request, timing["requestTime"] + timing["sendStart"] / 1000)

    def response(self, timing: Mapping[str, float]) -> None:
        """Note the page's response."""
        for key, name in (("receiveHeadersStart", "RESPONSE_FIRST_BYTE"), ("receiveHeadersEnd", "RESPONSE_HEADERS")):
            self.note(name, timing["requestTime"] + timing[key] / 1000)

    def order(self, names: Mapping[str, int]) -> list[str]:
        """The events by time; those of one microsecond in the order of `names`."""
        return sorted(self.seen, key=lambda name: (round(self.seen[name] * 1e6), names[name]))


@contextmanager
def origins() -> Iterator[tuple[dict[str, str], list[Site]]]:
    """The servers, and their origins by the names that cases use; no {https} without openssl."""
    with tempfile.TemporaryDirectory() as folder, site() as plain:
        found = {"http": f"http://page.test:{plain.server_port}", "other": f"http://other.test:{plain.server_port}"}
        made = certificate(Path(folder))
        if made is None:
            yield found, [plain]
            return
        with site(made) as secured:
            yield found | {"https": f"https://page.test:{secured.server_port}"}, [plain, secured]


def load(case: Case, chromium: BrowserType, executable: str) -> Times:
    """Load the case's page in a new browser that does not preconnect."""
    with origins() as (places, sites), tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "Default"
        profile.mkdir()
        (profile / "Preferences").write_text(json.dumps({"net": {"network_prediction_options": 2}}))
        context = chromium.launch_persistent_context(
            folder, executable_path=executable, args=_OPTIONS, ignore_https_errors=True
        )
        try:
            return _visit(context, case, places, sites)
        finally:
            context.close()


def _visit(context: BrowserContext, case: Case, places: Mapping[str, str], sites: list[Site]) -> Times:
    page = context.pages[0]
    page.add_init_script(_WATCH)
    if case.first:
        page.goto(case.first.format(**places), wait_until="load")
        page.wait_for_timeout(200)
    for one in sites:
        one.arrivals.clear()
    session = context.new_cdp_session(page)
    messages: list[tuple[str, Any]] = []
    traced: list[dict[str, Any]] = []
    for name in ("requestWillBeSent", "responseReceived", "loadingFinished"):
        session.on(f"Network.{name}", lambda sent, name=name: messages.append((name, sent)))
    session.on("Tracing.dataCollected", lambda sent: traced.extend(sent["value"]))
    ended: list[Any] = []
    session.on("Tracing.tracingComplete", lambda sent: ended.append(sent))
    session.send("Network.enable")
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": {"includedCategories": CATEGORIES}})
    page.goto(case.url.format(**places), wait_until="load")
    page.wait_for_timeout(300)
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(20)
    times = Times()
    _network(times, messages, case.variant)
    _server(times, sites, case.variant)
    _renderer(times, traced)
    # A stored page is parsed at one go, and a MutationObserver hears of its content only after that.
    if case.variant.cached or case.variant.not_modified:
        del times.seen["CONTENT_IN_DOM"]
    return times


def _network(times: Times, messages: list[tuple[str, Any]], variant: Variant) -> None:
    """What the DevTools protocol says of the page and its subresources. A favicon is none of them."""
    kinds: dict[str, str] = {}
    for name, sent in messages:
        kind = kinds.setdefault(sent["requestId"], sent.get("type", ""))
        part = _SUBRESOURCES.get(kind)
        if name == "requestWillBeSent" and part:
            times.note(f"{part}_REQUESTED", sent["timestamp"])
        if name == "requestWillBeSent" and "redirectResponse" in sent:
            timing = sent["redirectResponse"]["timing"]
            times.exchange(timing, "", "FIRST_REQUEST_SENT")
            times.note("REDIRECT_RECEIVED", timing["requestTime"] + timing["receiveHeadersEnd"] / 1000)
        if name == "responseReceived" and kind == "Document" and not sent["response"].get("fromDiskCache"):
            known, target = variant.redirect == "https", "TARGET_" if variant.redirect else ""
            times.exchange(sent["response"]["timing"], target, "REQUEST_SENT", known)
            times.response(sent["response"]["timing"])
        if name == "responseReceived" and kind == "Image" and variant.subresources == "second-connection":
            times.exchange(sent["response"]["timing"], "SECOND_", "", known=True)
        if name == "loadingFinished" and kind == "Document" and not variant.cached:
            times.note("RESPONSE_LAST_BYTE", sent["timestamp"])
        if name == "loadingFinished" and part:
            times.note(f"{part}_LOADED", sent["timestamp"])


def _server(times: Times, sites: list[Site], variant: Variant) -> None:
    """When requests were taken up. Raises RuntimeError when the page was not asked for as the variant has it."""
    arrivals = [arrival for one in sites for arrival in one.arrivals]
    conditions = ["If-None-Match" in fields for path, _, fields in arrivals if path == "/page"]
    if conditions != ([] if variant.cached else [variant.not_modified]):
        raise RuntimeError(f"the page was asked for with these conditions: {conditions}")
    for path, when, _ in arrivals:
        if path in ("/page", "/to"):
            times.note("SERVER_PROCESSES" if path == "/page" else "SERVER_REDIRECTS", when)


def _renderer(times: Times, traced: list[dict[str, Any]]) -> None:
    """What the trace says of the page's own frame, from the moment when the page was committed to it."""
    traced.sort(key=lambda entry: entry.get("ts", 0))
    commit = next(
        entry for entry in traced if entry["name"] == "CommitLoad" and ".test" in entry["args"]["data"]["url"]
    )
    frame = commit["args"]["data"]["frame"]
    times.note("PARSE_START", commit["ts"] / 1e6)
    for entry in traced:
        if entry["ts"] < commit["ts"] or entry["pid"] != commit["pid"]:
            continue
        about = entry["args"].get("data") or entry["args"].get("beginData") or entry["args"]
        name = _RENDERER.get(entry["name"])
        if entry["name"] == "TimeStamp" and about["message"] == "content":
            name = "CONTENT_IN_DOM"
        if name == "STYLE" and not entry["args"].get("elementCount"):
            continue
        if name and about.get("frame", frame) == frame:
            times.note(name, entry["ts"] / 1e6)
