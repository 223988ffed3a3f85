"""Wrong variants of HTTP: a rule turned round or left out, a body that ends otherwise, a method with another promise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from quizgen.models.base import Mutant, Text
from quizgen.models.http.elements import CARRIERS, RULE_ELEMENTS
from quizgen.models.http.framing import CONNECTION_CLOSE, CONTENT_LENGTH, FAULTY, BodyRule
from quizgen.models.http.message import HTTP_1_1, HTTP_2, HTTP_3
from quizgen.models.http.persistence import PersistenceRule
from quizgen.models.http.spec import SPEC
from quizgen.models.mutants import Build, mutant, off, text
from quizgen.models.values import Term

_Altered = tuple[str, Text, dict[str, Any]]
"""The mutant's id and title, and the part of the spec that it replaces."""

_IN_TABLES = {"rule:stateless", "rule:responses-in-order", "rule:streams-in-any-order"}
"""Rules that hold by other parts of the spec than `off`."""


def mutants(build: Build) -> Iterator[Mutant]:
    """Every mutant, in the order of the model's elements."""
    for id_, title, changes in chain(_persistence(), _bodies(), _rules(), _order(), _methods()):
        yield mutant(build, SPEC, id_, title, **changes)


def _put(rows: Sequence[Any], row: Any, *instead: Any) -> tuple[Any, ...]:
    """The rows with one of them replaced, or left out."""
    return tuple(one for other in rows for one in (instead if other is row else (other,)))


def _says(title: Text, persists: bool) -> Text:
    """What the row decides, the other way round."""
    return text(
        f"the connection {'stays open' if persists else 'closes'} all the same: {title['en']}",
        f"连接照样{'保持' if persists else '关闭'}：{title['zh']}",
    )


def _left_out(title: Text) -> Text:
    return text(f"nobody asks whether {title['en']}", f"不考虑这一条：{title['zh']}")


def _turned(row: PersistenceRule | BodyRule) -> tuple[str, Text, Any]:
    return f"{row.id}#turned", _says(row.title, not row.persists), replace(row, persists=not row.persists)


def _persistence() -> Iterator[_Altered]:
    for row in SPEC.rules:
        id_, title, turned = _turned(row)
        yield id_, title, {"rules": _put(SPEC.rules, row, turned)}
        if row is not SPEC.rules[-1]:  # which decides where nothing else does
            yield f"{row.id}#missing", _left_out(row.title), {"rules": _put(SPEC.rules, row)}
    for part in ("unread", "half_closed"):
        id_, title, turned = _turned(getattr(SPEC, part))
        yield id_, title, {part: turned}


def _bodies() -> Iterator[_Altered]:
    for row in SPEC.bodies:
        if row.id not in _OF_REQUESTS and row.end != CONNECTION_CLOSE:
            id_, title, turned = _turned(row)
            yield id_, title, {"bodies": _put(SPEC.bodies, row, turned)}
        if row is not SPEC.bodies[-1] and row.id != "body:both":
            yield f"{row.id}#missing", _left_out(row.title), {"bodies": _put(SPEC.bodies, row)}
        for end in _ENDS:
            if end != row.end:
                yield _ended(row, end)


_OF_REQUESTS = {"body:both", "body:request-not-chunked", "body:request-without"}
"""Rows of which only the end can be asked for: whether a connection stays open rests on the bodies of responses, and where
the closing ends one, on rule:length-by-close."""
_ENDS = (CONTENT_LENGTH, CONNECTION_CLOSE, FAULTY)


def _ended(row: BodyRule, end: Term) -> _Altered:
    """The row, with the body told to end by something else."""
    title = text(
        f"ended by {end.show()}, not {row.end.show()}: {row.title['en']}",
        f"以{end.show('zh')}而非{row.end.show('zh')}结束：{row.title['zh']}",
    )
    return f"{row.id}#{end}", title, {"bodies": _put(SPEC.bodies, row, replace(row, end=end))}


def _rules() -> Iterator[_Altered]:
    for element in (*RULE_ELEMENTS, *CARRIERS):
        if element.id not in _IN_TABLES:
            yield f"{element.id}#off", off(element.title), {"off": frozenset({element.id})}
    nothing = text("no request can tell whose it is", "任何请求都无法表明属于哪个用户")
    yield "rule:stateless#strangers", nothing, {"off": frozenset(one.id for one in CARRIERS)}
    for part, en, zh in (("cookie", "cookies", "cookie"), ("credentials", "credentials", "凭据")):
        title = text(
            f"a request without {en} has those of the request before it", f"没有{zh}的请求沿用前一个请求的{zh}"
        )
        yield f"rule:stateless#{part}", title, {"inherited": (part,)}


def _order() -> Iterator[_Altered]:
    title = text("HTTP/1.1 responses come in any order", "HTTP/1.1 的响应顺序不限")
    yield "rule:responses-in-order#HTTP/1.1", title, {"ordered": tuple(one for one in SPEC.ordered if one != HTTP_1_1)}
    for version in (HTTP_2, HTTP_3):
        title = text(f"{version} responses come in the order of the requests", f"{version} 的响应按请求的顺序返回")
        yield f"rule:streams-in-any-order#{version}", title, {"ordered": (*SPEC.ordered, version)}


def _methods() -> Iterator[_Altered]:
    for method in SPEC.methods:
        turned = (
            ("safe", "安全", not method.safe, replace(method, safe=not method.safe)),
            ("idempotent", "幂等", not method.idempotent, replace(method, idempotent=not method.idempotent)),
        )
        for en, zh, holds, other in turned:
            title = text(
                f"{method.name} is {'' if holds else 'not '}{en}", f"{method.name} {'' if holds else '不'}是{zh}方法"
            )
            yield f"{method.id}#{en}", title, {"methods": _put(SPEC.methods, method, other)}
    safe = tuple(replace(one, safe=one.idempotent) for one in SPEC.methods)
    for name in ("PUT", "DELETE"):
        title = text("every idempotent method is safe", "幂等方法都是安全方法")
        yield f"method:{name}#safe like all idempotent ones", title, {"methods": safe}
