"""The variants of an item: every member of its families, and values of its parameters at the ends of their ranges, where
sequence numbers wrap around, and in between."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any, Literal

from quizgen.claims.kinds import a_kind, show
from quizgen.items.case import Case, is_answer, variant_name
from quizgen.knowledge.knowledge import Entry

MAX_FAMILY = 64
SHOWN = 3
CHECKED = 8
MAX_CORNERS = 32
MAX_WRAPS = 64
BOUNDARIES = (2**31, 2**32)
"""Where the order of two sequence numbers turns round, and where counting begins again (RFC 9293 §3.4)."""
_AROUND = (-2, -1, 0, 1)
"""SYN and FIN occupy a number each, so that what crosses a boundary may begin two numbers before it."""

_NUMBER = re.compile(r"\b[0-9]{1,10}\b")

Origin = Literal["plain", "family", "end", "wrap", "sample"]


@dataclass(frozen=True)
class Variant:
    """`bound` are its variables, `name` the part of its id behind `#` ("" for a plain item); only `shown` ones are asked.

    `origin`: why it is there; "end", "wrap" and "sample" are values of parameters.
    """

    bound: Mapping[str, Any]
    name: str = ""
    shown: bool = True
    origin: Origin = "plain"


def variants(probe: Case) -> list[Variant]:
    """Every variant to judge. Families are exhausted; parameters take the ends of their ranges, the values around which
    sequence numbers wrap, and seeded samples, the same for the same item id, of which the first few are shown to learners.
    """
    spec = probe.entry.spec
    families = _families(probe)
    if families is None:
        return []
    if not spec.vary:
        origin: Origin = "family" if spec.families else "plain"
        return [Variant(bound, variant_name(bound), origin=origin) for bound in families]
    return [variant for bound in families for variant in _parametric(probe.entry, bound)]


def _parametric(entry: Entry, family: Mapping[str, Any]) -> Iterator[Variant]:
    """The values of the parameters for one member of the families, each once: first those that are shown."""
    prefix = variant_name(family)
    samples = _apart(_samples(entry, entry.spec.vary, prefix))
    origins: dict[tuple[int, ...], Origin] = {}
    kinds: tuple[tuple[Origin, Iterable[Mapping[str, int]]], ...] = (
        ("end", _ends(entry.spec.vary)), ("wrap", islice(_wraps(entry.spec.vary, _lengths(entry.spec, family)), MAX_WRAPS)), ("sample", samples),
    )  # fmt: skip
    for kind_, values in kinds:
        for one in values:
            origins.setdefault(tuple(one.values()), kind_)
    shown = [tuple(sample.values()) for sample in samples[:SHOWN]]
    for index, point in enumerate(dict.fromkeys([*shown, *origins])):
        bound = {**family, **dict(zip(entry.spec.vary, point, strict=True))}
        name = f"{prefix}{',' if prefix else ''}{index + 1}" if index < len(shown) else ""
        yield Variant(bound, name, index < len(shown), origins[point])


def _families(probe: Case) -> list[dict[str, Any]] | None:
    spec, axes = probe.entry.spec, []
    for name, members in spec.families.items():
        values = [_member(probe, text, (name, index)) for index, text in enumerate(members)]
        if not _usable(probe, name, values):
            return None
        axes.append([(name, value) for value in values])
    combined = list(islice((dict(pairs) for pairs in product(*axes)), MAX_FAMILY + 1))
    if len(combined) > MAX_FAMILY:
        probe.report("QG113", f"a family has at most {MAX_FAMILY} variants", probe.node("for"), help_="split the item")
        return None
    return combined


def _usable(probe: Case, name: str, values: list[Any]) -> bool:
    """Whether these can be the members of a family; what is wrong with them is reported."""
    where = probe.node("for", name)
    if not values:
        help_ = "write them as in {end: [client, server]}"
        probe.report("QG103", f"the family `{name}` has no members", where, help_=help_)
    if name in probe.entry.spec.vary:
        span, help_ = where.key, "give one of them another name"
        probe.report("QG105", f"`{name}` is a variable of `for` and of `vary`", span, help_=help_)
    shown = [show(value) for value in values]
    for index, text in enumerate(shown):
        if values[index] is not None and text in shown[:index]:
            message = f"the family `{name}` has {text} twice"
            probe.report("QG210", message, probe.node("for", name, index), help_="remove one of them")
    return not probe.found and None not in values


def _member(probe: Case, text: str, path: tuple[str, int]) -> Any:
    where = probe.node("for", *path)
    value = probe.ask(text, where)
    if value is None or is_answer(value):
        return value
    help_ = "members are words, numbers and sets; write an item for each of the others"
    probe.report("QG206", f"{a_kind(value)} cannot be a member of a family", where, help_=help_)
    return None


def _apart(samples: Iterable[dict[str, int]]) -> list[dict[str, int]]:
    return list({tuple(sample.values()): sample for sample in reversed(list(samples))}.values())[::-1]


def _ends(vary: Mapping[str, tuple[int, int]]) -> Iterator[dict[str, int]]:
    corners = product(*[sorted({low, high}) for low, high in vary.values()])
    return (dict(zip(vary, corner, strict=True)) for corner in islice(corners, MAX_CORNERS))


def _wraps(vary: Mapping[str, tuple[int, int]], lengths: Sequence[int]) -> Iterator[dict[str, int]]:
    """Values of each parameter that reaches so far, just below, at and above the boundaries of sequence numbers, less
    what may be added to it: with a `length` of 1460, SEQ = 2^32 - 1460 is the first that wraps around.
    """
    for name, (low, high) in vary.items():
        for corner in _ends({other: range_ for other, range_ in vary.items() if other != name}):
            added = sorted({0, sum(corner.values()), *corner.values(), *lengths})
            for boundary, less, step in product(BOUNDARIES, added, _AROUND):
                value = boundary - less + step
                if low <= value <= high:
                    yield {one: value if one == name else corner[one] for one in vary}


def _lengths(spec: Any, family: Mapping[str, Any]) -> list[int]:
    """The whole numbers that the item may add to a parameter: those of its families and those it writes out."""
    written = _NUMBER.findall(getattr(spec, "ask", None) or getattr(spec, "claim", None) or "")
    members = [value for value in family.values() if isinstance(value, int) and not isinstance(value, bool)]
    return [*members, *map(int, written)]


def _samples(entry: Entry, vary: Mapping[str, tuple[int, int]], prefix: str) -> Iterator[dict[str, int]]:
    draw = random.Random(f"{entry.topic}/{entry.id}#{prefix}")
    return ({name: draw.randint(low, high) for name, (low, high) in vary.items()} for _ in range(CHECKED))
