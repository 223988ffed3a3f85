"""What the page's script makes of typed answers is what quizgen.items.response makes of them."""

import json
import random
from typing import TYPE_CHECKING

import pytest

from quizgen.items.question import Blank
from quizgen.items.response import fills
from quizgen.models.values import UNIT_NAMES, UNITS, Unreadable
from quizgen.render.quiz import spellings
from quizgen.resources import resource
from tests.samples import text

if TYPE_CHECKING:
    from playwright.sync_api import Page

RECEIVED = Blank(text("SYN-RECEIVED", "同步已收到"), ("SYN-RECEIVED", "SYN_RECV"))
NEXT = Blank(text("x + 1"), ("x + 1",))
SIZE = Blank(text("4 KiB"), ("4 KiB",), 4.0, 0.0, "KiB")
ROUND = Blank(text("5.24 Mbit/s"), ("5.24 Mbit/s",), 5.24, 0.01, "Mbit/s")
BARE = Blank(text("-1"), ("-1",), -1.0)

CASES = [
    *((RECEIVED, typed) for typed in (
        "SYN-RECEIVED", "syn received", "Syn_Received", " ｓｙｎ－ｒｅｃｅｉｖｅｄ ", "SYN–RECEIVED", "`SYN_RECV`.", "syn_recv。", "“SYN-RECEIVED”",
        "同步 已收到", "SYNRECEIVED", "SYN", "", ".", "SYN-SENT",
    )),
    *((NEXT, typed) for typed in ("x+1", "X + 1", "x +1", "ｘ＋１", "x 1", "x - 1", "x+2")),
    *((SIZE, typed) for typed in (
        "4", "4.0", "4096 bytes", "4096B", "4,096 B", "4 kib", "4KB", "4 s", "４ KiB", "four", "4096 字节", "1e3", "-4", "32768 bit", "4 elephants", "",
    )),
    *((ROUND, typed) for typed in ("5.24", "5.25 Mbit/s", "5.2500001", "5.23", "5.26", "5240000 bit/s", "5240 kbit/s", "5.24 MB")),
    *((BARE, typed) for typed in ("-1", "−1", "–1", "1", "- 1", "-1.0", "-1 B", ".5", "1,2")),
]  # fmt: skip
"""(blank, what was typed)."""


def expected(blank: Blank, typed: str) -> bool | None:
    try:
        return fills(blank, typed)
    except Unreadable:
        return None


def by_script(page: "Page", cases: list[tuple[Blank, str]]) -> list[bool | None]:
    script = (resource("templates") / "quiz" / "script" / "answers.js").read_text("utf-8")
    given = [
        {"accepted": spellings(blank), "tolerance": blank.tolerance, "unit": blank.unit, "typed": typed}
        | ({} if blank.number is None else {"number": blank.number})
        for blank, typed in cases
    ]
    settings = {"units": {unit: [of, float(factor)] for unit, (of, factor) in UNITS.items()}, "names": UNIT_NAMES}
    judge = f"(cases => {{ {script}\nreturn cases.map(one => fills(one, one.typed, {json.dumps(settings)})); }})"
    answers: list[bool | None] = page.evaluate(judge, given)
    return answers


def test_typed_answers_count_on_the_page_as_in_the_terminal(chromium: "Page") -> None:
    found = by_script(chromium, CASES)
    wanted = [expected(blank, typed) for blank, typed in CASES]
    assert {True, False, None} <= set(wanted)
    table = zip(CASES, wanted, found, strict=True)
    assert [(typed, blank.answer["en"], want, got) for (blank, typed), want, got in table if want != got] == []


@pytest.mark.parametrize("seed", range(3))
def test_so_do_random_ones(seed: int, chromium: "Page") -> None:
    chance = random.Random(seed)
    alphabet = [
        "SYN",
        "RECEIVED",
        "recv",
        "x",
        "+",
        "-",
        "_",
        "–",
        " ",
        "4",
        "096",
        ",",
        ".",
        "KiB",
        "bytes",
        "字节",
        "５",
        "“",
        "e",
        "同步",
    ]
    blanks = [RECEIVED, NEXT, SIZE, ROUND, BARE]
    cases = [(chance.choice(blanks), "".join(chance.choices(alphabet, k=chance.randint(1, 6)))) for _ in range(500)]
    table = zip(cases, by_script(chromium, cases), strict=True)
    assert [(typed, blank.answer["en"], got) for (blank, typed), got in table if expected(blank, typed) != got] == []
