"""Wrong variants of the cookie model: an attribute unknown, a rule not followed, a limit of another size."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.models.base import Mutant
from quizgen.models.cookies.rules import ATTRIBUTES, LIMITS, RULES
from quizgen.models.cookies.spec import SPEC
from quizgen.models.mutants import Build, mutant, off, text


def mutants(build: Build) -> Iterator[Mutant]:
    """Every mutant, in the order of the model's elements."""
    for name in ATTRIBUTES:
        title = text(f"user agents do not know the attribute {name}", f"浏览器不认识 {name} 属性")
        yield mutant(build, SPEC, f"attribute:{name}#unknown", title, attributes=SPEC.attributes - {name})
    for name, rule in RULES.items():
        yield mutant(build, SPEC, f"rule:{name}#off", off(rule.title), rules=SPEC.rules - {name})
    for name, limit in LIMITS.items():
        part = name.replace("-", "_")
        for factor, en, zh in ((0.5, "half", "一半"), (2, "twice", "两倍")):
            title = text(
                f"{en} as much: {limit.title['en']}",
                f"只是{zh}：{limit.title['zh']}" if factor < 1 else f"是其{zh}：{limit.title['zh']}",
            )
            yield mutant(build, SPEC, f"limit:{name}#{en}", title, **{part: int(getattr(SPEC, part) * factor)})
