"""`quizgen stats`: what you know, and what is coming."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli.compile import load_bank
from quizgen.cli.quiz import find_language

if TYPE_CHECKING:
    from quizgen.items.question import Bank
    from quizgen.study.statistics import Statistics, Tally

_WEAKEST = 5
_BAR = 30


def stats(
    lang: Annotated[str | None, typer.Option("--lang", help="The language of the topics, such as en or zh.")] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="First compute the schedule again from the review log.")
    ] = False,
) -> None:
    """Show reviews, retention, what is due in the next 7 days, the weakest topics, and misconceptions held.

    Example: `quizgen stats --lang en`
    """
    raise typer.Exit(run_stats(load_bank(), lang, rebuild, datetime.now().astimezone()))


def run_stats(bank: Bank, lang: str | None, rebuild: bool, now: datetime) -> int:
    """Print the statistics at `now`; returns the exit status, 1 when the progress file cannot be used."""
    from quizgen.study.progress import Progress, ProgressError, default_path
    from quizgen.study.statistics import statistics
    from quizgen.study.words import say

    lang = find_language(bank, lang)
    try:
        with Progress(default_path()) as progress:
            if rebuild:
                typer.echo(say(lang, "rebuilt", n=progress.rebuild()))
            found = statistics(progress.reviews(), progress.scheduled(), now)
    except ProgressError as error:
        typer.echo(f"quizgen: {error}", err=True)
        return 1
    for line in _told(found, bank, lang, now) if found.reviews.all else [say(lang, "no-reviews")]:
        typer.echo(line)
    return 0


def _told(found: Statistics, bank: Bank, lang: str, now: datetime) -> Iterator[str]:
    from quizgen.markup import plain
    from quizgen.study.words import say

    yield say(lang, "stats-reviews", **_counts(found.reviews), items=found.items)
    if found.retention.all:
        yield say(lang, "stats-retention", **_counts(found.retention))
    yield say(lang, "stats-recall", share=round(100 * found.recall))
    yield from ["", say(lang, "stats-forecast"), *_forecast(found.forecast, lang, now)]
    titles = {topic.id: plain(topic.title[lang]) for topic in bank.topics}
    weak = [(name, tally) for name, tally in found.topics if tally.right < tally.all]
    if weak:
        yield from ["", say(lang, "stats-weakest")]
    for name, tally in weak[:_WEAKEST]:
        yield say(lang, "stats-topic", topic=titles.get(name, name), **_counts(tally))
    yield from _misconceptions(found, bank, lang)


def _counts(tally: Tally) -> dict[str, int]:
    return {"right": tally.right, "all": tally.all, "share": round(100 * tally.share)}


def _forecast(days: tuple[int, ...], lang: str, now: datetime) -> Iterator[str]:
    from quizgen.figures.widths import cells, pad
    from quizgen.study.words import say

    names = [say(lang, "stats-today"), say(lang, "stats-tomorrow")]
    names += [(now + timedelta(days=day)).date().isoformat() for day in range(2, len(days))]
    width, most = max(map(cells, names)), max(*days, 1)
    for name, count in zip(names, days, strict=True):
        bar = "█" * -(-count * _BAR // most) if most > _BAR else "█" * count
        yield f"  {pad(name, width)}  {count:>4}  {bar}".rstrip()


def _misconceptions(found: Statistics, bank: Bank, lang: str) -> Iterator[str]:
    from quizgen.markup import plain
    from quizgen.study.words import say

    known = {entry.id: entry for topic in bank.topics for entry in topic.misconceptions}
    held = [(known[entry.misconception], entry.times) for entry in found.held if entry.misconception in known]
    if held:
        yield from ["", say(lang, "stats-held")]
    for misconception, times in held:
        yield f"  {say(lang, 'stats-times', n=times)}  {plain(misconception.claim[lang])}"
        yield f"      {say(lang, 'correction')}{plain(misconception.correction[lang])}"
