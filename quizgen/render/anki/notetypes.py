"""The note types: four kinds for each language, because the words around a card's text stand in its template.

Anki takes a note type for the same, and brings notes up to date, only while its id, its fields and its templates stay.
So the numbers here are final, and there are fields and a second template in reserve: what a later release
needs takes one of these and its new name, with the number unchanged.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Literal, NamedTuple

from quizgen.items.question import Type
from quizgen.knowledge.lock import Lock, stable_id
from quizgen.render.anki.collection import Field, NoteType, Template
from quizgen.render.bilingual import label, spoken
from quizgen.resources import resource

Kind = Literal["basic", "choice", "cloze", "arrange"]

_HEAD = ((1, "Id"), (2, "Question"), (3, "Figure"))
_TAIL = (
    (40, "Key"), (41, "Rationale"), (42, "Misconception"), (43, "Ladder"), (44, "Evidence"), (45, "Source"),
    (46, "Standing"), (47, "Type"), (48, "Topic"), (90, "Spare 1"), (91, "Spare 2"), (92, "Spare 3"),
    (93, "Spare 4"), (94, "Second front"), (95, "Second back"),
)  # fmt: skip
_ASIDE = {"Id", "Typed", "Unit", "Accepted", "Standing", "Type", "Topic"}
_INCLUDE = re.compile(r"<<([\w.-]+)>>")
_SECOND_FRONT = "{{#Second front}}{{Second front}}{{/Second front}}"
_SECOND_BACK = "{{FrontSide}}<hr id=answer>{{Second back}}"


class KindOf(NamedTuple):
    """What a kind is made of. `number` is final; ids of fields and templates follow from it."""

    number: int
    fields: tuple[Field, ...]


def _kind(number: int, *own: tuple[int, str]) -> KindOf:
    named = (*_HEAD, *own, *_TAIL)
    return KindOf(
        number,
        tuple(Field(number * 1000 + place, name, name in _ASIDE or place >= 90) for place, name in named),
    )


KINDS: dict[Kind, KindOf] = {
    "basic": _kind(1, (10, "Typed"), (11, "Unit"), (12, "Accepted")),
    "choice": _kind(2, (20, "Options")),
    "cloze": _kind(3),
    "arrange": _kind(4, (30, "Slots"), (31, "Items")),
}

_KIND_OF: dict[Type, Kind] = {
    "choice": "choice", "multiple": "choice", "true-false": "choice", "figure": "choice", "numeric": "basic",
    "short": "basic", "cloze": "cloze", "order": "arrange", "match": "arrange",
}  # fmt: skip


def kind_of(type_: Type) -> Kind:
    """The kind of note that asks a type of question."""
    return _KIND_OF[type_]


@cache
def note_type_id(kind: Kind, lang: str) -> int:
    """The id of a note type."""
    return stable_id("note type", kind, lang)


def note_types(lang: str, lock: Lock) -> list[NoteType]:
    """The note types of a language."""
    return [_note_type(kind, lang, lock) for kind in KINDS]


def _note_type(kind: Kind, lang: str, lock: Lock) -> NoteType:
    number, fields = KINDS[kind]
    templates, css = _templates(kind, number, lang), _file("card.css")
    shown = [css, *(field.name for field in fields), *(text for one in templates for text in one[1:])]
    return NoteType(
        id=note_type_id(kind, lang),
        name=f"quizgen {kind} ({lang})",
        fields=fields,
        templates=templates,
        css=css,
        mod=lock.type_changed(kind, lang, shown),
        cloze=kind == "cloze",
        sort_field=1,
    )


def _templates(kind: Kind, number: int, lang: str) -> list[Template]:
    front, back = (_filled(f"{kind}.{side}.html", lang) for side in ("front", "back"))
    if kind == "cloze":
        return [Template(number * 1000 + 1, "Cloze", front, back)]
    first = Template(number * 1000 + 1, "Card", front, back, "{{Question}}", "{{Key}}")
    return [first, Template(number * 1000 + 2, "Second", _SECOND_FRONT, _SECOND_BACK)]


def _filled(name: str, lang: str) -> str:
    """A file of templates/anki with its <<file.html>> and <<string>> put in. Anki's own {{...}} stay."""

    def put(match: re.Match[str]) -> str:
        what = match[1]
        if what.endswith((".html", ".js")):
            return _filled(what, lang).strip()
        return spoken(lang)[0] if what == "lang" else escape(label(lang, f"anki.{what}"))

    return _INCLUDE.sub(put, _file(name))


@cache
def _file(name: str) -> str:
    return (resource("templates") / "anki" / name).read_text("utf-8")
