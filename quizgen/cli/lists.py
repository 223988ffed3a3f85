"""`quizgen list`: what there is, by name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizgen.cli.compile import compile_or_exit, usage_error

KINDS = ("topics", "items", "scenarios", "misconceptions", "models")


def list_(
    kind: Annotated[str, typer.Argument(help=f"What to list: {', '.join(KINDS)}.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, `content/` here, else the shipped knowledge."),
    ] = None,
) -> None:
    """List topics, items, scenarios, misconceptions or models, one a line.

    Scenarios are those of the knowledge and those that are shipped with the models.

    Example: `quizgen list scenarios`
    """
    if kind not in KINDS:
        usage_error(f"`{kind}` is nothing that can be listed", f"choose from {', '.join(KINDS)}")
    if kind == "models":
        from quizgen.models import names

        typer.echo("\n".join(names()))
        return
    from quizgen.check.compile import shipped_scenarios
    from quizgen.models import names

    checked = compile_or_exit(paths)
    knowledge, topics = checked.knowledge, [topic.id for topic in checked.bank.topics]
    listed = {
        "topics": topics,
        "items": [f"{entry.topic}/{entry.id}" for topic in topics for entry in knowledge.topics[topic].items],
        "scenarios": list({**knowledge.scenarios, **shipped_scenarios(names())}),
        "misconceptions": list(knowledge.misconceptions),
    }
    for name in listed[kind]:
        typer.echo(name)
