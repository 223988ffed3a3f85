"""Answers beside a right one: amounts, counts and sets of every model; states, flags, numbers and moments of TCP."""

import pytest

from quizgen.models import BUILTIN, load
from quizgen.models.base import Near
from quizgen.models.cookies.scenario import Trace as CookieTrace
from quizgen.models.http.run import Run as HttpRun
from quizgen.models.near import near, others
from quizgen.models.sessions.trace import Trace as SessionTrace
from quizgen.models.tcp.network import ENDS
from quizgen.models.tcp.run import Moment
from quizgen.models.tcp.run import Trace as TcpTrace
from quizgen.models.tcp.segment import ACK, FIN, FLAGS, SYN, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import STATES
from quizgen.models.values import Domain, Quantity, Term, TermSet

COLOURS = Domain("colour", ("red", "green", "blue", "white"))

SHARED = {
    "a small count": (3, ["2", "4", "6"]),
    "one": (1, ["0", "2", "2"]),
    "an even count": (50, ["100", "25"]),
    "nothing": (0, []),
    "a negative number": (-3, []),
    "beyond amounts": (200_001, []),
    "the largest of 16 bits": (65535, ["65536", "32767", "131070"]),
    "the largest of 32 bits": (2**32 - 1, ["4294967296", "2147483647"]),
    "no truth": (True, []),
    "no text": ("x", []),
    "bytes": (Quantity(20, "B"), ["20 bits", "160 bytes", "40 bytes", "10 bytes"]),
    "a KiB": (
        Quantity(4096, "B"),
        ["4000 bytes", "8192 bytes", "2048 bytes", "4096 bits", "32768 bytes", "8192 bytes", "2048 bytes"],
    ),
    "a field of 16 bits": (
        Quantity(65535, "B"), ["65536 bytes", "32767 bytes", "65535 bits", "524280 bytes", "131070 bytes"],
    ),
    "bits": (Quantity(3, "bit"), ["3 bytes", "6 bits"]),
    "minutes": (Quantity(4, "min"), ["4 h", "8 min", "2 min", "4 s"]),
    "a rate": (
        Quantity(8, "Mbit/s"),
        ["1 Mbit/s", "64 Mbit/s", "16 Mbit/s", "4 Mbit/s", "8 kbit/s", "16 Mbit/s", "4 Mbit/s", "8 Gbit/s"],
    ),
    "words": (Quantity(5, "words"), ["10 words"]),
    "a term": (COLOURS.term("green"), ["red", "blue", "white"]),
    "a set": (
        TermSet(COLOURS, ["red", "blue"]), ["blue", "red", "red, green, blue", "red, blue, white"],
    ),
    "a set of one is never emptied": (TermSet(COLOURS, ["white"]), ["red, white", "green, white", "blue, white"]),
}  # fmt: skip


@pytest.mark.parametrize(("value", "texts"), SHARED.values(), ids=SHARED)
def test_of_all_models(value: object, texts: list[str]) -> None:
    found = list(near(value))
    assert [str(one.value) if isinstance(one.value, int) else one.value.show() for one in found] == texts
    assert all(one.value != value for one in found)
    assert all(one.why["en"] and one.why["zh"] for one in found)


def tcp(value: object) -> list[Near]:
    beside = load("tcp").near
    assert beside is not None
    return list(beside(value))


OF_TCP = {
    "SYN-SENT": (STATES.term("SYN-SENT"), ["LISTEN", "SYN-RECEIVED", "CLOSED", "SYN-RECEIVED", "ESTABLISHED", "CLOSED", "CLOSED", "LISTEN"]),
    "CLOSE-WAIT": (STATES.term("CLOSE-WAIT"), ["FIN-WAIT-1", "LAST-ACK", "ESTABLISHED"]),
    "TIME-WAIT": (STATES.term("TIME-WAIT"), ["CLOSED", "FIN-WAIT-2", "CLOSING"]),
    "SYN, ACK": (flags(SYN, ACK), ["SYN", "ACK", "FIN, ACK", "RST, ACK", "PSH, ACK", "RST", "FIN"]),
    "x + 1": (Seq("x", 1), ["x", "y + 1", "x + 2"]),
    "y2": (Seq("y2"), ["y2 - 1", "x2", "y2 + 1"]),
    "a plain number": (Seq("", 7), []),
    "an end": (ENDS.term("client"), []),
    "a number": (7, []),
}  # fmt: skip


@pytest.mark.parametrize(("value", "texts"), OF_TCP.values(), ids=OF_TCP)
def test_of_tcp(value: object, texts: list[str]) -> None:
    found = tcp(value)
    assert [one.value.show() for one in found] == texts
    assert all(one.value != value and one.why["en"] and one.why["zh"] for one in found)


