"""`quizgen quiz`: test yourself in the terminal."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli.compile import load_bank, usage_error

if TYPE_CHECKING:
    from quizgen.items.question import Bank
    from quizgen.study.session import Session


def quiz(
    topics: Annotated[
        list[str] | None, typer.Argument(help="Topics (`tcp/handshake`) or areas (`tcp`); all without any.")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="The language of the questions, such as en or zh.")] = None,
    count: Annotated[
        int | None,
        typer.Option("--count", "-n", min=1, help="At most so many questions.  [default: 20; all with --all]"),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Ask what is not due, too.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="Other variants, and another order of options.")] = 0,
    plain: Annotated[bool, typer.Option("--plain", help="Ask and read line by line, without control codes.")] = False,
) -> None:
    """Ask what is due, then what is new; every answer is explained and saved at once.

    Quit at any time and go on later. Progress is kept in your data directory, or in the folder QUIZGEN_DATA.

    Example: `quizgen quiz tcp/handshake --count 10`
    """
    raise typer.Exit(run_quiz(load_bank(), topics or (), lang=lang, count=count, all_=all_, seed=seed, plain=plain))


def run_quiz(
    bank: Bank,
    topics: Sequence[str] = (),
    *,
    lang: str | None = None,
    count: int | None = None,
    all_: bool = False,
    seed: int = 0,
    plain: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
) -> int:
    """Hold a session and say what came of it; returns the exit status: 0, or 1 when progress cannot be kept, or 128 and
    the number of the signal that ended it. Exits with 2 for a topic or language that is not there."""
    from quizgen.study.progress import Progress, ProgressError, default_path
    from quizgen.study.session import Choice, Session

    choice = Choice(find_topics(bank, topics), find_language(bank, lang), count, all_, seed)
    _forgive_encodings()
    try:
        with Progress(default_path()) as progress:
            return _hold(Session(bank, choice, progress, clock), plain)
    except ProgressError as error:
        typer.echo(f"quizgen: {error}", err=True)
        return 1


def find_topics(bank: Bank, names: Sequence[str]) -> list[str]:
    """The topics of these names; exits with 2 for an unknown one, naming the nearest."""
    from difflib import get_close_matches

    from quizgen.diagnostics.diagnostic import did_you_mean
    from quizgen.study.plan import chosen_topics

    try:
        return chosen_topics(bank, names)
    except KeyError as unknown:
        ids = [topic.id for topic in bank.topics]
        tails = {name.rpartition("/")[2]: name for name in ids}
        known = {
            **tails,
            **{name.partition("/")[0]: name.partition("/")[0] for name in ids},
            **{name: name for name in ids},
        }
        near = dict.fromkeys(known[name] for name in get_close_matches(unknown.args[0], known, n=3, cutoff=0.5))
        help_ = filter(None, (did_you_mean(list(near)), "`quizgen list topics` names them all"))
        usage_error(f"there is no topic `{unknown.args[0]}`", " ".join(help_))


def find_language(bank: Bank, wanted: str | None) -> str:
    """The language wanted, else that of the environment if the bank has it, else the bank's first; exits with 2 for one
    that the bank has not."""
    if wanted is None:
        local = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")[:2]
        return local if local in bank.languages else bank.languages[0]
    if wanted not in bank.languages:
        usage_error(f"there is no language `{wanted}` here", f"there is {', '.join(bank.languages)}")
    return wanted


def _hold(session: Session, plain: bool) -> int:
    from quizgen.study import terminal
    from quizgen.study.summary import summary

    status = 0
    if session.total and not plain and terminal.usable():
        from quizgen.study.interactive import run

        with terminal.Terminal() as screen:
            run(session, screen)
        if screen.gone:
            return 128 + signal.SIGHUP
        status = 128 + screen.ended_by if screen.ended_by else 0
    elif session.total:
        _ask_by_lines(session)
    for line in summary(session):
        typer.echo(line)
    return status


def _ask_by_lines(session: Session) -> None:
    from quizgen.study.plain import run

    try:
        run(session, sys.stdin or io.StringIO(), sys.stdout)
    except KeyboardInterrupt:
        typer.echo()


def _forgive_encodings() -> None:
    """Show a question mark for what the terminal's encoding lacks, and read whatever bytes come."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
