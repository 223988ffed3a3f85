"""The quiz pages as they are written: their bytes, their policy, what they say without a script."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from quizgen.items.question import Bank, Blank, Option, Question, Topic, Type
from quizgen.models.figure import Figure
from quizgen.render.options import Options
from quizgen.render.quiz import parts, render
from quizgen.resources import resource, strings
from tests.samples import BANK, LADDER, QUESTIONS, text

BOTH = Options(("en", "zh"))
HOSTILE = (
    "</script><script>alert(1)</script> \"'><img src=x onerror=alert(2)> {{ 1111 * 1111 }} \u2028 & <!-- questions -->"
)


def bank_of(*questions: Question, title: str = "Topic") -> Bank:
    return Bank((Topic("tcp/handshake", text(title), (), (), questions),), ("en", "zh"), "0.1.0")


def page(bank: Bank, out: Path, name: str = "tcp-handshake.en", options: Options = BOTH) -> str:
    render(bank, out, options)
    return (out / "quiz" / f"{name}.html").read_text("utf-8")


def content(html: str) -> str:
    """The page without its script, style and drawings, which golden files need not repeat."""
    return re.sub(r"<(style|script|defs)>.*?</\1>|'sha256-[^']*'", "…", html, flags=re.DOTALL)


class Tags(HTMLParser):
    """All start tags, and those that were never closed or closed too often."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.started: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.started.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.started.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _, attributes in self.started if attribute in attributes]


def test_writes_a_page_for_each_topic_and_language_and_one_with_everything(tmp_path: Path) -> None:
    render(BANK, tmp_path, BOTH)
    names = {file.name for file in (tmp_path / "quiz").iterdir()}
    assert names == {f"{name}.{lang}.html" for name in ("tcp-handshake", "all") for lang in ("en", "zh")}


def test_links_only_to_languages_that_are_written(tmp_path: Path) -> None:
    assert "zh.html" not in page(BANK, tmp_path, options=Options(("en",)))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_golden_page_of_one_question(lang: str, tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    bank = replace(BANK, topics=(replace(BANK.topics[0], questions=(QUESTIONS[2],)),))
    golden(f"quiz/true-false.{lang}.html", content(page(bank, tmp_path, f"tcp-handshake.{lang}")))


def test_same_input_same_bytes(tmp_path: Path) -> None:
    assert page(BANK, tmp_path / "one", "all.zh") == page(BANK, tmp_path / "two", "all.zh")


@pytest.mark.parametrize("kind", get_args(Type))
def test_every_item_type_has_its_partial_and_its_name(kind: str) -> None:
    assert (resource("templates") / "quiz" / "items" / f"{kind}.html").is_file()
    assert all(strings(lang)[f"quiz.type-{kind}"] for lang in ("en", "zh"))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.type)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_says_all_that_a_question_holds(question: Question, lang: str, tmp_path: Path) -> None:
    bank = replace(BANK, topics=(replace(BANK.topics[0], questions=(question,)),))
    html = page(bank, tmp_path, f"tcp-handshake.{lang}")
    tags = Tags(html)
    assert tags.open == []
    said = re.sub(r"<[^>]+>", "", html)
    expected = [option.text[lang] for option in question.options]
    expected += [option.why[lang] for option in question.options if option.why]
    expected += [blank.answer[lang] for blank in question.blanks]
    expected += [term[lang] for term in question.sequence] + [side[lang] for pair in question.pairs for side in pair]
    expected += [
        question.source,
        "A SYN occupies one sequence number &amp; no more." if lang == "en" else "占用一个序号",
    ]
    expected += [line.replace(">", "&gt;") for line in question.evidence]
    assert [wanted for wanted in expected if wanted not in said] == []


@pytest.mark.parametrize("name", ["all.en", "tcp-handshake.zh"])
def test_ids_are_unique_and_references_resolve(name: str, tmp_path: Path) -> None:
    tags = Tags(page(BANK, tmp_path, name))
    ids = tags.values("id")
    assert len(ids) == len(set(ids))
    references = [href[1:] for href in tags.values("href") if href.startswith("#")]
    for attribute in ("aria-labelledby", "aria-describedby"):
        references += [one for value in tags.values(attribute) for one in value.split()]
    assert set(references) <= set(ids)


