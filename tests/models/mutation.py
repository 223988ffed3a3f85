"""Mutation testing of one model with mutmut: `python -m tests.models.mutation http`, or `make mutation MODEL=http`.

What is mutated and which tests are asked stands in pyproject.toml: [tool.mutmut] for every model, and a table below
[tool.mutmut.models] for each. A model has a room of its own, mutants/<model>; there `mutmut show NAME` shows a mutant. A
further run tries again what no test has killed, and what was changed; after `make clean` everything is tried.
"""

import importlib.util
import json
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import libcst
import pytest
from mutmut import __main__ as mutmut
from mutmut import configuration
from mutmut.mutation import file_mutation
from mutmut.runners import harness
from mutmut.state import state
from mutmut.utils.file_utils import change_cwd

LINKED = ("quizgen", "tests", "content", "templates", "docs", "README.md", "pyproject.toml")
KILLED, SURVIVED, ENDLESS, UNTESTED = "killed", "survived", "without end", "without a test"
OUTCOMES = {1: KILLED, 255: KILLED, 3: KILLED, 0: SURVIVED, 33: UNTESTED}
"""What mutmut's codes mean; 255: no test is found, since a module raises when it is imported. Any other: time ran out."""
PRELOADED = ("hypothesis", "pydantic", "yaml")
"""What the process of each mutant then need not import."""
TRANSPARENT = ("property", "cache", "contextmanager", "staticmethod", "classmethod", "function", "word")
"""Decorators that may stand above the function that chooses the mutant. `function` and `word` add a word to a vocabulary."""
WORKERS = 2
ENOUGH = 0.9
"""The share of the mutants that the tests have to notice."""


def settings(model: str) -> dict[str, Any]:
    """mutmut's settings for that model."""
    shared: dict[str, Any] = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    models = shared.pop("models")
    if model not in models:
        raise SystemExit(f"[tool.mutmut.models] of pyproject.toml has no `{model}`; it has {', '.join(models)}")
    return {**shared, **models[model]}


def room(model: str) -> Path:
    """The folder in which mutmut works, with links to what it copies."""
    made = Path("mutants") / model
    made.mkdir(parents=True, exist_ok=True)
    for name in LINKED:
        if not (made / name).is_symlink():
            (made / name).symlink_to(Path.cwd() / name)
    return made


def see_through_decorators() -> None:
    """mutmut leaves out every function that has a decorator: properties, and the words of the vocabularies. Let it mutate
    those below the decorators of TRANSPARENT, with the decorators on the function that chooses among the mutants.
    """
    skips, arrange = (
        file_mutation.MutationVisitor._skip_node_and_children,
        file_mutation.function_trampoline_arrangement,
    )

    def skip(visitor: Any, node: libcst.CSTNode) -> bool:
        above = node.decorators if isinstance(node, libcst.FunctionDef) else ()
        if above and all(_name(one) in TRANSPARENT for one in above):
            node = node.with_changes(decorators=())
        return bool(skips(visitor, node))

    def arranged(function: libcst.FunctionDef, *rest: Any, **more: Any) -> Any:
        if any(_name(one) in ("staticmethod", "classmethod") for one in function.decorators):
            return arrange(function, *rest, **more)
        first, (chooser, *copies), *others = arrange(function.with_changes(decorators=()), *rest, **more)
        above = chooser.with_changes(decorators=[*function.decorators, *chooser.decorators])
        return first, [above, *copies], *others

    file_mutation.MutationVisitor._skip_node_and_children = skip
    file_mutation.function_trampoline_arrangement = arranged


def _name(decorator: libcst.Decorator) -> str:
    named = decorator.decorator.func if isinstance(decorator.decorator, libcst.Call) else decorator.decorator
    return named.attr.value if isinstance(named, libcst.Attribute) else getattr(named, "value", "")


