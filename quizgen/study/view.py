"""What is said about a question and an answer, as paragraphs: the same for the terminal screen and for plain lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from quizgen.items.question import Misconception, Option, Question
from quizgen.markup import literal
from quizgen.models.figure import Figure
from quizgen.study.lines import Paragraph
from quizgen.study.presented import OPTION_KEYS, RIGHT_KEYS, Presented
from quizgen.study.session import Answer
from quizgen.study.words import interval, say

RIGHT, WRONG = "✓", "✗"
BLANK = Paragraph("")


def stem(question: Question, lang: str, typed: Sequence[str] = ()) -> Paragraph:
    """The stem; gaps of a cloze show their number, and what is typed so far."""

    def gap(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"[{number}: {literal(typed[number - 1])}]" if number <= len(typed) else f"[{number}: ____]"

    text = question.stem[lang]
    return Paragraph(re.sub(r"\{(\d+)\}", gap, text) if question.type == "cloze" else text, "title")


def figure(drawn: Figure, lang: str, width: int) -> list[Paragraph]:
    """A figure in lines that are never wrapped."""
    from quizgen.figures.draw import text

    return [BLANK, *(Paragraph(line, fixed=True) for line in text(drawn, lang, width).rstrip("\n").split("\n"))]


def parts(presented: Presented, lang: str, marks: Mapping[int, str], given: str = "") -> list[Paragraph]:
    """Options, things to order, or the two sides to match, each with its key; `marks` by index go before the key, and
    the keys `given` so far to lefts that are to be matched go behind them."""
    question, width = presented.question, max(map(len, marks.values()), default=0)

    def line(key: str, index: int, text: str) -> Paragraph:
        mark = marks.get(index, "")
        style = {RIGHT: "right", WRONG: "wrong"}.get(mark, "")
        return Paragraph(text, style, f"{mark:{width}}{' ' if width else ''}{key}  ")

    if question.pairs:
        arrows = [f" → {key}" for key in given]
        lefts = [
            line(OPTION_KEYS[index], index, left[lang] + "".join(arrows[index : index + 1]))
            for index, (left, _) in enumerate(question.pairs)
        ]
        rights = [
            Paragraph(question.pairs[index][1][lang], marker=f"{RIGHT_KEYS[place]}  ")
            for place, index in enumerate(presented.places)
        ]
        return [*lefts, BLANK, *rights]
    texts = [option.text for option in question.options] or question.sequence
    return [line(OPTION_KEYS[place], index, texts[index][lang]) for place, index in enumerate(presented.places)]


def asked(
    presented: Presented,
    lang: str,
    width: int,
    marks: Mapping[int, str] | None = None,
    typed: Sequence[str] = (),
    given: str = "",
) -> list[Paragraph]:
    """The question as it is asked; see `stem` for `typed`, `parts` for `marks` and `given`."""
    found = [stem(presented.question, lang, typed)]
    if presented.question.figure:
        found += figure(presented.question.figure, lang, width)
    if shown := parts(presented, lang, marks or {}, given):
        found += [BLANK, *shown]
    return found


def verdict(answer: Answer, lang: str) -> Paragraph:
    """Right or wrong, and when the item comes back."""
    right, count = sum(answer.score.parts), len(answer.score.parts)
    if answer.score.right:
        text = say(lang, "right")
    elif right and count > 1 and not answer.presented.question.options:
        text = say(lang, "partly", right=right, all=count)
    else:
        text = say(lang, "wrong")
    due = say(lang, "next", when=interval(lang, answer.due - answer.review.at))
    style, mark = ("right", RIGHT) if answer.score.right else ("wrong", WRONG)
    return Paragraph(say(lang, "verdict", verdict=text, due=due), style, f"{mark} ")


def feedback(answer: Answer, held: Sequence[Misconception], lang: str, width: int) -> list[Paragraph]:
    """Why: the answer, the refutation of what was chosen, rationale, misconceptions, source, figure, evidence."""
    question = answer.presented.question
    found = [*(_options if question.options else _solution)(answer, lang)]
    if question.rationale.get(lang):
        found.append(Paragraph(question.rationale[lang]))
    for misconception in held:
        if misconception.claim[lang] != question.stem[lang]:
            found.append(Paragraph(misconception.claim[lang], marker=say(lang, "misconception")))
        if misconception.origin:
            found.append(Paragraph(misconception.origin[lang], "note", say(lang, "origin")))
        if all(misconception.correction[lang] not in paragraph.text for paragraph in found):
            found.append(Paragraph(misconception.correction[lang], marker=say(lang, "correction")))
    if question.source:
        found.append(Paragraph(question.source, "note", say(lang, "source"), verbatim=True))
    shown = question.ladder or (question.figure and replace(question.figure, mask=frozenset()))
    if shown:
        found += figure(shown, lang, width)
    if question.evidence:
        found += [BLANK, Paragraph(say(lang, "evidence"), "note")]
        found += [Paragraph(line, "note", "  ", verbatim=True) for line in question.evidence]
    return found


def option_marks(answer: Answer) -> dict[int, str]:
    """For each option the sign before it: right, or chosen and wrong."""
    chosen = _chosen(answer)
    options = enumerate(answer.presented.question.options)
    return {index: RIGHT if option.right else WRONG for index, option in options if option.right or index in chosen}


def _chosen(answer: Answer) -> Collection[int]:
    response = answer.response
    return (response,) if isinstance(response, int) else cast(Collection[int], response)


def _options(answer: Answer, lang: str) -> Iterator[Paragraph]:
    """The key where one was missed, then what speaks against what was chosen, and for what was right."""
    question, chosen = answer.presented.question, _chosen(answer)
    several = question.type == "multiple"

    def why(option: Option) -> str:
        return option.why.get(lang, "")

    if not answer.score.right and not several:
        key = next(option for option in question.options if option.right)
        yield Paragraph(key.text[lang], marker=say(lang, "answer"))
    for index, option in enumerate(question.options):
        if index in chosen and not option.right:
            yield Paragraph(f"{say(lang, 'chosen', option=option.text[lang])}{why(option)}")
        elif option.right and several and index not in chosen:
            name = "belongs-why" if why(option) else "belongs"
            yield Paragraph(say(lang, name, option=option.text[lang]) + why(option))
        elif option.right and why(option):
            yield Paragraph(why(option))


def _solution(answer: Answer, lang: str) -> Iterator[Paragraph]:
    """What the answer is, of questions without options."""
    question = answer.presented.question
    if question.blanks:
        yield from _gaps(answer, lang)
    elif question.sequence:
        yield Paragraph(say(lang, "answer" if len(question.orders) == 1 else "one-order"))
        for number, index in enumerate(question.orders[0], 1):
            yield Paragraph(question.sequence[index][lang], marker=f"  {number}. ")
    elif question.pairs:
        yield Paragraph(say(lang, "answer"))
        for (left, right), fits in zip(question.pairs, answer.score.parts, strict=True):
            mark = RIGHT if fits else WRONG
            yield Paragraph(f"{left[lang]} → {right[lang]}", marker=f"  {mark} ")


def _gaps(answer: Answer, lang: str) -> Iterator[Paragraph]:
    blanks = answer.presented.question.blanks
    typed = cast(Sequence[str], answer.response)
    for number, (blank, fits, text) in enumerate(zip(blanks, answer.score.parts, typed, strict=True), 1):
        mark, style = (RIGHT, "right") if fits else (WRONG, "wrong")
        label = say(lang, "gap", n=number) if len(blanks) > 1 else say(lang, "answer" if fits else "yours")
        correct = blank.answer[lang]
        said = correct if fits else say(lang, "gap-wrong", typed=literal(text.strip()), answer=correct)
        yield Paragraph(said, style, f"{mark} {label}")
