"""Cards in a browser, as Anki renders them: the scripts at work, both sides, phone and desktop, light and night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.render.anki.conftest import bank_of
from tests.render.anki.engine import Reviewer, cards, take
from tests.render.anki.test_import import HOSTILE, package
from tests.samples import QUESTIONS, text

if TYPE_CHECKING:
    from anki.cards import Card
    from anki.collection import Collection

    Open = Callable[[str], Collection]
    Start = Callable[..., tuple[Reviewer, dict[str, Card]]]

NAMES = ("acknowledges", "flags", "together", "cloze", "cloze-2", "header", "state", "order", "match", "figure")


@pytest.fixture
def start(chromium: Any, collection: Open, packages: dict[str, Path], tmp_path: Path) -> Iterator[Start]:
    """Import a deck and open the reviewer; no script may fail."""
    faults: list[str] = []
    chromium.on("pageerror", lambda error: faults.append(str(error)))

    def begin(lang: str = "en", deck: Path | None = None, swap: bool = True) -> tuple[Reviewer, dict[str, Card]]:
        mine = collection("mine")
        take(mine, deck or packages[lang])
        return Reviewer(chromium, mine, tmp_path / "reviewer", swap=swap), cards(mine)

    yield begin
    assert faults == []


def options(page: Any) -> list[str]:
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
def test_without_storage_both_sides_have_the_deck_s_order(start: Start, storage: str) -> None:
    """A client that loads a page for each side and keeps nothing must not show another order on the back."""
    reviewer, deck = start(swap=False)
    if storage == "denied":
        reviewer.page.add_init_script(
            "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('denied'); }})"
        )
    orders = set()
    for _ in range(3):
        for side in ("front", "back") if storage == "denied" else ("back",):
            reviewer.show(deck["acknowledges"], side)
            orders.add(tuple(options(reviewer.page)))
    assert len(orders) == 1


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


@pytest.mark.parametrize("night", [False, True], ids=["light", "night"])
@pytest.mark.parametrize("width, height", [(390, 844), (1280, 800)], ids=["phone", "desktop"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_card_is_whole_and_readable(start: Start, lang: str, width: int, height: int, night: bool) -> None:
    reviewer, deck = start(lang)
    assert tuple(deck) == tuple(sorted(deck, key=list(NAMES).index))
    assert set(deck) == set(NAMES)
    page = reviewer.page
    page.set_viewport_size({"width": width, "height": height})
    for name, card in deck.items():
        for side in ("front", "back"):
            reviewer.show(card, side, night)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, side)
            assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)"), (name, side)
            assert page.evaluate(_FAINT) == [], (name, side)
            assert "anki." not in page.inner_text("body")
        assert page.locator(".source").is_visible()
        assert page.locator(".rationale").is_visible()


@pytest.mark.parametrize("night", [False, True], ids=["light", "night"])
def test_the_styles_of_anki_s_desktop_give_way(start: Start, night: bool) -> None:
    reviewer, deck = start()
    page = reviewer.page
    for name in ("acknowledges", "flags", "order"):
        reviewer.show(deck[name], "front", night)
        assert page.evaluate(_LOOSE) == [], name
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(30, 33, 38)" if night else "rgb(255, 255, 255)"
    )


def test_keys_show_where_they_are_and_the_mouse_changes_no_colour(start: Start) -> None:
    reviewer, deck = start()
    page = reviewer.page
    reviewer.show(deck["flags"], "front")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.locator(".options button").first.click()
    assert page.locator(".check").bounding_box()["width"] == page.locator(".options").bounding_box()["width"]
    look = "getComputedStyle(document.querySelector('.check')).background"
    before = page.evaluate(look)
    page.locator(".check").hover()
    assert page.evaluate(look) == before


_LOOSE = """() => [...document.querySelectorAll(".qz li > button")].filter(button => {
  const inner = button.getBoundingClientRect(), outer = button.parentElement.getBoundingClientRect();
  const sides = ["left", "right", "top", "bottom"];
  return sides.some(side => Math.abs(inner[side] - outer[side]) > 2) || getComputedStyle(button).boxShadow !== "none";
}).map(button => button.outerHTML)"""
"""Buttons that do not fill what they stand in."""

_FAINT = """() => {
  const channels = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].reduce((sum, value, at) => {
    const part = value / 255;
    return sum + [0.2126, 0.7152, 0.0722][at] * (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
  const behind = element => {
    for (; element; element = element.parentElement) {
      const colour = channels(getComputedStyle(element).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  for (const style of document.getAnimations()) style.finish();
  return [...document.querySelectorAll(".qz *")].filter(element => {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !element.offsetParent || element.closest("script")) return false;
    const pair = [light(channels(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05) < 4.5;
  }).map(element => element.outerHTML.slice(0, 80));
}"""
"""Elements whose text has a contrast below 4.5 : 1."""


def test_figures_are_dark_by_day_and_light_by_night(start: Start) -> None:
    reviewer, deck = start()
    filters = []
    for night in (False, True):
        reviewer.show(deck["figure"], "front", night)
        filters.append(reviewer.page.evaluate("getComputedStyle(document.images[0]).filter"))
    assert filters == ["none", "invert(0.9)"]


def test_the_masked_part_is_uncovered_on_the_back(start: Start) -> None:
    reviewer, deck = start()
    sources = []
    for side in ("front", "back"):
        reviewer.show(deck["figure"], side)
        sources.append(reviewer.page.locator(".figure img").evaluate_all("all => all.map(image => image.src)"))
    assert [len(source) for source in sources] == [1, 1]
    assert sources[0] != sources[1]


def test_hostile_text_runs_nothing(start: Start, tmp_path: Path) -> None:
    from dataclasses import replace

    written = " ".join(HOSTILE)
    first = QUESTIONS[0]
    options = tuple(
        replace(option, text=text(written + str(n)), why=text(written)) for n, option in enumerate(first.options)
    )
    question = replace(first, stem=text(written), options=options, source=written, evidence=(written,))
    reviewer, deck = start(deck=package(bank_of(question), tmp_path / "deck"))
    dialogs: list[str] = []
    reviewer.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for side in ("front", "back"):
        reviewer.show(deck["acknowledges"], side)
        assert reviewer.page.locator(".qz .stem img, .qz .stem script").count() == 0
        assert reviewer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert dialogs == []
