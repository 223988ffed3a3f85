"""The quiz pages in a real browser: every item type by keyboard and by hand, scores, retries, accessibility."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from quizgen.items.question import Bank, Question, Type
from quizgen.models.base import Text
from quizgen.render.quiz import render
from tests.render.quiz_hand import BOTH, BY_TYPE, KEYBOARD, POINTER, address, alone, click_options, current
from tests.render.test_quiz import bank_of, hostile
from tests.samples import BANK, MISCONCEPTION, QUESTIONS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def test_every_type_is_tried() -> None:
    assert KEYBOARD.keys() == POINTER.keys() == BY_TYPE.keys()


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("way", ["keyboard", "pointer"])
@pytest.mark.parametrize("kind", BY_TYPE)
def test_answering(kind: Type, way: str, right: bool, tmp_path: Path, tab: "Page") -> None:
    question = BY_TYPE[kind]
    tab.goto(alone(question, tmp_path))
    (KEYBOARD if way == "keyboard" else POINTER)[kind](tab, question, right)
    if way == "keyboard":
        tab.keyboard.press("Enter")
    else:
        tab.locator("#go").click()
    verdict = current(tab).locator(".verdict")
    assert verdict.locator("strong").inner_text() == ("Right." if right else "Not right.")
    assert tab.locator("#score").inner_text() == ("1 right · 0 wrong" if right else "0 right · 1 wrong")
    assert current(tab).get_by_text("occupies one sequence number").is_visible()
    assert current(tab).get_by_text("RFC 9293 §3.4").is_visible()
    assert current(tab).locator(".answer svg.q-figure use").count() == 1
    chosen = [option.why["en"] for option in question.options if option.why]
    if chosen and not right:
        assert any(why in verdict.inner_text() for why in chosen)
    if question.misconception:
        assert current(tab).get_by_text("The client enters it when the SYN-ACK arrives").is_visible()
    assert tab.evaluate("document.activeElement.id") == "go"
    tab.keyboard.press("Enter")
    assert tab.locator("#total").inner_text() == ("1 of 1 right" if right else "0 of 1 right")
    assert tab.evaluate("document.activeElement.id") == "summary-title"


@pytest.mark.parametrize("index, shown", [(1, True), (2, False)], ids=["held", "not held"])
def test_a_misconception_shows_when_it_was_held_and_is_refuted_once(
    index: int, shown: bool, tmp_path: Path, tab: "Page"
) -> None:
    first, *others = QUESTIONS[0].options[1:]
    held = replace(first, misconception=MISCONCEPTION.id, why=MISCONCEPTION.correction)
    question = replace(QUESTIONS[0], options=(QUESTIONS[0].options[0], held, *others))
    tab.goto(alone(question, tmp_path))
    current(tab).locator(f'.options > li[data-index="{index}"] label').click()
    tab.locator("#go").click()
    assert current(tab).locator(".misconception").is_visible() is shown
    assert not current(tab).locator(".correction").is_visible()


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("origin", [MISCONCEPTION.origin, {}], ids=["with origin", "without"])
def test_a_statement_and_its_refutation_are_said_once(origin: Text, right: bool, tmp_path: Path, tab: "Page") -> None:
    belief = replace(MISCONCEPTION, origin=origin)
    asked = BY_TYPE["true-false"]
    options = tuple(replace(one, why={} if one.right else belief.correction) for one in asked.options)
    question = replace(asked, stem=belief.claim, options=options)
    topic = replace(BANK.topics[0], questions=(question,), misconceptions=(belief,))
    render(replace(BANK, topics=(topic,)), tmp_path, BOTH)
    tab.goto(address(tmp_path / "quiz"))
    click_options(tab, question, right)
    tab.locator("#go").click()
    said = current(tab).inner_text()
    assert [said.count(part["en"]) for part in (belief.claim, belief.correction)] == [1, 1]
    assert current(tab).locator(".misconception").is_visible() is bool(origin)


@pytest.mark.parametrize("kind", BY_TYPE)
def test_not_knowing_shows_the_answer_and_counts_as_missed(kind: Type, tmp_path: Path, tab: "Page") -> None:
    tab.goto(alone(BY_TYPE[kind], tmp_path))
    tab.locator("#unknown").click()
    assert current(tab).locator(".verdict").inner_text() == "Here is the answer."
    assert tab.locator("#score").inner_text() == "0 right · 1 wrong"
    assert current(tab).locator(".answer").get_attribute("open") is not None


@pytest.mark.parametrize(
    "kind, typed, hint",
    [("choice", "", "Choose an answer first."), ("short", "", "Fill in every field first."), ("numeric", "many", "Type a number, with or without a unit.")],
)  # fmt: skip
def test_an_incomplete_answer_is_asked_for_again(
    kind: Type, typed: str, hint: str, tmp_path: Path, tab: "Page"
) -> None:
    tab.goto(alone(BY_TYPE[kind], tmp_path))
    for field in current(tab).locator(".gap input").all():
        field.fill(typed)
    tab.keyboard.press("Enter")
    assert tab.locator("#hint").inner_text() == hint
    assert tab.locator("#score").inner_text() == ""


def work_through(page: "Page", wrong: int) -> None:
    """Answer a round to its end, the first few wrongly."""
    for place in range(len(QUESTIONS)):
        question = next(one for one in QUESTIONS if one.id == current(page).get_attribute("id"))
        POINTER[question.type](page, question, place >= wrong)
        page.locator("#go").click()
        page.locator("#go").click()


def test_a_round_its_summary_and_the_retry_of_what_was_missed(pages: Path, tab: "Page") -> None:
    tab.goto(address(pages))
    work_through(tab, wrong=2)
    assert tab.locator("#total").inner_text() == "7 of 9 right"
    assert tab.locator("#share").inner_text() == "78 %"
    assert tab.locator('#review [data-mark="wrong"]').count() == 2
    assert "goes from ____ to ____." in tab.locator("#review").inner_text()
    tab.locator("#review button").first.click()
    assert current(tab).locator(".verdict strong").inner_text() == "Not right."
    for _ in QUESTIONS:
        tab.locator("#go").click()
    tab.locator("#retry").click()
    assert tab.locator("#place").inner_text() == "1 of 2"
    assert tab.evaluate("document.activeElement.tagName") == "H3"
    assert not current(tab).locator("input").first.is_disabled()


def test_questions_can_be_chosen_by_topic_level_and_record(tmp_path: Path, tab: "Page") -> None:
    easy = tuple(replace(one, id=one.id.replace("tcp/handshake", "tcp/close"), difficulty=1) for one in QUESTIONS)
    other = replace(BANK.topics[0], id="tcp/close", misconceptions=(), questions=easy)
    render(Bank((*BANK.topics, other), BANK.languages, "0.1.0"), tmp_path, BOTH)
    tab.goto(address(tmp_path / "quiz", name="all"))
    assert tab.locator("#place").inner_text() == "1 of 18"

    def begin(**wanted: str) -> str:
        tab.locator("#choose").evaluate("details => details.open = true")
        for name in ("topic", "level", "record", "count"):
            tab.locator(f"#by-{name}").select_option(wanted.get(name, ""))
        tab.locator("#begin").click()
        return tab.locator("#none").inner_text() or tab.locator("#place").inner_text()

    assert begin(count="10") == "1 of 10"
    assert begin(topic="tcp/close") == "1 of 9"
    tab.locator("#unknown").click()
    assert begin(record="missed") == "1 of 1"
    assert begin(record="open") == "1 of 18"
    assert begin(level="1") == "1 of 9"
    assert begin(level="3") == "No question fits this choice."


def test_one_variant_of_an_item_is_asked_at_a_time(tmp_path: Path, tab: "Page") -> None:
    variants = [replace(QUESTIONS[0], id=f"{QUESTIONS[0].id}#n={n}") for n in range(6)]
    render(bank_of(*variants), tmp_path, BOTH)
    tab.goto(address(tmp_path / "quiz"))
    seen = set()
    for _ in range(20):
        assert tab.locator("#place").inner_text() == "1 of 1"
        seen.add(current(tab).get_attribute("id"))
        tab.locator("#choose").evaluate("details => details.open = true")
        tab.locator("#begin").click()
    assert len(seen) > 1


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.type)
def test_hostile_texts_do_nothing(question: Question, tmp_path: Path, tab: "Page") -> None:
    tab.on("dialog", lambda dialog: pytest.fail(f"a text ran: {dialog.message}"))
    render(bank_of(hostile(question), title="</script><b>"), tmp_path, BOTH)
    tab.goto(address(tmp_path / "quiz"))
    tab.locator("#unknown").click()
    assert "<img src=x" in current(tab).inner_text()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_wider_than_a_phone_and_nothing_too_small_to_touch(lang: str, pages: Path, tab: "Page") -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(address(pages, lang))
    small = "e => [...document.querySelectorAll('button, select, label:has(> input), .gap input, summary, .bar a')]" \
        ".filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])" \
        ".filter(([, box]) => box.height < 43.9 || box.width < 43.9).map(([html]) => html)"  # fmt: skip
    for _ in QUESTIONS:
        for step in ("#unknown", "#go"):
            assert tab.evaluate("document.documentElement.scrollWidth") == 390
            assert tab.evaluate(small) == []
            tab.locator(step).click()
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_nothing(lang: str, theme: Literal["light", "dark"], pages: Path, tab: "Page") -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    tab.emulate_media(color_scheme=theme, reduced_motion="reduce")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(address(pages, lang))

    def check() -> None:
        results = axe.Axe().run(tab)
        assert results.violations_count == 0, results.generate_report()

    def show_all() -> None:
        tab.evaluate("for (const one of document.querySelectorAll('.question')) one.classList.add('current')")

    for question in QUESTIONS:
        if question.type == "order":
            check()
        POINTER[question.type](tab, question, False)
        tab.locator("#go").click()
        tab.locator("#go").click()
    check()
    tab.locator("#again").click()
    show_all()
    check()
    tab.locator("#help-open").click()
    check()


def test_without_a_script_it_is_a_paper_with_the_answers_folded_away(pages: Path, browser: "Browser") -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address(pages))
    assert page.locator(".question:visible").count() == len(QUESTIONS)
    assert page.locator("button:visible").count() == 0
    rationale = page.locator(".rationale").first
    assert not rationale.is_visible()
    page.locator(".answer > summary").first.click()
    assert rationale.is_visible()
    assert re.search(r"Answer: x \+ 1", page.locator(".key").first.inner_text())
    context.close()
