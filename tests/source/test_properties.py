"""Whatever stands in a text, reading it ends well; and what YAML writes is read back."""

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.diagnostics.renderers import RENDERERS, renderer
from quizgen.source.node import Node
from quizgen.source.reader import read_text
from quizgen.spans import Span

SCRAPS = st.sampled_from(
    ["a", "b: ", ":", "- ", "-", "  ", "\n", "\n  ", "\n    ", "\t", "[", "]", "{", "}", ",", '"', "'", "|", ">", "&x ", "*x",
     "!t ", "#", " # ", "%", "@", "`", "? ", "---\n", "...\n", "\\", "三", "𝄞", "\r\n", "\ufeff", "\u2028", "~", "<<: ", "key:value"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(SCRAPS, max_size=40).map("".join), st.text(max_size=60))


def spans(node: Node) -> list[Span]:
    children = [*node.elements, *node.entries.values()]
    return [
        node.span,
        node.head,
        *(child.key for child in node.entries.values()),
        *(s for c in children for s in spans(c)),
    ]


@given(TEXTS)
@settings(max_examples=1500)
def test_never_raises_and_every_place_is_in_the_text(text: str) -> None:
    node, found = read_text("f.yaml", text)
    assert node is not None or found
    places = [diagnostic.span for diagnostic in found if diagnostic.span]
    places += [label.span for diagnostic in found for label in diagnostic.labels]
    places += spans(node) if node else []
    for span in places:
        assert 0 <= span.start <= span.end <= len(span.source.text)
    for name in RENDERERS:
        shown = renderer(name)(found, 60, False)
        assert all(char == "\n" or char.isprintable() or char in "\xa0\u3000" or ord(char) > 127 for char in shown)
        shown.encode()


PLAIN_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"), max_size=12
)
VALUES = st.recursive(
    PLAIN_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN_TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(PLAIN_TEXT, VALUES, min_size=1, max_size=4), st.sampled_from([True, False, None]), st.booleans())
@settings(max_examples=400)
def test_reads_back_what_yaml_dumps(value: dict[str, object], flow: bool | None, unicode: bool) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=unicode, sort_keys=False, width=60)
    node, found = read_text("f.yaml", text)
    assert not found
    assert node is not None
    assert node.plain() == value


@given(st.lists(PLAIN_TEXT.filter(lambda text: text.isalnum()), min_size=1, max_size=5, unique=True))
def test_places_of_keys_and_values(names: list[str]) -> None:
    node, found = read_text("f.yaml", "".join(f"{name}: [{name}, '{name}']\r\n" for name in names))
    assert not found
    assert node is not None
    for line, name in enumerate(names, start=1):
        key, second = node.key_span(name), node.at([name, 1]).span
        assert (key.line, key.column, key.source.text[key.start : key.end]) == (line, 1, name)
        assert (second.line, second.source.text[second.start : second.end]) == (line, f"'{name}'")
