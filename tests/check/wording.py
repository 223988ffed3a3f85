"""Items whose wording is all that matters: cited, so that no model is asked."""

import json
from pathlib import Path

from quizgen.check.compile import compile_paths
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.models.base import Text

Words = str | Text
"""A text as an author writes it: for every language, or one for each."""

HEAD = "topic: a/b\ntitle: {title}\nmodel: tcp\nitems:\n"


def item(id_: str = "one", type_: str = "choice", **fields: object) -> str:
    """An item as one line of YAML; texts, options and the rest as JSON, which YAML reads as well."""
    made = {"id": id_, "type": type_, "cited": "an example", "source": "RFC 9293", "rationale": "So it is.", **fields}
    return f"  - {json.dumps(made, ensure_ascii=False)}\n"


def choice(stem: Words, key: Words, *distractors: Words, id_: str = "one", **fields: object) -> str:
    """A choice; options are texts."""
    wrong = [{"text": text} for text in distractors]
    return item(id_, "choice", stem=stem, key={"text": key}, distractors=wrong, **fields)


def under(one: Diagnostic) -> str:
    """The text that a finding points at."""
    assert one.span is not None
    return one.span.source.text[one.span.start : one.span.end]


def findings(tmp_path: Path, *items: str, title: str = "An example", more: str = "") -> list[Diagnostic]:
    """The findings about a file of these items."""
    file = tmp_path / "a.yaml"
    file.write_text(HEAD.format(title=title) + "".join(items) + more, "utf-8")
    return compile_paths([file]).found


def codes(tmp_path: Path, *items: str, **rest: str) -> list[str]:
    """The codes of the findings."""
    return [one.code for one in findings(tmp_path, *items, **rest)]
