"""Wrong variants of the cookie model: an attribute unknown, a rule not followed, a limit of another size, and what some
believe of cookies.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.models.base import Mutant
from quizgen.models.cookies.rules import ATTRIBUTES, LIMITS, RULES
from quizgen.models.cookies.spec import DAY, SPEC
from quizgen.models.mutants import Build, mutant, off, text

_LIMITS: dict[str, tuple[int, int]] = {
    "cookie-octets": (3072, 8192), "cookies-per-domain": (1, 20), "cookies-total": (300, 6000),
    "pair-octets": (1024, 8192), "attribute-octets": (256, 4096), "lifetime": (30 * DAY, 730 * DAY),
}  # fmt: skip
"""Other numbers that one might believe in; the lifetime in seconds, sizes in octets."""

_BELIEFS = (
    ("rule:domain-match", "sites of one name", "a cookie goes to all sites of one name: example.com and example.org", "cookie 会发给同名的所有站点：example.com 和 example.org"),
    ("rule:domain-match", "no dot", "a Domain matches any host that ends with it, dot or not", "Domain 匹配任何以它结尾的主机，不论是否以点为界"),
    ("rule:replace-same-key", "empty value deletes", "a cookie that is set to an empty value is deleted", "把值设为空就会删除 cookie"),
    ("rule:signing", "copies refused", "a signature lets the server refuse a copied value", "签名使服务器能拒绝被复制的值"),
    ("rule:host-only", "parent domain", "without Domain the cookie belongs to the parent domain", "没有 Domain 的 cookie 属于上级域"),
    ("rule:set-cookie-field", "value to the end", "the value goes on to the end of the field", "值一直延伸到字段末尾"),
    ("rule:set-cookie-field", "last =", "the name goes on to the last =", "名字一直延伸到最后一个等号"),
    ("rule:set-cookie-field", "quotes go", "double quotes are no part of the value", "双引号不是值的一部分"),
)  # fmt: skip
"""Element, belief, and what is believed."""


def mutants(build: Build) -> Iterator[Mutant]:
    """Every mutant, in the order of the model's elements."""
    for name in ATTRIBUTES:
        title = text(f"user agents do not know the attribute {name}", f"浏览器不认识 {name} 属性")
        yield mutant(build, SPEC, f"attribute:{name}#unknown", title, attributes=SPEC.attributes - {name})
    for name, rule in RULES.items():
        yield mutant(build, SPEC, f"rule:{name}#off", off(rule.title), rules=SPEC.rules - {name})
        for element, belief, en, zh in _BELIEFS:
            if element == f"rule:{name}":
                yield mutant(build, SPEC, f"{element}#{belief}", text(en, zh), beliefs=frozenset({belief}))
    for name, limit in LIMITS.items():
        part, unit = name.replace("-", "_"), DAY if name == "lifetime" else 1
        for number in _LIMITS[name]:
            shown = number // unit
            title = text(
                f"{shown} instead of {getattr(SPEC, part) // unit}: {limit.title['en']}",
                f"{shown} 而非 {getattr(SPEC, part) // unit}：{limit.title['zh']}",
            )
            yield mutant(build, SPEC, f"limit:{name}#{shown}", title, **{part: number})
