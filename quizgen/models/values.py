"""The kinds of answer that a model gives, beside Python's own bool, int, str, tuple and frozenset.

Each kind shows itself as the standards write it and reads what an author or learner typed, so that `SYN_RECV` is
understood where a TCP state is meant and `4 KiB` where a size is. Partial orders live in
quizgen.models.partial_order, sequence numbers in quizgen.models.tcp.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from math import floor, log10
from typing import ClassVar

from quizgen.models.base import Text


class Unreadable(ValueError):
    """A text that is no value of the kind. `nearest` are the likely spellings."""

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


def _fold(text: str) -> str:
    return re.sub(r"[\s_-]+", "-", text.strip()).casefold()


INSTEAD: Text = {"en": "That is right for {other}, not for {this}.", "zh": "“{other}”才是这样，题目问的是“{this}”。"}


def shortened(text: str) -> str:
    """A text of the author's as a message can hold it."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def near(text: str, known: Iterable[str], cutoff: float) -> list[str]:
    """The two of the known spellings that are most like a text; none for a text that is too long to be one of them."""
    return get_close_matches(text, list(known), n=2, cutoff=cutoff) if len(text) <= 60 else []


@dataclass(frozen=True, eq=False, repr=False)
class Domain:
    """A closed set of terms: the TCP states, the flags, the SameSite values. Members are spelled as the standard spells
    them; `aliases` map other spellings (netstat's, a former RFC's) to members; `labels` translate where a language has
    its own word. `instead` tells who answered for {other} what was asked about {this}. Two domains are equal only if
    they are the same object.
    """

    name: str
    members: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)
    instead: Text = field(default_factory=lambda: INSTEAD)

    def __repr__(self) -> str:
        return f"Domain({self.name!r})"

    def terms(self) -> tuple[Term, ...]:
        """Every term of the domain, in the order of its members."""
        return tuple(Term(self, member) for member in self.members)

    def term(self, name: str) -> Term:
        """The term of that spelling; raises Unreadable with the nearest spellings."""
        known = self.spelled
        found = known.get(_fold(name))
        if found is not None:
            return Term(self, found)
        close = near(_fold(name), known, 0.5)
        nearest = tuple(dict.fromkeys(known[key] for key in close))
        raise Unreadable(f"`{name}` is no {self.name}", nearest)

    def own(self, name: str | Term) -> Term:
        """The term of that spelling, or the term itself; raises Unreadable for what is none of this domain."""
        return name if isinstance(name, Term) and name.domain is self else self.term(str(name))

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """Every spelling, without case and with hyphens for what parts words, and the member that it means."""
        known = {_fold(member): member for member in self.members}
        known |= {_fold(alias): member for alias, member in self.aliases.items()}
        for member, labels in self.labels.items():
            for label in labels.values():
                known.setdefault(_fold(label), member)
        return known

    def spellings(self, member: str) -> tuple[str, ...]:
        """The member and its aliases."""
        return (member, *(alias for alias, target in self.aliases.items() if target == member))


@dataclass(frozen=True, slots=True)
class Term:
    """One member of a domain. In claims its name has underscores for what Python does not allow: SYN_SENT."""

    published: ClassVar[frozenset[str]] = frozenset()
    domain: Domain
    name: str

    def show(self, lang: str = "en") -> str:
        """The member as the standard spells it, or the language's own word for it."""
        return self.domain.labels.get(self.name, {}).get(lang, self.name)

    def read(self, text: str) -> Term:
        """Another term of the same domain."""
        return self.domain.term(text)

    @property
    def identifier(self) -> str:
        """The name that claims use."""
        return re.sub(r"\W", "_", self.name)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return self.identifier


class TermSet(frozenset[Term]):
    """A set of terms of one domain, such as a segment's flags; equal to the plain set of the same terms."""

    published: ClassVar[frozenset[str]] = frozenset()
    domain: Domain

    def __new__(cls, domain: Domain, names: Iterable[str | Term] = ()) -> TermSet:
        made = super().__new__(cls, (domain.own(name) for name in names))
        made.domain = domain
        return made

    def ordered(self) -> list[Term]:
        """The terms in the order of the domain."""
        return sorted(self, key=lambda term: self.domain.members.index(term.name))

    def show(self, lang: str = "en") -> str:
        """`SYN, ACK`, in Chinese `SYN、ACK`; a dash for the empty set."""
        return enumerated((term.show(lang) for term in self.ordered()), lang)

    def read(self, text: str) -> TermSet:
        """`SYN, ACK`, `SYN+ACK`, `{SYN, ACK}`, or a dash or `none` for the empty set."""
        inner = text.strip("{}[]() ")
        if inner in ("", "none", "–", "-"):
            return TermSet(self.domain)
        if _fold(inner) in self.domain.spelled:
            return TermSet(self.domain, [inner])
        parts = inner.split(",") if "," in inner else re.split(r"[+/&\s]+", inner)
        return TermSet(self.domain, [part for part in parts if part.strip()])


def enumerated(names: Iterable[str], lang: str) -> str:
    """The members of a set, one after the other as the language lists them; a dash for the empty set."""
    return ("、" if lang == "zh" else ", ").join(names) or "–"


