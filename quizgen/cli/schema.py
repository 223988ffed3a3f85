"""`quizgen schema`: the JSON Schema of knowledge files, for editors."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of knowledge files, with which editors complete keys and say what they mean.

    Example: `quizgen schema > quizgen.schema.json`
    """
    import json

    from quizgen.knowledge.json_schema import json_schema
    from quizgen.models import names

    typer.echo(json.dumps(json_schema(names()), ensure_ascii=False, indent=2))
