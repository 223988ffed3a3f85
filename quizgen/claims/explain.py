"""Why a claim came to what it came to: the values of the parts that decided, as a failing assertion of pytest shows them.

Of `a and b` only what is false decides, of `all(... for n in ...)` only the first member that fails, which is named; of two
sets that differ, the members that one of them lacks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import COMPARE, Evaluation, Walk
from quizgen.claims.kinds import cut, show
from quizgen.claims.parse import parse
from quizgen.models.base import Record, recording

_MANY = 12
"""How many members are named one by one."""


@dataclass(frozen=True)
class Explanation:
    """`lines` such as `segment(2).length is 200`, and what the models say of the parts that decided."""

    lines: tuple[str, ...]
    record: Record


def explain(evaluation: Evaluation) -> Explanation:
    """Walk the parts that decided once more, and tell their values. The models need not be asked again."""
    teller = _Teller(Walk(evaluation.expression, evaluation.names, called=evaluation.called))
    with recording() as record, suppress(ClaimError):  # too many steps, of which the first have been told
        teller.tell(parse(evaluation.expression))
    return Explanation(tuple(teller.lines), record)


_DECISIONS = (ast.BoolOp, ast.IfExp, ast.GeneratorExp, ast.ListComp)
_DECIDING_WORD = re.compile(r"\b(?:and|or|if|for)\b")
"""Without one of these an expression has no such part; most have none, and need not be walked."""


def deciding(evaluation: Evaluation) -> Record:
    """What the models say of the parts that decided: less than of all parts where there are several."""
    text = evaluation.expression
    if _DECIDING_WORD.search(text) and any(isinstance(node, _DECISIONS) for node in ast.walk(parse(text))):
        return explain(evaluation).record
    return evaluation.record


@dataclass
class _Teller:
    walk: Walk
    lines: dict[str, None] = field(default_factory=dict)

    def say(self, text: str, value: Any) -> None:
        """A line, unless the value is nothing that can be shown."""
        if hasattr(value, "show") or isinstance(value, bool | int | float | str | frozenset | tuple):
            self.lines[f"{cut(text)} is {cut(show(value))}"] = None

    def aside(self, node: ast.expr) -> Any:
        """The value of a part that may not have decided, so that what the models say of it is not kept."""
        with recording():
            return self.walk.value(node)

    def tell(self, node: ast.AST) -> None:
        """The lines of what decided the value of this part, inner parts first."""
        match node:
            case ast.BoolOp():
                self._boolean(node)
            case ast.Compare():
                self._comparison(node)
            case ast.IfExp():
                self.tell(node.test)
                self.tell(node.body if self.walk.value(node.test) else node.orelse)
            case ast.Call(func=ast.Name(id="all" | "any" as word), args=[ast.GeneratorExp() | ast.ListComp() as loop]):
                self._quantifier(loop, word == "any")
            case ast.GeneratorExp() | ast.ListComp() | ast.SetComp():
                self.say(self.walk.source(node), self.walk.value(node))
            case ast.Call() | ast.Attribute():
                self._inner(node)
                self.say(self.walk.source(node), self.walk.value(node))
            case _:
                self._inner(node)

    def _inner(self, node: ast.AST) -> None:
        """The parts of a part. What is called has no value to tell, only what it is asked of."""
        called = node.func if isinstance(node, ast.Call) else None
        for child in ast.iter_child_nodes(node):
            self.tell(child.value if child is called and isinstance(child, ast.Attribute) else child)

    def _boolean(self, node: ast.BoolOp) -> None:
        wanted = isinstance(node.op, ast.Or)
        decisive = next((part for part in node.values if self.aside(part) is wanted), None)
        for part in node.values if decisive is None else [decisive]:
            self.tell(part)
        if decisive is not None and not isinstance(decisive, ast.Call | ast.BoolOp):
            self.say(f"`{self.walk.source(decisive)}`", wanted)

    def _comparison(self, node: ast.Compare) -> None:
        """Both sides of the comparison that failed; of a chain that holds, all parts."""
        left, value = node.left, self.walk.value(node.left)
        for op, right in zip(node.ops, node.comparators, strict=True):
            before, value = value, self.walk.value(right)
            if not COMPARE[type(op)](before, value):
                self.tell(left)
                self.tell(right)
                if isinstance(op, ast.Eq):
                    self._difference((left, right), (before, value))
                return
            left = right
        self._inner(node)

    def _difference(self, parts: Sequence[ast.expr], values: Sequence[Any]) -> None:
        """What one of two sets has and the other lacks."""
        left, right = values
        if not (isinstance(left, frozenset) and isinstance(right, frozenset)):
            return
        for one, other, part in ((right, left, parts[0]), (left, right, parts[1])):
            if lacking := ", ".join(sorted(show(member) for member in one - other)):
                self.lines[f"{cut(self.walk.source(part))} lacks {cut(lacking)}"] = None

    def _quantifier(self, loop: ast.GeneratorExp | ast.ListComp, wanted: bool) -> None:
        """The member that decided, by name; where all of them did, which there are."""
        members, outer = [], self.walk.local
        for bound in self._rounds(loop.generators):
            if self.aside(loop.elt) is wanted:
                verb = "holds" if wanted else "does not hold"
                self.lines[f"`{cut(self.walk.source(loop.elt))}` {verb} for {bound}"] = None
                self.tell(loop.elt)
                self.walk.local = outer
                return
            members.append(bound)
        self.walk.value(loop)
        what = "for none of" if wanted else "for"
        named = "; ".join(members[:_MANY]) + (f" and {len(members) - _MANY} more" if len(members) > _MANY else "")
        self.lines[f"`{cut(self.walk.source(loop.elt))}` holds {what} {named or 'no member at all'}"] = None

    def _rounds(self, generators: Sequence[ast.comprehension]) -> Iterator[str]:
        """Go through the rounds of a comprehension; each as `n = 1, end = client`, its variables bound meanwhile."""
        for local in self.walk.rounds(generators):
            yield ", ".join(f"{name} = {show(value)}" for name, value in _own(local, generators).items())


def _own(local: Mapping[str, Any], generators: Sequence[ast.comprehension]) -> dict[str, Any]:
    names = [generator.target.id for generator in generators if isinstance(generator.target, ast.Name)]
    return {name: local[name] for name in names}