_SIZES: dict[str, int | Fraction] = {
    "bit": Fraction(1, 8),
    "B": 1,
    "KB": 1000,
    "MB": 1000**2,
    "GB": 1000**3,
    "KiB": 1024,
    "MiB": 1024**2,
    "GiB": 1024**3,
}
_TIMES: dict[str, int | Fraction] = {"ms": Fraction(1, 1000), "s": 1, "min": 60, "h": 3600, "d": 86400}
_RATES: dict[str, int | Fraction] = {"bit/s": 1, "kbit/s": 1000, "Mbit/s": 1000**2, "Gbit/s": 1000**3}
_TABLES: tuple[tuple[str, Mapping[str, int | Fraction]], ...] = (("size", _SIZES), ("time", _TIMES), ("rate", _RATES))
UNITS: dict[str, tuple[str, Fraction]] = {
    unit: (dimension, Fraction(factor)) for dimension, table in _TABLES for unit, factor in table.items()
} | {"words": ("words", Fraction(1))}
UNIT_NAMES = {
    "byte": "B", "bytes": "B", "octet": "B", "octets": "B", "字节": "B", "k": "KiB", "kb": "KB", "kib": "KiB", "mib": "MiB", "bits": "bit",
    "比特": "bit", "位": "bit", "second": "s", "seconds": "s", "sec": "s", "秒": "s", "minute": "min", "minutes": "min", "分钟": "min",
    "hour": "h", "hours": "h", "小时": "h", "day": "d", "days": "d", "天": "d", "毫秒": "ms", "word": "words", "字": "words",
}  # fmt: skip


# At most 18 digits either side and a short exponent: a longer number is no answer, only work.
_AMOUNT = re.compile(
    r"([+-]?(?:(?:\d{1,3}(?:,\d{3}){1,5}|\d(?:_?\d){0,17})(?:\.\d{1,18})?|\.\d{1,18})(?:[eE][+-]?\d{1,2})?)\s*([^\d\s.,]\S{0,19})?"
)


def _digits(amount: Fraction) -> str:
    """The number as people write it, without an exponent."""
    if amount.denominator == 1:
        return str(amount.numerator)
    places = max(3 - floor(log10(abs(amount))), 0)
    number = f"{float(amount):.{places}f}"
    return number.rstrip("0").rstrip(".") if places else number


@dataclass(frozen=True)
class Quantity:
    """A number with a unit: Quantity(4, "KiB"). Quantities of one dimension compare and add whatever their units."""

    published: ClassVar[frozenset[str]] = frozenset()
    amount: Fraction
    unit: str

    def __init__(self, amount: int | float | Fraction, unit: str) -> None:
        object.__setattr__(self, "amount", Fraction(amount))
        object.__setattr__(self, "unit", unit)

    @property
    def kind(self) -> str:
        """Its dimension: size, time, rate or words."""
        return UNITS[self.unit][0]

    @property
    def base(self) -> tuple[str, Fraction]:
        """Dimension, and the amount in its base unit (bytes, seconds, bit/s, words)."""
        dimension, factor = UNITS[self.unit]
        return dimension, self.amount * factor

    def _same_dimension(self, other: Quantity) -> tuple[Fraction, Fraction]:
        (mine, a), (theirs, b) = self.base, other.base
        if mine != theirs:
            raise TypeError(f"a {mine} ({self.show()}) cannot be held against a {theirs} ({other.show()})")
        return a, b

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and self.base == other.base

    def __hash__(self) -> int:
        return hash(self.base)

    def __lt__(self, other: Quantity) -> bool:
        a, b = self._same_dimension(other)
        return a < b

    def __le__(self, other: Quantity) -> bool:
        a, b = self._same_dimension(other)
        return a <= b

    def __add__(self, other: Quantity) -> Quantity:
        a, b = self._same_dimension(other)
        return Quantity((a + b) / UNITS[self.unit][1], self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        a, b = self._same_dimension(other)
        return Quantity((a - b) / UNITS[self.unit][1], self.unit)

    def show(self, lang: str = "en") -> str:
        """`4 KiB`, `5.243 Mbit/s`: of a fraction four significant digits, or more where more stand before the point."""
        number = _digits(self.amount)
        words = (
            {"B": "bytes", "bit": "bits", "d": "days"}
            if lang == "en"
            else {"B": "字节", "bit": "位", "d": "天", "words": "字"}
        )
        unit = words.get(self.unit, self.unit)
        return f"{number} {unit[:-1] if lang == 'en' and number == '1' and unit in ('bytes', 'bits', 'days', 'words') else unit}"

    def read(self, text: str) -> Quantity:
        """`4096`, `4 KiB`, `4096 bytes`, `100ms`; a bare number is in this quantity's unit."""
        match = _AMOUNT.fullmatch(text.strip())
        if match is None:
            raise Unreadable(f"`{text}` is no number with a unit such as {self.show()}")
        unit = match[2] or self.unit
        unit = unit if unit in UNITS else UNIT_NAMES.get(unit.casefold(), unit)
        if unit not in UNITS:
            close = get_close_matches(unit, UNITS, n=2)
            raise Unreadable(f"`{unit}` is no unit that quizgen knows", close)
        if UNITS[unit][0] != UNITS[self.unit][0]:
            raise Unreadable(
                f"`{text}` is a {UNITS[unit][0]}, but a {UNITS[self.unit][0]} such as {self.show()} is asked for"
            )
        return Quantity(Fraction(match[1].replace(",", "").replace("_", "")), unit)
