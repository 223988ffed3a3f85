"""The same question, asked a little differently: of the other end, a step before or after, of a neighbour, with a slip.

What such a question is answered with is wrong for the question as it stands, unless it comes to the same; and one can say
what it would be right for.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.kinds import show
from quizgen.claims.names import Names
from quizgen.claims.parse import parse
from quizgen.models.base import Slip, Text
from quizgen.models.near import others
from quizgen.models.values import Term

Change = Literal["slip", "end", "step", "start", "member"]
MAX_MEMBERS = 24
MAX_STEPS = 3
_FRESH = "instead_"


@dataclass(frozen=True)
class Rewrite:
    """Another question: an expression and the names that it needs besides. `why`: what its answer would be right for, a
    sentence; of a step only where that is: `once segment 2 has arrived`. `other`: the term put in place of another one.
    """

    change: Change
    expression: str
    bound: Mapping[str, Any]
    why: Text
    other: Term | None = None


def slips(expression: str, known: Mapping[str, Sequence[Slip]]) -> Iterator[Rewrite]:
    """With the known slips of the words that it calls, in their order."""
    calls = (node.func for node in ast.walk(parse(expression)) if isinstance(node, ast.Call))
    called = (function.id for function in calls if isinstance(function, ast.Name))
    for word in dict.fromkeys(called):
        for slip in known.get(word, ()):
            yield Rewrite("slip", expression, {word: slip.answer}, slip.why)


def members(expression: str, names: Names, variables: Collection[str]) -> Iterator[Rewrite]:
    """With another member of its domain for a term that is handed to a word, or that a variable stands for, the nearest
    first. Where there are just two, as of ends, it is the other one.
    """
    tree = parse(expression)
    for name in _handed(tree, variables):
        term = names.get(name)
        if not isinstance(term, Term):
            continue
        text = _with(tree, _places(tree, name), ast.Name(_FRESH, ast.Load()))
        for other in others(term)[:MAX_MEMBERS]:
            why = {
                lang: said.format(this=show(term, lang), other=show(other, lang))
                for lang, said in term.domain.instead.items()
            }
            change: Change = "end" if len(term.domain.members) == 2 else "member"
            yield Rewrite(change, text, {_FRESH: other}, why, other=other)


def _handed(tree: ast.expr, variables: Collection[str]) -> Iterator[str]:
    """The names that stand as arguments of calls, and those of variables, each once."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            given = [*node.args, *(word.value for word in node.keywords)]
            found += [one.id for one in given if isinstance(one, ast.Name)]
        elif isinstance(node, ast.Name) and node.id in variables:
            found.append(node.id)
    return iter(dict.fromkeys(found))


def steps(expression: str, names: Names) -> Iterator[Rewrite]:
    """One, two and three steps before and after, where a run is asked about something numbered; the beginning comes last,
    since little happens there.
    """
    tree = parse(expression)
    places = {id(node): place for place, node in enumerate(ast.walk(tree))}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    numbered = [found for call in calls for found in _numbers(call, names)]
    away = [step for distance in range(1, MAX_STEPS + 1) for step in (-distance, distance)]
    moves = [(one, one.number + step) for step in away for one in numbered]
    for one, number in sorted(moves, key=lambda move: move[1] == 0):
        where = one.run.numbered(one.parameter, number)
        if number >= 0 and where is not None:
            text = _with(tree, [places[id(one.argument)]], ast.Constant(number))
            yield Rewrite("start" if number == 0 else "step", text, {}, where)


class _Numbered(NamedTuple):
    argument: ast.expr
    number: int
    run: Any
    parameter: str


def _numbers(call: ast.Call, names: Names) -> Iterator[_Numbered]:
    """The arguments of a run's method that are whole numbers."""
    assert isinstance(call.func, ast.Attribute)
    try:
        run = evaluate(ast.unparse(call.func.value), names).value
    except ClaimError:
        return
    method = getattr(run, call.func.attr, None)
    if not hasattr(run, "numbered") or not callable(method):
        return
    parameters = list(inspect.signature(method).parameters)
    given = [*zip(parameters, call.args, strict=False), *((word.arg or "", word.value) for word in call.keywords)]
    for parameter, argument in given:
        number = argument.value if isinstance(argument, ast.Constant) else None
        if isinstance(argument, ast.Name):
            number = names.get(argument.id)
        if isinstance(number, int) and not isinstance(number, bool):
            yield _Numbered(argument, number, run, parameter)


def believed(claim: str, asked: str) -> Iterator[str]:
    """What a claim says that the question is answered with: `x` for `segment(2).ack == x`, if that is what is asked.

    asked: the question as `plain` spells it.
    """
    for node in ast.walk(parse(claim)):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
            sides = (node.left, node.comparators[0])
            for side, other in (sides, sides[::-1]):
                if ast.unparse(side) == asked:
                    yield ast.unparse(other)


def mentions(claim: str, asked: str) -> bool:
    """Whether what is asked, as `plain` spells it, is a part of the claim."""
    return any(ast.unparse(node) == asked for node in ast.walk(parse(claim)) if isinstance(node, ast.expr))


def named(expression: str, names: Names) -> Iterator[Any]:
    """The values of the names in an expression: what the question itself speaks of."""
    known = (names.get(node.id) for node in ast.walk(parse(expression)) if isinstance(node, ast.Name))
    return (value for value in known if isinstance(value, Term))


def plain(expression: str, variables: Mapping[str, Any]) -> str:
    """The expression in one spelling, with words and numbers for its variables."""
    tree = parse(expression)
    for name, value in variables.items():
        places = _places(tree, name)
        word = ast.Name(value.identifier, ast.Load()) if isinstance(value, Term) else None
        if isinstance(value, bool | int | str):
            tree = parse(_with(tree, places, ast.Constant(value)))
        elif word is not None:
            tree = parse(_with(tree, places, word))
    return ast.unparse(tree)


def _places(tree: ast.expr, name: str) -> list[int]:
    """Where a name stands, as places of the walk over the tree."""
    return [place for place, node in enumerate(ast.walk(tree)) if isinstance(node, ast.Name) and node.id == name]


class _Put(ast.NodeTransformer):
    def __init__(self, places: Collection[int], new: ast.expr) -> None:
        self.places, self.new = places, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if id(node) in self.places else self.generic_visit(node)


def _with(tree: ast.expr, places: Collection[int], new: ast.expr) -> str:
    """The expression with another part at these places of the walk over its tree."""
    copy = deepcopy(tree)
    nodes = {id(node) for place, node in enumerate(ast.walk(copy)) if place in places}
    return ast.unparse(_Put(nodes, new).visit(copy))
