"""Claims, answered: a walk over the allowed syntax that asks the models and keeps what every part came to.

Nothing is reached but names of the vocabulary and attributes that a value's type publishes; work is bounded.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NoReturn

from quizgen.claims.errors import ClaimError, did_you_mean
from quizgen.claims.kinds import comparable, kind, show
from quizgen.claims.parse import parse, source_span
from quizgen.models.base import ModelError, Record, recording
from quizgen.models.values import Unreadable

MAX_STEPS = 100_000

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.BitAnd: operator.and_, ast.BitOr: operator.or_, ast.BitXor: operator.xor,
}  # fmt: skip
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right, ast.NotIn: lambda left, right: left not in right,
}  # fmt: skip


@dataclass(frozen=True)
class Evaluation:
    """The value of an expression, what its parts came to (source text, value), and what the models say it rests on."""

    expression: str
    value: Any
    parts: tuple[tuple[str, Any], ...]
    record: Record

    def explain(self) -> list[str]:
        """`handshake.state(client) is ESTABLISHED`, a line for each part that is not obvious."""
        lines = {f"{text} is {show(value)}": None for text, value in self.parts if _showable(value)}
        return list(lines)


def _showable(value: object) -> bool:
    return hasattr(value, "show") or isinstance(value, bool | int | float | str | frozenset | tuple)


@dataclass
class _Walk:
    text: str
    names: Mapping[str, Any]
    local: dict[str, Any] = field(default_factory=dict)
    parts: list[tuple[str, Any]] = field(default_factory=list)
    steps: int = 0

    def value(self, node: ast.expr) -> Any:
        self.steps += 1
        if self.steps > MAX_STEPS:
            self.fail(
                node, "QG206", f"this claim takes more than {MAX_STEPS:,} steps to answer", "ask about fewer cases"
            )
        answer = _HANDLERS[type(node)](self, node)
        if isinstance(node, ast.Call | ast.Attribute) and len(self.parts) < 200:
            self.parts.append((self.source(node), answer))
        return answer

    def source(self, node: ast.AST) -> str:
        start, end = source_span(node, self.text)
        return self.text[start:end]

    def fail(self, node: ast.AST, code: str, message: str, help_: str | None = None) -> NoReturn:
        raise ClaimError(code, message, source_span(node, self.text), help_)

    def apply(self, node: ast.AST, function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Call into a model or an operator; what goes wrong there is the author's to mend."""
        try:
            return function(*args, **named)
        except ModelError as error:
            self.fail(node, "QG206", str(error))
        except Unreadable as error:
            self.fail(node, "QG206", str(error), did_you_mean(error.nearest))
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
            self.fail(node, "QG206", f"`{self.source(node)}` has no answer: {error}")


def _constant(walk: _Walk, node: ast.Constant) -> Any:
    return node.value


def _name(walk: _Walk, node: ast.Name) -> Any:
    if node.id in walk.local:
        return walk.local[node.id]
    try:
        return walk.names[node.id]
    except KeyError:
        close = get_close_matches(node.id, list(walk.names), n=2, cutoff=0.6)
        walk.fail(
            node,
            "QG203",
            f"`{node.id}` is no name that claims know here",
            did_you_mean(close) or "`quizgen vocabulary` lists the names",
        )


def _attribute(walk: _Walk, node: ast.Attribute) -> Any:
    owner = walk.value(node.value)
    published: frozenset[str] = getattr(type(owner), "published", frozenset())
    if node.attr not in published:
        close = get_close_matches(node.attr, sorted(published), n=2, cutoff=0.5)
        offer = f"it has {', '.join(sorted(published))}" if published else "it has no parts to ask for"
        walk.fail(node, "QG203", f"a {kind(owner)} has no `{node.attr}`", did_you_mean(close) or offer)
    return walk.apply(node, getattr, owner, node.attr)


def _call(walk: _Walk, node: ast.Call) -> Any:
    function = walk.value(node.func)
    if not callable(function) or isinstance(function, type):
        walk.fail(node.func, "QG206", f"`{walk.source(node.func)}` is a {kind(function)} and cannot be called")
    args = [walk.value(arg) for arg in node.args]
    named = {word.arg: walk.value(word.value) for word in node.keywords if word.arg is not None}
    return walk.apply(node, function, *args, **named)