def test_moments_come_by_distance_and_say_which_way() -> None:
    run = load("tcp").vocabulary["handshake_with"].value(3)
    found = [(one.value.index, one.why["en"].partition(":")[0].rstrip(".")) for one in tcp(Moment(run, 2))]
    assert found[:2] == [(1, "That is too early"), (3, "That is too late")]
    assert {index for index, _ in found} == {*range(1, len(run.steps))} - {2}


def test_what_is_said_of_states_stands_in_figure_5() -> None:
    whys = {one.value.name: one.why["en"] for one in tcp(STATES.term("LAST-ACK"))}
    assert whys == {
        "CLOSED": "CLOSED comes later: rcv ACK of FIN leads there from LAST-ACK.",
        "CLOSE-WAIT": "CLOSE-WAIT comes before: CLOSE leads from there to LAST-ACK.",
    }


def test_the_number_of_the_syn_itself() -> None:
    first, *_ = tcp(Seq("y", 1))
    assert first.why == {
        "en": "y is the number of the server's SYN itself, which occupies it.", "zh": "y 是服务器的 SYN 自己占用的序号。",
    }  # fmt: skip


@pytest.mark.parametrize("flag", [SYN, ACK, FIN])
def test_other_members_come_by_distance(flag: Term) -> None:
    found = [FLAGS.members.index(term.name) for term in others(flag)]
    place = FLAGS.members.index(flag.name)
    assert sorted(found) == [index for index in range(len(FLAGS.members)) if index != place]
    assert [abs(index - place) for index in found] == sorted(abs(index - place) for index in found)


ARGUMENTS: dict[str, list[tuple[object, ...]]] = {
    "acknowledges": [(1000, 10), (2**32 - 5, 5, SYN), (Seq("x", 1), 0, FIN), (0,)],
    "header_length": [(5,), (15,)],
    "options_length": [(5,), (15,)],
    "scaled_window": [(65535, 0), (1000, 7), (1000, 7, True)],
    "time_wait_length": [()],
    "cookies_per_domain": [()],
    "cookies_in_total": [()],
    "cookies_kept": [(40,), (60, "16 bytes")],
}


@pytest.mark.parametrize("model", BUILTIN)
def test_slips_take_the_arguments_of_the_words_that_they_are_of(model: str) -> None:
    """And each is wrong for some question: it would be no slip otherwise."""
    for word, slips in load(model).slips.items():
        asked = load(model).vocabulary[word].value
        for slip in slips:
            answers = [(slip.answer(*given), asked(*given)) for given in ARGUMENTS[word]]
            assert any(wrong not in (right, None) for wrong, right in answers)
            assert slip.why["en"].endswith(".")
            assert slip.why["zh"].endswith("。")


Run = type[TcpTrace | HttpRun | CookieTrace | SessionTrace]

NUMBERED = {
    "tcp, after": (TcpTrace, "after", 2, "once segment 2 has arrived", "第 2 个报文段到达之后"),
    "tcp, the beginning": (TcpTrace, "after", 0, "at the beginning", "最开始时"),
    "tcp, a segment": (TcpTrace, "n", 1, "for segment 1", "第 1 个报文段"),
    "http, a request": (HttpRun, "n", 1, "for request 1", "第 1 个请求"),
    "http, a connection": (HttpRun, "connection", 1, "for connection 1", "第 1 个连接"),
    "cookies, a request": (CookieTrace, "request", 1, "for request 1", "第 1 个请求"),
    "cookies, a script": (CookieTrace, "script", 1, "for script 1", "第 1 个脚本"),
    "sessions, a request": (SessionTrace, "request", 1, "for request 1", "第 1 个请求"),
}


@pytest.mark.parametrize(("run", "parameter", "number", "en", "zh"), NUMBERED.values(), ids=NUMBERED)
def test_numbers_of_runs(run: Run, parameter: str, number: int, en: str, zh: str) -> None:
    assert run.numbered(parameter, number) == {"en": en, "zh": zh}


@pytest.mark.parametrize("run", [TcpTrace, HttpRun, CookieTrace, SessionTrace])
@pytest.mark.parametrize(
    ("parameter", "number"), [("n", 0), ("connection", 0), ("request", 0), ("script", 0), ("end", 1)]
)
def test_what_numbers_nothing(run: Run, parameter: str, number: int) -> None:
    assert run.numbered(parameter, number) is None


COOKIE_SLIPS = {
    "cookies_per_domain": ((), [(20, "RFC 2109"), (3000, "all domains")]),
    "cookies_in_total": ((), [(300, "RFC 2109"), (50, "one domain")]),
    "cookies_kept": ((60,), [(60, "a limit")]),
}


@pytest.mark.parametrize(("word", "given", "expected"), [(word, *rest) for word, rest in COOKIE_SLIPS.items()])
def test_slips_of_cookies(word: str, given: tuple[object, ...], expected: list[tuple[int, str]]) -> None:
    slips = load("cookies").slips[word]
    assert [slip.answer(*given) for slip in slips] == [value for value, _ in expected]
    assert all(said in slip.why["en"] for slip, (_, said) in zip(slips, expected, strict=True))
