"""Wrong answers beside a right one, of the kinds that all models share; see Model.near for those of one model's own."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from quizgen.models.base import Near, Text
from quizgen.models.values import UNITS, Quantity, Term, TermSet

_NEXT_UNIT = {
    "B": ("bit",), "bit": ("B",), "KB": ("MB", "B"), "KiB": ("MiB", "B"), "MB": ("KB", "GB"), "MiB": ("KiB", "GiB"),
    "GB": ("MB",), "GiB": ("MiB",), "ms": ("s",), "s": ("min", "ms"), "min": ("h", "s"), "h": ("d", "min"), "d": ("h",),
    "bit/s": ("kbit/s",), "kbit/s": ("Mbit/s", "bit/s"), "Mbit/s": ("kbit/s", "Gbit/s"), "Gbit/s": ("Mbit/s",),
}  # fmt: skip
_WIDTHS = (8, 16, 32, 64)
_LARGEST_COUNT, _LARGEST_AMOUNT = 20, 100_000
"""Beyond the one nobody counts, so that nobody miscounts; beyond the other a number is a sequence number, not an amount."""
_UNIT: Text = {"en": "The number is right, the unit is not.", "zh": "数字对了，单位错了。"}
_BITS: Text = {"en": "Eight times too much: a byte has 8 bits.", "zh": "多算了 8 倍：1 字节是 8 位。"}
_BYTES: Text = {"en": "An eighth of it: a byte has 8 bits.", "zh": "只有八分之一：1 字节是 8 位。"}
_KIB: Text = {
    "en": "That counts a KiB as 1000 bytes; it has 1024.",
    "zh": "把 1 KiB 当作 1000 字节；实际是 1024 字节。",
}
_HALF: Text = {"en": "That is half of it.", "zh": "这只是一半。"}
_TWICE: Text = {"en": "That is twice as much.", "zh": "多了一倍。"}
_FEW: Text = {"en": "One too few.", "zh": "少了一个。"}
_MANY: Text = {"en": "One too many.", "zh": "多了一个。"}


def near(value: Any) -> Iterator[Near]:
    """Answers near a term, a set of terms, an amount or a count, the likeliest first; none for other kinds."""
    if isinstance(value, Term):
        return (Near(other, _gives(value)) for other in others(value))
    if isinstance(value, Quantity):
        return _amounts(value)
    if isinstance(value, TermSet):
        return _sets(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _counts(value)
    return iter(())


def _gives(term: Term) -> Text:
    return {"en": f"The reference model gives {term.show()}.", "zh": f"参考模型得出的是 {term.show('zh')}。"}


def differs(value: TermSet, right: TermSet) -> Text:
    """What a set lacks of the right one and has beyond it."""
    lacks, beyond = TermSet(value.domain, right - value), TermSet(value.domain, value - right)
    parts: list[Text] = []
    if lacks:
        parts.append({"en": f"It lacks {lacks.show()}.", "zh": f"缺少 {lacks.show('zh')}。"})
    if beyond:
        parts.append({"en": f"{beyond.show()} does not belong to it.", "zh": f"不应包括 {beyond.show('zh')}。"})
    return {"en": " ".join(part["en"] for part in parts), "zh": "".join(part["zh"] for part in parts)}


def _sets(value: TermSet) -> Iterator[Near]:
    """One member dropped, then one added, in the domain's order; the empty set is no believable answer."""
    terms = value.domain.terms()
    smaller = [value - {term} for term in terms if term in value and len(value) > 1]
    larger = [value | {term} for term in terms if term not in value]
    for other in (TermSet(value.domain, members) for members in (*smaller, *larger)):
        yield Near(other, differs(other, value))


def _counts(value: int) -> Iterator[Near]:
    yield from (Near(int(number), why) for number, why in _powers(Fraction(value)))
    if 0 < value <= _LARGEST_COUNT:
        yield Near(value - 1, _FEW)
        yield Near(value + 1, _MANY)
    if 0 < value <= _LARGEST_AMOUNT:
        yield Near(value * 2, _TWICE)
        if value % 2 == 0:
            yield Near(value // 2, _HALF)


def _powers(amount: Fraction) -> Iterator[tuple[Fraction, Text]]:
    """What is easily taken for the largest number of a field, 2^n - 1: how many there are, and the largest with a sign."""
    if amount + 1 not in [2**width for width in _WIDTHS]:
        return
    whole = int(amount)
    bits = whole.bit_length()
    yield (
        amount + 1,
        {
            "en": f"{whole + 1} is how many numbers {bits} bits have; they begin with 0, so the largest is {whole}.",
            "zh": f"{whole + 1} 是 {bits} 位能表示的数的个数；从 0 数起，最大的是 {whole}。",
        },
    )
    yield (
        Fraction(whole // 2),
        {
            "en": f"{whole // 2} is the largest number of {bits - 1} bits; there is no sign here.",
            "zh": f"{whole // 2} 是 {bits - 1} 位能表示的最大的数；这里没有符号位。",
        },
    )


def _amounts(value: Quantity) -> Iterator[Near]:
    amount, unit = value.amount, value.unit
    units = [Near(Quantity(amount, other), _UNIT) for other in _NEXT_UNIT.get(unit, ())]
    yield from (Near(Quantity(number, unit), why) for number, why in _powers(amount))
    if unit == "B" and amount % 1024 == 0:
        yield Near(Quantity(amount / 1024 * 1000, unit), _KIB)
        yield from _halved(value)
    if UNITS[unit][0] == "rate":
        yield Near(Quantity(amount / 8, unit), _BYTES)
        yield Near(Quantity(amount * 8, unit), _BITS)
        yield from _halved(value)
    yield from units[:1]
    if unit == "B":
        yield Near(Quantity(amount * 8, unit), _BITS)
    yield from _halved(value)
    yield from units[1:]


def _halved(value: Quantity) -> Iterator[Near]:
    yield Near(Quantity(value.amount * 2, value.unit), _TWICE)
    if (value.amount / 2).denominator == 1:
        yield Near(Quantity(value.amount / 2, value.unit), _HALF)


def others(term: Term) -> list[Term]:
    """The other members of a term's domain, the nearest in its order first."""
    members = term.domain.members
    place = members.index(term.name)
    return sorted(
        (other for other in term.domain.terms() if other != term),
        key=lambda other: (abs(members.index(other.name) - place), members.index(other.name)),
    )
