"""The words of claims, asked one by one: what RFC 9293 answers, and what is said to a question that has no answer."""

from collections.abc import Mapping
from typing import Any

import pytest

from quizgen.claims.names import COMMON
from quizgen.models import load
from quizgen.models.base import ModelError, recording


@pytest.fixture(scope="module")
def words() -> Mapping[str, Any]:
    return {name: word.value for name, word in {**COMMON, **load("tcp").vocabulary}.items()} | {"__builtins__": {}}


ANSWERS = {
    # Figure 5
    "next_state(CLOSED, ACTIVE_OPEN)": "SYN-SENT",
    "next_state(ESTABLISHED, RCV_FIN)": "CLOSE-WAIT",
    "next_state(LISTEN, RCV_RST)": "LISTEN",
    "next_states(SYN_RECEIVED, RCV_RST)": "CLOSED, LISTEN, TIME-WAIT",
    "next_states(LISTEN, RCV_FIN)": "LISTEN",
    "sends(LISTEN, RCV_SYN)": "SYN, ACK",
    "sends(CLOSED, ACTIVE_OPEN)": "SYN",
    "sends(ESTABLISHED, ABORT)": "RST",
    "sends(FIN_WAIT_1, RCV_ACK_OF_FIN)": "–",
    "tells(ESTABLISHED, RCV_RST)": "connection reset",
    "tells(SYN_RECEIVED, RCV_RST)": "connection refused",
    "tells(LAST_ACK, USER_TIMEOUT)": "connection aborted due to user timeout",
    "tells(TIME_WAIT, RCV_RST)": "–",
    "tells(ESTABLISHED, SEND)": "–",
    "events(FIN_WAIT_1, TIME_WAIT)": "rcv FIN,ACK of FIN",
    "events(LISTEN, SYN_SENT)": "active OPEN, SEND",
    "events(LISTEN, ESTABLISHED)": "–",
    "leads_to(CLOSING, TIME_WAIT)": True,
    "leads_to(FIN_WAIT_2, CLOSING)": False,
    "successors(TIME_WAIT)": "CLOSED, SYN-RECEIVED",
    "successors(LAST_ACK)": "CLOSED",
    "predecessors(TIME_WAIT)": "SYN-RECEIVED, FIN-WAIT-1, FIN-WAIT-2, CLOSING",
    "predecessors(LAST_ACK)": "CLOSE-WAIT",
    "count(all_states())": 11,
    "[may_receive(state) and not may_send(state) for state in [ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSING]]": [False, True, True, False],
    "may_send(CLOSE_WAIT) and not may_receive(CLOSE_WAIT)": True,
    "time_wait_length()": "4 min",
    # Sequence numbers
    "acknowledges(x, 0, SYN)": "x + 1",
    "acknowledges(x + 1, 100, FIN, ACK)": "x + 102",
    "acknowledges(4294967295, 1)": 0,
    "acknowledges(7)": 7,
    # The header
    "carries(SOURCE_PORT) and not carries(SOURCE_ADDRESS)": True,
    "field_bit(CHECKSUM)": 128,
    "field_width(DATA_OFFSET)": "4 bits",
    "highest(SEQUENCE_NUMBER)": 4294967295,
    "lowest(WINDOW)": 0,
    "header_length(15)": "60 bytes",
    "options_length(5)": "0 bytes",
    "control_flags(RFC_793)": "FIN, SYN, RST, PSH, ACK, URG",
    "[flag_bit(flag) for flag in [CWR, URG, FIN]] == [104, 106, 111]": True,
    "scaled_window(65535, 7)": "8388480 bytes",
    "scaled_window(1000, 0)": "1000 bytes",
    "max_throughput(65535, 100)": "5.243 Mbit/s",
    "max_throughput(size('1 GB'), duration('1 s'))": "8 Gbit/s",
    "max_throughput(125, 1000)": "1 kbit/s",
    "max_throughput(100, duration('1 s'))": "800 bit/s",
    "window_needed(rate('100 Mbit/s'), duration('100 ms'))": "1250000 bytes",
    "connection('192.0.2.1:1', '192.0.2.2:65535')": "192.0.2.1:1 – 192.0.2.2:65535",
    # Options
    "only_in_syn(WINDOW_SCALE_OPTION) and only_in_syn(SACK_PERMITTED_OPTION) and not only_in_syn(TIMESTAMPS_OPTION)": True,
    "option_length(MAXIMUM_SEGMENT_SIZE_OPTION)": "4 bytes",
    "options_fit(MAXIMUM_SEGMENT_SIZE_OPTION, WINDOW_SCALE_OPTION, SACK_PERMITTED_OPTION, TIMESTAMPS_OPTION)": True,
    "options_fit(TIMESTAMPS_OPTION, TIMESTAMPS_OPTION, TIMESTAMPS_OPTION, TIMESTAMPS_OPTION)": True,
    "options_fit(TIMESTAMPS_OPTION, TIMESTAMPS_OPTION, TIMESTAMPS_OPTION, TIMESTAMPS_OPTION, NO_OPERATION_OPTION)": False,
    "max_window_scale()": 14,
}  # fmt: skip


