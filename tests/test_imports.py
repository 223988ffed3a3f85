"""Rooms import from lower rows only, so that data moves in one direction."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "quizgen"
ROWS = (
    {"models", "spans", "files", "resources", "markup"}, {"diagnostics"}, {"source"}, {"knowledge"}, {"claims"},
    {"items"}, {"check"}, {"figures"}, {"render", "study", "kernel"}, {"cli"}, {"__main__"},
)  # fmt: skip
ROW = {room: number for number, rooms in enumerate(ROWS) for room in rooms}


def _imported(path: Path) -> set[str]:
    """The rooms whose modules a file imports, at its top or later."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports out"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("quizgen.")}
    return found - {"__version__"}


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_only_lower_rows(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if room != "__init__":
        wrong = {other for other in _imported(path) if other != room and ROW[other] >= ROW[room]}
        assert not wrong, f"{room} may not import {', '.join(sorted(wrong))}"
