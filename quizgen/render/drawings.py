"""Figures of a page, each drawn once however often it is shown: a definition, and views that refer to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from quizgen.models.figure import Figure

_SVG = re.compile(r'<svg\b[^>]*\bviewBox="([^"]*)"[^>]*>(.*)</svg>\s*\Z', re.DOTALL)
_KEPT = 512


@dataclass(frozen=True)
class Drawing:
    """A figure drawn in one language. `inner` is what its <svg> holds, `box` the viewBox.

    `id` depends on nothing but what is drawn, so that the same figure has the same id on every page; the drawing's
    title and description carry the ids `<id>-title` and `<id>-desc`.
    """

    id: str
    title: str
    inner: str
    box: str


class Drawings:
    """The drawings of one language; each is made when it is first asked for, and some hundreds are kept."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._identities: dict[int, str] = {}
        self._figures: dict[str, Figure] = {}
        self._drawing = lru_cache(maxsize=_KEPT)(self._draw)

    def of(self, figure: Figure | None) -> Drawing | None:
        """The drawing of a figure (which must outlive this object), None for None."""
        if figure is None:
            return None
        identity = self._identities.get(id(figure))
        if identity is None:
            identity = self._identities[id(figure)] = _identity(figure)
            self._figures[identity] = figure
        return self._drawing(identity)

    def _draw(self, identity: str) -> Drawing:
        from quizgen.figures.draw import svg

        figure = self._figures[identity]
        found = _SVG.search(svg(figure, self._lang, identity))
        assert found is not None, "a figure is one <svg> with a viewBox"
        return Drawing(identity, figure.title[self._lang], found[2], found[1])


def _identity(figure: Figure) -> str:
    what = repr((figure.title, figure.drawing, sorted(figure.mask)))
    return "figure-" + sha256(what.encode()).hexdigest()[:12]
