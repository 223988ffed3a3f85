"""Questions as notes: identity, fields, tags, what is frozen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from quizgen.items.question import Blank, Question
from quizgen.knowledge.lock import Lock
from quizgen.render.anki.fields import cloze, html
from quizgen.render.anki.notes import notes
from quizgen.render.anki.notetypes import KINDS, kind_of, note_types
from quizgen.render.anki.writer import Note
from tests.render.anki.conftest import bank_of
from tests.samples import BANK, QUESTIONS, text

BY_NAME = {question.id.rpartition("/")[2]: question for question in QUESTIONS}


def made(question: Question, lang: str = "en") -> Note:
    return next(notes(bank_of(question), lang, Lock()))


def fields(question: Question, lang: str = "en") -> dict[str, str]:
    names = (field.name for field in KINDS[kind_of(question.type)].fields)
    return dict(zip(names, made(question, lang).fields, strict=True))


def test_note_types_are_frozen(golden: Callable[[str, str], None]) -> None:
    """A change of this file makes Anki treat decks that learners have as conflicting. Only a field's name may change."""
    lines = []
    for lang in ("en", "zh"):
        for kind in note_types(lang, Lock()):
            lines.append(f"{kind.id} {kind.name}")
            lines += [f"  field {field.id} {field.name}" for field in kind.fields]
            lines += [f"  template {template.id} {template.name}" for template in kind.templates]
    golden("anki/frozen.txt", "\n".join(lines) + "\n")


def test_identity_follows_the_id_and_the_language() -> None:
    first = BY_NAME["acknowledges"]
    other = replace(first, stem=text("Something else"), rationale=text("else"), options=first.options[:2], source="")
    assert (made(first).guid, made(first).id) == (made(other).guid, made(other).id)
    variants = {
        made(replace(first, id=name), lang).guid for name in ("a/b/c", "a/b/c#1", "a/b/c#2") for lang in ("en", "zh")
    }
    assert len(variants) == 6


@pytest.mark.parametrize(
    "name, expected",
    [
        ("header", ("20", "B", '<ul data-number="20" data-tolerance="0"></ul>')),
        ("state", ("SYN-RECEIVED", "", "<ul><li>SYN_RECV</li><li>SYN_RECEIVED</li></ul>")),
    ],
)
def test_what_is_typed(name: str, expected: tuple[str, str, str]) -> None:
    shown = fields(BY_NAME[name])
    assert (shown["Typed"], shown["Unit"], shown["Accepted"]) == expected


@pytest.mark.parametrize("answer", ["半关闭", "a rather long answer that nobody types"])
def test_what_is_not_typed(answer: str) -> None:
    question = replace(BY_NAME["state"], blanks=(Blank(text(answer), (answer,)),))
    assert fields(question)["Typed"] == ""


def test_the_options_are_not_in_the_order_of_the_key() -> None:
    firsts = {fields(replace(BY_NAME["acknowledges"], id=f"a/b/{n}"))["Options"].split("<li")[1] for n in range(20)}
    assert len(firsts) == 4


def test_true_and_false_stay_in_order() -> None:
    orders = {fields(replace(BY_NAME["together"], id=f"a/b/{n}"))["Options"].index("True") for n in range(20)}
    assert len(orders) == 1


def test_a_masked_figure_is_whole_on_the_back() -> None:
    shown = fields(replace(BY_NAME["figure"], ladder=None))
    assert "ACK=x+1" not in shown["Figure"]
    assert 'class="whole"' in shown["Ladder"]


def test_tags() -> None:
    question = replace(BY_NAME["acknowledges"], topic="tcp/hand shake", tags=('a "b"\u3000c',), difficulty=3)
    assert made(question).tags == (
        "quizgen::tcp::hand_shake", "quizgen::type::choice", "quizgen::difficulty::3", "quizgen::proved",
        "quizgen::tag::a_b_c",
    )  # fmt: skip


@pytest.mark.parametrize(
    "stem, answers, expected",
    [
        ("{1} and {2}", ("a", "b"), "{{c1::a}} and {{c2::b}}"),
        ("{2}, {1}, {2}", ("a", "b"), "{{c2::b}}, {{c1::a}}, {{c2::b}}"),
        ("`{1}` {3} {x}", ("a::b",), "<code>{{c1::a&#58;&#58;b}}</code> &#123;3&#125; &#123;x&#125;"),
        ("{{c1::no}} {1}", ("}}",), "&#123;&#123;c1::no&#125;&#125; {{c1::&#125;&#125;}}"),
    ],
)
def test_cloze(stem: str, answers: tuple[str, ...], expected: str) -> None:
    assert cloze(stem, answers) == expected


@pytest.mark.parametrize(
    "written, expected",
    [
        ("[latex]x[/latex] [$]", "&#91;latex]x&#91;/latex] &#91;$]"),
        (r"\\(x\\) \\[", r"<span>\</span>(x\) <span>\</span>&#91;"),
        ("a\x1fb\x00c\ud800", "a\ufffdb\ufffdc\ufffd"),
        ("e\u0301", "\u00e9"),
        ("<img src=x>", "&lt;img src=x&gt;"),
    ],
)
def test_html(written: str, expected: str) -> None:
    assert html(written) == expected


def test_topics_with_the_same_words_have_their_own_decks() -> None:
    from quizgen.render.anki.decks import decks

    renamed = replace(BANK, topics=(replace(BANK.topics[0], title=text("**A**::B\tC:\x1f", " :: ")),))
    assert [deck.name for deck in decks(renamed, "en", Lock())] == ["quizgen", "quizgen::A:B C"]
    assert [deck.name for deck in decks(renamed, "zh", Lock())] == ["quizgen", "quizgen::tcp/handshake"]
    ids = {deck.id for lang in ("en", "zh") for deck in decks(BANK, lang, Lock())}
    assert len(ids) == 4
