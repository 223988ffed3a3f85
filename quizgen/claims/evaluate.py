"""Claims, answered: a walk over the allowed syntax that asks the models and keeps what every part came to.

Nothing is reached but names of the vocabulary and attributes that a value's type publishes; work is bounded.
"""

from __future__ import annotations

import ast
import inspect
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import MethodType
from typing import Any, NoReturn

from quizgen.claims.errors import ClaimError
from quizgen.claims.kinds import a_kind, comparable, cut, may_hold, show
from quizgen.claims.parse import parse, source_span
from quizgen.diagnostics.diagnostic import did_you_mean
from quizgen.models.base import ModelError, Record, recording, repeat
from quizgen.models.values import Term, TermSet, Unreadable, near

MAX_STEPS = 10_000
"""How much work a claim may be: a step for each part of it that is answered, again in each round of a comprehension."""
CALL_STEPS = 20
"""What a call counts for; a word that takes longer says how much (see quizgen.models.base.takes)."""

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.BitAnd: operator.and_, ast.BitOr: operator.or_, ast.BitXor: operator.xor,
}  # fmt: skip
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right, ast.NotIn: lambda left, right: left not in right,
}  # fmt: skip
_TRUTHS = {"true": ["True"], "false": ["False"]}
_PLAIN = (bool, int, float, str, Term, TermSet)
"""Values that are equal only to what shows the same; an amount of 1024 B equals one of 1 KiB."""


@dataclass(frozen=True)
class Evaluation:
    """The value of an expression over some names, and what the models say it rests on; `called` is that of its walk."""

    expression: str
    names: Mapping[str, Any]
    value: Any
    record: Record
    called: dict[Any, tuple[Any, Record, Any]] = field(default_factory=dict, repr=False, compare=False)


@dataclass
class Walk:
    """A walk over an expression. `local` are the variables of comprehensions; `called` keeps answers, what the models said
    of them, and what was asked."""

    text: str
    names: Mapping[str, Any]
    local: dict[str, Any] = field(default_factory=dict)
    called: dict[Any, tuple[Any, Record, Any]] = field(default_factory=dict)
    steps: int = 0

    def value(self, node: ast.expr) -> Any:
        """What a part of the expression comes to. Raises ClaimError."""
        self.spend(node, 1)
        return _HANDLERS[type(node)](self, node)

    def spend(self, node: ast.expr, steps: int) -> None:
        """Count steps; too many are an error."""
        self.steps += steps
        if self.steps > MAX_STEPS:
            message = f"this claim takes more than {MAX_STEPS:,} steps to answer"
            self.fail(node, "QG206", message, "ask about fewer cases")

    def rounds(self, generators: Sequence[ast.comprehension]) -> Iterator[Mapping[str, Any]]:
        """Go through a comprehension: its variables are bound in each round."""
        if not generators:
            yield self.local
            return
        first, *rest = generators
        assert isinstance(first.target, ast.Name)
        outer = self.local
        for value in _members(self, first.iter):
            self.local = {**outer, first.target.id: value}
            if all(_truth(self, condition) for condition in first.ifs):
                yield from self.rounds(rest)
        self.local = outer

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
        except (TypeError, AttributeError):
            what = " and ".join(map(a_kind, args))
            self.fail(
                node, "QG206", f"`{self.source(node)}` has no answer for {what}", "compare and add things of one kind"
            )
        except (ValueError, LookupError, ArithmeticError) as error:
            self.fail(node, "QG206", f"`{self.source(node)}` has no answer: {cut(str(error))}")


def _constant(walk: Walk, node: ast.Constant) -> Any:
    return node.value


def _name(walk: Walk, node: ast.Name) -> Any:
    if node.id in walk.local:
        return walk.local[node.id]
    try:
        return walk.names[node.id]
    except KeyError:
        close = near(node.id, list(walk.names), 0.6)
        walk.fail(
            node,
            "QG203",
            f"`{node.id}` is no name that claims know here",
            did_you_mean(_TRUTHS.get(node.id, close)) or "`quizgen vocabulary` lists the names",
        )


def _attribute(walk: Walk, node: ast.Attribute) -> Any:
    owner = walk.value(node.value)
    published: frozenset[str] = getattr(type(owner), "published", frozenset())
    if node.attr not in published:
        close = near(node.attr, sorted(published), 0.5)
        offer = f"it has {', '.join(sorted(published))}" if published else "it has no parts to ask for"
        walk.fail(node, "QG203", f"{a_kind(owner)} has no `{node.attr}`", did_you_mean(close) or offer)
    return walk.apply(node, getattr, owner, node.attr)


def _call(walk: Walk, node: ast.Call) -> Any:
    function = walk.value(node.func)
    if not callable(function) or isinstance(function, type):
        walk.fail(node.func, "QG206", f"`{walk.source(node.func)}` is {a_kind(function)} and cannot be called")
    args = [walk.value(arg) for arg in node.args]
    named = {word.arg: walk.value(word.value) for word in node.keywords if word.arg is not None}
    key = _key(function, args, named)
    if key not in walk.called:
        walk.spend(node, getattr(function, "steps", CALL_STEPS))
        with recording() as record:
            answer = _answer(walk, node, function, args, named)
        walk.called[key] = answer, record, (function, args, named)
    answer, record, _ = walk.called[key]
    repeat(record)
    return answer


def _answer(walk: Walk, node: ast.Call, function: Any, args: list[Any], named: Mapping[str, Any]) -> Any:
    """What a call comes to; of arguments that do not fit, the author reads how it is asked, and nothing of Python's."""
    try:
        return walk.apply(node, function, *args, **named)
    except ClaimError as error:
        if not isinstance(error.__context__, TypeError | AttributeError):
            raise
        return _misfit(walk, node, function, args, named)


