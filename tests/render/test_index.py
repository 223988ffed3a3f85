"""The front page: it links to what was written, counts right, and switches language."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from quizgen.render.index import render_index
from quizgen.render.options import Options
from quizgen.render.quiz import render
from tests.conftest import Hosted
from tests.render.test_quiz import content
from tests.samples import BANK, QUESTIONS

if TYPE_CHECKING:
    from playwright.sync_api import Page

BOTH = Options(("en", "zh"))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    render(BANK, tmp_path, BOTH)
    (tmp_path / "anki").mkdir()
    (tmp_path / "anki" / "quizgen.en.apkg").write_bytes(b"")
    render_index(BANK, tmp_path, BOTH, ("quiz", "anki", "sheet"))
    return tmp_path


def test_every_link_leads_to_a_file(built: Path) -> None:
    links = re.findall(r'<a href="([^"]+)"', (built / "index.html").read_text("utf-8"))
    assert len(links) == 5
    assert [link for link in links if not (built / link).is_file()] == []


def test_formats_that_were_not_asked_for_are_not_linked(built: Path) -> None:
    render_index(BANK, built, BOTH, ("quiz",))
    assert "apkg" not in (built / "index.html").read_text("utf-8")


def test_variants_do_not_count_as_items(tmp_path: Path) -> None:
    variants = tuple(replace(QUESTIONS[0], id=f"{QUESTIONS[0].id}#{n}") for n in range(3))
    bank = replace(
        BANK, topics=(replace(BANK.topics[0], questions=(*variants, replace(QUESTIONS[1], standing="cited"))),)
    )
    render_index(bank, tmp_path, Options(("en",)), ())
    counts = re.findall(r'<p class="counts">(.*?)</p>', (tmp_path / "index.html").read_text("utf-8"), re.DOTALL)
    spans = [re.findall(r"<span>(.*?)</span>", found) for found in counts]
    assert spans == [["2 items", "4 with variants", "1 proved", "1 misconception"]] * 2


def test_golden(built: Path, golden: Callable[[str, str], None]) -> None:
    golden("index/index.html", content((built / "index.html").read_text("utf-8")))


def test_one_language_at_a_time_and_the_choice_is_kept(built: Path, chromium: "Page", hosted: Hosted) -> None:
    faults: list[str] = []
    chromium.on("console", lambda message: faults.append(message.text))
    chromium.on("pageerror", lambda error: faults.append(str(error)))
    chromium.goto(hosted((built / "index.html").as_uri()))
    assert chromium.locator(".edition:visible").get_attribute("lang") == "en"
    chromium.get_by_role("button", name="中文").click()
    assert chromium.locator(".edition:visible").get_attribute("lang") == "zh-Hans"
    chromium.reload()
    assert chromium.locator("html").get_attribute("lang") == "zh-Hans"
    chromium.locator("#theme").click()
    assert chromium.locator("html").get_attribute("data-theme") == "dark"
    chromium.set_viewport_size({"width": 390, "height": 844})
    assert chromium.evaluate("document.documentElement.scrollWidth") == 390
    assert faults == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(theme: Literal["light", "dark"], built: Path, chromium: "Page") -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    chromium.emulate_media(color_scheme=theme)
    chromium.goto((built / "index.html").as_uri())
    results = axe.Axe().run(chromium)
    assert results.violations_count == 0, results.generate_report()
