"""Texts of the bank as Anki fields. A field is HTML in which Anki looks for more than HTML: clozes, LaTeX, sounds,
MathJax, media. What a person wrote must come back as written and start none of these.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha1
from html import escape, unescape
from unicodedata import normalize

from quizgen.markup import inline, plain
from quizgen.models.figure import Figure
from quizgen.render.anki.package import Media

_SPECIAL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\[{}\\<>&\"'`*_]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BRACKETS = str.maketrans({"[": "&#91;", "{": "&#123;", "}": "&#125;"})
_MATHJAX = re.compile(r"\\(?=\(|&#91;)")
_DESCRIPTION = re.compile(r"<desc\b[^>]*>(.*?)</desc>", re.DOTALL)


@lru_cache(maxsize=4096)
def html(text: str) -> str:
    """A text with its markup. Anki removes control characters from fields; here they become U+FFFD, to be seen."""
    if not _SPECIAL.search(text):
        return normalize("NFC", text)
    return _MATHJAX.sub(r"<span>\\</span>", inline(_clean(text)).translate(_BRACKETS))


def attribute(text: str) -> str:
    """A text as the value of an attribute, or in a field that is shown nowhere else."""
    return escape(_clean(text)).translate(_BRACKETS)


def _clean(text: str) -> str:
    return normalize("NFC", _CONTROL.sub("\ufffd", text).replace("\r", " "))


def cloze(stem: str, answers: tuple[str, ...]) -> str:
    """A stem whose {1}, {2}, ... become Anki's clozes 1, 2, ... Other braces stay braces."""

    def gap(match: re.Match[str]) -> str:
        number = int(match[1])
        if not 1 <= number <= len(answers):
            return match[0]
        return f"{{{{c{number}::{html(answers[number - 1]).replace(':', '&#58;')}}}}}"

    return re.sub(r"&#123;(\d{1,3})&#125;", gap, html(stem))


class Figures:
    """The figures of one language as media files, each drawn once."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._drawn: dict[int, tuple[Figure, str, Media]] = {}

    def image(self, figure: Figure | None, css: str = "") -> tuple[str, tuple[Media, ...]]:
        """An <img> with what the figure tells as its text, and its file. `css` is a class or ""."""
        if figure is None:
            return "", ()
        known = self._drawn.get(id(figure))
        if known is None:
            known = self._drawn[id(figure)] = (figure, *self._draw(figure))
        _, text, file = known
        kind = f' class="{css}"' if css else ""
        return f'<img src="{file.name}"{kind} alt="{text}">', (file,)

    def _draw(self, figure: Figure) -> tuple[str, Media]:
        from quizgen.figures.draw import svg

        drawing = svg(figure, self._lang, "figure", narrow=True)
        told = _DESCRIPTION.search(drawing)
        text = ". ".join(part for part in (plain(figure.title[self._lang]), unescape(told[1]) if told else "") if part)
        data = drawing.encode()
        return attribute(text), Media(f"quizgen-{sha1(data).hexdigest()[:16]}.svg", data)
