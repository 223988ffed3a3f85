"""How cards look in Anki's own page: phone and desktop, light and night, what is tapped, figures, two languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.render.anki.conftest import Start, bank_of
from tests.render.anki.test_import import package
from tests.samples import QUESTIONS, text

NAMES = ("acknowledges", "flags", "together", "cloze", "cloze-2", "header", "state", "order", "match", "figure")


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
    check, options = (page.locator(part).bounding_box() for part in (".check", ".options"))
    assert check is not None
    assert options is not None
    assert check["width"] == options["width"]
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


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lang", ["en", "en+zh"])
def test_what_is_tapped_is_a_thumb_high_and_in_its_place(start: Start, tmp_path: Path, lang: str, width: int) -> None:
    """44 px each way; and what Anki's own style does to buttons has been undone."""
    reviewer, deck = start(deck=package(bank_of(*QUESTIONS), tmp_path / "deck", lang))
    page = reviewer.page
    page.set_viewport_size({"width": width, "height": 844})
    seen = set()
    for name, card in deck.items():
        reviewer.show(card, "front")
        sizes = page.evaluate(_BUTTONS)
        assert all(size["height"] >= 44 and size["width"] >= 44 and size["inside"] for size in sizes), (name, sizes)
        if sizes:
            seen.add(name)
            page.locator(".qz button").first.hover()
            assert page.locator(".qz button").first.evaluate("e => getComputedStyle(e).boxShadow") == "none"
    assert seen == {"acknowledges", "flags", "together", "order", "match", "figure"}


_BUTTONS = """() => [...document.querySelectorAll(".qz button:not([hidden])")].map(button => {
  const {width, height, left, right, top, bottom} = button.getBoundingClientRect();
  const around = button.parentNode.getBoundingClientRect();
  const inside = left >= around.left && right <= around.right && top >= around.top && bottom <= around.bottom;
  return {text: button.innerText, width, height, inside};
})"""


def test_right_and_wrong_are_told_by_more_than_colour(start: Start) -> None:
    reviewer, deck = start()
    page = reviewer.page
    reviewer.show(deck["acknowledges"], "front")
    page.locator(".options .wrong button").first.click()
    for side in ("front", "back"):
        signs = {}
        for kind in (".right", ".wrong.picked", ".wrong:not(.picked)"):
            mark = "item => getComputedStyle(item, '::before').content"
            signs[kind] = page.locator(f".options {kind}").first.evaluate(mark)
        assert (signs[".right"], signs[".wrong.picked"]) == ('"✓"', '"✗"'), side
        assert signs[".wrong:not(.picked)"] == "counter(option, upper-alpha)"
        reviewer.show(deck["acknowledges"], "back")


@pytest.mark.parametrize(
    "classes", ["nightMode night_mode", "night_mode", "nightMode"], ids=["Anki", "AnkiDroid", "AnkiMobile"]
)
def test_night_in_each_client(start: Start, classes: str) -> None:
    reviewer, deck = start()
    reviewer.show(deck["figure"], "back")
    reviewer.page.evaluate("classes => { document.body.className = `card card1 ${classes}` }", classes)
    told = reviewer.page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color, getComputedStyle(document.images[0]).filter]"
    )
    assert told == ["rgb(30, 33, 38)", "rgb(230, 233, 238)", "invert(0.9)"]


def test_a_tap_enlarges_a_figure_on_a_phone(start: Start) -> None:
    reviewer, deck = start()
    page = reviewer.page
    shown = "document.querySelector('.figure img').getBoundingClientRect().width"
    natural = "document.querySelector('.figure img').naturalWidth"
    for width, grows in ((320, True), (1280, False)):
        page.set_viewport_size({"width": width, "height": 844})
        reviewer.show(deck["figure"], "front")
        assert (page.evaluate(shown) < page.evaluate(natural)) is grows
        page.locator(".figure").click()
        assert page.evaluate(shown) == page.evaluate(natural)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator(".figure").click()
        assert (page.evaluate(shown) < page.evaluate(natural)) is grows


def test_figures_keep_their_shape_in_a_low_window(start: Start) -> None:
    reviewer, deck = start()
    page = reviewer.page
    page.set_viewport_size({"width": 1280, "height": 200})
    reviewer.show(deck["figure"], "front")
    assert page.evaluate(
        "(({width, height, naturalWidth, naturalHeight}) => [width, height].join() === [naturalWidth, naturalHeight].join())(document.images[0])"
    )


@pytest.mark.parametrize(
    "pairs",
    [("ASP.NET", "ASP.NET_SessionId"), ("`http://example.com/docs/intro/`", "/docs/intro")],
    ids=["short", "long"],
)
def test_partners_of_a_match_are_whole_on_a_phone(start: Start, tmp_path: Path, pairs: tuple[str, str]) -> None:
    match = next(question for question in QUESTIONS if question.type == "match")
    left, right = map(text, pairs)
    asked = replace(match, pairs=tuple((left, right) for _ in match.pairs))
    reviewer, deck = start(deck=package(bank_of(asked), tmp_path / "deck", "en"))
    page = reviewer.page
    page.set_viewport_size({"width": 390, "height": 844})
    reviewer.show(deck["match"], "back")
    lines = (
        "cell => { const range = new Range(); range.selectNodeContents(cell); return range.getClientRects().length; }"
    )
    assert page.locator(".solution td").first.evaluate(lines) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_two_languages_are_set_apart(start: Start, tmp_path: Path) -> None:
    together = next(question for question in QUESTIONS if question.id.endswith("/together"))
    asked = replace(together, stem=text("Are both established at once?", "双方同时建立连接吗？"))
    reviewer, deck = start(deck=package(bank_of(asked), tmp_path / "deck", "en+zh"))
    page = reviewer.page
    reviewer.show(deck["together"], "back")
    weight = "element => Number(getComputedStyle(element).fontWeight)"
    assert [page.locator(f".stem [lang={lang}]").evaluate(weight) for lang in ("en", "zh")] == [600, 400]
    assert page.locator(".misconception q [lang=zh]").evaluate("e => getComputedStyle(e).fontStyle") == "normal"


def test_figures_are_dark_by_day_and_light_by_night(start: Start) -> None:
    reviewer, deck = start()
    filters = []
    for night in (False, True):
        reviewer.show(deck["figure"], "front", night)
        filters.append(reviewer.page.evaluate("getComputedStyle(document.images[0]).filter"))
    assert filters == ["none", "invert(0.9)"]
