"""Pages loaded in Chromium: what was seen, in that order, is one of the orders that the model admits. Always by the recordings
(Chromium 156); on this machine's Chromium for some cases, and for all of them with QUIZGEN_CHROMIUM=all.
"""

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from quizgen.models.navigation.edges import EDGES
from quizgen.models.navigation.events import EVENTS
from quizgen.models.navigation.order import SPEC, Navigation, navigate
from quizgen.models.values import Term
from tests.models.navigation.browser.observe import CASES, load
from tests.models.navigation.browser.record import FOLDER, PLACES, chromium, recording

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_BY_DEFAULT = ["https", "304", "redirect to https", "script, blocking", "second connection"]
LIVE = list(CASES) if os.environ.get("QUIZGEN_CHROMIUM") == "all" else _BY_DEFAULT
ALL_CASES = pytest.mark.parametrize("name", CASES)

UNSEEN = {
    "URL_PARSED", "HSTS_UPGRADE", "CACHE_LOOKUP", "QUIC_START", "QUIC_DONE", "LOCATION_PARSED", "TARGET_CACHE_LOOKUP",
    "TARGET_QUIC_START", "TARGET_QUIC_DONE", "VALIDATOR_ADDED", "STORED_FRESHENED", "CONNECTION_CLOSED",
}  # fmt: skip
"""What happens inside of Chromium without a trace, and what the loopback site does not have."""


def _order(name: str) -> Navigation:
    return navigate(SPEC, CASES[name].variant)


def _seen(name: str) -> list[Term]:
    return [EVENTS.term(event) for event in json.loads(recording(name).read_text("utf-8"))["microseconds"]]


@ALL_CASES
def test_what_was_recorded_is_an_admitted_order(name: str) -> None:
    order, seen = _order(name), _seen(name)
    assert set(seen) <= set(order.terms)
    assert order.admits(seen)
    assert order.only(seen).count() > 1


@ALL_CASES
def test_a_recording_with_two_events_the_wrong_way_is_refused(name: str) -> None:
    order, seen = _order(name), _seen(name)
    pairs = [(seen.index(first), seen.index(then)) for first, then in order.only(seen).before]
    assert len(pairs) >= 40
    for first, then in pairs:
        moved = [*seen[:first], seen[then], *seen[first:then], *seen[then + 1 :]]
        assert not order.admits(moved)


def test_recordings_show_every_row_whose_events_can_be_seen() -> None:
    held = {
        edge
        for name in CASES
        for edge in _order(name).edges
        if {edge.first, edge.then} <= {t.name for t in _seen(name)}
    }
    left = {
        edge.id.removeprefix("order:") for edge in EDGES if edge not in held and not {edge.first, edge.then} & UNSEEN
    }
    # https shows when TLS begins, not when TCP is open; one connection for all is not what Chromium does.
    assert left == {
        "TCP_OPEN:TLS_START", "TARGET_TCP_OPEN:TARGET_TLS_START", "SECOND_TCP_OPEN:SECOND_TLS_START",
        "TLS_DONE:FIRST_REQUEST_SENT", "RESPONSE_LAST_BYTE:STYLESHEET_LOADED", "RESPONSE_LAST_BYTE:SCRIPT_LOADED",
        "RESPONSE_LAST_BYTE:IMAGE_LOADED",
    }  # fmt: skip
    assert len(held) == 55


def test_recordings_show_that_what_is_left_open_goes_either_way() -> None:
    """Without these the model would not need to be a partial order."""
    for one, other in (
        ("SCRIPT_EXECUTED", "CONTENT_IN_DOM"), ("SCRIPT_EXECUTED", "PARSE_END"), ("SCRIPT_EXECUTED", "CSSOM_BUILT"),
        ("SCRIPT_EXECUTED", "DOM_CONTENT_LOADED"), ("PARSE_END", "CSSOM_BUILT"),
    ):  # fmt: skip
        orders = {seen.index(one) < seen.index(other) for seen in _by_name() if {one, other} <= set(seen)}
        assert orders == {True, False}, (one, other)


def _by_name() -> list[list[str]]:
    return [[term.name for term in _seen(name)] for name in CASES]


def test_there_is_a_recording_of_every_case_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {recording(name).name for name in CASES}


@pytest.mark.parametrize("name", LIVE)
def test_chromium_does_so_still(name: str, browser: "Browser") -> None:
    if "https" in CASES[name].url and not shutil.which("openssl"):
        pytest.skip("no openssl on PATH to make a certificate with")
    seen = [EVENTS.term(event) for event in load(CASES[name], browser.browser_type, chromium() or "").order(PLACES)]
    # Whether the image finds a connection free that the style sheet has opened is a matter of chance.
    assert all(event.name.startswith("SECOND_") for event in set(_seen(name)) ^ set(seen))
    assert _order(name).admits(seen)
