"""Questions as Anki notes: one note for each question, with a card for each gap of a cloze and one otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from quizgen.items.question import Bank, Blank, Misconception, Option, Question
from quizgen.items.shuffle import shuffled
from quizgen.knowledge.lock import Lock, Stamp
from quizgen.markup import literal, plain
from quizgen.models.base import Text
from quizgen.render.anki.decks import ROOT, deck_id
from quizgen.render.anki.fields import Figures, attribute, cloze, html
from quizgen.render.anki.notetypes import KINDS, Kind, kind_of, note_type_id
from quizgen.render.anki.package import Media
from quizgen.render.anki.writer import Note, guid
from quizgen.render.asked import tolerance
from quizgen.render.bilingual import spoken
from quizgen.resources import strings

_NAMES = {kind: tuple(field.name for field in parts.fields) for kind, parts in KINDS.items()}
_NO_TAG = re.compile(r"[\s\x00-\x1f\x7f\"\ud800-\udfff]+")
REMOVED = f"{ROOT}::removed"
"""The tag of notes whose questions are no more."""
_GAP = "<span hidden>{{c1::-}}</span>"
"""Anki shows no side of a cloze without a gap."""
_TYPED = re.compile(r"[!-~][ -~]{0,23}")
"""What can be typed on any keyboard in a moment; anything else is recalled and compared by eye."""


def notes(bank: Bank, lang: str, lock: Lock) -> Iterator[Note]:
    """The notes of a package in the order of the bank, and those of questions that are no more."""
    maker = _Maker(bank, lang, lock)
    yield from map(maker.note, bank.questions)
    for question, kind, stamp in lock.removed(lang, {topic.id for topic in bank.topics}):
        if kind in KINDS:
            yield maker.removed(question, kind, stamp)


class _Maker:
    def __init__(self, bank: Bank, lang: str, lock: Lock) -> None:
        self._lang, self._lock = lang, lock
        self._spoken = spoken(lang)
        self._figures = Figures(self._spoken[0])
        self._titles = {topic.id: topic.title for topic in bank.topics}
        self._misconceptions = {entry.id: entry for topic in bank.topics for entry in topic.misconceptions}

    def note(self, question: Question) -> Note:
        """The note of a question."""
        kind = kind_of(question.type)
        figures, media = self._drawn(question)
        values = self._shared(question) | self._own(question, kind) | figures
        own = tags(question)
        fields = tuple([values.get(name, "") for name in _NAMES[kind]])
        stamp = self._lock.note(question.id, self._lang, kind, fields, own)
        cards = _cards(values["Question"]) if kind == "cloze" else (0,)
        return self._note(question.id, kind, stamp, fields, own, deck_id(question.topic, self._lang), cards, media)

    def removed(self, question: str, kind: Kind, stamp: Stamp) -> Note:
        """The note of a question that is no more. It brings no card: who has none yet is spared it."""
        told = self._text({one: strings(one)["anki.removed"] for one in self._spoken})
        values = {"Id": attribute(question), "Question": told + (_GAP if kind == "cloze" else "")}
        fields = tuple([values.get(name, "") for name in _NAMES[kind]])
        return self._note(question, kind, stamp, fields, (REMOVED,))

    def _note(
        self, question: str, kind: Kind, stamp: Stamp, fields: tuple[str, ...], tags: tuple[str, ...],
        deck: int = 1, cards: tuple[int, ...] = (), media: tuple[Media, ...] = (),
    ) -> Note:  # fmt: skip
        return Note(
            id=stamp.id,
            guid=guid("quizgen", question, self._lang, kind),
            notetype=note_type_id(kind, self._lang),
            deck=deck,
            fields=fields,
            mod=stamp.mod,
            tags=tags,
            cards=cards,
            sort=1,
            media=media,
        )

    def _drawn(self, question: Question) -> tuple[dict[str, str], tuple[Media, ...]]:
        """The figures, and their files. What a figure question masks is whole on the back."""
        figure, ladder = question.figure, question.ladder
        masked = figure is not None and bool(figure.mask) and (ladder is None or ladder.drawing == figure.drawing)
        if figure is not None and masked:
            ladder = ladder or replace(figure, mask=frozenset())
        asked, shown = self._figures.image(figure)
        told, whole = self._figures.image(ladder, "whole" if masked else "")
        return {"Figure": asked, "Ladder": told}, shown + whole

    def _text(self, text: Text) -> str:
        if len(self._spoken) == 1:
            return html(text.get(self._lang, ""))
        return self._each({one: html(text[one]) for one in self._spoken if one in text})

    def _each(self, said: Mapping[str, str]) -> str:
        """HTML by language, one below the other, where it is not the same in all of them."""
        first, *others = dict.fromkeys(said.values()) or ("",)
        if not others:
            return first
        return "<br>".join(f'<span lang="{attribute(one)}">{told}</span>' for one, told in said.items())

    def _list(self, texts: Sequence[Text]) -> str:
        return self._each({one: " · ".join(html(text[one]) for text in texts) for one in self._spoken})

    def _shared(self, question: Question) -> dict[str, str]:
        return {
            "Id": attribute(question.id),
            "Question": self._text(question.stem),
            "Rationale": self._text(question.rationale),
            "Misconception": "".join(self._misconception(entry, question) for entry in self._believed(question)),
            "Evidence": "".join(f"<li>{html(line)}</li>" for line in map(literal, question.evidence)),
            "Source": html(literal(question.source)),
            "Standing": question.standing,
            "Type": question.type,
            "Topic": self._text(self._titles.get(question.topic, {})),
        }

    def _believed(self, question: Question) -> Iterable[Misconception]:
        return [self._misconceptions[name] for name in _beliefs(question) if name in self._misconceptions]

    def _misconception(self, entry: Misconception, question: Question) -> str:
        """What is believed, unless that is the statement itself, why, and what is true, unless an option says so."""
        claim = "" if entry.claim == question.stem else f"<p><q>{self._text(entry.claim)}</q></p>"
        origin = f'<p class="origin">{self._text(entry.origin)}</p>' if entry.origin else ""
        told = entry.correction in [option.why for option in question.options]
        correction = "" if told else f"<p>{self._text(entry.correction)}</p>"
        return f"<div>{claim}{origin}{correction}</div>" if claim + origin + correction else ""

    def _own(self, question: Question, kind: Kind) -> dict[str, str]:
        if kind == "choice":
            return self._choice(question)
        if kind == "cloze":
            answers = [blank.answer for blank in question.blanks]
            gapped = {one: cloze(question.stem[one], tuple(answer[one] for answer in answers)) for one in self._spoken}
            return {"Question": self._each(gapped), "Key": self._list(answers)}
        return self._basic(question.blanks[0]) if kind == "basic" else self._arrange(question)

    def _choice(self, question: Question) -> dict[str, str]:
        fixed = question.type == "true-false"
        options = question.options if fixed else shuffled(question.options, question.id)
        return {
            "Options": f"<ul>{''.join(map(self._option, options))}</ul>",
            "Key": self._list([option.text for option in question.options if option.right]),
        }

    def _option(self, option: Option) -> str:
        why = self._text(option.why)
        told = f'<p class="why">{why}</p>' if why else ""
        return f'<li class="{"right" if option.right else "wrong"}"><p>{self._text(option.text)}</p>{told}</li>'

    def _basic(self, blank: Blank) -> dict[str, str]:
        # An answer that is another in each language is recalled: Anki compares what is typed with one text.
        answers = {plain(blank.answer[one]) for one in self._spoken}
        typed = f"{blank.number:.15g}" if blank.number is not None else answers.pop() if len(answers) == 1 else ""
        near = f" <small>{tolerance(blank)}</small>" if blank.tolerance else ""
        return {
            "Key": self._text(blank.answer) + near,
            "Typed": attribute(typed) if _TYPED.fullmatch(typed) else "",
            "Unit": "" if blank.number is None else html(literal(blank.unit)),
            "Accepted": _accepted(blank),
        }

    def _arrange(self, question: Question) -> dict[str, str]:
        if question.type == "order":
            things = [self._text(thing) for thing in question.sequence]
            slots, orders = [""] * len(things), question.orders
            key = f"<ol>{''.join(f'<li>{thing}</li>' for thing in things)}</ol>"
        else:
            things = [self._text(right) for _, right in question.pairs]
            slots, orders = [self._text(left) for left, _ in question.pairs], (tuple(range(len(things))),)
            rows = (f"<tr><th>{left}</th><td>{right}</td></tr>" for left, right in zip(slots, things, strict=True))
            key = f"<table>{''.join(rows)}</table>"
        pool = shuffled(list(enumerate(things)), question.id)
        accepted = " ".join("-".join(map(str, order)) for order in orders)
        return {
            "Slots": f"<ol>{''.join(f'<li><p>{slot}</p></li>' for slot in slots)}</ol>",
            "Items": f'<ul data-accepted="{accepted}">{"".join(f"<li data-n={n}>{text}</li>" for n, text in pool)}</ul>',
            "Key": key,
        }


def _accepted(blank: Blank) -> str:
    """What counts beside the answer as shown: other spellings, or the number, its tolerance and its unit."""
    shown = {plain(answer).casefold() for answer in blank.answer.values()}
    if blank.number is not None:
        unit = f' data-unit="{attribute(blank.unit)}"' if blank.unit else ""
        return f'<ul data-number="{blank.number:.15g}" data-tolerance="{blank.tolerance:.15g}"{unit}></ul>'
    spellings = dict.fromkeys(plain(literal(spelling)) for spelling in blank.accepted)
    others = [f"<li>{html(literal(spelling))}</li>" for spelling in spellings if spelling.casefold() not in shown]
    return f"<ul>{''.join(others)}</ul>" if others else ""


def _cards(field: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) - 1 for number in re.findall(r"\{\{c(\d+)::", field)}))


def tags(question: Question) -> tuple[str, ...]:
    """The tags of a question's note."""
    return _tags(
        question.topic, question.type, question.difficulty, question.standing, _beliefs(question), question.tags
    )


def _beliefs(question: Question) -> tuple[str, ...]:
    """The misconceptions that a question and its options are about."""
    named = (question.misconception, *(option.misconception for option in question.options))
    return tuple(dict.fromkeys(filter(None, named)))


@lru_cache(maxsize=4096)
def _tags(
    topic: str, type_: str, difficulty: int, standing: str, beliefs: tuple[str, ...], own: tuple[str, ...]
) -> tuple[str, ...]:
    named = [topic.replace("/", "::"), f"type::{type_}", f"difficulty::{difficulty}", standing]
    named += [f"misconception::{belief}" for belief in beliefs] + [f"tag::{tag}" for tag in own]
    return tuple(f"{ROOT}::{_NO_TAG.sub('_', name)}" for name in named)
