"""`quizgen trace`: run a scenario on its reference model and draw it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quizgen.cli.compile import content_paths, show, usage_error

if TYPE_CHECKING:
    from quizgen.items.shared import Shared
    from quizgen.knowledge.knowledge import Entry
    from quizgen.models.tcp.run import Trace


def trace(
    scenario: Annotated[str, typer.Argument(help="The scenario's name; `quizgen list scenarios` prints them.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, `content/` here, else the shipped knowledge."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the title.")] = "en",
    svg: Annotated[bool, typer.Option("--svg", help="Print an SVG drawing instead of text.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a TCP run's segments and states as JSON.")] = False,
    against: Annotated[
        str, typer.Option(metavar="kernel", help="Run it on this machine's Linux, too, and compare.")
    ] = "",
) -> None:
    """Run a scenario on the model and draw its ladder.

    Example: `quizgen trace handshake`
    """
    if (svg, json, bool(against)).count(True) > 1:
        usage_error("`--svg`, `--json` and `--against` exclude each other")
    # Names that claims can use have no hyphens, the names of commands and options have.
    scenario = scenario.replace("-", "_")
    shared, entry = find_scenario(scenario, paths)
    run = run_scenario(shared, scenario)
    if against:
        from quizgen.cli import trace_against
        from quizgen.knowledge.knowledge import say

        tcp_run(scenario, run, "--against")
        trace_against.against(against, scenario, say(entry.spec.title, lang), entry.spec.run)
    if json:
        from quizgen.cli.trace_json import as_json

        typer.echo(as_json(scenario, tcp_run(scenario, run, "--json")))
        return
    _draw(entry, run, lang, svg)


def find_scenario(name: str, paths: Sequence[Path] | None) -> tuple[Shared, Entry]:
    """The scenario of that name, and what can run it; a usage error when there is none."""
    from difflib import get_close_matches

    from quizgen.check.compile import shipped_scenarios
    from quizgen.items.shared import Shared
    from quizgen.knowledge.load import load
    from quizgen.models import names

    knowledge, found = load(content_paths(paths))
    shared = Shared(knowledge, knowledge.languages, shipped_scenarios(names()))
    entry = shared.entry(name)
    if entry is None:
        show([one for one in found if one.severity == "error"], "text", to_stderr=True)
        known = [*knowledge.scenarios, *shared.shipped]
        close = get_close_matches(name, known, n=2, cutoff=0.4)
        usage_error(
            f"there is no scenario `{name}`",
            f"did you mean {' or '.join(close)}?" if close else "`quizgen list scenarios` prints them",
        )
    return shared, entry


def run_scenario(shared: Shared, name: str) -> Any:
    """What its model makes of the scenario; exits with 1 after showing why it cannot run."""
    try:
        return shared.run(name)
    except KeyError:
        show(shared.found, "text", to_stderr=True)
        raise typer.Exit(1) from None


def tcp_run(name: str, run: object, option: str) -> Trace:
    """The run, if it is one of TCP, as this option needs it; else a usage error."""
    from quizgen.models.tcp.run import Trace

    if not isinstance(run, Trace):
        usage_error(f"`{name}` is no TCP run, and `{option}` is about TCP segments", "without it, the ladder is drawn")
    return run


def _draw(entry: Entry, run: Any, lang: str, as_svg: bool) -> None:
    from quizgen import figures
    from quizgen.models.figure import Figure

    figure = Figure(entry.spec.title, run.ladder())
    width = min(shutil.get_terminal_size().columns, 100)
    typer.echo(figures.svg(figure, lang, "trace") if as_svg else figures.text(figure, lang, width))