@pytest.mark.parametrize("question", ANSWERS)
def test_a_question_has_its_answer(question: str, words: Mapping[str, Any]) -> None:
    with recording() as record:
        answer = eval(question, dict(words))
    assert (answer.show() if hasattr(answer, "show") else answer) == ANSWERS[question]
    assert record.elements
    assert record.elements <= set(load("tcp").elements)


REFUSED = {
    "acknowledges(x, -1)": "a segment has 0 octets of data or more",
    "next_state(SYN_RECEIVED, RCV_SYN)": "rcv SYN in SYN-RECEIVED leads to LISTEN or TIME-WAIT, as the case may be; ask `next_states`",
    "next_state(SYN, RCV_SYN)": "`SYN` is no TCP state, such as SYN_SENT",
    "successors('ESTABLISHED')": "`ESTABLISHED` is no TCP state, such as SYN_SENT",
    "next_states(CLOSE, RCV_SYN)": "`CLOSE` is no TCP state, such as SYN_SENT",
    "next_state(LISTEN, SYN_SENT)": "`SYN-SENT` is no event of Figure 5, such as RCV_FIN",
    "tells(LISTEN, FIN)": "`FIN` is no event of Figure 5, such as RCV_FIN",
    "sends(LISTEN, FIN)": "`FIN` is no event of Figure 5, such as RCV_FIN",
    "events(LISTEN, RCV_SYN)": "`rcv SYN` is no TCP state, such as SYN_SENT",
    "may_send(SEND)": "`SEND` is no TCP state, such as SYN_SENT",
    "handshake_with(5)": "the model can open a connection with 2, 3 or 4 messages",
    "reaches_ghost(1)": "the model can open a connection with 2, 3 or 4 messages",
    "ghost(3)": "with 3 messages no run opens a ghost connection",
    "carries(SYN)": "`SYN` is no header field, such as WINDOW or DATA_OFFSET",
    "field_width('Window')": "`Window` is no header field, such as WINDOW or DATA_OFFSET",
    "field_width(OPTIONS)": "Options has no fixed width: 0 to 40 bytes",
    "field_width(SOURCE_ADDRESS)": "`Source Address` is no field of the TCP header; Source Port?",
    "header_length(4)": "Data Offset is 5 to 15, never 4",
    "options_length(16)": "Data Offset is 5 to 15, never 16",
    "control_flags(9293)": "an edition is one of RFC_793, RFC_3168, RFC_9293, RFC_9768",
    "control_flags(SYN)": "an edition is one of RFC_793, RFC_3168, RFC_9293, RFC_9768",
    "flag_bit(AE)": "`AE` is no control bit of RFC 9293",
    "scaled_window(65536, 0)": "the window field holds 0 to 65535, the shift 0 to 255",
    "scaled_window(-1, 0)": "the window field holds 0 to 65535, the shift 0 to 255",
    "scaled_window(1, 256)": "the window field holds 0 to 65535, the shift 0 to 255",
    "max_throughput(65535, 0)": "the throughput is asked of a window (65535 bytes) and a round-trip time (100 ms)",
    "max_throughput(duration('1 s'), 10)": "the throughput is asked of a window (65535 bytes) and a round-trip time (100 ms)",
    "window_needed(size('1 MB'), duration('1 s'))": 'the window is asked of a rate and a time: rate("100 Mbit/s"), duration("100 ms")',
    "connection('192.0.2.1', '192.0.2.2:80')": "a socket is written address:port, such as 192.0.2.1:80, not `192.0.2.1`",
    "connection('192.0.2.1:80', '192.0.2.2:65536')": "a socket is written address:port, such as 192.0.2.1:80, not `192.0.2.2:65536`",
    "connection('192.0.2.1:80', '192.0.2.2:²')": "a socket is written address:port, such as 192.0.2.1:80, not `192.0.2.2:²`",
    "connection(':80', '192.0.2.2:80')": "a socket is written address:port, such as 192.0.2.1:80, not `:80`",
    "connection('192.0.2.1:http', '192.0.2.2:80')": "a socket is written address:port, such as 192.0.2.1:80, not `192.0.2.1:http`",
    "option_length(SACK_OPTION)": "SACK has no fixed length",
    "only_in_syn(SYN)": "`SYN` is no TCP option, such as WINDOW_SCALE_OPTION",
}  # fmt: skip


@pytest.mark.parametrize("question", REFUSED)
def test_a_question_without_an_answer_says_why(question: str, words: Mapping[str, Any]) -> None:
    with pytest.raises(ModelError) as error:
        eval(question, dict(words))
    assert str(error.value) == REFUSED[question]
