"""A quiz page and the hand that works it: its address, its current question, an answer of every type by keyboard or
pointer, right or wrong."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.items.question import Question
from quizgen.render.options import Options
from quizgen.render.quiz import render
from tests.samples import BANK, QUESTIONS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

BOTH = Options(("en", "zh"))
BY_TYPE = {question.type: question for question in QUESTIONS}
Answer = Callable[["Page", Question, bool], None]


def address(folder: Path, lang: str = "en", name: str = "tcp-handshake") -> str:
    return (folder / f"{name}.{lang}.html").as_uri()


def alone(question: Question, out: Path) -> str:
    """The page of a bank with this one question."""
    render(replace(BANK, topics=(replace(BANK.topics[0], questions=(question,)),)), out, BOTH)
    return address(out / "quiz")


def current(page: "Page") -> "Locator":
    return page.locator(".question.current")


def press_digits(page: "Page", question: Question, right: bool) -> None:
    rows = current(page).locator(".options > li").all()
    indexes = [int(row.get_attribute("data-index") or "") for row in rows]
    for place, index in enumerate(indexes, 1):
        if question.options[index].right == right:
            page.keyboard.press(str(place))
            if question.type != "multiple":
                return


def type_gaps(page: "Page", question: Question, right: bool) -> None:
    for place, blank in enumerate(question.blanks, 1):
        page.locator("body").focus()
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(str(place))
        page.keyboard.type(blank.answer["en"].lower().replace("-", " ") if right else "21")


def move_by_buttons(page: "Page", question: Question, right: bool) -> None:
    """A bubble sort with the keyboard alone; then, to be wrong, the first goes down once more."""
    rows = current(page).locator(".sequence > li")
    for _ in question.sequence:
        for place in range(len(question.sequence) - 1):
            here, below = (int(rows.nth(place + step).get_attribute("data-index") or "") for step in (0, 1))
            if here > below:
                rows.nth(place).locator(".down").focus()
                page.keyboard.press("Space")
    if not right:
        rows.first.locator(".down").focus()
        page.keyboard.press("Enter")
    page.evaluate("document.activeElement.blur()")


def select_by_keys(page: "Page", question: Question, right: bool) -> None:
    for index, (_, wanted) in enumerate(question.pairs):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(str(index + 1))
        other = question.pairs[1 - index][1]
        page.keyboard.type((wanted if right else other)["en"])
    page.evaluate("document.activeElement.blur()")


def click_options(page: "Page", question: Question, right: bool) -> None:
    wanted = [index for index, option in enumerate(question.options) if option.right == right]
    for index in wanted if question.type == "multiple" else wanted[:1]:
        current(page).locator(f'.options > li[data-index="{index}"] label').click()


def fill_gaps(page: "Page", question: Question, right: bool) -> None:
    for field, blank in zip(current(page).locator(".gap input").all(), question.blanks, strict=True):
        field.fill(blank.answer["en"] if right else "21")


def drag_rows(page: "Page", question: Question, right: bool) -> None:
    order = list(range(len(question.sequence)))[:: 1 if right else -1]
    for place, index in enumerate(order):
        handle = current(page).locator(f'.sequence > li[data-index="{index}"] .handle')
        target = current(page).locator(".sequence > li").nth(place)
        if target.get_attribute("data-index") == str(index):
            continue
        start, end = handle.bounding_box(), target.bounding_box()
        assert start is not None
        assert end is not None
        page.mouse.move(start["x"] + 20, start["y"] + 20)
        page.mouse.down()
        page.mouse.move(start["x"] + 20, end["y"] + 2, steps=12)
        page.mouse.up()


def select_by_hand(page: "Page", question: Question, right: bool) -> None:
    fields = current(page).locator("select").all()
    for index, field in enumerate(fields):
        field.select_option(str(index if right else len(fields) - 1 - index))


KEYBOARD: dict[str, Answer] = {
    **dict.fromkeys(("choice", "multiple", "true-false", "figure"), press_digits),
    **dict.fromkeys(("cloze", "numeric", "short"), type_gaps), "order": move_by_buttons, "match": select_by_keys,
}  # fmt: skip
POINTER: dict[str, Answer] = {
    **dict.fromkeys(("choice", "multiple", "true-false", "figure"), click_options),
    **dict.fromkeys(("cloze", "numeric", "short"), fill_gaps), "order": drag_rows, "match": select_by_hand,
}  # fmt: skip
