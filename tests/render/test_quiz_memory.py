"""What a quiz page remembers from one visit to the next, in a real browser; and that it works where it may not."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizgen.items.question import Type
from tests.conftest import Hosted
from tests.render.quiz_hand import BY_TYPE, address, alone, click_options, current
from tests.samples import QUESTIONS

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_progress_survives_a_reload_and_goes_on_in_the_other_language(pages: Path, tab: "Page", hosted: Hosted) -> None:
    tab.goto(hosted(address(pages)))
    click_options(tab, QUESTIONS[0], False)
    tab.locator("#go").click()
    order = current(tab).locator(".options").inner_text()
    tab.reload()
    assert current(tab).locator(".options").inner_text() == order
    assert current(tab).locator(".verdict strong").inner_text() == "Not right."
    tab.locator("#go").click()
    tab.get_by_role("link", name="中文").click()
    assert tab.locator("#place").inner_text() == "第 2 题，共 9 题"
    assert tab.locator("#score").inner_text() == "对 0 · 错 1"


def test_a_page_that_may_not_store_works_all_the_same(tmp_path: Path, tab: "Page") -> None:
    tab.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied') }})")
    tab.goto(alone(QUESTIONS[0], tmp_path))
    click_options(tab, QUESTIONS[0], True)
    tab.locator("#go").click()
    assert tab.locator("#score").inner_text() == "1 right · 0 wrong"


def test_damaged_memory_is_left_aside(pages: Path, tab: "Page", hosted: Hosted) -> None:
    tab.goto(hosted(address(pages)))
    tab.evaluate('localStorage.setItem(\'quizgen:round:tcp-handshake\', \'{"ids": ["gone"], "at": 0}\')')
    tab.reload()
    assert tab.locator("#place").inner_text() == "1 of 9"


@pytest.mark.parametrize("type_", ["choice", "cloze", "order", "match"])
def test_an_answer_to_what_a_question_was_before_is_left_aside(
    tmp_path: Path, tab: "Page", hosted: Hosted, type_: Type
) -> None:
    """A new edition of the page may ask the same item otherwise."""
    question = BY_TYPE[type_]
    tab.goto(hosted(alone(question, tmp_path)))
    answers = json.dumps({question.id: {"response": [7], "right": False}})
    tab.evaluate(
        "([round, answers]) => localStorage.setItem('quizgen:round:tcp-handshake',"
        " JSON.stringify({seed: 1, ids: [round], at: 0, answers: JSON.parse(answers)}))",
        [question.id, answers],
    )
    tab.reload()
    assert tab.locator("#score").inner_text() == ""
    assert current(tab).locator(".verdict").inner_text() == ""


def test_single_keys_can_be_turned_off(tmp_path: Path, tab: "Page", hosted: Hosted) -> None:
    tab.goto(hosted(alone(QUESTIONS[0], tmp_path)))
    tab.keyboard.press("?")
    assert tab.get_by_role("dialog", name="Keys and settings").is_visible()
    tab.locator("#shortcuts").uncheck()
    tab.keyboard.press("Escape")
    tab.keyboard.press("1")
    assert current(tab).locator("input:checked").count() == 0
    tab.reload()
    tab.keyboard.press("?")
    assert not tab.locator("#help").is_visible()


def test_forgetting(pages: Path, tab: "Page") -> None:
    tab.goto(address(pages))
    tab.locator("#unknown").click()
    tab.locator("#help-open").click()
    tab.locator("#forget").click()
    assert tab.locator("#score").inner_text() == ""
    assert tab.evaluate("localStorage.getItem('quizgen:record')") == "{}"


def test_theme_follows_the_system_until_it_is_chosen(pages: Path, tab: "Page", hosted: Hosted) -> None:
    tab.emulate_media(color_scheme="dark")
    tab.goto(hosted(address(pages)))
    dark = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.locator("#theme").click()
    light = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    tab.reload()
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_a_page_opened_as_a_file_remembers_too(pages: Path, tab: "Page") -> None:
    def remembers() -> bool:
        tab.locator("#theme").click()
        chosen = tab.locator("html").get_attribute("data-theme")
        tab.reload()
        return tab.locator("html").get_attribute("data-theme") == chosen

    tab.goto(address(pages))
    assert any(remembers() for _ in range(5)), "now and then Chromium loses what a file stored, but not five times"
