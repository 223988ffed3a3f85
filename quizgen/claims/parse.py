"""The claim language, read: Python's expression syntax less everything that is not on the list below."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

from quizgen.claims.errors import ClaimError

MAX_LENGTH = 2_000
MAX_DEPTH = 40
_SPACES = str.maketrans("\r\n\t\f\v", "     ")

_ALLOWED: frozenset[type[ast.AST]] = frozenset((
    ast.Constant, ast.Name, ast.Attribute, ast.Call, ast.keyword, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.BinOp,
    ast.Set, ast.List, ast.Tuple, ast.IfExp, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.comprehension,
    ast.Load, ast.Store, ast.And, ast.Or, ast.Not, ast.USub, ast.Add, ast.Sub, ast.BitAnd, ast.BitOr, ast.BitXor,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
))  # fmt: skip
_CONSTANTS = (bool, int, float, str, type(None))
_CALLED = {
    ast.Subscript: "an index in [ ]", ast.Lambda: "lambda", ast.Dict: "a { key: value } table", ast.Starred: "*",
    ast.JoinedStr: "an f-string", ast.NamedExpr: ":=", ast.Pow: "the power operator **", ast.Mult: "*", ast.Div: "/",
    ast.FloorDiv: "//", ast.Mod: "%", ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.Is: "is (write ==)",
    ast.IsNot: "is not (write !=)", ast.DictComp: "a { key: value } table", ast.Await: "await", ast.Yield: "yield",
    ast.Invert: "~", ast.UAdd: "a leading +", ast.Slice: "a slice",
}  # fmt: skip


_ELSEWHERE = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "||": "or", "<>": "!=", "===": "=="}
"""How other languages write it."""


def source_span(node: ast.AST, text: str) -> tuple[int, int]:
    """Offsets of a node in the (one-line) expression; ast counts bytes, quizgen characters."""
    start, end = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", None)
    if text.isascii():
        return start, len(text) if end is None else end
    data = text.encode()
    return len(data[:start].decode(errors="ignore")), len(data[:end].decode(errors="ignore"))


@lru_cache(maxsize=4096)
def parse(text: str) -> ast.expr:
    """The syntax tree of an expression, only of allowed parts. Line breaks count as spaces; no spaces may lead.

    Raises ClaimError QG201 (not an expression) or QG202 (not part of the language).
    """
    if len(text) > MAX_LENGTH:
        raise ClaimError(
            "QG202", f"an expression has at most {MAX_LENGTH} characters", (0, MAX_LENGTH), "split the claim"
        )
    flat = text.translate(_SPACES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(flat, mode="eval").body
    except SyntaxError as error:
        at = max((error.offset or 1) - 1, 0)
        at = min(at, max(len(flat) - 1, 0))
        raise ClaimError("QG201", f"this is no expression: {error.msg}", (at, at + 1), _advice(flat)) from None
    except (ValueError, MemoryError, RecursionError):
        raise ClaimError("QG201", "this is no expression that can be read", (0, len(text)), _advice(flat)) from None
    _admit(tree, flat, 0)
    return tree


def _advice(text: str) -> str | None:
    if " = " in text and "==" not in text:
        return "compare with ==, as in `a == b`"
    for wrong, right in _ELSEWHERE.items():
        if wrong in text.split():
            return f"write `{right}` for `{wrong}`"
    if "-" in text and any(part.isupper() for part in text.replace("-", "").split()):
        return "inside expressions a name has underscores: SYN_SENT, not SYN-SENT"
    return None


def _admit(node: ast.AST, text: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ClaimError(
            "QG202", f"an expression nests at most {MAX_DEPTH} deep", source_span(node, text), "split the claim"
        )
    if type(node) not in _ALLOWED:
        what = _CALLED.get(type(node), type(node).__name__)
        where = (0, len(text)) if not hasattr(node, "col_offset") else source_span(node, text)
        raise ClaimError(
            "QG202", f"{what} is not part of the claim language", where, "see `quizgen vocabulary` for what is"
        )
    if isinstance(node, ast.Constant):
        _admit_constant(node, text)
    if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
        raise ClaimError("QG202", f"`{node.attr}` is not part of the claim language", source_span(node, text))
    if isinstance(node, ast.comprehension) and not isinstance(node.target, ast.Name):
        raise ClaimError("QG202", "a comprehension has one plain name after `for`", source_span(node.target, text))
    for child in ast.iter_child_nodes(node):
        _admit(child, text, depth + 1)


def _admit_constant(node: ast.Constant, text: str) -> None:
    if not isinstance(node.value, _CONSTANTS):
        raise ClaimError(
            "QG202", "only numbers, quoted text, True and False stand for themselves", source_span(node, text)
        )
    if isinstance(node.value, str) and not node.value.isascii() and re.search("[\ud800-\udfff]", node.value):
        help_ = "write the character itself"
        raise ClaimError("QG202", "half of a surrogate pair is no character", source_span(node, text), help_)
    if isinstance(node.value, int) and node.value.bit_length() > 128:
        raise ClaimError("QG202", "a number has at most 128 bits", source_span(node, text))
