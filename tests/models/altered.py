"""Mutation of the tables of a model: each row left out and each cell altered, one at a time, in a process of its own; the
tests must notice. `python -m tests.models.altered http`; `make mutation MODEL=http` runs it.

Tables are data, made when their modules are imported, so that tools that change what functions do pass them by. The golden
file of the model is asked first, which takes no time, then the tests that [tool.mutmut.models] of pyproject.toml names.
"""

from __future__ import annotations
import __future__

import ast
import contextlib
import importlib.machinery
import io
import multiprocessing
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.models import altered_rows

TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "http": {
        "persistence": ("RULES",), "framing": ("BODY_RULES",), "methods": ("METHODS",), "elements": ("RULE_ELEMENTS", "CARRIERS"),
    },
    "navigation": {"events": ("TABLE",), "edges": ("EDGES",), "vocabulary": ("_SAID",)},
}  # fmt: skip
"""The tables of each model, by module: annotated or not, each a tuple of dataclasses or of tuples."""
PRELOADED = ("hypothesis", "pydantic", "yaml")
Table = tuple[Any, ...]


def alterations(row: Any) -> Iterator[tuple[str, Any]]:
    """Every alteration of a row: what is altered, and the row that it leads to."""
    if is_dataclass(row) and not isinstance(row, type):
        for field in fields(row):
            for what, other in others(getattr(row, field.name)):
                yield f"{field.name} {what}", replace(row, **{field.name: other})
        return
    for at, value in enumerate(row):
        for what, other in others(value):
            yield f"{at} {what}", (*row[:at], other, *row[at + 1 :])


def others(value: Any) -> Iterator[tuple[str, Any]]:
    """What can stand in a cell in place of that value."""
    if isinstance(value, bool):
        yield "turned around", not value
    elif isinstance(value, str):
        yield "longer", f"{value}x"
    elif isinstance(value, tuple):
        yield from ((f"without {one}", tuple(other for other in value if other is not one)) for one in value)
    elif isinstance(value, Mapping):
        yield from ((f"longer in {lang}", {**value, lang: f"{value[lang]}x"}) for lang in value)
    elif hasattr(value, "section"):
        yield "elsewhere", replace(value, section=f"{value.section}.9")
    elif hasattr(value, "domain"):
        terms = value.domain.terms()
        yield "another", terms[(terms.index(value) + 1) % len(terms)]
    else:
        yield "turned around", lambda *given: not value(*given)


class Altering(importlib.machinery.SourceFileLoader):
    """Loads a module with another table, before anything has seen the right one."""

    def __init__(self, module: str, path: str, table: str, alter: Callable[[Table], Table]) -> None:
        super().__init__(module, path)
        self.table, self.alter = table, alter

    def exec_module(self, module: ModuleType) -> None:
        body = ast.parse(Path(self.path).read_text("utf-8")).body
        at = [self._makes_table(one) for one in body].index(True) + 1
        _run(body[:at], module)
        setattr(module, self.table, self.alter(getattr(module, self.table)))
        _run(body[at:], module)

    def _makes_table(self, statement: ast.stmt) -> bool:
        targets = [statement.target] if isinstance(statement, ast.AnnAssign) else getattr(statement, "targets", [])
        return self.table in map(ast.unparse, targets)


def _run(body: list[ast.stmt], module: ModuleType) -> None:
    code = compile(ast.Module(body, []), str(module.__file__), "exec", __future__.annotations.compiler_flag)
    exec(code, module.__dict__)


class Finder:
    """Finds that module for Altering, and leaves everything else to others."""

    def __init__(self, module: str, table: str, alter: Callable[[Table], Table]) -> None:
        self.module, self.table, self.alter = module, table, alter

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        found = importlib.machinery.PathFinder.find_spec(name, path, target) if name == self.module else None
        if found is not None:
            found.loader = Altering(name, str(found.origin), self.table, self.alter)
        return found


Alteration = tuple[str, str, int, str]
"""Module, table, the row's number, and what is altered; "" to leave the row out."""


def all_alterations(model: str) -> list[Alteration]:
    """Every alteration of the model's tables."""
    found: list[Alteration] = []
    for module, names in TABLES[model].items():
        loaded = importlib.import_module(f"quizgen.models.{model}.{module}")
        for name in names:
            for number, row in enumerate(getattr(loaded, name)):
                found += [(module, name, number, what) for what in ("", *(what for what, _ in alterations(row)))]
    return found


def outcome(model: str, alteration: Alteration) -> tuple[str, bool]:
    """The name of an alteration, and whether a test notices. To be called where nothing of quizgen is imported yet."""
    module, name, number, what = alteration

    def alter(table: Table) -> Table:
        instead = (dict(alterations(table[number]))[what],) if what else ()
        return (*table[:number], *instead, *table[number + 1 :])

    sys.meta_path.insert(0, Finder(f"quizgen.models.{model}.{module}", name, alter))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        noticed = importlib.import_module("tests.models.told").says_otherwise(model) or _fails(model)
    return f"{module}.{name}[{number}]: {what or 'left out'}", noticed


def _fails(model: str) -> bool:
    settings = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]["models"][model]
    files = settings["pytest_add_cli_args_test_selection"]
    return pytest.main(["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *files]) != pytest.ExitCode.OK


def main(model: str) -> int:
    """Try every alteration; 1 where one was not noticed. TCP's table has alterations of its own, and so have rows that calls
    make (`_rule(...)`), whose texts and numbers are altered where they stand."""
    if model == "tcp":
        return int(importlib.import_module("tests.models.tcp.altered_table").main())
    if model in altered_rows.ROWS:
        return altered_rows.main(model)
    if model not in TABLES:
        print(f"tables of {model}: none named in tests/models/altered.py")
        return 0
    for needed in PRELOADED:
        importlib.import_module(needed)
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        wanted = pool.map(all_alterations, [model])[0]
        outcomes = list(pool.imap_unordered(partial(outcome, model), wanted, chunksize=1))
    survivors = sorted(name for name, noticed in outcomes if not noticed)
    print(
        f"tables of {model}: {len(outcomes)} alterations, {len(outcomes) - len(survivors)} noticed",
        *survivors,
        sep="\n  ",
    )
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
