"""The tutor in a real terminal: keys, screens, and every way out."""

import os
import signal
import sys
from pathlib import Path

import pytest

from quizgen.figures.widths import cells
from quizgen.study.progress import Progress
from quizgen.study.scheduler import Rating
from tests.study.driver import Tutor

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

FIRST, SECOND, THIRD = (
    "What does the SYN-ACK acknowledge?",
    "Which flags does the second segment carry?",
    "at the same moment",
)
KEY_OF_FIRST, WRONG_FIRST = "1", "2"


def _ratings(data: Path) -> list[Rating]:
    with Progress(data / "progress.sqlite3") as progress:
        return [review.rating for review in progress.reviews()]


def _fits(tutor: Tutor) -> bool:
    """Whether every frame so far has just the window's lines, none of them wider than it."""
    return all(len(screen) == tutor.rows and max(map(cells, screen)) <= tutor.columns for screen in tutor.screens())


def _place(screen: list[str], text: str) -> str:
    """The key of the option, thing or right with that text."""
    return next(line.split(maxsplit=1)[0] for line in screen if line.strip().split(maxsplit=1)[1:] == [text])


def test_a_whole_session(tmp_path: Path) -> None:
    with Tutor(tmp_path) as tutor:
        screen = tutor.see(FIRST, "1/9", "1-4 choose")
        tutor.press(_place(screen, "x + 1"))
        tutor.see("✓ Right. Due again in 2 days.", "occupies one sequence number", "RFC 9293 §3.4", "ESTABLISHED │◀")
        tutor.press("\r")
        screen = [line.replace("[ ] ", "") for line in tutor.see(SECOND)]
        tutor.press(_place(screen, "SYN"), _place(screen, "FIN"), _place(screen, "FIN"), _place(screen, "ACK"), "\r")
        tutor.see("✓2 ✗0")
        tutor.press("\r")
        tutor.see(THIRD)
        tutor.press("2")
        tutor.see("✓3 ✗0")
        tutor.press("\r", "SYN_SNT\x7f\x7fENT\r", "established\r")
        tutor.see("✓4 ✗0", "[1: SYN-SENT] to [2: ESTABLISHED]")
        tutor.press("\r", "20 s\r")
        tutor.see("That is no number that fits. Type one such as 12 bytes.")
        tutor.press("\x15", "160 bits\r")
        tutor.see("✓5 ✗0", "Answer: 20 bytes")
        tutor.press("\r", "syn-rcvd\r")
        tutor.see("✓5 ✗1", "“syn-rcvd”; right is SYN-RECEIVED")
        tutor.press("\r")
        screen = tutor.see("Put the three segments in order.")
        order = [_place(screen, text) for text in ("SYN", "SYN, ACK", "ACK")]
        tutor.press(*order[:2], "\r")
        tutor.see("Something is still missing.", f"Order: {order[0]} {order[1]}")
        tutor.press(order[2], "\r")
        tutor.see("✓6 ✗1")
        tutor.press("\r")
        screen = tutor.see("Match each end")
        tutor.press(_place(screen, "ESTABLISHED"))
        tutor.see("client → ")
        tutor.press(_place(screen, "SYN-RECEIVED"), "\r")
        tutor.see("✓7 ✗1")
        tutor.press("\r")
        screen = tutor.see("2 [?]")
        tutor.press(_place(screen, "SYN,ACK SEQ=y ACK=x+1"))
        tutor.see("✓8 ✗1", "2 SYN,ACK SEQ=y ACK=x+1")
        tutor.press("\r")
        assert tutor.end() == 0
        tutor.read_on("Answered: 9 of 9; 8 right (89 %), 1 wrong.")
        tutor.read_on("Due: 1 within an hour, 8 within a week.")
        assert tutor.modes() == tutor.before
    assert len(_ratings(tmp_path)) == 9


