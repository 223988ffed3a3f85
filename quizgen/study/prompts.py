"""What the learner is asked to type or press, and what is said when that makes no sense."""

from __future__ import annotations

from quizgen.figures.widths import pad
from quizgen.items.question import Question
from quizgen.models.values import UNITS, Quantity
from quizgen.study.lines import Paragraph
from quizgen.study.presented import CHOICES, Presented
from quizgen.study.words import say

_KEYS_WIDTH = 11


def kind(presented: Presented) -> str:
    """How a question is answered: choice, multiple, order, match or text."""
    question = presented.question
    return "text" if question.blanks else "choice" if question.type in CHOICES else question.type


def gap_prompt(question: Question, blank: int, lang: str) -> str:
    """What to type into a blank, and in which unit."""
    what = say(lang, "ask-gap", n=blank + 1) if len(question.blanks) > 1 else say(lang, "ask-text")
    unit = _unit(question.blanks[blank].unit, lang)
    return say(lang, "ask-unit", what=what, unit=unit) if unit else what


def _unit(unit: str, lang: str) -> str:
    """The language's word for a unit, where it has one."""
    return Quantity(2, unit).show(lang).removeprefix("2 ") if unit in UNITS else unit


def gap_complaint(question: Question, blank: int, text: str, lang: str) -> str:
    """Why what was typed can be no answer to a blank."""
    if not text.strip():
        return say(lang, "nothing-typed")
    return say(lang, "not-a-number", example=f"12 {_unit(question.blanks[blank].unit, lang)}".strip())


def line_complaint(presented: Presented, lang: str) -> str:
    """What a line should look like that answers the question."""
    return say(lang, "not-a-choice", hint=say(lang, f"hint-{kind(presented)}"))


def plain_help(lang: str) -> list[Paragraph]:
    """What may be typed where lines are read."""
    hints = [say(lang, f"hint-{name}") for name in ("choice", "multiple", "order", "match")]
    lines = [*(Paragraph(hint, marker="  ") for hint in hints), Paragraph(say(lang, "help-type"))]
    commands = [Paragraph(say(lang, f"help-{name}"), marker=f"{name[0]}  ") for name in ("skip", "undo", "quit")]
    return [*lines, *commands]


def screen_help(lang: str) -> list[Paragraph]:
    """Every key."""
    enter, space, backspace = (say(lang, key) for key in ("enter", "space", "backspace"))
    rows = [
        ("1-9 a-z", say(lang, "help-choose")),
        ("1-9", say(lang, "help-order")),
        ("a-z", say(lang, "help-match")),
        ("…", say(lang, "help-type")),
        (backspace, say(lang, "help-backspace")),
        (f"{space} ↑ ↓", say(lang, "help-scroll")),
        (enter, say(lang, "help-enter")),
        ("h e", say(lang, "help-rate")),
        ("s", say(lang, "help-skip")),
        ("u", say(lang, "help-undo")),
        ("q", say(lang, "help-quit")),
    ]
    return [
        Paragraph(say(lang, "help-title"), "title"),
        *(Paragraph(text, marker=pad(keys, _KEYS_WIDTH)) for keys, text in rows),
    ]
