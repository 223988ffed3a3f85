"""`quizgen trace`: run a scenario on its reference model and draw it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quizgen.cli.compile import check_shown_language, colored, content_paths, show, usage_error

if TYPE_CHECKING:
    from quizgen.items.shared import Shared
    from quizgen.knowledge.knowledge import Entry
    from quizgen.models.figure import Figure
    from quizgen.models.tcp.run import Trace

_COLORS = ("cyan", "magenta")
"""Of the left and the right end; both can be read on light and on dark ground."""


def trace(
    scenario: Annotated[str, typer.Argument(help="Its name; `quizgen list scenarios` prints them.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, `content/` here, else the shipped knowledge."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of names and remarks.", show_default=False)] = "en",
    svg: Annotated[bool, typer.Option("--svg", help="Print an SVG drawing instead of text.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a TCP run's segments and states.")] = False,
    pcap: Annotated[str, typer.Option(metavar="FILE", help="Write a TCP run as a capture file, too.")] = "",
    lose: Annotated[list[int] | None, typer.Option(metavar="N", help="Lose segment N of a TCP run.")] = None,
    duplicate: Annotated[list[int] | None, typer.Option(metavar="N", help="Let it arrive twice.")] = None,
    iss: Annotated[str, typer.Option(metavar="X,Y", help="Initial sequence numbers of the ends.")] = "",
    against: Annotated[
        str, typer.Option(metavar="kernel", help="Run it on this machine's Linux, too, and compare.")
    ] = "",
) -> None:
    """Run a scenario on the model and draw its ladder.

    Example: `quizgen trace handshake --lose 2 --iss 4294967295,0`
    """
    _refuse_together(svg, json, pcap, against, alters=bool(lose or duplicate or iss))
    shared, entry = find_scenario(scenario, paths)
    check_shown_language(lang, [entry.spec.title])
    run = run_scenario(shared, scenario)
    if against:
        from quizgen.cli import trace_against
        from quizgen.knowledge.knowledge import say

        tcp_run(scenario, run, "--against")
        trace_against.against(against, scenario, say(entry.spec.title, lang), entry.spec.run)
    if lose or duplicate or iss:
        from quizgen.cli.trace_faults import altered

        tcp_run(scenario, run, "--lose" if lose else "--duplicate" if duplicate else "--iss")
        run = altered(entry.spec.run, lose or (), duplicate or (), iss)
    if pcap:
        from quizgen.cli.trace_pcap import STDOUT, write_pcap

        write_pcap(tcp_run(scenario, run, "--pcap"), pcap)
        if pcap == STDOUT:
            return
    _print(scenario, entry, run, lang, "json" if json else "svg" if svg else "text")


def _refuse_together(svg: bool, json: bool, pcap: str, against: str, *, alters: bool) -> None:
    if (svg, json, bool(against)).count(True) > 1:
        usage_error("`--svg`, `--json` and `--against` exclude each other")
    if against and (alters or pcap):
        usage_error(
            "`--against` runs a scenario as it is written",
            "write a scenario of your own with the steps `lose` or `duplicate`, and run that",
        )
    if pcap == "-" and (svg or json):
        usage_error("only one thing can go to standard output", "name a file: `--pcap run.pcap`")


def find_scenario(name: str, paths: Sequence[Path] | None) -> tuple[Shared, Entry]:
    """The scenario of that name, and what can run it; a usage error when there is none."""
    from difflib import get_close_matches

    from quizgen.check.compile import shipped_scenarios
    from quizgen.diagnostics.diagnostic import did_you_mean
    from quizgen.items.shared import Shared
    from quizgen.knowledge.load import load
    from quizgen.models import names

    knowledge, found = load(content_paths(paths))
    shared = Shared(knowledge, knowledge.languages, shipped_scenarios(names()))
    entry = shared.entry(name)
    if entry is None:
        show([one for one in found if one.severity == "error"], "text", to_stderr=True)
        known = list({**knowledge.scenarios, **shared.shipped})
        close = get_close_matches(name, known, n=2, cutoff=0.4)
        usage_error(
            f"there is no scenario `{name}`",
            did_you_mean(close) or "`quizgen list scenarios` prints them",
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


def _print(name: str, entry: Entry, run: Any, lang: str, form: str) -> None:
    from quizgen.cli.trace_json import as_json
    from quizgen.figures import draw
    from quizgen.models.figure import Figure

    figure = Figure(entry.spec.title, run.ladder())
    if form == "json":
        typer.echo(as_json(name, tcp_run(name, run, "--json")))
    elif form == "svg":
        typer.echo(draw.svg(figure, lang, "trace"))
    else:
        typer.echo(_text(figure, lang))


def _text(figure: Figure, lang: str) -> str:
    """The drawing as wide as the terminal, in colours where the terminal has some."""
    from quizgen.figures import draw
    from quizgen.figures.ladder_text import ladder_text
    from quizgen.models.figure import Ladder

    width = min(shutil.get_terminal_size().columns, 100)
    if not colored(sys.stdout) or not isinstance(figure.drawing, Ladder):
        return draw.text(figure, lang, width)
    return "\n".join(ladder_text(figure.drawing, figure.mask, lang, width, _paint))


def _paint(text: str, side: int) -> str:
    bare = text.strip()
    return text.replace(bare, typer.style(bare, fg=_COLORS[side]), 1) if bare else text
