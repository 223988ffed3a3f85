"""An answer rests on what decided it: neither on less, nor on all that happened to be looked at."""

import pytest

from quizgen.check.compile import shipped_scenarios
from quizgen.claims.evaluate import evaluate
from quizgen.items.shared import Shared
from quizgen.knowledge.knowledge import Knowledge
from quizgen.models import load

_FLAGS = {f"flag:{name}" for name in ("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE")}
_STATES = {id_ for id_ in load("tcp").elements if id_.startswith("state:")}

EXACTLY = [
    # A field is a field
    ("tcp", "field_width(WINDOW)", {"field:Window"}),
    ("tcp", "field_bit(OPTIONS)", {"field:Options"}),
    ("tcp", "carries(WINDOW)", {"field:Window"}),
    ("tcp", "carries(SOURCE_ADDRESS)", {"rule:pseudo-header"}),
    ("tcp", "checksum_covers(SOURCE_ADDRESS)", {"field:Checksum", "rule:pseudo-header"}),
    ("tcp", "checksum_covers(WINDOW)", {"field:Checksum"}),
    ("tcp", "options_length(15)", {"field:Options", "field:Data Offset"}),
    # That a flag is not among them rests on that flag
    ("tcp", "control_flags(RFC_793)", _FLAGS),
    # What is said of all states rests on all
    ("tcp", "count([s for s in all_states() if may_send(s)]) == 2", _STATES),
    ("tcp", "may_send(LISTEN)", {"state:LISTEN"}),
    # That nothing is sent is an answer, too
    ("tcp", "sends(CLOSED, CLOSE)", {"state:CLOSED"}),
    ("tcp", "sends(SYN_SENT, RCV_SYN)",
     {"transition:SYN-SENT:rcv SYN", "state:SYN-SENT", "state:SYN-RECEIVED", "flag:SYN", "flag:ACK"}),
    ("tcp", "next_state(CLOSE_WAIT, CLOSE)", {"transition:CLOSE-WAIT:CLOSE", "state:CLOSE-WAIT", "state:LAST-ACK"}),
    # What a segment is was settled when it was sent; what becomes of it, when it arrives
    ("tcp", "rst_out_of_window.segment(1).seq", {"field:Sequence Number"}),
    ("tcp", "rst_out_of_window.segment(1).fate", {"rule:acceptability", "state:ESTABLISHED", "flag:RST"}),
    ("tcp", "rst_out_of_window.segment(1).dropped_because", {"rule:acceptability", "state:ESTABLISHED", "flag:RST"}),
    # Later events are not looked at
    ("tcp", "handshake.state(server, after=0)", set()),
    ("tcp", "handshake.enters(client, SYN_SENT) == handshake.enters(client, SYN_SENT)",
     {"transition:CLOSED:passive OPEN", "transition:CLOSED:active OPEN", "rule:syn-occupies-one", "flag:SYN",
      "state:CLOSED", "state:LISTEN", "state:SYN-SENT"}),
    ("http", "may_pipeline(after=\"POST\")", {"rule:no-pipelining-after-non-idempotent", "method:POST"}),
    ("http", "may_pipeline(after=\"POST\", retrying=True)", {"rule:no-pipelining-on-retry"}),
    ("http", 'may_process_in_parallel("GET", "POST")', {"rule:parallel-if-safe", "method:GET", "method:POST"}),
    ("http", "pipelined.arrivals", {"rule:responses-in-order"}),
    ("http", "streams.arrivals", {"rule:streams-in-any-order"}),
    ("http", "close_announced.exchanges", {"rule:http11-persists", "rule:close-option", "body:length"}),
    ("http", "pipelined_behind_close.exchanges",
     {"rule:http11-persists", "rule:close-option", "rule:no-processing-after-close", "body:length"}),
    ("http", "logged_requests.remembers", {"rule:server-may-keep", "rule:http11-persists", "body:length"}),
    ("http", 'body_end(200, content_length="5")', {"body:length"}),
    # An order follows its rows, and no others
    ("navigation", "precedes(TCP_OPEN, REQUEST_SENT)",
     {"event:TCP_OPEN", "event:REQUEST_SENT", "order:TCP_OPEN:REQUEST_SENT"}),
    ("navigation", "precedes(STYLE, PAINT)",
     {"event:STYLE", "event:PAINT", "order:STYLE:LAYOUT", "order:LAYOUT:PAINT"}),
    ("navigation", "steps(LAYOUT, PAINT).count()", {"event:LAYOUT", "event:PAINT", "order:LAYOUT:PAINT"}),
    ("navigation", "navigation(cached=True).admits([PAINT, LAYOUT])",
     {"variant:cached", "event:LAYOUT", "event:PAINT", "order:LAYOUT:PAINT"}),
    # A limit decides where it is met
    ("cookies", 'domain_match("example.com", "example.com")', {"rule:domain-match"}),
    ("cookies", 'cookie_limit()', {"limit:cookie-octets"}),
]  # fmt: skip


def touched(model: str, expression: str) -> set[str]:
    shared = Shared(Knowledge(), ("en",), shipped_scenarios((model,)))
    return evaluate(expression, shared.names((model,))).record.elements


@pytest.mark.parametrize(("model", "expression", "elements"), EXACTLY, ids=[one[1] for one in EXACTLY])
def test_exactly_these(model: str, expression: str, elements: set[str]) -> None:
    assert touched(model, expression) == elements


LIMITED = [
    ('stores("a=1")', False),
    ("stores(cookie_of(cookie_limit()))", True),
    ("stores(cookie_of(cookie_limit(RFC_6265bis)), edition=RFC_6265bis)", True),
    ('stores(cookie_of("4097 B"), edition=RFC_6265bis)', True),
]


@pytest.mark.parametrize(("expression", "limited"), LIMITED, ids=[one[0] for one in LIMITED])
def test_a_small_cookie_says_nothing_of_the_largest(expression: str, limited: bool) -> None:
    assert any(one.startswith("limit:") for one in touched("cookies", expression)) is limited


def test_all_orders_rest_on_every_row_of_the_navigation() -> None:
    found = touched("navigation", "navigation(cached=True).count()")
    assert {"order:STYLE:LAYOUT", "order:CACHE_LOOKUP:PARSE_START", "event:PAINT"} <= found
    assert "order:TCP_OPEN:REQUEST_SENT" not in found


def test_who_asks_for_a_run_first_answers_for_no_more_than_who_asks_later() -> None:
    shared = Shared(Knowledge(), ("en",), shipped_scenarios(("tcp",)))
    first, later = (
        evaluate("zero_window_probe.segment(1).length", shared.names(("tcp",))).record.elements for _ in range(2)
    )
    assert first == later == {"flag:ACK", "rule:send-window"}
