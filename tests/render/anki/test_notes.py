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
        ("header", ("20", "B", '<ul data-number="20" data-tolerance="0" data-unit="B"></ul>')),
        ("state", ("SYN-RECEIVED", "", "<ul><li>SYN_RECV</li><li>SYN_RECEIVED</li></ul>")),
    ],
)
def test_what_is_typed(name: str, expected: tuple[str, str, str]) -> None:
    shown = fields(BY_NAME[name])
    assert (shown["Typed"], shown["Unit"], shown["Accepted"]) == expected


@pytest.mark.parametrize(
    "number, tolerance, shown",
    [(10.4856, 0.209712, "± 0.21<"), (1000.0, 125_000.0, "± 125000<"), (1.5, 0.5, "± 0.5<"), (1.5, 0.0, "")],
)
def test_a_tolerance_is_short_and_judged_in_full(number: float, tolerance: float, shown: str) -> None:
    blank = Blank(text(f"{number}"), (f"{number}",), number, tolerance, "")
    made = fields(replace(BY_NAME["header"], blanks=(blank,)))
    assert (shown in made["Key"], "±" in made["Key"]) == (True, bool(tolerance))
    assert f'data-tolerance="{tolerance:.15g}"' in made["Accepted"]


def test_what_stands_beneath_an_option_is_not_told_again() -> None:
    (belief,) = BANK.topics[0].misconceptions
    first = replace(BY_NAME["together"], stem=text("What is true?"))
    shown = fields(first)["Misconception"]
    assert all(part["en"] in shown for part in (belief.claim, belief.origin, belief.correction))
    refuted = replace(first, options=(replace(first.options[0], why=belief.correction), first.options[1]))
    shown = fields(refuted)["Misconception"]
    assert belief.claim["en"] in shown
    assert belief.correction["en"] not in shown
    assert belief.correction["en"] in fields(refuted)["Options"]


def test_a_belief_that_the_stem_states_is_not_told_again() -> None:
    question, (belief,) = BY_NAME["together"], BANK.topics[0].misconceptions
    assert question.stem == belief.claim
    shown = fields(question)["Misconception"]
    assert belief.claim["en"] not in shown
    assert all(part["en"] in shown for part in (belief.origin, belief.correction))


def test_a_blank_with_one_spelling_accepts_nothing_else() -> None:
    question = replace(BY_NAME["state"], blanks=(Blank(text("LISTEN"), ("LISTEN", "listen")),))
    assert fields(question)["Accepted"] == ""


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
    believed = replace(
        question,
        misconception="one",
        options=tuple(replace(option, misconception="two") for option in question.options),
    )
    ordinary = ("quizgen::tcp::hand_shake", "quizgen::type::choice", "quizgen::difficulty::3", "quizgen::proved")
    assert made(question).tags == (*ordinary, "quizgen::tag::a_b_c")
    assert made(believed).tags == (
        *ordinary,
        "quizgen::misconception::one",
        "quizgen::misconception::two",
        "quizgen::tag::a_b_c",
    )


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
