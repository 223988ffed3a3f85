"""In Chromium: no two texts of a figure overlap, and none leaves the picture. Fonts are the system's."""

from typing import TYPE_CHECKING

import pytest

from quizgen.figures import draw
from tests.figures.drawings import FIGURES
from tests.figures.shipped import figures as shipped

if TYPE_CHECKING:
    from playwright.sync_api import Page

MEASURE = """() => {
  const apart = (a, b, edges) => edges.some((p, i) => {
    const q = edges[(i + 3) % 4], n = [q.y - p.y, p.x - q.x];
    const on = (points) => points.map((r) => n[0] * r.x + n[1] * r.y);
    const [x, y] = [on(a), on(b)];
    return Math.max(...x) <= Math.min(...y) || Math.max(...y) <= Math.min(...x);
  });
  const corners = (text) => {
    const box = text.getBBox(), to = text.getCTM(), trim = 2;
    return [[box.x, box.y + trim], [box.x + box.width, box.y + trim],
      [box.x + box.width, box.y + box.height - trim], [box.x, box.y + box.height - trim]]
      .map(([x, y]) => new DOMPoint(x, y).matrixTransform(to));
  };
  const faults = [];
  for (const svg of document.querySelectorAll("svg")) {
    const size = svg.viewBox.baseVal, name = svg.parentElement.id;
    const texts = [...svg.querySelectorAll("text")].map((text) => [text.textContent, corners(text)]);
    texts.forEach(([said, a], i) => {
      if (a.some((p) => p.x < 0 || p.y < 0 || p.x > size.width || p.y > size.height)) faults.push(`${name}: ${said} leaves`);
      for (const [other, b] of texts.slice(i + 1))
        if (!apart(a, b, a) && !apart(a, b, b)) faults.push(`${name}: ${said} | ${other}`);
    });
  }
  return faults;
}"""


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_texts_keep_apart(chromium: "Page", lang: str, narrow: bool) -> None:
    drawn = [
        f'<div id="{name}">{draw.svg(figure, lang, name, narrow=narrow)}</div>'
        for name, figure in (FIGURES | shipped()).items()
    ]
    chromium.set_content("".join(drawn))
    assert chromium.locator("svg").count() == len(drawn) > len(FIGURES)
    assert chromium.evaluate(MEASURE) == []


def test_the_measure_sees_an_overlap_and_a_leaving(chromium: "Page") -> None:
    chromium.set_content(
        '<div id="a"><svg width="100" height="40" viewBox="0 0 100 40"><text x="0" y="20">one</text><text x="5" y="22">two</text>'
        '<text x="90" y="35">three</text></svg></div>'
    )
    assert chromium.evaluate(MEASURE) == ["a: one | two", "a: three leaves"]