def _compare(walk: _Walk, node: ast.Compare) -> bool:
    left = walk.value(node.left)
    for op, part in zip(node.ops, node.comparators, strict=True):
        right = walk.value(part)
        if isinstance(op, ast.Eq | ast.NotEq) and not comparable(left, right):
            walk.fail(
                node,
                "QG206",
                f"a {kind(left)} ({show(left)}) is never a {kind(right)} ({show(right)})",
                "compare things of one kind",
            )
        if not walk.apply(node, _COMPARE[type(op)], left, right):
            return False
        left = right
    return True


def _boolean(walk: _Walk, node: ast.BoolOp) -> bool:
    wanted = isinstance(node.op, ast.Or)
    return wanted if any(_truth(walk, part) is wanted for part in node.values) else not wanted


def _truth(walk: _Walk, node: ast.expr) -> bool:
    value = walk.value(node)
    if not isinstance(value, bool):
        walk.fail(node, "QG206", f"`{walk.source(node)}` is a {kind(value)} ({show(value)}), not true or false")
    return value


def _unary(walk: _Walk, node: ast.UnaryOp) -> Any:
    if isinstance(node.op, ast.Not):
        return not _truth(walk, node.operand)
    return walk.apply(node, operator.neg, walk.value(node.operand))


def _binary(walk: _Walk, node: ast.BinOp) -> Any:
    left, right = walk.value(node.left), walk.value(node.right)
    if isinstance(left, str) or isinstance(right, str):
        walk.fail(node, "QG206", "texts cannot be added or subtracted")
    return walk.apply(node, _BINARY[type(node.op)], left, right)


def _conditional(walk: _Walk, node: ast.IfExp) -> Any:
    return walk.value(node.body if _truth(walk, node.test) else node.orelse)


def _comprehension(walk: _Walk, node: ast.GeneratorExp | ast.ListComp | ast.SetComp) -> Any:
    found = tuple(_generate(walk, node.elt, node.generators))
    return frozenset(found) if isinstance(node, ast.SetComp) else found


def _generate(walk: _Walk, element: ast.expr, generators: list[ast.comprehension]) -> Iterator[Any]:
    if not generators:
        yield walk.value(element)
        return
    first, *rest = generators
    for value in _members(walk, first.iter):
        assert isinstance(first.target, ast.Name)
        walk.local[first.target.id] = value
        if all(_truth(walk, condition) for condition in first.ifs):
            yield from _generate(walk, element, rest)
        walk.local.pop(first.target.id, None)


def _members(walk: _Walk, node: ast.expr) -> Iterable[Any]:
    value = walk.value(node)
    if isinstance(value, frozenset | set):
        return sorted(value, key=show)
    if not isinstance(value, tuple | list | range):
        walk.fail(node, "QG206", f"a {kind(value)} has no members to go through")
    return value


_HANDLERS: dict[type[ast.expr], Callable[[_Walk, Any], Any]] = {
    ast.Constant: _constant, ast.Name: _name, ast.Attribute: _attribute, ast.Call: _call, ast.Compare: _compare,
    ast.BoolOp: _boolean, ast.UnaryOp: _unary, ast.BinOp: _binary, ast.IfExp: _conditional,
    ast.Set: lambda walk, node: walk.apply(node, frozenset, [walk.value(part) for part in node.elts]),
    ast.List: lambda walk, node: tuple(walk.value(part) for part in node.elts),
    ast.Tuple: lambda walk, node: tuple(walk.value(part) for part in node.elts),
    ast.GeneratorExp: _comprehension, ast.ListComp: _comprehension, ast.SetComp: _comprehension,
}  # fmt: skip


def evaluate(expression: str, names: Mapping[str, Any]) -> Evaluation:
    """Answer an expression over these names. Raises ClaimError for whatever an author can have got wrong."""
    walk = _Walk(expression, names)
    tree = parse(expression)
    with recording() as record:
        value = walk.value(tree)
    return Evaluation(expression, value, tuple(walk.parts), record)