def _misfit(walk: Walk, node: ast.Call, function: Any, args: list[Any], named: Mapping[str, Any]) -> NoReturn:
    usage, message = None, f"it is asked with {', '.join(map(a_kind, (*args, *named.values()))) or 'nothing'}"
    with suppress(ValueError):  # a function of Python's own does not say what it takes
        taken = inspect.signature(function)
        words = [_parameter(one) for one in taken.parameters.values()]
        usage = f"it is asked as `{walk.source(node.func)}({', '.join(words)})`"
        try:
            taken.bind(*args, **named)
        except TypeError as misfit:
            message = str(misfit)
    walk.fail(node, "QG206", f"`{walk.source(node)}` has no answer: {message}", usage)


def _parameter(one: inspect.Parameter) -> str:
    """`end`, `after=...` for what may be left out, `*flags` for any number of them."""
    if one.kind is one.VAR_POSITIONAL:
        return f"*{one.name}"
    return one.name if one.default is one.empty else f"{one.name}=..."


def _key(function: Any, args: list[Any], named: Mapping[str, Any]) -> Any:
    """What tells a call from others, so that a round of a comprehension need not ask again what another asked.

    Models are pure: the same question has the same answer. What is not plain is the same if it is the same object.
    """
    asked = (function.__func__, id(function.__self__)) if isinstance(function, MethodType) else id(function)
    given = [(type(value), value) if type(value) in _PLAIN else id(value) for value in (*args, *named.values())]
    return asked, len(args), tuple(named), tuple(given)


def _compare(walk: Walk, node: ast.Compare) -> bool:
    left = walk.value(node.left)
    for op, part in zip(node.ops, node.comparators, strict=True):
        right = walk.value(part)
        _check_kinds(walk, node, op, left, right)
        if not walk.apply(node, COMPARE[type(op)], left, right):
            return False
        left = right
    return True


def _check_kinds(walk: Walk, node: ast.Compare, op: ast.cmpop, left: Any, right: Any) -> None:
    """What can never be so whatever the models say is a mistake, not false."""
    if isinstance(op, ast.Eq | ast.NotEq):
        never = "" if comparable(left, right) else "never"
    else:
        held = isinstance(op, ast.In | ast.NotIn) and isinstance(right, frozenset | set | tuple | list | range)
        never = "never in" if held and not may_hold(right, left) else ""
    if never:
        message = f"{a_kind(left)} ({cut(show(left))}) is {never} {a_kind(right)} ({cut(show(right))})"
        walk.fail(node, "QG206", message, "compare things of one kind")


def _boolean(walk: Walk, node: ast.BoolOp) -> bool:
    wanted = isinstance(node.op, ast.Or)
    return wanted if any(_truth(walk, part) is wanted for part in node.values) else not wanted


def _truth(walk: Walk, node: ast.expr) -> bool:
    value = walk.value(node)
    if not isinstance(value, bool):
        walk.fail(node, "QG206", f"`{walk.source(node)}` is {a_kind(value)} ({show(value)}), not true or false")
    return value


def _unary(walk: Walk, node: ast.UnaryOp) -> Any:
    if isinstance(node.op, ast.Not):
        return not _truth(walk, node.operand)
    return walk.apply(node, operator.neg, walk.value(node.operand))


def _binary(walk: Walk, node: ast.BinOp) -> Any:
    left, right = walk.value(node.left), walk.value(node.right)
    if isinstance(left, str) or isinstance(right, str):
        walk.fail(node, "QG206", "texts cannot be added or subtracted")
    return walk.apply(node, _BINARY[type(node.op)], left, right)


def _conditional(walk: Walk, node: ast.IfExp) -> Any:
    return walk.value(node.body if _truth(walk, node.test) else node.orelse)


def _comprehension(walk: Walk, node: ast.GeneratorExp | ast.ListComp | ast.SetComp) -> Any:
    found = tuple(walk.value(node.elt) for _ in walk.rounds(node.generators))
    return walk.apply(node, frozenset, found) if isinstance(node, ast.SetComp) else found


def _members(walk: Walk, node: ast.expr) -> Iterable[Any]:
    value = walk.value(node)
    if isinstance(value, frozenset | set):
        return sorted(value, key=show)
    if not isinstance(value, tuple | list | range):
        walk.fail(node, "QG206", f"{a_kind(value)} has no members to go through")
    return value


_HANDLERS: dict[type[ast.expr], Callable[[Walk, Any], Any]] = {
    ast.Constant: _constant, ast.Name: _name, ast.Attribute: _attribute, ast.Call: _call, ast.Compare: _compare,
    ast.BoolOp: _boolean, ast.UnaryOp: _unary, ast.BinOp: _binary, ast.IfExp: _conditional,
    ast.Set: lambda walk, node: walk.apply(node, frozenset, [walk.value(part) for part in node.elts]),
    ast.List: lambda walk, node: tuple(walk.value(part) for part in node.elts),
    ast.Tuple: lambda walk, node: tuple(walk.value(part) for part in node.elts),
    ast.GeneratorExp: _comprehension, ast.ListComp: _comprehension, ast.SetComp: _comprehension,
}  # fmt: skip


def evaluate(expression: str, names: Mapping[str, Any]) -> Evaluation:
    """Answer an expression over these names. Raises ClaimError for whatever an author can have got wrong."""
    walk = Walk(expression, names)
    tree = parse(expression)
    with recording() as record:
        value = walk.value(tree)
    return Evaluation(expression, names, value, record, walk.called)
