"""Mutation of states.TABLE: each cell of each row altered, one at a time, in a process of its own; the tests must notice.

The table is data, made when its module is imported, so that tools that change what functions do pass it by. Prints how
many alterations were noticed and which were not; `make mutation` runs it.
"""

import __future__

import ast
import contextlib
import importlib
import importlib.machinery
import io
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

STATES = "quizgen.models.tcp.states"
HERE = Path(__file__).parent
TESTS = (["test_states.py"], ["test_table.py", "test_words.py"])
"""The quick ones, and those that are asked when these have noticed nothing."""
Table = tuple[Any, ...]


def alterations(row: Any) -> Iterator[tuple[str, Any]]:
    """Every alteration of a row: what is altered, and the row that it leads to."""
    yield "id", replace(row, id=f"{row.id}:")
    for part in ("state", "event", "next"):
        term = getattr(row, part)
        terms = term.domain.terms()
        yield part, replace(row, **{part: terms[(terms.index(term) + 1) % len(terms)]})
    yield "guard", replace(row, guard="" if row.guard else "sometimes")
    for at, action in enumerate(row.actions):
        yield f"no {action}", replace(row, actions=row.actions[:at] + row.actions[at + 1 :])
    for action in {"snd RST", "snd ACK", "create TCB", "start 2MSL timer"} - set(row.actions):
        yield f"also {action}", replace(row, actions=(*row.actions, action))
    yield "cite", replace(row, cite=replace(row.cite, section="3.8"))
    yield "drawn", replace(row, drawn=not row.drawn)


class Altering(importlib.machinery.SourceFileLoader):
    """Loads the module of the states with another table, before anything has seen the right one."""

    def __init__(self, path: str, alter: Callable[[Table], Table]) -> None:
        super().__init__(STATES, path)
        self.alter = alter

    def exec_module(self, module: ModuleType) -> None:
        body = ast.parse(Path(self.path).read_text("utf-8")).body
        made = [isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "TABLE" for one in body]
        at = made.index(True) + 1
        _run(body[:at], module)
        vars(module)["TABLE"] = self.alter(vars(module)["TABLE"])
        _run(body[at:], module)


def _run(body: list[ast.stmt], module: ModuleType) -> None:
    code = compile(ast.Module(body, []), str(module.__file__), "exec", __future__.annotations.compiler_flag)
    exec(code, module.__dict__)


class Finder:
    """Finds the module of the states for Altering, and leaves everything else to others."""

    def __init__(self, alter: Callable[[Table], Table]) -> None:
        self.alter = alter

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        found = importlib.machinery.PathFinder.find_spec(name, path, target) if name == STATES else None
        if found is not None:
            found.loader = Altering(str(found.origin), self.alter)
        return found


def names(_: None) -> list[tuple[int, str]]:
    """Every alteration: the row's number, and what is altered."""
    from quizgen.models.tcp.states import TABLE

    return [(number, what) for number, row in enumerate(TABLE) for what, _ in alterations(row)]


def outcome(alteration: tuple[int, str]) -> tuple[str, bool]:
    """The name of an alteration, and whether the model does not load with it or a test fails of it. To be called where
    nothing is imported yet.
    """
    number, what = alteration
    name = ""

    def alter(table: Table) -> Table:
        nonlocal name
        name = f"{table[number].id}: {what}"
        return (*table[:number], dict(alterations(table[number]))[what], *table[number + 1 :])

    sys.meta_path.insert(0, Finder(alter))
    try:
        importlib.import_module("quizgen.models.tcp")
    except Exception:
        return name, True
    noticed = any(_fails(tests, name) for tests in TESTS)
    return name, noticed


def _fails(tests: list[str], name: str) -> bool:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        files = [str(HERE / test) for test in tests]
        code = pytest.main(["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *files])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise RuntimeError(f"the tests did not run with {name}")
    return code == pytest.ExitCode.TESTS_FAILED


def main() -> int:
    """Try every alteration; 1 where one was not noticed."""
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        wanted = pool.map(names, [None])[0]
        outcomes = list(pool.imap_unordered(outcome, wanted, chunksize=1))
    survivors = sorted(name for name, noticed in outcomes if not noticed)
    print(
        f"states.TABLE: {len(outcomes)} alterations, {len(outcomes) - len(survivors)} noticed", *survivors, sep="\n  "
    )
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
