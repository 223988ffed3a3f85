"""`quizgen check --coverage`: what of each model the items ask about, and items to begin with for the rest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from quizgen.cli.compile import compiled, show, usage_error
from quizgen.cli.tables import paragraph, strong, table, width
from quizgen.files import replacing

if TYPE_CHECKING:
    from quizgen.check.compile import Checked
    from quizgen.check.coverage import Coverage, ModelCoverage

_BAR = 20
"""The columns of a bar."""


def check_coverage(paths: Sequence[Path] | None, format_: str, output: Path | None, *, strict: bool) -> None:
    """Print the coverage or write it to a file; findings go to standard error. Exits as `quizgen check` does."""
    from quizgen.check.coverage import coverage

    if format_ not in FORMATS:
        usage_error(f"coverage is not printed as {format_}", f"the formats are {', '.join(FORMATS)}")
    checked = compiled(paths)
    found = coverage(checked.knowledge, checked.judged)
    text = FORMATS[format_](checked, found)
    show(checked.found, "text", to_stderr=True)
    if output is None:
        typer.echo(text, nl=False)
    else:
        try:
            with replacing(output) as fresh:
                fresh.write_text(text, "utf-8", newline="\n")
        except BrokenPipeError:
            raise
        except OSError as error:
            usage_error(f"cannot write {output}: {error.strerror}", "choose another file with --output")
        elements = [one for model in found for one in model.elements]
        typer.echo(f"{output}: {sum(one.covered for one in elements)} of {len(elements)} elements are covered")
    raise typer.Exit(1 if checked.errors or (strict and checked.found) else 0)


def _text(checked: Checked, found: Sequence[ModelCoverage]) -> str:
    lines = [*table(("Model", "Group", "Covered", "Share", ""), _rows(found), width()), *_missing(found)]
    if any(not one.reason for model in found for one in model.missing):
        lines += ["", "`quizgen check --coverage --format yaml` writes an item to begin with for each of them"]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _rows(found: Sequence[ModelCoverage]) -> list[Sequence[str]]:
    rows = [(one.model.name, name, *_share(group)) for one in found for name, group in one.groups.items()]
    if len(rows) > 1:
        rows.append(("together", "", *_share([one for model in found for one in model.elements])))
    return list(rows)


def _share(group: Sequence[Coverage]) -> tuple[str, str, str]:
    covered = sum(one.covered for one in group)
    share = covered / len(group)
    # Rounded down, so that 100% and a full bar mean all.
    bar = int(share * _BAR)
    return f"{covered}/{len(group)}", f"{int(share * 100)}%", "█" * bar + "░" * (_BAR - bar)


def _missing(found: Sequence[ModelCoverage]) -> Iterator[str]:
    """What no item asks about, by model and group, with its id, title and source, and why it is left out."""
    for model in found:
        for name, group in model.groups.items():
            missing = [one for one in group if not one.covered]
            if missing:
                yield from ("", strong(f"{model.model.name}: {name} that no item asks about"))
            for one in missing:
                yield from paragraph("", f"{one.element.id}: {_title(one)} ({one.element.cite})", 2, width())
                if one.reason:
                    yield from paragraph("", f"left out: {_in_english(one.reason)}", 4, width())


def _title(one: Coverage) -> str:
    return _in_english(one.element.title)


def _in_english(text: Mapping[str, str]) -> str:
    from quizgen.knowledge.knowledge import say
    from quizgen.markup import plain

    return plain(say(text, "en"))


def _json(checked: Checked, found: Sequence[ModelCoverage]) -> str:
    models = {
        one.model.name: {
            "title": dict(one.model.title),
            "groups": {name: _group(one, group) for name, group in one.groups.items()},
        }
        for one in found
    }
    return json.dumps({"models": models}, ensure_ascii=False, indent=2) + "\n"


def _group(model: ModelCoverage, group: Sequence[Coverage]) -> dict[str, Any]:
    covered = sum(one.covered for one in group)
    return {"covered": covered, "total": len(group), "elements": [_element(model, one) for one in group]}


def _element(model: ModelCoverage, one: Coverage) -> dict[str, Any]:
    from quizgen.check.skeletons import skeleton

    told: dict[str, Any] = {
        "id": one.element.id,
        "title": dict(one.element.title),
        "source": str(one.element.cite),
        "items": list(one.items),
    }
    if one.reason:
        told["left_out"] = dict(one.reason)
    if not one.covered:
        told["skeleton"] = skeleton(model.model, one.element)
    return told


def _yaml(checked: Checked, found: Sequence[ModelCoverage]) -> str:
    """A knowledge file with an item to begin with for each element that no item asks about and nobody leaves out."""
    from quizgen.check.skeletons import draft

    return draft([(model.model, one.element) for model in found for one in model.missing if not one.reason])


def _html(checked: Checked, found: Sequence[ModelCoverage]) -> str:
    from quizgen.render.coverage import coverage_page

    return coverage_page(found, checked.bank)


FORMATS: Mapping[str, Callable[[Checked, Sequence[ModelCoverage]], str]] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "yaml": _yaml,
}
"""How coverage can be printed."""
