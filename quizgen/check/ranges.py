"""QG307: numeric options that overlap, so that a value may belong to two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from math import inf, nan

from quizgen.check.wording import Asked, warning
from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.markup import plain

_NUMBER = r"(\d+(?:[,.]\d+)*)"
_UNIT = r"\s*([A-Za-z%µ°/]*|[\u3400-\u9fff]{0,3})"
_BETWEEN = re.compile(
    rf"(?:(?i:from |between )|从)?{_NUMBER}{_UNIT}\s*(?:-|–|—|\.\.|~|～|(?i:to|and)|到|至)\s*{_NUMBER}{_UNIT}(?:之间)?"
)
_BELOW = re.compile(
    rf"((?i:less than|fewer than|under|below)|<|小于|少于|不到|(?i:up to|at most|no more than)|≤|<=|至多|最多|不超过)\s*{_NUMBER}{_UNIT}"
)
_ABOVE = re.compile(
    rf"((?i:more than|over|above|greater than)|>|大于|多于|超过|(?i:at least|no less than)|≥|>=|至少|不少于)\s*{_NUMBER}{_UNIT}"
)
_DIGIT = re.compile(r"\d")
_EXACT = re.compile(rf"{_NUMBER}{_UNIT}")
_OPEN = frozenset((
    "less than", "fewer than", "under", "below", "<", "小于", "少于", "不到",
    "more than", "over", "above", "greater than", ">", "大于", "多于", "超过",
))  # fmt: skip


@dataclass(frozen=True)
class _Range:
    """Numbers from `low` to `high`; `open_`: without the ends. An exact number is a range of one."""

    low: float
    high: float
    unit: str
    open_: bool = False

    def overlaps(self, other: _Range) -> bool:
        low, high = max(self.low, other.low), min(self.high, other.high)
        return self.unit == other.unit and (low < high or (low == high and not (self.open_ or other.open_)))


def check(each: Asked) -> Diagnostic | None:
    """Of options of which one is right, no two have a number in common."""
    for lang in each.languages if each.single else ():
        texts = [text.strip() for text in each.texts[lang]]
        if all(text.isdecimal() or not _DIGIT.search(text) for text in texts):
            continue
        read = [(option, _range(text)) for option, text in zip(each.question.options, texts, strict=True)]
        pairs = combinations([(option, known) for option, known in read if known is not None], 2)
        clash = next(((one, two) for (one, a), (two, b) in pairs if a.overlaps(b)), None)
        if clash is not None:
            message = f"`{plain(clash[0].text[lang])}` and `{plain(clash[1].text[lang])}` overlap"
            labels = (Label(each.option(clash[0]), "this one"),)
            help_ = "let the next range begin above the end of the one before"
            return warning("QG307", message, each.option(clash[1]), help_, labels)
    return None


def _range(text: str) -> _Range | None:
    """The range that an option is; None for any other text."""
    if found := _BETWEEN.fullmatch(text):
        low, _, high, unit = found.groups()
        return _Range(_number(low), _number(high), unit.casefold())
    for pattern, below in ((_BELOW, True), (_ABOVE, False)):
        if found := pattern.fullmatch(text):
            word, number, unit = found.groups()
            limit = _number(number)
            ends = (-inf, limit) if below else (limit, inf)
            return _Range(*ends, unit.casefold(), word.casefold() in _OPEN)
    if found := _EXACT.fullmatch(text):
        return _Range(_number(found[1]), _number(found[1]), found[2].casefold())
    return None


def _number(text: str) -> float:
    """The number, its commas taken for those of thousands or else for a decimal one; nan for several of these: `1,2,3`."""
    number = re.sub(r",(?=\d{3}\b)", "", text).replace(",", ".")
    return float(number) if number.count(".") < 2 else nan