def test_a_wrong_answer_is_explained(tmp_path: Path) -> None:
    with Tutor(tmp_path) as tutor:
        screen = tutor.see(FIRST)
        key = _place(screen, "y + 1")
        tutor.press(key)
        tutor.see(
            "✗ Wrong", f"✗ {key}  y + 1", "Answer: x + 1", "You chose “y + 1”: The model computes x + 1, not y + 1."
        )
        tutor.press("\r", "s")
        tutor.see(THIRD)
        tutor.press("1")
        tutor.see("In fact: The client enters it when the SYN-ACK arrives")
    with Progress(tmp_path / "progress.sqlite3") as progress:
        assert progress.reviews()[-1].misconceptions == ("both-established-together",)


def test_undo_takes_the_last_answer_back(tmp_path: Path) -> None:
    with Tutor(tmp_path) as tutor:
        tutor.see(FIRST)
        tutor.press("u")
        tutor.see("There is nothing to undo.")
        tutor.press(WRONG_FIRST)
        tutor.see("✗ Wrong")
        tutor.press("\r")
        tutor.see(SECOND)
        tutor.press("u")
        tutor.see(FIRST, "Taken back; asked again:", "✓0 ✗0")
        assert _ratings(tmp_path) == []
        tutor.press(KEY_OF_FIRST)
        tutor.see("✓1 ✗0")
        tutor.press("u")
        tutor.see("1/9", "✓0 ✗0")
        tutor.press(KEY_OF_FIRST, "e")
        tutor.see(SECOND)
    assert _ratings(tmp_path) == [Rating.EASY]


def test_quit_and_resume(tmp_path: Path) -> None:
    with Tutor(tmp_path) as tutor:
        tutor.see(FIRST)
        tutor.press(KEY_OF_FIRST, "\r", "q")
        assert tutor.end() == 0
        tutor.read_on("Answered: 1 of 9")
    with Tutor(tmp_path) as tutor:
        tutor.see(SECOND, "1/8")


WAYS_OUT = [
    pytest.param("q", 0, id="q"),
    pytest.param("\x03", 0, id="Ctrl-C"),
    pytest.param("\x04", 0, id="Ctrl-D"),
    pytest.param(signal.SIGTERM, 128 + signal.SIGTERM, id="SIGTERM"),
    pytest.param(signal.SIGHUP, 128 + signal.SIGHUP, id="SIGHUP"),
]


@pytest.mark.parametrize(("way", "status"), WAYS_OUT)
@pytest.mark.parametrize("typing", [False, True], ids=["keys", "typing"])
def test_ways_out(tmp_path: Path, way: str | signal.Signals, status: int, typing: bool) -> None:
    with Tutor(tmp_path) as tutor:
        tutor.see(FIRST)
        tutor.press(KEY_OF_FIRST, "\r")
        tutor.see(SECOND)
        if typing:
            tutor.press("s", "s", "SYN")
            tutor.see("Gap 1: SYN")
        if isinstance(way, signal.Signals):
            tutor.process.send_signal(way)
        else:
            tutor.press("\x15:q\r" if typing and way == "q" else way)
        assert tutor.end() == status
        tutor.read_on("Answered: 1 of 9; 1 right (100 %), 0 wrong.")
        assert tutor.modes() == tutor.before
    assert _ratings(tmp_path) == [Rating.GOOD]


def test_a_closed_terminal_ends_the_session(tmp_path: Path) -> None:
    with Tutor(tmp_path) as tutor:
        tutor.see(FIRST)
        tutor.press(KEY_OF_FIRST)
        tutor.see("✓1")
        os.dup2(os.open(os.devnull, os.O_RDWR), tutor._master)
        os.dup2(os.open(os.devnull, os.O_RDWR), tutor._slave)
        assert tutor.process.wait(10) == 128 + signal.SIGHUP
    assert _ratings(tmp_path) == [Rating.GOOD]


def test_killed_and_resumed(tmp_path: Path) -> None:
    with Tutor(tmp_path) as tutor:
        tutor.see(FIRST)
        tutor.press(KEY_OF_FIRST)
        tutor.see("✓1")
        tutor.process.kill()
    with Tutor(tmp_path) as tutor:
        tutor.see(SECOND, "1/8")
        tutor.press("q")
        assert tutor.end() == 0


