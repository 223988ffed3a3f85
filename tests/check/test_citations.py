"""QG217: sections and figures that a source names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import quizgen.models
from quizgen.check.citations import faults
from quizgen.check.documents import DOCUMENTS, figures, sections
from quizgen.models import BUILTIN, load

RIGHT = (
    "RFC 9293 §3.1", "RFC 9293 §3.10.7.4, Figure 13", "RFC 6265 §5.3 step 11; RFC 9110 §15.4.9", "RFC 6265 §8.1-8.4",
    "RFC 9293 §3.6.1, Figures 12 and 13", "RFC9112 section 9.3.2", "RFC 9293 Appendix B", "RFC 9112 §C.2.2",
    "RFC 3168 §99", "RFC 9293 §3.1; HTML Standard §13.2", "an analogy for RFC 9293 §3.6", "Stevens, TCP/IP Illustrated, §18.2",
)  # fmt: skip
WRONG = {
    "RFC 9293 §3.11": "3.11",
    "RFC 9293 §3.10.7.5": "3.10.7.5",
    "RFC 6265 §5.3; RFC 9112 §9.9": "9.9",
    "RFC 6265 §8.1-8.9": "8.9",
    "RFC 9293 Figure 14": "14",
    "RFC 9293 Figures 13 and 14": "14",
    "RFC 9293 Figure 0": "0",
    "RFC 9110, Section 9.4": "9.4",
    "RFC 9110 §B.10": "B.10",
}


@pytest.mark.parametrize("source", RIGHT)
def test_a_right_source(source: str) -> None:
    assert list(faults(source)) == []


@pytest.mark.parametrize("source, number", WRONG.items(), ids=WRONG)
def test_a_wrong_source(source: str, number: str) -> None:
    ((start, end, message, help_),) = faults(source)
    assert source[start:end] == number
    assert message.endswith(number)
    assert help_


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_above_a_section_is_one(document: str) -> None:
    for number in sections(document):
        above = number.rpartition(".")[0]
        assert not above or above in sections(document)


def cited() -> Iterator[tuple[str, str, str]]:
    """Document, section and place of every citation in the models: of elements and words, and as written in their code."""
    for name in BUILTIN:
        model = load(name)
        for element in model.elements.values():
            yield element.cite.document, element.cite.section, element.id
        for word in model.vocabulary.values():
            if word.cite:
                yield word.cite.document, word.cite.section, word.name
    for file in Path(quizgen.models.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("Rfc"), args=[ast.Constant(int(number)), ast.Constant(str(section))]):
                    yield f"RFC {number}", section, f"{file.name}:{node.lineno}"


def test_the_models_cite_what_there_is() -> None:
    wrong = []
    seen = 0
    for document, section, where in cited():
        if document in DOCUMENTS and section:
            seen += 1
            source = f"{document} §{section}" if section[0].isdigit() else f"{document} {section}"
            wrong += [(where, message) for _, _, message, _ in faults(source)]
    assert wrong == []
    assert seen > 300


def test_figures_are_known_of_few() -> None:
    assert figures("RFC 9293") == 13
    assert figures("RFC 6265") is None
