"""`quizgen check`: hold knowledge against the reference models and say what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli.compile import compiled, content_paths, counted, show, usage_error

if TYPE_CHECKING:
    from collections import Counter

    from quizgen.check.compile import Checked
    from quizgen.check.statistics import Statistics
    from quizgen.diagnostics.diagnostic import Diagnostic
    from quizgen.items.variants import Origin


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; without any, `content/` here, else the shipped knowledge."),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", help="How to print findings: text, json, github or sarif.")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    locked: Annotated[bool, typer.Option("--locked", help="Let a quizgen.lock that is behind fail too.")] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Print figures about the whole bank, with what chance would give.")
    ] = False,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Print which wrong variants of the models no item would notice.")
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Print what of the models items ask about (html, yaml too).")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Of --coverage: the file to write.")] = None,
) -> None:
    """Hold every claim against the reference models.

    Exits with 0 when nothing is wrong, 1 when there are errors, 2 when there is nothing to check.

    Example: `quizgen check content/tcp`
    """
    wanted = {"--coverage": coverage, "--mutants": mutants, "--statistics": statistics, "--locked": locked}
    chosen = [option for option, on in wanted.items() if on]
    if (coverage or mutants) and len(chosen) > 1:
        usage_error(f"`{chosen[0]}` and `{chosen[1]}` exclude each other")
    if output and not coverage:
        usage_error("`--output` goes with `--coverage`")
    if coverage:
        from quizgen.cli.check_coverage import check_coverage

        check_coverage(paths, format_, output, strict=strict)
    _known(format_, statistics=statistics)
    checked = compiled(paths)
    if mutants:
        from quizgen.cli.check_mutants import check_mutants

        check_mutants(checked, format_, strict=strict)
    if locked and not checked.errors:
        checked = replace(checked, found=[*checked.found, *_outrun(checked, paths)])
    _print(checked, format_, statistics=statistics)
    raise typer.Exit(1 if checked.errors or (strict and checked.found) else 0)


def _known(format_: str, *, statistics: bool) -> None:
    """Refuse a format that findings, or their statistics, are not printed in."""
    from quizgen.cli.check_statistics import FORMATS as STATISTICS
    from quizgen.diagnostics.renderers import RENDERERS

    if format_ not in RENDERERS:
        usage_error(f"there is no format `{format_}`", f"the formats are {', '.join(RENDERERS)}")
    if statistics and format_ not in STATISTICS:
        usage_error(f"`--statistics` is not printed as {format_}", f"its formats are {', '.join(STATISTICS)}")


def _print(checked: Checked, format_: str, *, statistics: bool) -> None:
    """The findings, the statistics where asked for, and in text a line that sums up."""
    from quizgen.cli.check_statistics import in_json, in_text
    from quizgen.cli.tables import width

    if statistics and format_ == "json":
        typer.echo(in_json(checked.found, _figures(checked)))
    else:
        show(checked.found, format_)
    if format_ == "text":
        for line in in_text(_figures(checked), width()) if statistics else ():
            typer.echo(line)
        typer.echo(summary(checked))


def _outrun(checked: Checked, paths: list[Path] | None) -> list[Diagnostic]:
    from quizgen.cli.lock import lock_of
    from quizgen.render.anki.locked import outrun

    return outrun(checked.knowledge, checked.bank, lock_of(content_paths(paths)))


def _figures(checked: Checked) -> Statistics:
    from quizgen.check.statistics import statistics

    return statistics(checked.knowledge, checked.bank)


def summary(checked: Checked) -> str:
    """How many findings, and how many items are proved and how many cited."""
    standing = checked.standing()
    items = sum(standing.values())
    share = f" ({100 * standing['proved'] // items}%)" if items else ""
    warnings = len(checked.found) - checked.errors
    found = f"{counted(len(checked.found), 'finding')}" + (
        f" ({counted(checked.errors, 'error')}, {counted(warnings, 'warning')})" if checked.found else ""
    )
    return (
        f"{found} in {counted(len(checked.bank.topics), 'topic')}; {counted(items, 'item')}: "
        f"{standing['proved']} proved{share}, {standing['cited']} cited; {_variants(checked.judged.variants)}"
    )


def _variants(made: Counter[Origin]) -> str:
    """How many variants were judged; of those of families and parameters, how many of which origin."""
    parts = [f"{made[origin]} {words}" for origin, words in _ORIGINS.items() if made[origin]]
    origins = f", of which {', '.join(parts)}" if parts else ""
    return f"{counted(made.total(), 'variant')} held against the models{origins}"


_ORIGINS: dict[Origin, str] = {
    "family": "in families", "end": "at ends of ranges", "wrap": "at wrap-around", "sample": "at seeded samples",
}  # fmt: skip
