"""The plain formats are read back by readers of their own: csv, json, markdown-it, the grammar of hashcards; by Anki's
engine in tests/render/anki/test_text_import.py."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizgen.items.question import Bank, Blank, Option, Question
from quizgen.markup import inline, literal, plain
from quizgen.render import FORMATS, renderer, whole
from quizgen.render.commonmark import commonmark
from quizgen.render.options import Options
from quizgen.render.table import COLUMNS
from tests.conftest import Golden
from tests.render.hashcards_reader import Basic, Cloze, read
from tests.samples import BANK, QUESTIONS, text

PLAIN = ("csv", "tsv", "json", "markdown", "hashcards")
HOSTILE = (
    "<script>alert(1)</script> & [a](b) ![i](j) {1} {9} | a~~b~~ $x$ # 1) \\ \x00 \x1f \" ' \u202eRTL 🦉, a; =1+1\n"
    "Q: x\nA: y\nC: z\n---\n- item\n1. one `co`de` **b** *i*"
)


def bank_of(*questions: Question) -> Bank:
    return replace(BANK, topics=(replace(BANK.topics[0], questions=questions),))


def hostile(what: str = HOSTILE) -> Bank:
    """The sample bank with this text wherever one can stand."""
    said = text(what)

    def over(question: Question) -> Question:
        option = [Option(text(f"{what} {n}"), one.right, said) for n, one in enumerate(question.options)]
        gaps = "{1} {2}" if question.type == "cloze" else ""
        return replace(
            question, stem=text(what.replace("{1}", "{5}") + gaps), rationale=said, source=what, options=tuple(option),
            blanks=tuple(replace(blank, answer=said) for blank in question.blanks),
            sequence=tuple(text(f"{what} {n}") for n, _ in enumerate(question.sequence)),
            pairs=tuple((said, text(f"{what} {n}")) for n, _ in enumerate(question.pairs)),
        )  # fmt: skip

    return bank_of(*map(over, QUESTIONS))


def written(bank: Bank, name: str, out: Path, lang: str = "en", *more: str) -> str:
    renderer(name)(bank, out, Options((lang, *more)))
    return (out / whole(name, lang)).read_bytes().decode()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", PLAIN)
def test_every_type_comes_out(name: str, lang: str, tmp_path: Path, golden: Golden) -> None:
    golden(f"plain/{name}.{lang}.txt", written(BANK, name, tmp_path, lang))


@pytest.mark.parametrize("name", FORMATS)
def test_the_file_with_everything_is_where_the_registry_says(name: str, tmp_path: Path) -> None:
    renderer(name)(BANK, tmp_path, Options(("en",)))
    assert (tmp_path / whole(name, "en")).is_file()


def rows(name: str, document: str) -> list[dict[str, str]]:
    if name == "csv":
        return list(csv.DictReader(io.StringIO(document, newline="")))
    head = [line for line in document.split("\n") if line.startswith("#")]
    assert document.startswith("\n".join(head))
    columns = head[-1].removeprefix("#").split("\t")
    body = io.StringIO("\n".join(document.split("\n")[len(head) :]), newline="")
    return list(csv.DictReader(body, columns, dialect="excel-tab"))


@pytest.mark.parametrize("bank", [BANK, hostile()], ids=["samples", "hostile"])
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_tables_are_read_back(name: str, bank: Bank, tmp_path: Path) -> None:
    read_back = rows(name, written(bank, name, tmp_path))
    assert [row["id"] for row in read_back] == [question.id for question in bank.questions]
    for row, question in zip(read_back, bank.questions, strict=True):
        assert set(row) == set(COLUMNS)
        assert row["rationale"] == plain(question.rationale["en"]).replace("\0", "\ufffd")
        assert row["source"] == question.source.replace("\0", "\ufffd")
        assert row["tags"].split()[0] == "quizgen::tcp::handshake"
        wrong = [plain(option.text["en"]) for option in question.options if not option.right]
        assert row["distractors"] == "\n".join(wrong).replace("\0", "\ufffd")


def test_a_row_says_what_is_asked_and_what_is_right(tmp_path: Path) -> None:
    found = {row["id"].rpartition("/")[2]: row for row in rows("csv", written(BANK, "csv", tmp_path))}
    stem = "The client's SYN carries SEQ = x. What does the SYN-ACK acknowledge?"
    assert found["acknowledges"]["stem"] == stem
    assert set(_options(found["acknowledges"]["question"])) == {"x", "x + 1", "x + 2", "y + 1"}
    assert {name: row["key"] for name, row in found.items()} == {
        "acknowledges": "x + 1", "flags": "SYN\nACK", "together": "False", "cloze": "1. SYN-SENT\n2. ESTABLISHED",
        "header": "20 bytes", "state": "SYN-RECEIVED", "order": "1. SYN\n2. SYN, ACK\n3. ACK",
        "match": "client → ESTABLISHED\nserver → SYN-RECEIVED", "figure": "SYN,ACK SEQ=y ACK=x+1",
    }  # fmt: skip
    assert found["cloze"]["question"] == "On the SYN-ACK the client goes from (1) ____ to (2) ____."
    assert found["together"]["misconception"] == "Both ends enter ESTABLISHED at the same moment."


def _options(cell: str) -> list[str]:
    return [line.partition(". ")[2] for line in cell.split("\n")[1:]]


@pytest.mark.parametrize("bank", [BANK, hostile()], ids=["samples", "hostile"])
def test_json_holds_the_whole_bank(bank: Bank, tmp_path: Path) -> None:
    document = json.loads(written(bank, "json", tmp_path, "en", "zh"))
    assert (document["format"], document["version"], document["languages"]) == ("quizgen bank", 1, ["en", "zh"])
    [topic] = document["topics"]
    assert topic["title"] == BANK.topics[0].title
    assert tuple(_question(topic["id"], entry) for entry in topic["questions"]) == tuple(
        replace(question, figure=None, ladder=None) for question in bank.questions
    )
    assert topic["questions"][-1]["figure"]["title"]["zh"] == "建立连接"
    [held] = topic["misconceptions"]
    [claimed] = BANK.topics[0].misconceptions
    assert {**held, "evidence": tuple(held["evidence"]), "topic": topic["id"]} == asdict(claimed)


def _question(topic: str, entry: dict[str, Any]) -> Question:
    """The question that the JSON tells of."""
    assert set(entry) == {field.name for field in fields(Question)} - {"topic"}
    parts = {name: tuple(part) if isinstance(part, list) else part for name, part in entry.items()} | {
        "topic": topic, "figure": None, "ladder": None,
        "options": tuple(Option(**option) for option in entry["options"]),
        "blanks": tuple(Blank(**{**blank, "accepted": tuple(blank["accepted"])}) for blank in entry["blanks"]),
        "orders": tuple(map(tuple, entry["orders"])), "pairs": tuple(map(tuple, entry["pairs"])),
    }  # fmt: skip
    return Question(**parts)


def test_json_in_one_language_has_no_word_of_another(tmp_path: Path) -> None:
    assert "客户端" not in written(BANK, "json", tmp_path)
    assert "客户端" in written(BANK, "json", tmp_path, "zh")


@pytest.mark.parametrize("bank", [BANK, hostile()], ids=["samples", "hostile"])
def test_markdown_is_a_heading_a_question_and_a_quoted_answer(bank: Bank, tmp_path: Path) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written(bank, "markdown", tmp_path))
    top = [token for token in tokens if token.level == 0 and token.nesting >= 0]
    assert [token.tag for token in top if token.type == "heading_open"] == ["h1", "h2"] + ["h3"] * len(QUESTIONS)
    assert len([token for token in top if token.type == "blockquote_open"]) == len(QUESTIONS)
    assert not [token for token in tokens if token.type == "html_block"]
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "code_inline", "strong_open", "strong_close", "em_open", "em_close", "text_special"}
    for question in bank.questions:
        said = [_content(token) for token in tokens if token.type == "inline"]
        assert _words(question.rationale["en"]) in said
        assert any(line.endswith(_words(literal(question.source))) for line in said)
        for option in question.options:
            told = f"{_words(option.text['en'])} – {_words(option.why.get('en', ''))}"
            assert option.right or not option.why or told in said


def _words(said: str) -> str:
    return re.sub(r"\s+", " ", plain(re.sub(r"[\x00-\x08\x0e-\x1f]", "\ufffd", said))).strip()


def _content(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def test_markdown_shows_the_figure_that_is_asked_about(tmp_path: Path) -> None:
    fences = [token for token in MarkdownIt().parse(written(BANK, "markdown", tmp_path)) if token.type == "fence"]
    assert len(fences) == 1
    assert "SYN-SENT" in fences[0].content
    assert "SYN,ACK SEQ=y ACK=x+1" not in fences[0].content


@pytest.mark.parametrize("bank", [BANK, hostile()], ids=["samples", "hostile"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hashcards_reads_a_card_for_each_question_and_gap(bank: Bank, lang: str, tmp_path: Path) -> None:
    name, cards = read(written(bank, "hashcards", tmp_path, lang))
    assert name == f"quizgen ({lang})"
    assert [type(card) for card in cards] == [Basic] * 3 + [Cloze] * 2 + [Basic] * 5
    question = bank.questions[0]
    assert isinstance(cards[0], Basic)
    assert commonmark(question.stem[lang]) == cards[0].question.split("\n")[0]
    assert commonmark(question.options[0].text[lang]) == cards[0].answer.split("\n")[0]


def test_hashcards_hides_what_was_asked_for(tmp_path: Path) -> None:
    _, cards = read(written(BANK, "hashcards", tmp_path))
    sentence = "On the SYN-ACK the client goes from SYN-SENT to ESTABLISHED."
    assert cards[3:5] == [Cloze(sentence, "SYN-SENT"), Cloze(sentence, "ESTABLISHED")]


def test_brackets_in_a_cloze_of_hashcards_come_back_as_written(tmp_path: Path) -> None:
    question = replace(QUESTIONS[3], stem=text("Read ![x] `a[0]` & [{1}]!"), blanks=(Blank(text("a[1]"), ("a[1]",)),))
    _, [card] = read(written(bank_of(question), "hashcards", tmp_path))
    assert isinstance(card, Cloze)
    shown = MarkdownIt("commonmark").renderInline(card.text)
    assert html.unescape(shown) == "Read ![x] a[0] & [a[1]]!"


STYLED = st.lists(
    st.one_of(
        st.text(alphabet="ab 1.-+#>[]()<&!|~$\\_*`中，“", max_size=8),
        st.sampled_from(["`a``b`", "**bold**", "*slanted*", "`` ` ``", "1. ", "- ", "# ", "![a](b)", "<b>", "&amp;", "http://a.b"]),
    ),
    max_size=6,
).map("".join)  # fmt: skip


@given(STYLED)
@example("_<_**bold**")
def test_commonmark_means_what_the_bank_says(said: str) -> None:
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(commonmark(said)).strip()
    expected = inline(re.sub(r"\s+", " ", said)).strip()
    assert _bare(shown) in (_bare(f"<p>{expected}</p>"), _bare(expected))


def _bare(shown: str) -> str:
    """Without stars' elements, which neighbours lose, with neighbours of code as one, and with the entities that both
    writers use.
    """
    starless = re.sub(r"</?(strong|em)>", "", shown)
    return html.unescape(starless.replace("</code><code>", "")).replace("\n", "").strip()


def test_commonmark_joins_code_beside_code() -> None:
    assert commonmark("`a`*`b`*") == "`ab`"


@pytest.mark.parametrize("said", ["a **b** c", "*a* and `b`", "**一个**序号", "用**一个**序号", "a _b_ c", "**a** *b*"])
def test_commonmark_keeps_emphasis(said: str) -> None:
    assert MarkdownIt("commonmark").renderInline(commonmark(said)) == inline(said)