def ask_the_golden_file_first(model: str) -> None:
    """Before pytest begins, which takes longest, ask whether the model still says all that its golden file has, if there is
    one; a mutant that does not is killed by the test of that file.
    """
    run_tests = harness.PytestRunner.run_tests

    def run(runner: Any, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        with change_cwd("mutants"):
            if mutant_name and importlib.import_module("tests.models.told").says_otherwise(model):
                return 1
        return int(run_tests(runner, mutant_name=mutant_name, tests=tests))

    harness.PytestRunner.run_tests = run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """As a plugin of pytest: the quick tests first."""
    items.sort(key=lambda item: state().duration_by_test.get(item.nodeid, 0))


def pytest_sessionfinish() -> None:
    """As a plugin of pytest: ask every test about every mutant. mutmut asks a test about a function only if it has seen the
    test call it; but what makes a model is called once, and all tests use what it made.
    """
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        for tests in state().tests_by_mangled_function_name.values():
            tests.update(state().duration_by_test)


def outcomes() -> Iterator[tuple[Path, dict[str, Any]]]:
    """What mutmut has noted of each file that has mutants."""
    for meta in sorted(Path("mutants").rglob("*.py.meta")):
        noted = json.loads(meta.read_text("utf-8"))
        if noted["exit_code_by_key"]:
            yield meta, noted


def forget_survivors() -> None:
    """Have everything tried again that no test has killed."""
    for meta, noted in outcomes():
        codes = noted["exit_code_by_key"]
        noted["exit_code_by_key"] = {
            name: code if OUTCOMES.get(code) == KILLED else None for name, code in codes.items()
        }
        meta.write_text(json.dumps(noted), "utf-8")


def mutated_line(name: str) -> str:
    """The line that the mutant has in place of the original's."""
    changed = mutmut.get_diff_for_mutant(name).splitlines()
    return next((line[1:].strip() for line in changed if line.startswith("+") and not line.startswith("+++")), "")


def equivalent(model: str) -> dict[str, str]:
    """The lines of mutants known to make no difference, and why; from the module beside the model's tests, if it has one."""
    name = f"tests.models.{model}.equivalent_mutants"
    if importlib.util.find_spec(name) is None:
        return {}
    return {one.mutated: one.why for one in importlib.import_module(name).EQUIVALENT}


def told(counts: Counter[str]) -> str:
    """`3 mutants, 2 killed, 1 survived`."""
    return ", ".join([f"{counts.total()} mutants", *(f"{count} {what}" for what, count in sorted(counts.items()))])


def figures(known: Mapping[str, str]) -> int:
    """Print the figures of each file, and the survivors; 1 where too few were noticed, or an equivalent one was."""
    totals: Counter[str] = Counter()
    survivors: dict[str, str] = {}
    for meta, noted in outcomes():
        codes = noted["exit_code_by_key"]
        counts = Counter(OUTCOMES.get(code, ENDLESS if code is not None else "not tried") for code in codes.values())
        print(f"{meta.relative_to('mutants').with_suffix('')}: {told(counts)}")
        totals += counts
        survivors |= {name: mutated_line(name) for name, code in codes.items() if OUTCOMES.get(code) == SURVIVED}
    print(f"all: {told(totals)}")
    for name, line in survivors.items():
        print(f"  equivalent: {name}: {line}\n      {known[line]}" if line in known else f"  SURVIVED: {name}: {line}")
    gone = known.keys() - set(survivors.values())
    print(*(f"  listed as equivalent, but did not survive: {line}" for line in sorted(gone)), sep="\n")
    return 1 if gone or totals[KILLED] + totals[ENDLESS] < ENOUGH * totals.total() else 0


def main(model: str, *names: str) -> int:
    """Mutate that model, or only the mutants of these names, and print the figures; 1 where too few were noticed."""
    known = equivalent(model)
    chosen = settings(model)
    os.chdir(room(model))
    configuration._config_reader = lambda: lambda key, default: chosen.get(key, default)
    configuration.reset_config()
    see_through_decorators()
    ask_the_golden_file_first(model)
    forget_survivors()
    for needed in PRELOADED:
        importlib.import_module(needed)
    # The tests are to be imported from their copies, beside the mutants.
    for imported in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[imported]
    mutmut._run(names, WORKERS)
    return figures(known)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