def test_policy_admits_the_pages_own_script_and_style_and_nothing_else(tmp_path: Path) -> None:
    html = page(BANK, tmp_path)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    for tag in ("script", "style"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"


def test_nothing_is_fetched_and_nothing_needs_inline_styles_or_handlers(tmp_path: Path) -> None:
    tags = Tags(page(BANK, tmp_path, "all.en"))
    hrefs = [href for href in tags.values("href") if not href.startswith(("#", "data:"))]
    assert all(re.fullmatch(r"(\.\./)?[\w.-]+\.html", href) for href in hrefs)
    attributes = {name for _, given in tags.started for name in given}
    assert not {name for name in attributes if name in ("src", "style") or name.startswith("on")}


def hostile(question: Question) -> Question:
    bad = text(HOSTILE)
    return replace(
        question,
        stem=text(HOSTILE.replace("{{ 1111 * 1111 }}", "{1} {2}")) if question.type == "cloze" else bad,
        rationale=bad,
        source=HOSTILE,
        evidence=(HOSTILE,),
        options=tuple(replace(option, text=bad, why=bad) for option in question.options),
        blanks=tuple(replace(blank, answer=bad, accepted=(HOSTILE,)) for blank in question.blanks),
        sequence=tuple(bad for _ in question.sequence),
        pairs=tuple((bad, text(f"{HOSTILE} {index}")) for index, _ in enumerate(question.pairs)),
        ladder=Figure(bad, LADDER.drawing),
    )


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.type)
def test_hostile_texts_stay_text(question: Question, tmp_path: Path) -> None:
    html = page(bank_of(hostile(question), title=HOSTILE), tmp_path)
    tags = Tags(html)
    names = [name for name, _ in tags.started]
    assert tags.open == []
    assert names.count("script") == 2
    assert "img" not in names
    assert "1234321" not in html


def test_a_figure_is_drawn_once_a_page_however_often_it_is_shown(tmp_path: Path) -> None:
    html = page(BANK, tmp_path, "all.en")
    drawn, shown = re.findall(r'<g id="(figure-\w+)"', html), re.findall(r'<use href="#(figure-\w+)"', html)
    assert len(drawn) == len(set(drawn)) == 2
    assert len(shown) == len(QUESTIONS) + 1


def test_equal_figures_are_one_whatever_object_they_are(tmp_path: Path) -> None:
    again = replace(QUESTIONS[1], ladder=replace(LADDER, title=dict(LADDER.title)))
    assert page(bank_of(QUESTIONS[0], again), tmp_path).count('<g id="figure-') == 1


def test_variants_share_a_number(tmp_path: Path) -> None:
    one, other = (replace(QUESTIONS[0], id=f"{QUESTIONS[0].id}#n={n}") for n in (1, 2))
    html = page(bank_of(one, other, QUESTIONS[1]), tmp_path)
    assert re.findall(r"<h3[^>]*>Question ([\d.]+)</h3>", html) == ["1.1", "1.2", "2"]
    assert html.count('data-item="tcp/handshake/acknowledges"') == 2


def test_true_stands_before_false_and_other_options_are_mixed(tmp_path: Path) -> None:
    html = page(BANK, tmp_path)
    printed = dict(
        re.findall(r'<article [^>]*data-type="([\w-]+)".*?<(?:ol class="(?:options|sequence)"|select[^>]*)>(.*?)</(?:ol|select)>', html, re.DOTALL)
    )  # fmt: skip
    order = {kind: re.findall(r'(?:data-index|option value)="(\d)"', inner) for kind, inner in printed.items()}
    assert order["true-false"] == ["0", "1"]
    assert any(places != sorted(places) for kind, places in order.items() if kind != "true-false")


def test_an_empty_bank_has_a_page_that_says_so(tmp_path: Path) -> None:
    html = page(Bank((), ("en", "zh"), "0.1.0"), tmp_path, "all.zh")
    assert strings("zh")["quiz.empty"] in html
    assert Tags(html).open == []


@pytest.mark.parametrize(
    "stem, expected",
    [
        ("{1}", [("", "a", ""), ("", None, "")]),
        ("from {1} to {2}.", [("from ", "a", ""), (" to ", "b", "."), ("", None, "")]),
        ("`Set-Cookie: {2}` & {1}", [("<code>Set-Cookie: ", "b", ""), ("</code> &amp; ", "a", ""), ("", None, "")]),
        ("从{1}；到（{2}）。", [("从", "a", "；"), ("到（", "b", "）。"), ("", None, "")]),
    ],
    ids=["only-a-gap", "two-gaps", "inside-markup", "marks"],
)
def test_parts_of_a_cloze(stem: str, expected: list[tuple[str, str | None, str]]) -> None:
    blanks = (Blank(text("a"), ("a",)), Blank(text("b"), ("b",)))
    found = parts(stem, blanks)
    assert [(str(html), blank and blank.answer["en"], str(marks)) for html, blank, marks in found] == expected


def test_a_question_without_reason_rationale_and_evidence_is_fine(tmp_path: Path) -> None:
    bare = Question(
        "tcp/handshake/bare", "tcp/handshake", "choice", "cited", text("?"), {}, "",
        options=(Option(text("a"), True), Option(text("b"), False)),
    )  # fmt: skip
    html = page(bank_of(bare), tmp_path)
    assert 'class="evidence"' not in content(html)
    assert 'class="rationale"' not in content(html)
    assert strings("en")["quiz.cited"] in html
