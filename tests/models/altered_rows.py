"""Mutation of the rows of a model: each text and number outside of functions altered, one at a time; the tests must notice.

Rows are made when a module is imported, so that tools that change what functions do pass them by. Docstrings, types and
how a class is made (`frozen=True`) are left alone. Each alteration runs in a process of its own, where the module is
loaded with it. Prints how many were noticed in each file, and which were not; `make mutation` runs it.
"""

import __future__

import ast
import contextlib
import importlib
import importlib.machinery
import io
import multiprocessing
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TESTS = Path(__file__).parent
MODELS = TESTS.parents[1] / "quizgen" / "models"
ROWS = {"cookies": ("rules", "spec"), "sessions": ("spec",)}
"""The modules of each model that hold rows."""
SLOW = ("test_fuzz.py", "test_oracles.py")
PRELOADED = ("hypothesis", "yaml", "quizgen.check.documents", "quizgen.claims.evaluate", "quizgen.claims.names")
"""What the tests need besides a model, so that the process of each alteration need not import it."""
Place = tuple[int, int]


def constants(tree: ast.Module) -> Iterator[ast.Constant]:
    """The texts and numbers that are made when the module is imported, in the order in which they stand."""
    for node in tree.body:
        yield from _within(node)


def _within(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr) or _is_text_alone(node):
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str | bytes | int) and node.value not in ("", b""):
            yield node
        return
    for field, value in ast.iter_fields(node):
        for child in () if _left_alone(node, field) else value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _within(child)


def _is_text_alone(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _left_alone(node: ast.AST, field: str) -> bool:
    """Types, how a class is made, and what functions do."""
    if isinstance(node, ast.FunctionDef | ast.Lambda) and field == "body":
        return True
    return field in ("annotation", "returns") or (isinstance(node, ast.ClassDef) and field == "decorator_list")


def altered(value: Any) -> Any:
    """Another value of its kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return value + ("~" if isinstance(value, str) else b"~")


class Altering(importlib.machinery.SourceFileLoader):
    """Loads a module with one constant altered: the one that starts at that line and column."""

    place: Place = (0, 0)

    def exec_module(self, module: ModuleType) -> None:
        tree = ast.parse(Path(self.path).read_text("utf-8"))
        for constant in constants(tree):
            if (constant.lineno, constant.col_offset) == self.place:
                constant.value = altered(constant.value)
        code = compile(tree, self.path, "exec", __future__.annotations.compiler_flag)
        exec(code, module.__dict__)


class Finder:
    """Finds one module for Altering, and leaves everything else to others."""

    def __init__(self, name: str, place: Place) -> None:
        self.name, self.place = name, place

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        found = importlib.machinery.PathFinder.find_spec(name, path, target) if name == self.name else None
        if found is not None:
            loader = Altering(name, str(found.origin))
            loader.place, found.loader = self.place, loader
        return found


def outcome(alteration: tuple[str, str, Place]) -> tuple[str, str, bool]:
    """The file, what was altered, and whether a test failed of it. To be called where nothing of it is imported yet."""
    model, file, place = alteration
    sys.meta_path.insert(0, Finder(f"quizgen.models.{model}.{file}", place))
    rest = sorted(path for path in (TESTS / model).glob("test_*.py") if path.name not in (*SLOW, "test_rows.py"))
    noticed = _fails([TESTS / model / "test_rows.py"]) or _fails(rest)
    return f"{model}/{file}.py", f"{place[0]}:{place[1]}", noticed


def _fails(files: list[Path]) -> bool:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        options = ["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-profile=ci"]
        return pytest.main([*options, *map(str, files)]) != pytest.ExitCode.OK


def alterations(model: str) -> Iterator[tuple[str, str, Place]]:
    """Every alteration of a model's rows."""
    for file in ROWS[model]:
        for constant in constants(ast.parse((MODELS / model / f"{file}.py").read_text("utf-8"))):
            yield model, file, (constant.lineno, constant.col_offset)


def main(model: str) -> int:
    """Try every alteration of a model's rows; 1 where one was not noticed."""
    wanted = list(alterations(model))
    for needed in PRELOADED:
        importlib.import_module(needed)
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        outcomes = list(pool.imap_unordered(outcome, wanted, chunksize=1))
    for file, number in sorted(Counter(file for file, _, _ in outcomes).items()):
        missed = sorted(place for where, place, noticed in outcomes if where == file and not noticed)
        print(f"{file}: {number} alterations, {number - len(missed)} noticed", *missed, sep="\n  ")
    return 0 if all(noticed for _, _, noticed in outcomes) else 1
