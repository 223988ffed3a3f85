"""Reads cards as the README of hashcards describes its format: Q: and A:, C: with [gaps], TOML between --- at the top."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple


class Basic(NamedTuple):
    question: str
    answer: str


class Cloze(NamedTuple):
    """One gap of a text: the text without brackets, and what is hidden."""

    text: str
    hidden: str


def read(document: str) -> tuple[str, list[Basic | Cloze]]:
    """The name of the deck, and its cards. Raises ValueError for what hashcards refuses."""
    lines = document.split("\n")
    if lines[0].strip() != "---":
        raise ValueError("no head")
    end = lines.index("---", 1)
    name = tomllib.loads("\n".join(lines[1:end]))["name"]
    cards: list[Basic | Cloze] = []
    for tag, text, after in _parts(lines[end + 1 :]):
        if tag == "Q":
            if after is None or after[0] != "A":
                raise ValueError(f"a question without an answer: {text}")
            cards.append(Basic(text.strip(), after[1].strip()))
        elif tag == "C":
            cards += _clozes(text.strip())
    return name, cards


def _parts(lines: list[str]) -> list[tuple[str, str, tuple[str, str] | None]]:
    parts: list[tuple[str, str]] = []
    for line in lines:
        if line[:2] in ("Q:", "A:", "C:"):
            parts.append((line[0], line[2:].strip()))
        elif parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{line}")
        elif line.strip():
            raise ValueError(f"text before the first card: {line}")
    order = "".join(tag for tag, _ in parts)
    if not re.fullmatch(r"(QA|C)*", order):
        raise ValueError(f"parts in the order {order}")
    return [
        (tag, text, parts[place + 1] if place + 1 < len(parts) else None) for place, (tag, text) in enumerate(parts)
    ]


def _clozes(text: str) -> list[Cloze]:
    if re.search(r"!\[", text):
        raise ValueError("an image begins here")
    gaps = re.findall(r"\[([^][]*)\]", text)
    if not gaps or text.count("[") != len(gaps) or text.count("]") != len(gaps):
        raise ValueError(f"brackets that do not match: {text}")
    clean = re.sub(r"[][]", "", text)
    return [Cloze(clean, gap) for gap in gaps]
