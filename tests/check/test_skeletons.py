"""Each element of each model can be asked about: its skeleton is an item that stands, and its answer rests on the element."""

from functools import cache

import pytest

from quizgen.check.compile import Checked, compile_paths
from quizgen.check.skeletons import skeleton, skeleton_id
from quizgen.models import BUILTIN, load
from quizgen.models.base import Element, Model, Rfc

ELEMENTS = [pytest.param(name, id_, id=f"{name}-{id_}") for name in BUILTIN for id_ in load(name).elements]
HEAD = "topic: t/skeletons\ntitle: {en: Skeletons, zh: 骨架}\nmodel: tcp\nitems:\n"


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    file = tmp_path_factory.mktemp("skeletons") / "skeletons.yaml"
    models = [load(name) for name in BUILTIN]
    items = [skeleton(model, element) for model in models for element in model.elements.values()]
    file.write_text(HEAD + "".join(items), "utf-8")
    return compile_paths([file])


def test_nothing_is_wrong_but_the_texts_that_are_still_to_be_written(judged: Checked) -> None:
    wrong = [(one.code, one.message) for one in judged.found if not one.code.startswith("QG3")]
    assert wrong == []
    assert judged.errors == 0


def test_every_one_is_an_item(judged: Checked) -> None:
    assert len({question.item for question in judged.bank.questions}) == len(ELEMENTS)
    assert judged.standing() == {"proved": len(ELEMENTS), "cited": 0}


@cache
def _id(name: str, id_: str) -> str:
    return f"t/skeletons/{skeleton_id(load(name), load(name).elements[id_])}"


@pytest.mark.parametrize(("name", "id_"), ELEMENTS)
def test_its_answer_rests_on_the_element(name: str, id_: str, judged: Checked) -> None:
    assert id_ in judged.judged.elements[_id(name, id_)]


@pytest.mark.parametrize(("name", "id_"), ELEMENTS)
def test_its_source_is_that_of_the_element(name: str, id_: str, judged: Checked) -> None:
    sources = {question.item: question.source for question in judged.bank.questions}
    assert sources[_id(name, id_)] == str(load(name).elements[id_].cite)


def test_a_model_asks_about_its_own_elements_alone() -> None:
    for name in BUILTIN:
        assert set(load(name).asks()) == set(load(name).elements)


def test_types_follow_what_is_asked(judged: Checked) -> None:
    assert {question.type for question in judged.bank.questions} == {
        "choice",
        "multiple",
        "true-false",
        "numeric",
        "short",
    }


def test_a_model_without_expressions_gets_a_claim_to_be_written() -> None:
    element = Element("limit:label", "limits", {"en": "Length of {a} label: 63", "zh": "标签长度"}, Rfc(1035, "2.3.4"))
    model = Model("dns", {"en": "DNS"}, {}, {element.id: element})
    assert skeleton(model, element) == (
        "  - id: dns-limit-label\n"
        "    type: true-false\n"
        "    model: dns\n"
        "    statement: {en: 'TODO: a statement on: Length of {{a}} label: 63', zh: '待写：就此写一句论断：标签长度'}\n"
        "    claim: TODO\n"
        "    key: true\n"
        "    rationale: {en: 'TODO: why', zh: '待写：理由'}\n"
        "    source: RFC 1035 §2.3.4\n"
    )
