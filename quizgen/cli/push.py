"""`quizgen push`: bring a running Anki up to date, through AnkiConnect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from quizgen.cli.compile import check_language, compile_or_exit, content_paths, counted, show, usage_error
from quizgen.cli.lock import lock_of
from quizgen.resources import own_folder

if TYPE_CHECKING:
    from quizgen.knowledge.lockfile import LockFile
    from quizgen.render.anki.connect import ConnectError
    from quizgen.render.anki.push import Change, Done, Plan

_MARKS: dict[Change, str] = {"new": "+", "changed": "~", "removed": "-", "kept": "="}


def push(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, `content/` here, else the shipped knowledge."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    lang: Annotated[
        str, typer.Option(help="A language, or all; en+zh: both on each card.", show_default="the first")
    ] = "",
    deck: Annotated[str, typer.Option(help="The deck below which new cards go.")] = "quizgen",
    address: Annotated[
        str, typer.Option(envvar="ANKICONNECT_URL", help="Where AnkiConnect listens, on this machine.")
    ] = "http://127.0.0.1:8765",
    key: Annotated[str, typer.Option(envvar="ANKICONNECT_KEY", help="Its API key, if it has one.")] = "",
) -> None:
    """Bring a running Anki up to date through the add-on AnkiConnect.

    New notes are added, changed ones updated, removed ones tagged. What you edited stays, and foreign notes are not touched.

    Example: `quizgen push content/tcp --dry-run`
    """
    from quizgen.render.anki.connect import AnkiConnect, ConnectError
    from quizgen.render.anki.decks import UNNAMEABLE
    from quizgen.render.anki.push import Done, plan
    from quizgen.render.anki.push import push as send

    if not all(level.strip() for level in deck.split("::")) or UNNAMEABLE.search(deck):
        usage_error(f"`{deck}` is no name of a deck", "levels have :: between them, as in `Networks::quizgen`")
    try:
        anki = AnkiConnect(address, key)
    except ConnectError as error:
        usage_error(str(error), error.help)
    checked = compile_or_exit(paths)
    lock = lock_of(content_paths(paths), own_folder())
    try:
        made = plan(anki, checked.bank, _languages(lang, checked.bank.languages), lock.lock, deck)
        if not dry_run:
            _remember(lock)  # before: what Anki took although it did not say so must not look like the learner's edit
        done = Done([], []) if dry_run else send(anki, made)
    except ConnectError as error:
        _fail(error)
    if checked.found:
        show(checked.found, "text", to_stderr=True)
    _tell(made, done, dry_run=dry_run)
    if done.missed:
        raise typer.Exit(1)


def _languages(wanted: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if wanted not in ("", "all"):
        check_language(wanted, known, together=True)
    return known if wanted == "all" else (wanted or known[0],)


def _remember(lock: LockFile) -> None:
    if not lock.changed:
        return
    try:
        lock.path.parent.mkdir(parents=True, exist_ok=True)
        lock.write()
    except OSError as error:
        typer.echo(f"quizgen: nothing was sent, for {lock.path} cannot be written: {error.strerror}", err=True)
        raise typer.Exit(1) from None


def _tell(made: Plan, done: Done, *, dry_run: bool) -> None:
    for change, mark in _MARKS.items():
        for question in made.becomes.get(change, ()):
            typer.echo(f"{mark} {question}")
    numbers = {change: len(made.becomes.get(change, ())) for change in (*_MARKS, "same")}
    kept = f", {numbers['kept']} kept as you edited them" if numbers["kept"] else ""
    typer.echo(
        f"{counted(numbers['new'], 'note')} {'to add' if dry_run else 'added'}, {numbers['changed']} "
        f"{'to update' if dry_run else 'updated'}, {numbers['removed']} {'to tag' if dry_run else 'tagged'} as removed{kept}, "
        f"{numbers['same']} up to date" + ("; nothing was done" if dry_run else "")
    )
    if dry_run:
        for name in made.looks.values():
            typer.echo(f"the note type `{name}` looks otherwise and would be sent, too")
    for name in done.looks:
        typer.echo(f"the note type `{name}` looks as you made it")
    for question in done.missed:
        typer.echo(f"quizgen: Anki did not take {question}", err=True)


def _fail(error: ConnectError) -> NoReturn:
    typer.echo(f"quizgen: {error}" + (f"\n  help: {error.help}" if error.help else ""), err=True)
    raise typer.Exit(1)
