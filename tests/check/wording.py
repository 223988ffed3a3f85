"""Items whose wording is all that matters: cited, so that no model is asked."""

import json

from quizgen.check.compile import compile_paths

HEAD = "topic: a/b\ntitle: {title}\nmodel: tcp\nitems:\n"


def item(id_="one", type_="choice", **fields):
    """An item as one line of YAML; texts, options and the rest as JSON, which YAML reads as well."""
    made = {"id": id_, "type": type_, "cited": "an example", "source": "RFC 9293", "rationale": "So it is.", **fields}
    return f"  - {json.dumps(made, ensure_ascii=False)}\n"


def choice(stem, key, *distractors, **fields):
    """A choice; options are texts."""
    return item(stem=stem, key={"text": key}, distractors=[{"text": text} for text in distractors], **fields)


def findings(tmp_path, *items, title="An example", more=""):
    """The findings about a file of these items."""
    file = tmp_path / "a.yaml"
    file.write_text(HEAD.format(title=title) + "".join(items) + more, "utf-8")
    return compile_paths([file]).found


def codes(tmp_path, *items, **rest):
    """The codes of the findings."""
    return [one.code for one in findings(tmp_path, *items, **rest)]
