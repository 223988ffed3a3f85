"""`quizgen model tcp --verify`: all orders of events within bounds, and the shortest run that breaks a property."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import typer

from quizgen.cli.compile import progress, usage_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizgen.models.tcp.verify import Report, Verdict


def verify(model: str, lang: str, messages: int | None) -> None:
    """Explore, print a line a property and setting, and exit with 1 where a property fails."""
    if model != "tcp":
        usage_error(f"the model `{model}` has no runs to go through", "`--verify` is for tcp")
    from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
    from quizgen.models.tcp.verify import report

    with progress("going through all orders of events; about ten seconds ..."):
        found = report(time.perf_counter, STANDARD if messages is None else Rules(messages))
    typer.echo("\n".join(_lines(found, lang)))
    if any(verdict.counterexample for verdict in found.verdicts):
        raise typer.Exit(1)


def _lines(found: Report, lang: str) -> Iterator[str]:
    from quizgen.cli.model_parts import word
    from quizgen.cli.tables import table, width
    from quizgen.knowledge.knowledge import say
    from quizgen.models.tcp.verify import SETTINGS, properties

    known = properties()
    rows = [(one.name, say(one.title, lang), str(one.cite)) for one in known]
    yield from table((word(lang, "property"), word(lang, "what"), word(lang, "source")), rows, width())
    yield ""
    verdicts = {(one.setting, one.name): one.counterexample for one in found.verdicts}
    cells = [
        (
            say(SETTINGS[setting], lang),
            str(states),
            *(word(lang, "fails" if verdicts[setting, one.name] else "holds") for one in known),
        )
        for setting, states in found.states.items()
    ]
    heading = (word(lang, "setting"), word(lang, "states"), *(one.name for one in known))
    yield from table(heading, cells, width())
    yield ""
    yield word(lang, "explored").format(
        states=f"{sum(found.states.values()):,}",
        seconds=f"{found.seconds:.1f}",
        speed=f"{found.states_per_second:,.0f}",
    )
    for verdict in found.verdicts:
        yield from _counterexample(verdict, lang)


def _counterexample(verdict: Verdict, lang: str) -> Iterator[str]:
    """The shortest run as a ladder; nothing where the property holds."""
    from quizgen.cli.model_parts import word
    from quizgen.cli.tables import strong, width
    from quizgen.figures import draw
    from quizgen.knowledge.knowledge import say
    from quizgen.models.figure import Figure
    from quizgen.models.tcp.verify import SETTINGS

    if verdict.counterexample is None:
        return
    title = word(lang, "breaks").format(property=verdict.name, setting=say(SETTINGS[verdict.setting], lang))
    figure = Figure({"en": title}, verdict.counterexample.ladder())
    yield from ("", strong(title), draw.text(figure, lang, min(width() or 80, 100)))
