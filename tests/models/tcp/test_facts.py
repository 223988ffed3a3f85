"""What follows from the header and its options: lengths, limits, what it carries, and which options fit."""

from collections.abc import Callable

import pytest

from quizgen.models import load
from quizgen.models.base import ModelError
from quizgen.models.tcp import facts
from quizgen.models.tcp.header import CONTROL_BITS, FIELDS
from quizgen.models.tcp.option_words import OPTIONS
from quizgen.models.tcp.options import (
    Mss,
    NoOperation,
    Option,
    SackPermitted,
    Timestamps,
    WindowScale,
    encode_options,
)  # fmt: skip
from quizgen.models.tcp.segment import FLAGS
from quizgen.models.values import Quantity

FACTS = {
    "shortest-header": (lambda: facts.min_header_length(), Quantity(20, "B")),
    "length-for-8": (lambda: facts.header_length(8), Quantity(32, "B")),
    "throughput": (lambda: facts.max_throughput(Quantity(65535, "B"), Quantity(100, "ms")), Quantity(5_242_800, "bit/s")),
    "window-width": (lambda: facts.field_width("window"), Quantity(16, "bit")),
    "largest-sequence-number": (lambda: facts.largest("Sequence Number"), 4294967295),
    "smallest-offset": (lambda: facts.smallest("Data Offset"), 5),
    "carries-ports": (lambda: facts.carries("Source Port"), True),
    "carries-no-address": (lambda: facts.carries("source IP address"), False),
    "feedback": (
        lambda: [name for name in (*(one.name for one in FIELDS), *(one.name for one in CONTROL_BITS)) if facts.is_feedback(name)],
        ["Acknowledgment Number", "Window", "ECE", "ACK"],
    ),
    "six-flags-in-793": (lambda: len(facts.control_bits(793)), 6),
    "eight-flags-in-9293": (lambda: len(facts.control_bits()), 8),
    "nine-flags-in-9768": (lambda: len(facts.control_bits(9768)), 9),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "answer"), FACTS.values(), ids=FACTS)
def test_facts(ask: Callable[[], object], answer: object) -> None:
    assert ask() == answer


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda: facts.header_length(4), id="offset-4"),
        pytest.param(lambda: facts.header_length(16), id="offset-16"),
        pytest.param(lambda: facts.field_width("Options"), id="options-have-no-width"),
        pytest.param(lambda: facts.field_width("Windows"), id="no-such-field"),
        pytest.param(lambda: facts.max_throughput(Quantity(1, "B"), Quantity(0, "s")), id="no-time"),
    ],
)
def test_questions_without_an_answer(ask: Callable[[], object]) -> None:
    with pytest.raises(ModelError):
        ask()


WORDS = load("tcp").vocabulary


@pytest.mark.parametrize(
    ("option", "only_in_syn", "length"),
    [
        pytest.param("MSS", True, 4, id="mss"),
        pytest.param("Window Scale", True, 3, id="window-scale"),
        pytest.param("sackOK", True, 2, id="sack-permitted"),
        pytest.param("Timestamps", False, 10, id="timestamps"),
        pytest.param("NOP", False, 1, id="nop"),
    ],
)
def test_option_words(option: str, only_in_syn: bool, length: int) -> None:
    term = OPTIONS.term(option)
    assert WORDS["only_in_syn"].value(term) is only_in_syn
    assert WORDS["option_length"].value(term) == Quantity(length, "B")
    assert option_kind_length(term.name) == length


def option_kind_length(name: str) -> int:
    """The length that the codec gives the option."""
    options: dict[str, Option] = {
        "Maximum Segment Size": Mss(0), "Window Scale": WindowScale(0), "SACK-Permitted": SackPermitted(),
        "Timestamps": Timestamps(0, 0), "No-Operation": NoOperation(),
    }  # fmt: skip
    encoded = encode_options((options[name],))
    return 1 if encoded[0] == 1 else encoded[1]


def test_options_of_a_syn_fit_and_four_timestamps_are_the_most() -> None:
    stamp = OPTIONS.term("Timestamps")
    assert WORDS["options_fit"].value(*[stamp] * 4)
    assert not WORDS["options_fit"].value(*[stamp] * 5)
    assert WORDS["max_window_scale"].value() == WindowScale(255).effective == 14


@pytest.mark.parametrize("ask", ["only_in_syn", "option_length"])
def test_option_words_ask_for_an_option(ask: str) -> None:
    with pytest.raises(ModelError):
        WORDS[ask].value(FLAGS.term("SYN"))


def test_sack_has_no_fixed_length() -> None:
    with pytest.raises(ModelError, match="no fixed length"):
        WORDS["option_length"].value(OPTIONS.term("SACK"))
