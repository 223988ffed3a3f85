"""Cards in a browser, as Anki renders them: the scripts at work on both sides, by tapping and by keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizgen.items.question import Blank
from tests.render.anki.conftest import Start, bank_of
from tests.render.anki.test_import import HOSTILE, package
from tests.samples import QUESTIONS, text

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page


def options(page: Page) -> list[str]:
    return [text.splitlines()[0] for text in page.locator(".options li").all_inner_texts()]


@pytest.mark.parametrize("swap", [True, False], ids=["one page", "a page for each side"])
@pytest.mark.parametrize("name", ["acknowledges", "flags", "figure"])
def test_options_are_shuffled_and_stay_so_on_the_back(start: Start, name: str, swap: bool) -> None:
    reviewer, deck = start(swap=swap)
    seen = set()
    for _ in range(6):
        reviewer.show(deck[name], "front")
        front = options(reviewer.page)
        reviewer.show(deck[name], "back")
        assert options(reviewer.page) == front
        seen.add(tuple(front))
    assert len(seen) > 1


def test_shown_again_before_the_answer_the_order_stays(start: Start) -> None:
    reviewer, deck = start()
    reviewer.show(deck["acknowledges"], "front")
    first = options(reviewer.page)
    for _ in range(4):
        reviewer.show(deck["acknowledges"], "front", night=True)
        assert options(reviewer.page) == first


def test_true_comes_before_false(start: Start) -> None:
    reviewer, deck = start()
    for _ in range(6):
        for side in ("front", "back"):
            reviewer.show(deck["together"], side)
            assert options(reviewer.page) == ["True", "False"]


@pytest.mark.parametrize("storage", ["denied", "empty"])
def test_without_storage_both_sides_have_the_order_of_the_day(start: Start, storage: str) -> None:
    """A client that loads a page for each side and keeps nothing must not show another order on the back."""
    reviewer, deck = start(swap=False)
    page = reviewer.page
    if storage == "denied":
        page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('denied'); }})")
    orders = set()
    for day in range(1, 9):
        page.clock.set_fixed_time(f"2026-03-0{day}T12:00:00")
        today = set()
        for side in ("front", "back", "front", "back") if storage == "denied" else ("back", "back"):
            page.evaluate("try { sessionStorage.clear() } catch {}")
            reviewer.show(deck["acknowledges"], side)
            today.add(tuple(options(page)))
        assert len(today) == 1
        orders |= today
    assert len(orders) > 2


def test_a_second_review_knows_nothing_of_the_first(start: Start) -> None:
    reviewer, deck = start(swap=False)
    for name in ("acknowledges", "together"):
        for answered in (True, False):
            reviewer.show(deck[name], "front")
            assert reviewer.page.locator(".picked").count() == 0
            if answered:
                reviewer.page.locator(".options button").first.click()
            reviewer.show(deck[name], "back")
            assert reviewer.page.locator(".picked").count() == answered


@pytest.mark.parametrize("choice, result", [("right", "✓ Right"), ("wrong", "✗ Not right")])
def test_a_tap_reveals(start: Start, choice: str, result: str) -> None:
    reviewer, deck = start()
    reviewer.show(deck["acknowledges"], "front")
    page = reviewer.page
    assert page.locator(".why:visible, .result:visible").count() == 0
    page.locator(f".options .{choice} button").first.click()
    assert page.locator(".result").inner_text() == result
    assert page.locator(".why:visible").count() == (choice == "wrong")
    assert page.locator(".options button:not(:disabled)").count() == 0
    picked = page.locator(".picked p").first.inner_text()
    reviewer.show(deck["acknowledges"], "back")
    assert page.locator(".picked p").first.inner_text() == picked
    assert page.locator(".result").inner_text() == result
    assert page.locator(".why:visible").count() == 3


@pytest.mark.parametrize("taps, result", [((0, 1), "✓ Right"), ((0,), "✗ Not right"), ((0, 1, 2), "✗ Not right")])
def test_several_are_chosen_then_checked(start: Start, taps: tuple[int, ...], result: str) -> None:
    reviewer, deck = start()
    page = reviewer.page
    reviewer.show(deck["flags"], "front")
    assert page.locator(".check:visible").count() == 0
    names = ("SYN", "ACK", "FIN")
    for tap in (2, 2, *taps):
        page.get_by_role("button", name=names[tap], exact=True).click()
    assert page.locator(".result:visible").count() == 0
    page.locator(".check").click()
    assert page.locator(".result").inner_text() == result
    reviewer.show(deck["flags"], "back")
    assert page.locator(".result").inner_text() == result


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_keys_choose_an_option(start: Start) -> None:
    """Anki on a desktop keeps Space, Enter and the digits from the card."""
    reviewer, deck = start()
    page = reviewer.page
    for keys, place in (("jx", 0), ("jjx", 1), ("kx", 3), ("jjkx", 0), ("jjjjjx", 0)):
        reviewer.show(deck["acknowledges"], "front")
        press(page, keys)
        assert page.locator(".options li").evaluate_all(
            "all => all.findIndex(item => item.classList.contains('picked'))"
        ) == place, keys  # fmt: skip
        assert page.locator(".result").is_visible()
        reviewer.show(deck["acknowledges"], "back")
        press(page, "jx")
        assert page.locator(".picked").count() == 1


def test_keys_choose_several(start: Start) -> None:
    reviewer, deck = start()
    reviewer.show(deck["flags"], "front")
    press(reviewer.page, "jxjxkxxkx")
    assert reviewer.page.locator(".picked").count() == 2
    assert reviewer.page.locator(".result").is_visible()


@pytest.mark.parametrize("name", ["order", "match"])
def test_keys_put_things_in_place(start: Start, name: str) -> None:
    reviewer, deck = start()
    page = reviewer.page
    reviewer.show(deck[name], "front")
    count = page.locator(".items button").count()
    press(page, "k" + "x" * count)
    assert page.locator(".slots ul li").count() == count
    assert page.locator(".check").is_visible()
    press(page, "x")
    assert page.locator(".result").is_visible()


def test_the_keys_are_told_where_there_is_a_mouse(start: Start) -> None:
    reviewer, deck = start()
    page = reviewer.page
    told = page.context.new_cdp_session(page)
    for pointer, hover in (("fine", "hover"), ("coarse", "none")):
        features = [{"name": "pointer", "value": pointer}, {"name": "hover", "value": hover}]
        told.send("Emulation.setEmulatedMedia", {"features": features})
        reviewer.show(deck["order"], "front")
        told_now = page.locator(".keys").is_visible()
        assert told_now is (page.evaluate("matchMedia('(hover: hover) and (pointer: fine)').matches"))


@pytest.mark.parametrize(
    "name, right", [("order", ["SYN", "SYN, ACK", "ACK"]), ("match", ["ESTABLISHED", "SYN-RECEIVED"])]
)
@pytest.mark.parametrize("won", [True, False])
def test_things_are_put_in_place(start: Start, name: str, right: list[str], won: bool) -> None:
    reviewer, deck = start(swap=False)
    page = reviewer.page
    reviewer.show(deck[name], "front")
    taps = right if won else right[::-1]
    page.get_by_role("button", name=taps[-1], exact=True).click()
    page.locator(".slots button").click()
    for tap in taps:
        assert page.locator(".check:visible").count() == 0
        page.locator(".items").get_by_role("button", name=tap, exact=True).click()
    page.locator(".check").click()
    for side in ("front", "back"):
        assert page.locator(".result").inner_text() == ("✓ Right" if won else "✗ Not right"), side
        assert page.locator(".slots ul li").all_inner_texts() == taps
        assert page.locator(".slots li.wrong").count() == (0 if won else 2)
        reviewer.show(deck[name], "back")
    assert page.locator(".solution").is_visible() is not won


@pytest.mark.parametrize("name", ["order", "match"])
def test_the_back_alone_shows_the_solution(start: Start, name: str) -> None:
    reviewer, deck = start()
    reviewer.show(deck[name], "back")
    assert reviewer.page.locator(".solution").is_visible()
    assert reviewer.page.locator(".slots").is_hidden()


@pytest.mark.parametrize(
    "name, typed, result",
    [
        ("state", "SYN-RECEIVED", "✓ Right"),
        ("state", "syn_recv", "✓ Right"),
        ("state", "SYN-RECEIVE", "✗ Not right"),
        ("state", "SYN-SENT", "✗ Not right"),
        ("state", "", ""),
        ("header", "20", "✓ Right"),
        ("header", "20.0", "✓ Right"),
        ("header", "0x14", "✓ Right"),
        ("header", "20 B", "✓ Right"),
        ("header", "20b", "✓ Right"),
        ("header", "B", "✗ Not right"),
        ("header", "20 C", "✗ Not right"),
        ("header", "200", "✗ Not right"),
        ("header", "2", "✗ Not right"),
        ("header", "many", "✗ Not right"),
    ],
)
def test_what_was_typed_is_judged(start: Start, name: str, typed: str, result: str) -> None:
    reviewer, deck = start()
    reviewer.show(deck[name], "back", typed=typed)
    shown = reviewer.page.locator(".result:visible").all_inner_texts()
    assert shown == ([result] if result else [])


@pytest.mark.parametrize("typed, told", [("", False), ("SYN-SENT", True), ("SYN-RECEIVED", False)])
def test_what_was_typed_is_shown_beside_the_answer_where_it_differs(start: Start, typed: str, told: bool) -> None:
    reviewer, deck = start()
    reviewer.show(deck["state"], "back", typed=typed)
    assert reviewer.page.locator(".typed").is_visible() is told


def test_what_was_typed_is_judged_where_one_spelling_counts(start: Start, tmp_path: Path) -> None:
    state = next(question for question in QUESTIONS if question.id.endswith("/state"))
    only = replace(state, blanks=(Blank(text("LISTEN"), ("LISTEN",)),))
    reviewer, deck = start(deck=package(bank_of(only), tmp_path / "deck", "en"))
    reviewer.show(deck["state"], "back", typed="listen")
    assert reviewer.page.locator(".result:visible").all_inner_texts() == ["✓ Right"]


def test_the_masked_part_is_uncovered_on_the_back(start: Start) -> None:
    reviewer, deck = start()
    sources = []
    for side in ("front", "back"):
        reviewer.show(deck["figure"], side)
        sources.append(reviewer.page.locator(".figure img").evaluate_all("all => all.map(image => image.src)"))
    assert [len(source) for source in sources] == [1, 1]
    assert sources[0] != sources[1]


def test_hostile_text_runs_nothing(start: Start, tmp_path: Path) -> None:
    written = " ".join(HOSTILE)
    first = QUESTIONS[0]
    options = tuple(
        replace(option, text=text(written + str(n)), why=text(written)) for n, option in enumerate(first.options)
    )
    question = replace(first, stem=text(written), options=options, source=written, evidence=(written,))
    reviewer, deck = start(deck=package(bank_of(question), tmp_path / "deck"))
    dialogs: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    reviewer.page.on("dialog", dismissed)
    for side in ("front", "back"):
        reviewer.show(deck["acknowledges"], side)
        assert reviewer.page.locator(".qz .stem img, .qz .stem script").count() == 0
        assert reviewer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert dialogs == []
