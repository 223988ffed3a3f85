"""`quizgen trace`: run a scenario on its reference model and draw it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from quizgen.cli.compile import content_paths, show, usage_error


def trace(
    scenario: Annotated[str, typer.Argument(help="The scenario's name; `quizgen list scenarios` prints them.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, `content/` here, else the shipped knowledge."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the title.")] = "en",
    svg: Annotated[bool, typer.Option("--svg", help="Print an SVG drawing instead of text.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a TCP run's segments and states as JSON.")] = False,
) -> None:
    """Run a scenario on the model and draw its ladder.

    Example: `quizgen trace handshake`
    """
    from difflib import get_close_matches

    from quizgen import figures
    from quizgen.check.compile import shipped_scenarios
    from quizgen.items.shared import Shared
    from quizgen.knowledge.load import load
    from quizgen.models import names
    from quizgen.models.figure import Figure

    if svg and json:
        usage_error("`--svg` and `--json` exclude each other")
    knowledge, found = load(content_paths(paths))
    shared = Shared(knowledge, knowledge.languages, shipped_scenarios(names()))
    entry = shared.entry(scenario)
    if entry is None:
        show([one for one in found if one.severity == "error"], "text", to_stderr=True)
        known = [*knowledge.scenarios, *shared.shipped]
        close = get_close_matches(scenario, known, n=2, cutoff=0.4)
        usage_error(
            f"there is no scenario `{scenario}`",
            f"did you mean {' or '.join(close)}?" if close else "`quizgen list scenarios` prints them",
        )
    try:
        run = shared.run(scenario)
    except KeyError:
        show(shared.found, "text", to_stderr=True)
        raise typer.Exit(1) from None
    if json:
        typer.echo(_as_json(scenario, run))
        return
    figure = Figure(entry.spec.title, run.ladder())
    width = min(shutil.get_terminal_size().columns, 100)
    typer.echo(figures.svg(figure, lang, "trace") if svg else figures.text(figure, lang, width))


def _as_json(scenario: str, run: object) -> str:
    from quizgen.cli.trace_json import as_json
    from quizgen.models.tcp.run import Trace

    if not isinstance(run, Trace):
        usage_error(f"`{scenario}` is no TCP run", "`--json` writes TCP segments; without it, the ladder is drawn")
    return as_json(scenario, run)