def test_suspended_and_resumed(tmp_path: Path) -> None:
    with Tutor(tmp_path) as tutor:
        tutor.see(FIRST)
        single_keys = tutor.modes()
        tutor.press("\x1a")
        tutor.read_on("")
        os.waitpid(tutor.process.pid, os.WUNTRACED)
        assert tutor.modes() == tutor.before
        tutor.output = ""
        tutor.process.send_signal(signal.SIGCONT)
        tutor.see(FIRST)
        assert tutor.modes() == single_keys


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (20, 6), (200, 60)], ids=str)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_screen_fits(tmp_path: Path, size: tuple[int, int], lang: str) -> None:
    with Tutor(tmp_path, "--lang", lang, size=size) as tutor:
        for number in range(1, 10):
            typing = number in (4, 5, 6)
            tutor.see(f" {number}/9")
            tutor.press(":?\r" if typing else "?")
            tutor.see("quizgen quiz")
            tutor.press("\x1b[6~", "?")
            tutor.see(f" {number}/9")
            if typing:
                tutor.press("20\r" * (2 if number == 4 else 1))
            else:
                tutor.press(
                    "ab" if number == 8 else "1" if number in (1, 3, 9) else "123", "\r" * (number in (2, 7, 8))
                )
            tutor.answered(number)
            tutor.press("\x1b[B", "\x1b[6~", "\x1b[A", "\x1b[5~", "\r")
        assert tutor.end() == 0
        assert len(tutor.screens()) > 60
        assert _fits(tutor)
    assert len(_ratings(tmp_path)) == 9


def test_a_prompt_that_takes_the_line_stands_above_what_is_typed(tmp_path: Path) -> None:
    with Tutor(tmp_path, "--lang", "zh", size=(40, 15)) as tutor:
        for number, skip in enumerate(("s", "s", "s", ":s\r"), 1):
            tutor.see(f" {number}/9")
            tutor.press(skip)
        tutor.see(" 5/9", "你的回答（单位：字节）：")
        tutor.press("12")
        tutor.see("你的回答（单位：字节）：", "> 12")


def test_long_feedback_scrolls(tmp_path: Path) -> None:
    with Tutor(tmp_path, size=(40, 15)) as tutor:
        tutor.see(FIRST[-11:])
        tutor.press(WRONG_FIRST)
        screen = tutor.see("↓ ✓0 ✗1", "Space more")
        assert not any("2. server -> client" in line for line in screen)
        tutor.press(" ")
        tutor.see("↑↓")
        tutor.press(" ")
        screen = tutor.see("2. server -> client")
        assert not any("Space more" in line for line in screen)
        tutor.press(" ")
        tutor.see("2/9")


def test_a_new_size_is_drawn_anew(tmp_path: Path) -> None:
    with Tutor(tmp_path, size=(100, 30)) as tutor:
        tutor.see(FIRST)
        tutor.press(KEY_OF_FIRST)
        tutor.see("Due again")
        tutor.output = ""
        tutor.resize(50, 12)
        tutor.see("✓ Right", "Space more")
        assert _fits(tutor)


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)], ids=["colours", "NO_COLOR"])
def test_colours(tmp_path: Path, env: dict[str, str], coloured: bool) -> None:
    with Tutor(tmp_path, env=env) as tutor:
        tutor.see(FIRST)
        tutor.press(WRONG_FIRST)
        tutor.see("✗ Wrong")
        assert ("\x1b[1;31m" in tutor.styled()) == coloured


def test_chinese_is_typed_and_erased_whole(tmp_path: Path) -> None:
    with Tutor(tmp_path, "--lang", "zh") as tutor:
        tutor.see("1/9")
        tutor.press("s", "s", "s", "建立连接", "\x7f")
        tutor.see("第 1 空：建立连")


def test_two_sessions_at_once(tmp_path: Path) -> None:
    with Tutor(tmp_path) as one, Tutor(tmp_path, "--lang", "zh") as other:
        one.see("1/9")
        other.see("1/9")
        one.press(KEY_OF_FIRST)
        one.see("✓1")
        other.press(WRONG_FIRST)
        other.see("✗1")
        one.press("\r", "s", "2")
        one.see("✓2")
    assert _ratings(tmp_path) == [Rating.GOOD, Rating.AGAIN, Rating.GOOD]
