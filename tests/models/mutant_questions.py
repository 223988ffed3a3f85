"""Questions to each model that between them no mutant answers as the model does, and runs to ask them of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizgen.models import load
from quizgen.models.navigation.edges import EDGES
from quizgen.models.tcp.header import CONTROL_BITS, FIELDS
from quizgen.models.tcp.options import OPTION_KINDS
from quizgen.models.tcp.states import STATES
from quizgen.models.tcp.vocabulary import EVENTS
from tests.models.cookies.probes import PROBES as COOKIES
from tests.models.http.test_messages import BODIES, CLOSINGS, EXCHANGES, REASONS
from tests.models.http.test_pipeline import ANSWERS
from tests.models.sessions.test_vocabulary import PROBES as SESSIONS

_OPENED, _ALL = "established", {"deliver": "all"}
_CROWD = [
    {"response": {"url": "https://example.com/", "set-cookie": f"c{n}=1{'' if n else '; Secure'}"}} for n in range(51)
]
RUNS: Mapping[str, Sequence[Any]] = {
    # User timeouts
    "timeout_1": [{"client": "OPEN active"}, {"timeout": "client user"}],
    "timeout_2": [{"server": "OPEN passive"}, {"client": "OPEN active"}, "deliver", {"timeout": "server user"}],
    "timeout_3": [_OPENED, {"client": "SEND 10"}, {"timeout": "client user"}],
    "timeout_4": [_OPENED, {"client": "CLOSE"}, {"timeout": "client user"}],
    "timeout_5": [_OPENED, {"server": "CLOSE"}, "deliver", {"client": "SEND 10"}, {"timeout": "client user"}],
    "timeout_6": [_OPENED, {"server": "CLOSE"}, {"client": "CLOSE"}, "deliver", {"timeout": "client user"}],
    "timeout_7": [_OPENED, {"server": "CLOSE"}, "deliver", {"client": "CLOSE"}, {"timeout": "client user"}],
    # Resets
    "reset_1": [{"client": "OPEN active"}, {"server": "OPEN active"}, {"deliver": "client"}, {"client": "ABORT"}, {"forge": {"from": "client", "flags": "RST", "seq": "x + 1"}}, {"deliver": "3"}, {"deliver": "4"}],
    "reset_2": [_OPENED, {"client": "CLOSE"}, "lose", {"server": "ABORT"}, "deliver"],
    "reset_3": [_OPENED, {"client": "CLOSE"}, "deliver", "deliver", {"server": "ABORT"}, "deliver"],
    "reset_4": [_OPENED, {"server": "CLOSE"}, "deliver", {"server": "ABORT"}, _ALL],
    "reset_5": [{"client": "OPEN active"}, {"server": "OPEN active"}, {"deliver": "client"}, {"forge": {"from": "client", "flags": "RST", "seq": "x + 1"}}, {"deliver": "4"}],
    # Cookies
    "crowd": [{"edition": "6265"}, *[step for one in _CROWD for step in (one, {"wait": "1 s"})], {"request": "https://example.com/"}],
    "crowd_bis": [{"edition": "6265bis"}, *[step for one in _CROWD for step in (one, {"wait": "1 s"})], {"request": "https://example.com/"}],
    "overwritten": [{"edition": "6265bis"}, {"response": {"url": "https://example.com/", "set-cookie": "a=1; Secure"}}, {"response": {"url": "http://example.com/", "set-cookie": "a=2"}}, {"request": "https://example.com/"}],
    "from_elsewhere": [{"edition": "6265bis"}, {"response": {"url": "https://example.com/", "set-cookie": "a=1; SameSite=Lax; Secure", "from": "https://other.example/", "top-level": "no"}}, {"request": "https://example.com/"}],
}  # fmt: skip
"""Further runs than those that are shipped."""

_SHIPPED = (
    "handshake", "simultaneous_open", "refused", "lost_syn", "half_open_syn", "half_open_data", "half_open_listening",
    "data_both_ways", "lost_data", "out_of_order", "zero_window_probe", "normal_close", "server_time_wait",
    "simultaneous_close", "three_segment_close", "half_close", "send_after_close", "lost_last_ack",
    "time_wait_repeated_fin", "time_wait_reuse", "abort", "rst_exact", "rst_in_window", "rst_out_of_window",
    "syn_in_established", "old_duplicate_syn", "piggyback",
)  # fmt: skip
_OF_A_RUN = (
    "{}.states(client)", "{}.states(server)", "{}.signals(client)", "{}.signals(server)", "{}.delivered(client)",
    "{}.delivered(server)", "{}.restarts_2msl(client)", "[one.flags for one in {}.segments]",
    "[one.ack for one in {}.segments if ACK in one.flags]", "[one.fate for one in {}.segments]",
    "[one.occupies for one in {}.segments]",
)  # fmt: skip


def _name(text: str) -> str:
    return text.upper().replace(" ", "_").replace("-", "_")


def _tcp() -> Iterator[str]:
    for state in map(_name, STATES.members):
        yield from (f"may_send({state})", f"may_receive({state})")
        yield from (f"{word}({state}, {event})" for event in EVENTS for word in ("next_states", "sends"))
    for field in (_name(one.name) for one in FIELDS):
        yield from (f"{word}({field})" for word in ("field_bit", "lowest", "carries", "checksum_covers"))
        if field != "OPTIONS":
            yield from (f"field_width({field})", f"highest({field})")
    yield from (f"flag_bit({flag.name})" for flag in CONTROL_BITS)
    for option in (f"{_name(one.name)}_OPTION" for one in OPTION_KINDS):
        yield from (f"option_kind({option})", f"only_in_syn({option})")
        if option != "SACK_OPTION":
            yield f"option_length({option})"
    yield from (
        "time_wait_length()", "handshake_with(3).states(server)", "header_length(5)", "answering_fields()",
        "answering_flags()", f"options_fit({', '.join(['TIMESTAMPS_OPTION'] * 5)})", "max_window_scale()",
        "acknowledges(x, 10)", "acknowledges(x, 0, SYN)", "acknowledges(x, 0, FIN)", "carries(SOURCE_ADDRESS)",
        "checksum_covers(SOURCE_ADDRESS)", "max_throughput(65535, 100)",
        'connection("192.0.2.1:4000", "192.0.2.2:80") == connection("192.0.2.3:4000", "192.0.2.2:80")',
        'connection("192.0.2.1:4000", "192.0.2.2:80") == connection("192.0.2.1:4001", "192.0.2.2:80")',
        *(f"control_flags({edition})" for edition in ("RFC_793", "RFC_3168", "RFC_9293", "RFC_9768")),
    )  # fmt: skip
    runs = (*_SHIPPED, *(name for name in RUNS if name.startswith(("timeout", "reset"))))
    yield from (question.format(run) for run in runs for question in _OF_A_RUN)


_CIRCUMSTANCES = (
    "", "scheme='http'", "scheme='http', hsts=True", "cached=True", "dns_cached=True", "reused=True", "http3=True",
    "persistent=False", "until_close=True", "redirect='same-origin'", "redirect='other-origin'",
    "redirect='other-origin', http3=True", "scheme='http', redirect='https'", "not_modified=True", "script='blocking'",
    "script='blocking-at-end'", "script='async'", "script='defer'", "script='module'", "subresources='same-connection'",
    "subresources='second-connection'", "subresources='same-connection', script='async'",
    "dns_cached=True, redirect='other-origin'", "redirect='same-origin', not_modified=True",
    "scheme='http', until_close=True", "http3=True, dns_cached=True", "reused=True, redirect='same-origin'",
    "scheme='http', redirect='other-origin'", "scheme='http', subresources='second-connection'",
    "subresources='second-connection', script='async'",
)  # fmt: skip


def _navigation() -> Iterator[str]:
    pairs = [(edge.first, edge.then) for edge in EDGES]
    afters = [mutant.id.partition("after ") for mutant in load("navigation").mutants() if "after " in mutant.id]
    pairs += [(earlier, event.removeprefix("event:").partition("#")[0]) for event, _, earlier in afters]
    for how in _CIRCUMSTANCES:
        yield f"[navigation({how}).happens(event) for event in EVENTS]"
        yield from (f"navigation({how}).precedes({first}, {then})" for first, then in dict.fromkeys(pairs))


def _http() -> Iterator[str]:
    for table in (BODIES, CLOSINGS, EXCHANGES, REASONS, ANSWERS):
        yield from (expression for expression, _ in table.values())
    yield from (f"[{word}(name) for name in METHODS]" for word in ("is_safe", "is_idempotent", "may_retry"))
    yield from (f"[{word}(one) for one in HANDLERS]" for word in ("stateless", "keeps_records"))
    for login in ("CREDENTIALS", "COOKIE", "SESSION", "CONNECTION"):
        yield f"recognises({login}_LOGIN, credentials={login == 'CREDENTIALS'})"
    yield "recognises(STATIC_PAGE, cookies=False) or recognises(COOKIE_LOGIN)"
    yield "protocol_is_stateless()"
    yield from (f"{word}({end})" for word in ("may_close",) for end in ("client", "server"))
    yield from (f"must_close({end}, sent='close')" for end in ("client", "server"))
    yield from ("may_request_again(HTTP_1_1, sent='close')", "connection_identifies_client()")
    yield from ("may_pipeline('GET', retrying=True)", "may_pipeline('POST')", "pipelined_behind_close.processed(3)")
    yield from (f"client_half_closes.open_after({number})" for number in (1, 2))
    yield from ("stays_open(HTTP_2)", "stays_open(status=204)", "stays_open(transfer_encoding='chunked', content_length=None)")  # fmt: skip
    yield from ("stays_open()", "stays_open(content_length=None)", "stays_open(transfer_encoding='gzip', content_length=None)")  # fmt: skip
    yield from ("stays_open(content_length='x')", "stays_open(method='CONNECT')", "stays_open(HTTP_1_0, 'keep-alive', 'keep-alive', answered_in=HTTP_1_0, transfer_encoding='chunked')")  # fmt: skip


def _cookies() -> Iterator[str]:
    yield from (question for question, _ in COOKIES)
    yield from ("crowd.sent(52)", "crowd_bis.sent(52)", "overwritten.sent(3)", "from_elsewhere.sent(2)")
    yield from ('cookie_lifetime("a=1; Expires=Fri, 01 Jan 2027 00:00:00 GMT")', 'deletes("lang=; Path=/", "lang=en; Path=/")')  # fmt: skip
    yield 'sent_once_public_suffix("a=1; Domain=example.com")'


def _sessions() -> Iterator[str]:
    yield from (question for question, _ in SESSIONS)
    for attack in ("STOLEN_ID", "EAVESDROPPING", "SCRIPT_THEFT", "FIXATION", "GUESSING", "REPLAY_AFTER_LOGOUT", "SHARED_LINK", "REQUEST_FORGERY"):  # fmt: skip
        yield from (f"attack_succeeds({attack})", f"stopped_by({attack})")


QUESTIONS: Mapping[str, Sequence[str]] = {
    "tcp": tuple(_tcp()),
    "http": tuple(dict.fromkeys(_http())),
    "cookies": tuple(_cookies()),
    "sessions": tuple(_sessions()),
    "navigation": tuple(_navigation()),
}
