"""The study sheets: what is on them, and what the key says."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from quizgen.items.question import Bank, Type
from quizgen.render.options import Options
from quizgen.render.sheet import answer, printed, render
from quizgen.resources import resource
from tests.conftest import Golden
from tests.samples import BANK, QUESTIONS

TOPIC = BANK.topics[0]
TWO = replace(
    BANK,
    topics=(
        TOPIC,
        replace(TOPIC, id="tcp/empty", title={"en": "Nothing", "zh": "空"}, blocks=(), misconceptions=(), questions=()),
    ),
)


def sheets(bank: Bank, out: Path, seed: int = 0) -> dict[str, str]:
    render(bank, out, Options(bank.languages, seed))
    return {path.name: path.read_text("utf-8") for path in (out / "sheets").iterdir()}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_golden(tmp_path: Path, golden: Golden, lang: str) -> None:
    page = sheets(BANK, tmp_path)[f"tcp-handshake.{lang}.html"]
    head, _, body = page.partition("</head>")
    assert "<style>" in head
    golden(f"sheet/tcp-handshake.{lang}.html", body)


def test_a_sheet_a_topic_and_one_with_everything_in_each_language(tmp_path: Path) -> None:
    names = {f"{name}.{lang}.html" for name in ("all", "tcp-handshake", "tcp-empty") for lang in ("en", "zh")}
    assert sheets(TWO, tmp_path).keys() == names


def test_the_same_bytes_each_time_and_another_order_for_another_seed(tmp_path: Path) -> None:
    first, again, other = (sheets(BANK, tmp_path / name, seed) for name, seed in (("a", 0), ("b", 0), ("c", 1)))
    assert first == again
    assert first["all.en.html"] != other["all.en.html"]


class _Page(HTMLParser):
    """Tags, ids, and whether every element is closed."""

    void = frozenset({"meta", "link", "br", "input", "rect", "circle", "path", "polyline", "polygon"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", ["all.en.html", "all.zh.html", "tcp-handshake.en.html", "tcp-empty.zh.html"])
def test_well_formed_self_contained_and_inert(tmp_path: Path, name: str) -> None:
    html = sheets(TWO, tmp_path)[name]
    page = _Page(html)
    assert page.open == []
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert not [attributes for _, attributes in page.tags if "style" in attributes]
    targets = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert all(target and target.startswith("#") and target[1:] in ids for target in targets)
    policy = [attributes["content"] or "" for _, attributes in page.tags if attributes.get("http-equiv")]
    assert len(policy) == 1
    assert policy[0].startswith("default-src 'none'")
    assert dict(page.tags)["html"]["lang"] == ("zh-Hans" if ".zh." in name else "en")


@pytest.mark.parametrize("kind", get_args(Type))
def test_each_item_type_has_a_partial_and_a_question_on_the_sheet(tmp_path: Path, kind: str) -> None:
    assert (resource("templates") / "sheet" / "items" / f"{kind}.html").is_file()
    assert f'<div class="item {kind}' in sheets(BANK, tmp_path)["all.en.html"]


def _key(name: str, seed: int = 0) -> str:
    found = [item for item in printed(QUESTIONS, seed) if item.question.id.endswith(f"/{name}")]
    return answer(found[0], "en")


@pytest.mark.parametrize("seed", range(6))
def test_the_key_names_the_letters_that_are_printed(seed: int) -> None:
    for item in printed(QUESTIONS, seed):
        question = item.question
        for letter, index in item.letters.items():
            if question.options and question.type != "true-false":
                stands = f"**{letter}** {question.options[index].text['en']}" in answer(item, "en").split("; ")
                assert stands == question.options[index].right


@pytest.mark.parametrize(
    "name, key",
    [("together", "False"), ("cloze", "SYN-SENT; ESTABLISHED"), ("header", "20 bytes"), ("state", "SYN-RECEIVED")],
)
def test_key_without_letters(name: str, key: str) -> None:
    assert _key(name) == key


@pytest.mark.parametrize("seed", range(6))
def test_key_of_order_and_match(seed: int) -> None:
    items = {item.question.type: item for item in printed(QUESTIONS, seed)}
    order, match = items["order"], items["match"]
    assert [order.letters[letter] for letter in answer(order, "en").split(" → ")] == [0, 1, 2]
    pairs = [pair.split("–") for pair in answer(match, "en").split(", ")]
    assert [(int(left) - 1, match.letters[letter]) for left, letter in pairs] == [(0, 0), (1, 1)]


def test_of_variants_the_first_is_printed_and_the_key_says_so(tmp_path: Path) -> None:
    variants = tuple(
        replace(QUESTIONS[0], id=f"{QUESTIONS[0].id}#{n}", stem={"en": f"Variant {n}?", "zh": f"变式 {n}"})
        for n in range(1, 4)
    )
    topic = replace(TOPIC, questions=(*variants, QUESTIONS[1]))
    assert [(item.number, item.variants) for item in printed(topic.questions, 0)] == [(1, 3), (2, 1)]
    html = sheets(replace(BANK, topics=(topic,)), tmp_path)["all.en.html"]
    assert "Variant 1?" in html
    assert "Variant 2?" not in html
    assert "(first of 3 variants)" in html


def test_answers_stand_in_the_key_only(tmp_path: Path) -> None:
    paper, _, key = sheets(BANK, tmp_path)["tcp-handshake.en.html"].partition('<section class="key"')
    questions = paper.partition('<div class="questions">')[2]
    assert "20 bytes" in key
    assert "20 bytes" not in questions
    assert "RFC 9293 §3.4" not in questions
    assert "occupies" not in questions


def test_texts_are_escaped(tmp_path: Path) -> None:
    hostile = {"en": "<script>alert(1)</script> & `<b>`", "zh": "<img src=x>"}
    topic = replace(
        TOPIC, title=hostile, questions=tuple(replace(q, stem=hostile, blanks=q.blanks[:1]) for q in QUESTIONS)
    )
    for html in sheets(replace(BANK, topics=(topic,)), tmp_path).values():
        assert "<script" not in html
        assert "<img" not in html
