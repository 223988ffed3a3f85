"""Study sheets in Chromium: on the screen, and printed on A4 and Letter."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizgen.items.question import Option
from quizgen.render.options import Options
from quizgen.render.sheet import render
from tests.figures.drawings import FIGURES
from tests.samples import BANK, MASKED, text

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOPIC = BANK.topics[0]
LONG = replace(
    BANK,
    topics=(
        replace(
            TOPIC,
            blocks=(*TOPIC.blocks, *(FIGURES[name] for name in ("faults", "tcp-states", "tcp-header"))),
            questions=tuple(replace(each, id=f"{each.id}-{n}") for n in range(6) for each in TOPIC.questions),
        ),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    render(LONG, tmp_path, Options(LONG.languages))
    return tmp_path / "sheets"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang, width", [("en", 1280), ("zh", 1280), ("en", 390), ("zh", 390)])
def test_on_the_screen(chromium: "Page", folder: Path, lang: str, width: int, scheme: str) -> None:
    said: list[str] = []
    chromium.on("console", lambda message: said.append(message.text))
    chromium.on("pageerror", lambda error: said.append(str(error)))
    chromium.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    chromium.set_viewport_size({"width": width, "height": 800})
    chromium.goto((folder / f"tcp-handshake.{lang}.html").as_uri())
    assert said == []
    assert chromium.evaluate("document.documentElement.scrollWidth") <= width
    colours = chromium.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('.q-text')).fill]"
    )
    dark = [sum(map(int, re.findall(r"\d+", colour)[:3])) < 3 * 128 for colour in colours]
    assert dark == [scheme == "dark", scheme == "light"]


@pytest.mark.parametrize("format_, size", [("A4", (595, 842)), ("Letter", (612, 792))])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_item_is_cut_by_a_page_end(
    chromium: "Page", tmp_path: Path, lang: str, format_: str, size: tuple[int, int]
) -> None:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("no pdftotext on PATH (package poppler-utils)")
    chromium.goto((_numbered(tmp_path) / f"tcp-handshake.{lang}.html").as_uri())
    (tmp_path / "sheet.pdf").write_bytes(chromium.pdf(format=format_, prefer_css_page_size=True))
    said = subprocess.run(
        [pdftotext, "-bbox", tmp_path / "sheet.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = said.split("<page ")[1:]
    assert all(
        abs(float(side) - wanted) <= 1
        for page in pages
        for side, wanted in zip(re.findall(r'"([\d.]+)"', page)[:2], size, strict=True)
    )
    places = {
        word: (number, float(x))
        for number, page in enumerate(pages)
        for x, word in re.findall(r'xMin="([\d.]+)"[^>]*>((?:begin|end)\d+)<', page)
    }
    assert len(places) == 2 * _MANY
    for n in range(_MANY):
        (page, x), (last_page, last_x) = places[f"begin{n}"], places[f"end{n}"]
        assert page == last_page
        assert abs(x - last_x) < 100, "an item goes on in the other column"
    assert [f">{number}</word>" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_on_paper_nothing_leaves_its_column_and_every_figure_can_be_read(chromium: "Page", tmp_path: Path) -> None:
    """A4 between its margins; the smallest print of a figure is that of a footnote."""
    match = next(question for question in TOPIC.questions if question.type == "match")
    shown = next(question for question in TOPIC.questions if question.type == "figure")
    path = "`http://example.com/documents/introduction`"
    questions = (
        replace(match, pairs=tuple((text(path), text("`/documents/introduction`")) for _ in match.pairs)),
        replace(shown, figure=FIGURES["faults"]),
    )
    render(replace(BANK, topics=(replace(TOPIC, questions=questions),)), tmp_path, Options(BANK.languages))
    chromium.set_viewport_size({"width": 673, "height": 1000})
    chromium.emulate_media(media="print")
    chromium.goto((tmp_path / "sheets" / "tcp-handshake.en.html").as_uri())
    wide = "[...document.querySelectorAll('.item, .pairs td')].filter(e => e.scrollWidth > e.clientWidth)"
    assert chromium.evaluate(f"{wide}.map(e => e.innerText)") == []
    assert chromium.evaluate(_SMALLEST) > 6.5


def test_no_line_begins_with_the_mark_behind_a_blank(chromium: "Page", tmp_path: Path) -> None:
    cloze = next(question for question in TOPIC.questions if question.type == "cloze")
    question = replace(cloze, stem=text("主动打开使客户端进入{1}；收到应答后进入{2}。"))
    render(replace(BANK, topics=(replace(TOPIC, questions=(question,)),)), tmp_path, Options(BANK.languages))
    chromium.emulate_media(media="print")
    chromium.goto((tmp_path / "sheets" / "tcp-handshake.zh.html").as_uri())
    assert chromium.locator(".stem .blank").count() == 2
    for width in range(150, 350, 7):
        chromium.evaluate("width => { document.querySelector('.stem').style.width = `${width}px`; }", width)
        assert chromium.evaluate(_APART) == 0, width


_APART = """() => [...document.querySelectorAll(".stem .blank")].filter(blank => {
  const range = new Range(), mark = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  mark.currentNode = blank;
  range.setStart(mark.nextNode(), 0);
  range.setEnd(mark.currentNode, 1);
  return range.getBoundingClientRect().left < blank.getBoundingClientRect().right - 1;
}).length"""
"""How many marks stand on the line below their blank."""


_SMALLEST = """() => {
  const scale = ({a, b}) => Math.hypot(a, b);
  const size = text => parseFloat(getComputedStyle(text).fontSize) * scale(text.getScreenCTM());
  return Math.min(...[...document.querySelectorAll("svg text")].map(size)) * 72 / 96;
}"""
"""In points."""


def test_what_made_the_sheet_takes_no_page_of_its_own(chromium: "Page", folder: Path) -> None:
    chromium.emulate_media(media="print")
    chromium.goto((folder / "tcp-handshake.en.html").as_uri())
    tops = chromium.evaluate("['footer', 'h1'].map(name => document.querySelector(name).getBoundingClientRect().top)")
    assert abs(tops[0] - tops[1]) < 10


_MANY = 41


def _numbered(out: Path) -> Path:
    """Sheets with many questions whose first word is begin0, begin1, ... and whose last option is end0, end1, ..."""
    pattern = TOPIC.questions[0]
    questions = tuple(
        replace(
            pattern,
            id=f"tcp/handshake/q{n}",
            stem=text(f"begin{n} " + "and so on " * (n % 7)),
            options=tuple(Option(text("some option"), index == 0) for index in range(n % 5 + 2)),
            figure=MASKED if n % 8 == 3 else None,
            type="figure" if n % 8 == 3 else "choice",
        )
        for n in range(_MANY)
    )
    render(replace(BANK, topics=(replace(TOPIC, questions=questions),)), out, Options(BANK.languages))
    for path in (out / "sheets").glob("tcp-handshake.*"):
        _name_last_options(path)
    return out / "sheets"


def _name_last_options(path: Path) -> None:
    """Put end0, end1, ... into what is printed last in each item."""
    paper, mark, key = path.read_text("utf-8").partition('<section class="key"')
    items = paper.split("</ul>")
    named = [
        before[: before.rindex("</li>")] + f" end{n}" + before[before.rindex("</li>") :]
        for n, before in enumerate(items[:-1])
    ]
    path.write_text("</ul>".join([*named, items[-1]]) + mark + key, "utf-8")
