"""The shipped scenarios, run once."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import yaml

from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.scenario import run
from quizgen.resources import resource


@cache
def shipped() -> Mapping[str, Any]:
    """The scenarios of content/tcp/scenarios.yaml as plain data: every scalar a text."""
    text = (resource("content") / "tcp" / "scenarios.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, yaml.BaseLoader)["scenarios"]
    return loaded


class Runs(dict[str, Trace]):
    """The shipped scenarios by name, each run when first asked for."""

    def __missing__(self, name: str) -> Trace:
        if name not in shipped():
            raise KeyError(name)
        self[name] = run(shipped()[name]["run"])
        return self[name]


@pytest.fixture(scope="session")
def runs() -> Runs:
    return Runs()
