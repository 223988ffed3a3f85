"""`quizgen list`: what there is, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli.compile import check_shown_language, compile_or_exit, usage_error

if TYPE_CHECKING:
    from quizgen.check.compile import Checked
    from quizgen.models.base import Text

KINDS = ("topics", "items", "scenarios", "misconceptions", "models")
FORMATS = ("names", "table")


def list_(
    kind: Annotated[str, typer.Argument(help=f"What to list: {', '.join(KINDS)}.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, `content/` here, else the shipped knowledge."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", help="names, one a line; or table, with titles, as on a terminal."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the titles.")] = "en",
) -> None:
    """List topics, items, scenarios, misconceptions or models.

    Scenarios are those of the knowledge and those that are shipped with the models.

    Example: `quizgen list scenarios --format names`
    """
    from quizgen.cli.tables import table, width

    if kind not in KINDS:
        usage_error(f"`{kind}` is nothing that can be listed", f"choose from {', '.join(KINDS)}")
    if format_ not in (None, *FORMATS):
        usage_error(f"there is no format `{format_}`", f"the formats are {', '.join(FORMATS)}")
    listed = _models() if kind == "models" else _listed(compile_or_exit(paths), kind)
    check_shown_language(lang, listed.values())
    if (format_ or ("table" if width() else "names")) == "names":
        lines = list(listed)
    else:
        heading, rows = _rows(listed, lang)
        lines = table(heading, rows, width())
    for line in lines:
        typer.echo(line)


def _models() -> dict[str, Text]:
    from quizgen.models import load, names

    return {name: load(name).title for name in names()}


def _listed(checked: Checked, kind: str) -> Mapping[str, Text]:
    """What there is of that kind, by name: titles, or what stands for one."""
    from quizgen.check.compile import shipped_scenarios
    from quizgen.models import names

    knowledge = checked.knowledge
    if kind == "scenarios":
        own, shipped = knowledge.scenarios, shipped_scenarios(names())
        return {id: own.get(id, one).spec.title for id, one in {**own, **shipped}.items()}
    if kind == "misconceptions":
        return {id: one.spec.statement for id, one in knowledge.misconceptions.items()}
    topics = checked.bank.topics
    if kind == "topics":
        return {topic.id: topic.title for topic in topics}
    stems = {question.id.partition("#")[0]: question.stem for question in reversed(checked.bank.questions)}
    items = [f"{topic.id}/{item.id}" for topic in topics for item in knowledge.topics[topic.id].items]
    return {name: stems.get(name, {}) for name in items}


def _rows(listed: Mapping[str, Text], lang: str) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    from quizgen.knowledge.knowledge import say
    from quizgen.markup import plain
    from quizgen.resources import strings

    words = strings(lang)
    rows = [(name, " ".join(plain(say(text, lang)).split())) for name, text in listed.items()]
    return (words["model.name"], words["model.title"]), rows
