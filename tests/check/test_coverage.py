"""Which elements of a model the items ask about, and which the author leaves out."""

from pathlib import Path

import pytest

from quizgen.check.compile import Checked, compile_paths
from quizgen.check.coverage import counts, coverage
from quizgen.check.skeletons import draft
from quizgen.models import BUILTIN, load
from quizgen.resources import resource

ITEM = "  - {{id: {id}, type: short, stem: S, ask: '{ask}', rationale: R, source: RFC 9293}}\n"


def compiled(folder: Path, text: str) -> Checked:
    file = folder / "topic.yaml"
    file.write_text(f"topic: t/topic\ntitle: {{en: A topic}}\n{text}", "utf-8")
    return compile_paths([file])


def asked(folder: Path, text: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """model -> element -> the items that ask about it."""
    checked = compiled(folder, text)
    found = coverage(checked.knowledge, checked.judged)
    return {one.model.name: {part.element.id: part.items for part in one.elements if part.covered} for one in found}


def test_an_element_names_the_items_that_ask_about_it(tmp_path: Path) -> None:
    items = ITEM.format(id="width", ask="field_width(WINDOW)") + ITEM.format(id="place", ask="field_bit(WINDOW)")
    assert asked(tmp_path, f"model: tcp\nitems:\n{items}") == {"tcp": {"field:Window": ("t/topic/width", "t/topic/place")}}  # fmt: skip


def test_misconceptions_count(tmp_path: Path) -> None:
    text = "model: tcp\nmisconceptions:\n  no-fin: {statement: S, claim: may_send(LISTEN), correction: C, source: S}\nitems: []\n"
    assert asked(tmp_path, text) == {"tcp": {"state:LISTEN": ("misconception/no-fin",)}}


def test_every_variant_of_a_family_counts(tmp_path: Path) -> None:
    item = "  - {id: f, type: short, for: {s: [LISTEN, CLOSED]}, stem: '{s}?', ask: may_send(s), rationale: R, source: S}\n"
    assert set(asked(tmp_path, f"model: tcp\nitems:\n{item}")["tcp"]) == {"state:LISTEN", "state:CLOSED"}


def test_what_a_model_uses_of_another_is_not_asked_about(tmp_path: Path) -> None:
    """A session's browser keeps cookies by the rules of the cookies model; and both models have a `carrier:cookie`."""
    session = ITEM.format(id="s", ask="recognises_user()")
    text = f"model: [sessions, cookies, http]\nitems:\n{session.replace('type', 'model: sessions, type')}"
    found = asked(tmp_path, text)
    assert "carrier:cookie" in found["sessions"]
    assert found["cookies"] == found["http"] == {}


def test_the_numbers_of_the_report(tmp_path: Path) -> None:
    checked = compiled(tmp_path, "model: tcp\nitems:\n" + ITEM.format(id="w", ask="field_width(WINDOW)"))
    fields = counts(coverage(checked.knowledge, checked.judged))["tcp"]["fields"]
    assert (fields["covered"], fields["total"]) == (1, 10)
    assert "field:Checksum" in fields["missing"]
    assert "field:Window" not in fields["missing"]


LEFT_OUT = {
    "no item asks": ("flag:AE: it came later", []),
    "an item asks": ("field:Window: why", [("QG501", "`field:Window` is covered after all")]),
    "there is none": ("flag:AEE: why", [("QG109", "there is no element `flag:AEE`")]),
    "of another model": ("method:GET: why", [("QG109", "there is no element `method:GET`")]),
    "without a reason": ("flag:AE: ''", [("QG104", "`flag:AE` is an empty text")]),
}


@pytest.mark.parametrize(("entry", "found"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_reasons_for_leaving_out(entry: str, found: list[tuple[str, str]], tmp_path: Path) -> None:
    id_, _, reason = entry.rpartition(": ")
    item = ITEM.format(id="w", ask="field_width(WINDOW)")
    checked = compiled(tmp_path, f"model: tcp\nnot_covered:\n  '{id_}': {reason}\nitems:\n{item}")
    assert [(one.code, one.message) for one in checked.found] == found
    assert all(one.span is not None and one.span.source.line(4) for one in checked.found)


def test_a_misspelt_element_gets_the_nearest(tmp_path: Path) -> None:
    checked = compiled(tmp_path, "model: tcp\nnot_covered: {'flag:AEE': why}\nitems: []\n")
    assert checked.found[0].help == "did you mean `flag:AE` or `flag:ECE`?"


def test_the_reason_stands_beside_the_element(tmp_path: Path) -> None:
    checked = compiled(tmp_path, "model: tcp\nnot_covered: {'flag:AE': {en: it came later}}\nitems: []\n")
    (model,) = coverage(checked.knowledge, checked.judged)
    assert [(one.element.id, one.reason) for one in model.missing if one.reason] == [("flag:AE", {"en": "it came later"})]  # fmt: skip


def test_the_draft_of_several_models_is_a_file_that_stands(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    wanted = [(load(name), element) for name in ("tcp", "http") for element in list(load(name).elements.values())[:5]]
    file.write_text(draft(wanted), "utf-8")
    checked = compile_paths([file])
    assert checked.errors == 0
    assert {question.topic for question in checked.bank.questions} == {"draft/uncovered"}
    assert checked.standing()["proved"] == 10


def test_the_draft_of_nothing_stands(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(draft([]), "utf-8")
    assert compile_paths([file]).found == []


def test_the_shipped_knowledge_asks_about_all_of_tcp_and_nearly_all_of_the_others() -> None:
    checked = compile_paths([resource("content")])
    shares = {
        (model, name): group["covered"] / group["total"]
        for model, groups in counts(coverage(checked.knowledge, checked.judged)).items()
        for name, group in groups.items()
    }
    assert {model for model, _ in shares} == set(BUILTIN)
    assert [key for key, share in shares.items() if share < (1 if key[0] == "tcp" else 0.95)] == []
