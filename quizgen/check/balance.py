"""QG313 and QG314: what the bank as a whole gives away: the key is too often the longest, or statements too often true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizgen.check.chance import LEVEL, Share, share
from quizgen.check.statistics import longest, statements
from quizgen.check.wording import Asked, warning, width
from quizgen.diagnostics.diagnostic import Diagnostic

_NAMED = 8


def check(items: Sequence[Asked]) -> Iterator[Diagnostic]:
    """The figures lie where chance would put them."""
    for lang in items[0].languages if items else ():
        yield from _longest(items, lang)
    yield from _true(items)


def _longest(items: Sequence[Asked], lang: str) -> Iterator[Diagnostic]:
    cases = list(longest(items, lang))
    found = share(case[1:] for case in cases)
    if found.count > found.high:
        giving = sorted((each for each, right, _ in cases if right), key=lambda each: -_excess(each, lang))
        first = next(option for option in giving[0].question.options if option.right)
        message = f"the key is the longest option in {_of(found)} ({lang})"
        help_ = f"shorten keys or lengthen distractors, first of {', '.join(each.entry.id for each in giving[:_NAMED])}"
        yield warning("QG313", message, giving[0].option(first), help_)


def _excess(each: Asked, lang: str) -> int:
    """By how many columns the longest option stands out."""
    first, second = sorted(map(width, each.texts[lang]), reverse=True)[:2]
    return first - second


def _true(items: Sequence[Asked]) -> Iterator[Diagnostic]:
    stated = list(statements(items))
    found = share((each.entry.spec.key, 0.5) for each in stated)
    if not found.usual:
        prevails = found.count > found.high
        first = next(each for each in stated if each.entry.spec.key is prevails)
        message = f"statements are true in {_of(found)}"
        help_ = f"turn some {'true' if prevails else 'false'} statements round"
        yield warning("QG314", message, first.entry.node.at(("key",)).span, help_)


def _of(found: Share) -> str:
    return f"{found.count} of {found.of} items; chance gives {found.low} to {found.high} ({LEVEL:.0%})"
