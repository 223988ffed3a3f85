"""`quizgen model`: what a reference model knows, its graphs, and what holds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli.compile import check_shown_language, usage_error

if TYPE_CHECKING:
    from quizgen.models.base import Model


def model(
    name: Annotated[str | None, typer.Argument(help="A model; without it, all of them are listed.")] = None,
    part: Annotated[str | None, typer.Argument(help="A part (`transitions`), a diagram, or `all`.")] = None,
    lang: Annotated[str, typer.Option(help="Language of titles and texts.")] = "en",
    dot: Annotated[bool, typer.Option("--dot", help="Print the graph for Graphviz.")] = False,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Print the graph for Mermaid.")] = False,
    svg: Annotated[bool, typer.Option("--svg", help="Print a diagram as SVG.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print tables and elements as JSON.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Try all orders of events; 1 if a property fails.")] = False,
    messages: Annotated[
        int | None, typer.Option(min=2, max=4, help="With --verify: messages of the handshake, not 3.")
    ] = None,
) -> None:
    """Print what a reference model knows, with its sources.

    Example: `quizgen model tcp transitions`, `quizgen model tcp --dot | dot -Tsvg`
    """
    wanted = {"--dot": dot, "--mermaid": mermaid, "--svg": svg, "--json": json, "--verify": verify}
    chosen = [option for option, on in wanted.items() if on]
    if len(chosen) > 1:
        usage_error(f"`{chosen[0]}` and `{chosen[1]}` exclude each other")
    if messages is not None and not verify:
        usage_error("`--messages` goes with `--verify`")
    check_shown_language(lang, [_load(name).title] if name else ())
    if name is None:
        if chosen:
            usage_error(f"`{chosen[0]}` needs a model", f"the models are {', '.join(_names())}")
        _list(lang)
        return
    _one(_load(name), part, lang, chosen[0] if chosen else "", messages)


def _names() -> tuple[str, ...]:
    from quizgen.models import names

    return names()


def _load(name: str) -> Model:
    from quizgen.models import load

    if name not in _names():
        usage_error(f"there is no reference model `{name}`", f"the models are {', '.join(_names())}")
    return load(name)


def _list(lang: str) -> None:
    from quizgen.cli.model_parts import counts, parts, word
    from quizgen.cli.tables import paragraph, table, width
    from quizgen.knowledge.knowledge import say

    models = [_load(name) for name in _names()]
    rows = [(one.name, say(one.title, lang), counts(parts(one, lang))) for one in models]
    heading = (word(lang, "model"), word(lang, "title"), word(lang, "parts"))
    lines = [*table(heading, rows, width()), "", *paragraph("", word(lang, "choose"), 0, width())]
    typer.echo("\n".join(lines))


def _one(model: Model, part: str | None, lang: str, option: str, messages: int | None) -> None:
    if option in ("--dot", "--mermaid"):
        _graph(model, part, lang, option)
    elif option == "--svg":
        _svg(model, part, lang)
    elif option == "--verify":
        from quizgen.cli.model_verify import verify

        if part:
            usage_error("`--verify` looks at the whole model", f"leave out `{part}`")
        verify(model.name, lang, messages)
    else:
        _text(model, part, lang, as_json=option == "--json")


def _text(model: Model, part: str | None, lang: str, *, as_json: bool) -> None:
    import json

    from quizgen.cli.model_parts import as_data, overview, part_lines, parts
    from quizgen.cli.tables import strong, width

    known = parts(model, lang)
    if part not in (None, "all", *known) and not (part in model.diagrams and not as_json):
        usage_error(
            f"the model `{model.name}` has no part `{part}`",
            f"the parts are {', '.join({**known, **({} if as_json else model.diagrams)})}, all",
        )
    if as_json:
        whole = part is None or part == "all"
        shape = as_data(model, known, lang) if whole else known[part or ""].records()
        typer.echo(json.dumps(shape, ensure_ascii=False, indent=2))
    elif part is None:
        typer.echo("\n".join(overview(model, known, lang, width())))
    elif part == "all":
        for number, one in enumerate(known):
            typer.echo(
                "\n".join([*([""] if number else []), strong(f"# {one}"), "", *part_lines(one, known, lang, width())])
            )
    elif part in known:
        typer.echo("\n".join(part_lines(part, known, lang, width())))
    else:
        _drawn(model, part, lang)


def _drawn(model: Model, diagram: str, lang: str) -> None:
    from quizgen.cli.tables import width
    from quizgen.figures import draw
    from quizgen.models.figure import Figure

    columns = min(width() or 80, 100)
    typer.echo(draw.text(Figure(model.title, model.diagrams[diagram]), lang, columns))


def _svg(model: Model, part: str | None, lang: str) -> None:
    from quizgen.figures import draw
    from quizgen.models.figure import Figure

    name = _chosen(model, part, "diagrams", "`--svg` draws")
    typer.echo(draw.svg(Figure(model.title, model.diagrams[name]), lang, model.name))


def _graph(model: Model, part: str | None, lang: str, option: str) -> None:
    from quizgen.figures.dot import dot
    from quizgen.figures.mermaid import mermaid
    from quizgen.knowledge.knowledge import say

    name = _chosen(model, part, "graphs", f"`{option}` writes")
    write = dot if option == "--dot" else mermaid
    typer.echo(write(model.graphs[name], say(model.title, lang), lang), nl=False)


def _chosen(model: Model, part: str | None, kind: str, does: str) -> str:
    """The diagram or graph of that name, the first without a name; a usage error where there is none."""
    here = list(getattr(model, kind))
    if not here:
        having = [name for name in _names() if getattr(_load(name), kind)]
        usage_error(f"the model `{model.name}` has nothing that {does}", f"these models have: {', '.join(having)}")
    if part is not None and part not in here:
        usage_error(f"{does} no `{part}` of the model `{model.name}`", f"it has {', '.join(here)}")
    return part or here[0]
