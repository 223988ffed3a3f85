"""A question as outputs without any layout put it: what is asked, what there is to choose from, and the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.items.question import Blank, Question
from quizgen.items.shuffle import shuffled
from quizgen.resources import strings

_GAP = re.compile(r"\{(\d{1,3})\}")
_LINE = r"\_\_\_\_"


@dataclass(frozen=True)
class Asked:
    """Texts in one language, with their inline Markdown.

    `groups` are lists below the stem: options, things to put in order, or two lists to match. `key` are the lines of the
    answer, `numbered` where their order counts; `wrong` the distractors.
    """

    stem: str
    groups: tuple[tuple[str, ...], ...]
    key: tuple[str, ...]
    numbered: bool = False
    wrong: tuple[str, ...] = ()


def asked(question: Question, lang: str, seed: int) -> Asked:
    """The question in one language; `seed` decides the order of what is printed shuffled."""
    stem = question.stem[lang]
    if question.options:
        return _choice(question, lang, seed)
    if question.sequence:
        things = tuple(thing[lang] for thing in question.sequence)
        more = (strings(lang)["sheet.orders"].format(n=len(question.orders)),) if len(question.orders) > 1 else ()
        pool = _mixed(things, question, seed)
        return Asked(_joined(stem, *more), (pool,), things, numbered=True)
    if question.pairs:
        pairs = [(left[lang], right[lang]) for left, right in question.pairs]
        rights = _mixed([right for _, right in pairs], question, seed)
        lefts = tuple(left for left, _ in pairs)
        return Asked(stem, (lefts, rights), tuple(f"{left} → {right}" for left, right in pairs))
    answers = tuple(" ".join(filter(None, (blank.answer[lang], tolerance(blank)))) for blank in question.blanks)
    several = len(answers) > 1
    return Asked(_with_lines(stem, len(answers)) if question.type == "cloze" else stem, (), answers, several)


def _choice(question: Question, lang: str, seed: int) -> Asked:
    stem, words = question.stem[lang], strings(lang)
    if question.type == "true-false":
        stem = _joined(words["anki.true-or-false"], stem)
    elif question.type == "multiple":
        stem = _joined(stem, words["sheet.several"])
    options = question.options if question.type == "true-false" else shuffled(question.options, question.id, seed)
    return Asked(
        stem,
        (tuple(option.text[lang] for option in options),),
        tuple(option.text[lang] for option in question.options if option.right),
        wrong=tuple(option.text[lang] for option in question.options if not option.right),
    )


def _joined(first: str, *more: str) -> str:
    """Sentences one after the other: with a space between, but for those whose punctuation is a square of its own."""
    for text in more:
        first += ("" if first[-1:] >= "\u3000" or text[:1] >= "\u3000" else " ") + text
    return first


def _mixed(things: Sequence[str], question: Question, seed: int) -> tuple[str, ...]:
    return tuple(shuffled(things, question.id, seed))


def tolerance(blank: Blank) -> str:
    """How far from a number still counts, to three digits (`± 6.4`); "" where nothing else does."""
    return f"± {float(f'{blank.tolerance:.3g}'):.15g}" if blank.tolerance else ""


def _with_lines(stem: str, count: int) -> str:
    """The stem of a cloze with lines in place of {1}, {2}, ..., numbered where there are several."""

    def line(match: re.Match[str]) -> str:
        if not 1 <= int(match[1]) <= count:
            return match[0]
        return f"({match[1]}) {_LINE}" if count > 1 else _LINE

    return _GAP.sub(line, stem)
