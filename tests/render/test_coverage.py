"""The page of coverage: each element with what asks about it, marked by more than a colour, in both languages and themes."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from quizgen.check.compile import compile_paths
from quizgen.check.coverage import coverage
from quizgen.render.coverage import coverage_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOPIC = """\
topic: t/topic
title: {en: A topic, zh: 主题}
model: tcp
not_covered: {'flag:AE': {en: "it <came> `later`", zh: 后来才有}}
items:
  - {id: next, type: short, stem: S, ask: 'next_state(LISTEN, RCV_SYN)', rationale: R, source: S}
  - {id: width, type: short, stem: S, ask: field_width(WINDOW), rationale: R, source: S}
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage")
    (folder / "topic.yaml").write_text(TOPIC, "utf-8")
    checked = compile_paths([folder / "topic.yaml"])
    made = folder / "coverage.html"
    made.write_text(coverage_page(coverage(checked.knowledge, checked.judged), checked.bank), "utf-8")
    return made


def edition(page: Path, lang: str) -> str:
    return next(part for part in page.read_text("utf-8").split('<div class="edition"') if f'data-edition="{lang}"' in part)  # fmt: skip


def rows(page: Path, lang: str = "en") -> dict[str, tuple[str, str]]:
    """Element -> the class of its row, and the row."""
    found = re.findall(r'<tr class="([a-z-]+)">(.*?)</tr>', edition(page, lang), re.DOTALL)
    return {re.findall("<code>(.*?)</code>\n?</th>", row)[0]: (kind, row) for kind, row in found}


def test_every_element_has_its_row(page: Path) -> None:
    from quizgen.models import load

    assert list(rows(page)) == list(load("tcp").elements)
    assert list(rows(page, "zh")) == list(load("tcp").elements)


SHOWN = {
    "covered": ("transition:LISTEN:rcv SYN", "covered", ["✓", "an item asks about it", "t/topic/next", "§3.10.7.2"]),
    "uncovered": ("transition:LISTEN:CLOSE", "uncovered", ["✗", "no item asks about it", "next_state(LISTEN, CLOSE)"]),
    "left out": ("flag:AE", "left-out", ["–", "it &lt;came&gt; <code>later</code>"]),
}


@pytest.mark.parametrize(("element", "kind", "texts"), SHOWN.values(), ids=SHOWN)
def test_a_row_says_what_asks_and_what_could(element: str, kind: str, texts: list[str], page: Path) -> None:
    found, row = rows(page)[element]
    assert found == kind
    assert [text for text in texts if text not in row] == []


def test_what_is_left_out_gets_no_item_to_begin_with(page: Path) -> None:
    assert "<pre" not in rows(page)["flag:AE"][1]


def test_the_diagram_marks_states_and_arcs(page: Path) -> None:
    (drawing,) = re.findall("<svg[^>]*q-figure.*?</svg>", edition(page, "en"), re.DOTALL)
    groups = re.findall('<g class="q-(covered|uncovered)">(.*?)</g>', drawing, re.DOTALL)
    states = {text: mark for mark, group in groups for text in re.findall('font-weight="600">([A-Z0-9-]+)<', group)}
    assert {name for name, mark in states.items() if mark == "covered"} == {"LISTEN", "SYN-RECEIVED"}
    assert len(states) == 11
    arcs = [group for mark, group in groups if mark == "covered" and "<path" in group]
    assert len(arcs) == 1
    assert "rcv SYN<" in arcs[0]


def test_nothing_is_loaded(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "default-src 'none'" in text
    assert not re.findall(r'(?:src|href)="(?!data:)[^"]', text)


@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_and_switches_language_and_theme(width: int, page: Path, chromium: "Page") -> None:
    faults: list[str] = []
    chromium.on("console", lambda message: faults.append(message.text))
    chromium.on("pageerror", lambda error: faults.append(str(error)))
    chromium.set_viewport_size({"width": width, "height": 900})
    chromium.goto(page.as_uri())
    assert chromium.evaluate("document.documentElement.scrollWidth") == width
    chromium.get_by_role("button", name="中文").click()
    assert chromium.locator(".edition:visible").get_attribute("lang") == "zh-Hans"
    chromium.locator("#theme").click()
    assert chromium.locator("html").get_attribute("data-theme") == "dark"
    chromium.locator(".edition:visible .uncovered .items > summary").first.click()
    assert chromium.locator(".edition:visible .uncovered pre").first.is_visible()
    assert chromium.evaluate("document.documentElement.scrollWidth") == width
    assert faults == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(theme: Literal["light", "dark"], page: Path, chromium: "Page") -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    chromium.emulate_media(color_scheme=theme)
    chromium.goto(page.as_uri())
    results = axe.Axe().run(chromium)
    assert [violation["id"] for violation in results.response["violations"]] == []
