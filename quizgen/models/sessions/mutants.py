"""Wrong variants of the session model: a rule not followed, a carrier not looked at, an attack that fails, a defence that
does not work, another timeout, the name of another server's cookie.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.models.base import Mutant
from quizgen.models.mutants import Build, mutant, off, text
from quizgen.models.sessions.spec import (
    ATTACK_ROWS,
    CARRIER_ROWS,
    DEFENCE_ROWS,
    HOUR,
    ID_NAMES,
    LIMIT_ROWS,
    RULES,
    SPEC,
)


def mutants(build: Build) -> Iterator[Mutant]:
    """Every mutant, in the order of the model's elements."""
    for name, row in RULES.items():
        yield mutant(build, SPEC, f"{row.id}#off", off(row.title), rules=SPEC.rules - {name})
    for name, row in CARRIER_ROWS.items():
        yield mutant(build, SPEC, f"{row.id}#off", off(row.title), carriers=SPEC.carriers - {name})
    yield from _id_names(build)
    for name, row in ATTACK_ROWS.items():
        title = text(f"harmless: {row.title['en']}", f"没有危害：{row.title['zh']}")
        yield mutant(build, SPEC, f"{row.id}#harmless", title, attacks=SPEC.attacks - {name})
    for name, row in DEFENCE_ROWS.items():
        title = text(f"to no avail: {row.title['en']}", f"不起作用：{row.title['zh']}")
        yield mutant(build, SPEC, f"{row.id}#useless", title, defences=SPEC.defences - {name})
    idle, absolute = (LIMIT_ROWS[name].id for name in ("idle timeout", "absolute timeout"))
    yield mutant(build, SPEC, f"{idle}#20 min", text("20 minutes without a request", "20 分钟没有请求"), idle=HOUR // 3)
    yield mutant(build, SPEC, f"{absolute}#24 h", text("24 hours in all", "总共 24 小时"), absolute=24 * HOUR)


def _id_names(build: Build) -> Iterator[Mutant]:
    """Two servers that have each other's name for the cookie."""
    servers = list(ID_NAMES)
    for server, other in zip(servers, [*servers[1:], servers[0]], strict=True):
        names = {**ID_NAMES, server: ID_NAMES[other], other: ID_NAMES[server]}
        title = text(
            f"{server} sends {names[server]}, and {other} {names[other]}",
            f"{server} 使用 {names[server]}，{other} 使用 {names[other]}",
        )
        yield mutant(build, SPEC, f"{CARRIER_ROWS['cookie'].id}#{names[server]} of {server}", title, id_names=names)
