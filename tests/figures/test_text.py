"""Figures in characters: golden drawings, and no line wider than the terminal."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.figures import draw
from quizgen.figures.ladder_text import ladder_text
from quizgen.figures.widths import cells
from quizgen.models.figure import Figure, Ladder, Message, Moment
from tests.conftest import Golden
from tests.figures.drawings import FIGURES
from tests.samples import text

ENDS = ("client", "server")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", FIGURES)
def test_golden(name: str, lang: str, golden: Golden) -> None:
    golden(f"figures/{name}.{lang}.txt", draw.text(FIGURES[name], lang, 80) + "\n")


@pytest.mark.parametrize("width", [40, 64, 65, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", FIGURES)
def test_no_line_is_wider_than_the_terminal(name: str, lang: str, width: int) -> None:
    assert max(cells(line) for line in draw.text(FIGURES[name], lang, width).splitlines()) <= width


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if isinstance(figure.drawing, Ladder)])
def test_colours_change_nothing_else(name: str, width: int) -> None:
    figure = FIGURES[name]
    assert isinstance(figure.drawing, Ladder)
    painted = "\n".join(ladder_text(figure.drawing, figure.mask, "en", width, lambda text, side: f"<{side}>{text}</>"))
    plain = [line.rstrip() for line in re.sub("<[01]>|</>", "", painted).split("\n")]
    assert plain == draw.text(figure, "en", width).split("\n")


def test_events_give_way_to_labels() -> None:
    moments = (
        Moment({"client": "ESTABLISHED", "server": "ESTABLISHED"}),
        Moment({"client": "ESTABLISHED", "server": "ESTABLISHED"}, {"server": "retransmission timeout"}),
    )
    ladder = Ladder(ENDS, moments, (Message("client", "FIN,ACK SEQ=x+1 ACK=y+1", 0, 1),))
    wide, narrow = (draw.text(Figure(text("any"), ladder), "en", width) for width in (80, 60))
    assert "│ (retransmission" in wide
    assert "│ (retransmi-" in narrow
    assert "FIN,ACK SEQ=x+1 ACK=y+1" in narrow


def test_a_label_that_is_too_long_for_its_arrow_stands_below() -> None:
    moments = tuple(Moment({"client": "ESTABLISHED", "server": "ESTABLISHED"}) for _ in range(2))
    messages = (Message("client", "FIN,PSH,ACK SEQ=x+1 ACK=y+1 LEN=1000", 0, None, lost=True),
                Message("server", "RST SEQ=y+1", 0, None, "forged", lost=True))  # fmt: skip
    told = draw.text(Figure(text("any"), Ladder(ENDS, moments, messages)), "en", 60).splitlines()
    assert told[2:6] == [
        "            │── 1 ───────────✗ lost            │",
        "            │ FIN,PSH,ACK SEQ=x+1 ACK=y+1      │",
        "            │ LEN=1000                         │",
        "            │ lost ✗╌ 2 RST SEQ=y+1 (forged) ╌○│",
    ]


def _message(draw: st.DrawFn, rows: int) -> Message:
    sent = draw(st.integers(0, rows - 2))
    fate, lost = draw(st.sampled_from(["arrives", "duplicate", "forged", "old"])), draw(st.booleans())
    arrived = None if lost else draw(st.none() | st.integers(sent + 1, rows - 1))
    label = draw(
        st.sampled_from(["SYN SEQ=x", "SYN,ACK SEQ=y ACK=x+1", "ACK SEQ=x+101 ACK=y+1 LEN=1460 WIN=65535", "报文段"])
    )
    return Message(
        draw(st.sampled_from(ENDS)), label, sent, arrived, fate, draw(st.sampled_from(["", "not acceptable"])), lost
    )


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Any messages between any states."""
    states = st.fixed_dictionaries({end: st.sampled_from(["CLOSED", "SYN-RECEIVED", "ESTABLISHED"]) for end in ENDS})
    events = st.dictionaries(st.sampled_from(ENDS), st.sampled_from(["CLOSE", "OPEN active"]))
    moments = draw(st.lists(st.builds(Moment, states, events), min_size=2, max_size=7))
    messages = [_message(draw, len(moments)) for _ in range(draw(st.integers(0, 6)))]
    return Ladder(ENDS, tuple(moments), tuple(sorted(messages, key=lambda message: message.sent)))


@settings(max_examples=60)
@given(ladders(), st.integers(56, 110), st.sampled_from(["en", "zh"]))
def test_any_ladder_fits(ladder: Ladder, width: int, lang: str) -> None:
    lines = draw.text(Figure(text("any"), ladder), lang, width).splitlines()
    assert all(cells(line) <= width for line in lines)
    for number, message in enumerate(ladder.messages, 1):
        assert any(f" {number} " in line for line in lines), f"message {number} is drawn nowhere"
        assert all(any(word in line for line in lines) for word in message.label.split()), "a label is cut"


def test_a_narrow_terminal_gets_sentences() -> None:
    told = draw.text(FIGURES["handshake"], "en", 40).splitlines()
    assert "1. client → server: SYN SEQ=x" in told
    assert "server: SYN-RECEIVED" in told
