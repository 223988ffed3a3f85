"""The outputs, by name. Each is `render(bank, out, options)`, which writes its files below the folder `out`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from quizgen.items.question import Bank
from quizgen.render.options import Options


class Format(NamedTuple):
    """What writes a format (`module:function`), and where its files lie below the output folder.

    `place` has {lang} where each language has a file of its own, and {name} where each topic has: the name "all" stands
    for the file that holds every topic. `usual`: `quizgen build` writes it unless told otherwise.
    """

    function: str
    place: str
    usual: bool = False


FORMATS = {
    "quiz": Format("quizgen.render.quiz:render", "quiz/{name}.{lang}.html", usual=True),
    "anki": Format("quizgen.render.anki:render", "anki/quizgen.{lang}.apkg", usual=True),
    "sheet": Format("quizgen.render.sheet:render", "sheets/{name}.{lang}.html", usual=True),
    "csv": Format("quizgen.render.table:render_csv", "csv/quizgen.{lang}.csv"),
    "tsv": Format("quizgen.render.table:render_tsv", "tsv/quizgen.{lang}.tsv"),
    "json": Format("quizgen.render.json:render", "json/quizgen.json"),
    "markdown": Format("quizgen.render.markdown:render", "markdown/quizgen.{lang}.md"),
    "hashcards": Format("quizgen.render.hashcards:render", "hashcards/quizgen.{lang}.md"),
}
USUAL = tuple(name for name, format_ in FORMATS.items() if format_.usual)

Render = Callable[[Bank, Path, Options], None]


def renderer(name: str) -> Render:
    """The function that writes a format. Raises KeyError for an unknown name."""
    module, _, function = FORMATS[name].function.partition(":")
    render: Render = getattr(import_module(module), function)
    return render


def whole(name: str, lang: str) -> Path:
    """Where below the output folder the file of a format lies that holds every topic, in that language."""
    return Path(FORMATS[name].place.format(name="all", lang=lang))


def output(name: str, lang: str, out: Path) -> Path:
    """The same file in the folder `out`, with its folder made."""
    path = out / whole(name, lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
