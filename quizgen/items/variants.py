"""The variants of an item: every member of its families, and values of its parameters at the ends and in between."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from quizgen.claims.kinds import kind, show
from quizgen.items.case import Case, is_answer, variant_name
from quizgen.knowledge.knowledge import Entry

MAX_FAMILY = 64
SHOWN = 3
CHECKED = 8


@dataclass(frozen=True)
class Variant:
    """`bound` are its variables, `name` the part of its id behind `#` ("" for a plain item); only `shown` ones are asked."""

    bound: Mapping[str, Any]
    name: str = ""
    shown: bool = True


def variants(probe: Case) -> list[Variant]:
    """Every variant to judge. Families are exhausted; parameters take the ends of their ranges and seeded samples, the
    same for the same item id, of which the first few are shown to learners.
    """
    spec = probe.entry.spec
    families = _families(probe)
    if families is None:
        return []
    made: list[Variant] = []
    for bound in families:
        prefix = variant_name(bound)
        if not spec.vary:
            made.append(Variant(bound, prefix))
            continue
        samples = _apart(_samples(probe.entry, spec.vary, prefix))
        made += [
            Variant({**bound, **sample}, f"{prefix}{',' if prefix else ''}{index + 1}")
            for index, sample in enumerate(samples[:SHOWN])
        ]
        made += [Variant({**bound, **sample}, shown=False) for sample in (*samples[SHOWN:], *_ends(spec.vary))]
    return made


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
    probe.report("QG206", f"a {kind(value)} cannot be a member of a family", where, help_=help_)
    return None


def _apart(samples: Iterable[dict[str, int]]) -> list[dict[str, int]]:
    return list({tuple(sample.values()): sample for sample in reversed(list(samples))}.values())[::-1]


def _ends(vary: Mapping[str, tuple[int, int]]) -> Iterator[dict[str, int]]:
    corners = product(*[sorted({low, high}) for low, high in vary.values()])
    return (dict(zip(vary, corner, strict=True)) for corner in islice(corners, 32))


def _samples(entry: Entry, vary: Mapping[str, tuple[int, int]], prefix: str) -> Iterator[dict[str, int]]:
    draw = random.Random(f"{entry.topic}/{entry.id}#{prefix}")
    return ({name: draw.randint(low, high) for name, (low, high) in vary.items()} for _ in range(CHECKED))
