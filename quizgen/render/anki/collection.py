"""Anki's collection of schema 11 as data: its tables, and the one row of `col`.

Anki's own indexes are left out: importing 100,000 notes takes as long without them, writing them twice as long.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

TABLES = """
CREATE TABLE col (
  id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,
  dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL,
  decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL
);
CREATE TABLE notes (
  id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,
  tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL,
  data text NOT NULL
);
CREATE TABLE cards (
  id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL,
  factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL,
  odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL
);
CREATE TABLE revlog (
  id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL,
  lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL
);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
"""

_LATEX_HEAD = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n"
)

_CONFIG = {
    "newSpread": 0, "activeDecks": [1], "curDeck": 1, "schedVer": 2, "sortType": "noteFld", "nextPos": 1,
    "curModel": None, "timeLim": 0, "collapseTime": 1200, "addToCur": True, "dueCounts": True, "estTimes": True,
    "sortBackwards": False,
}  # fmt: skip

_DECK_OPTIONS = {
    "id": 1, "mod": 0, "name": "Default", "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True,
    "new": {"bury": False, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
    "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
    "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    "dyn": False,
}  # fmt: skip


class Field(NamedTuple):
    """A field of a note type. `id` is what Anki knows it by when it is renamed; None: by its name. `aside`: folded in the editor."""

    id: int | None
    name: str
    aside: bool = False


class Template(NamedTuple):
    """A card template: front and back, and what the columns of Anki's browser show of them ("" for the same)."""

    id: int
    name: str
    front: str
    back: str
    browser_front: str = ""
    browser_back: str = ""


class NoteType(NamedTuple):
    """A note type. `sort_field` is the index of the field that Anki's browser sorts by; `mod` in seconds."""

    id: int
    name: str
    fields: Sequence[Field]
    templates: Sequence[Template]
    css: str
    mod: int
    cloze: bool = False
    sort_field: int = 0


class Deck(NamedTuple):
    """A deck. `name` has :: between levels; `description` is HTML; `mod` in seconds."""

    id: int
    name: str
    description: str
    mod: int


def col_row(notetypes: Sequence[NoteType], decks: Sequence[Deck], mod: int) -> tuple[object, ...]:
    """The row of the table `col`; `mod` (seconds) stands for every time in it."""
    models = {str(kind.id): _model(kind) for kind in notetypes}
    config = _CONFIG | {"curModel": next(iter(models), None)}
    default = Deck(1, "Default", "", 0)
    tree = {str(deck.id): _deck(deck) for deck in (default, *decks)}
    parts: tuple[Mapping[str, Any], ...] = (config, models, tree, {"1": _DECK_OPTIONS}, {})
    texts = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts)
    return (1, mod, mod * 1000, mod * 1000, 11, 0, 0, 0, *texts)


def _deck(deck: Deck) -> Mapping[str, Any]:
    return {
        "id": deck.id, "mod": deck.mod, "name": deck.name, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0],
        "newToday": [0, 0], "timeToday": [0, 0], "collapsed": False, "browserCollapsed": False,
        "desc": deck.description, "dyn": 0, "conf": 1, "extendNew": 0, "extendRev": 0,
    }  # fmt: skip


def _model(kind: NoteType) -> Mapping[str, Any]:
    return {
        "id": kind.id, "name": kind.name, "type": int(kind.cloze), "mod": kind.mod, "usn": -1,
        "sortf": kind.sort_field, "did": None, "css": kind.css, "latexPre": _LATEX_HEAD,
        "latexPost": "\\end{document}", "latexsvg": False, "vers": [], "tags": [],
        "req": [] if kind.cloze else [[index, "any", [0]] for index in range(len(kind.templates))],
        "flds": [_field(field, index) for index, field in enumerate(kind.fields)],
        "tmpls": [_template(template, index) for index, template in enumerate(kind.templates)],
    }  # fmt: skip


def _field(field: Field, index: int) -> Mapping[str, Any]:
    return {
        "id": field.id, "name": field.name, "ord": index, "sticky": False, "rtl": False, "font": "Arial", "size": 18,
        "description": "", "plainText": False, "collapsed": field.aside, "excludeFromSearch": False, "media": [],
        "tag": None, "preventDeletion": False,
    }  # fmt: skip


def _template(template: Template, index: int) -> Mapping[str, Any]:
    return {
        "id": template.id, "name": template.name, "ord": index, "qfmt": template.front, "afmt": template.back,
        "bqfmt": template.browser_front, "bafmt": template.browser_back, "did": None, "bfont": "", "bsize": 0,
    }  # fmt: skip
