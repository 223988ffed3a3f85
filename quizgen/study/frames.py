"""What each screen shows: a question, a form to type in, the reasons after an answer, the help."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.markup import plain
from quizgen.study import prompts, view
from quizgen.study.lines import Paragraph
from quizgen.study.presented import Presented
from quizgen.study.screen import Frame
from quizgen.study.session import Answer, Session
from quizgen.study.words import say

Keys = list[tuple[str, str]]


def question(session: Session, presented: Presented, pressed: str, width: int, notice: str) -> Frame:
    """A question that is answered by keys; `pressed` are those so far."""
    lang, kind = session.lang, prompts.kind(presented)
    marks = {}
    if kind == "multiple":
        places = zip(presented.keys, presented.places, strict=True)
        marks = {index: "[x]" if key in pressed else "[ ]" for key, index in places}
    body = view.asked(presented, lang, width, marks, given=pressed if kind == "match" else "")
    entry = " ".join(pressed) if kind in ("order", "match") else None
    keys = [(_span(presented.keys), say(lang, "key-choose"))]
    if kind != "choice":
        keys.append((say(lang, "enter"), say(lang, "key-check")))
    prompt = say(lang, "prompt", asked=say(lang, f"prompt-{kind}")) if entry is not None else ""
    return Frame(
        *_heading(session, presented, 1), body, keys + _commands(lang, "?qsu"), _more(lang), prompt, entry, notice
    )


def form(session: Session, presented: Presented, typed: Sequence[str], entry: str, width: int, notice: str) -> Frame:
    """A question that is answered in writing; `typed` are the blanks filled, `entry` is being typed."""
    lang = session.lang
    body = view.asked(presented, lang, width, typed=typed)
    keys = [(say(lang, "enter"), say(lang, "key-check")), *_commands(lang, "?qsu", ":")]
    prompt = say(lang, "prompt", asked=prompts.gap_prompt(presented.question, len(typed), lang))
    return Frame(*_heading(session, presented, 1), body, keys, ("↓", say(lang, "key-more")), prompt, entry, notice)


def reasons(session: Session, answer: Answer, width: int, notice: str) -> Frame:
    """What is said after an answer."""
    lang, asked = session.lang, answer.presented.question
    recap = [view.stem(asked, lang, [blank.answer[lang] for blank in asked.blanks])]
    if asked.options:
        recap += view.parts(answer.presented, lang, view.option_marks(answer))
    told = view.feedback(answer, session.held(answer), lang, width)
    body: list[Paragraph] = [view.verdict(answer, lang), *recap, view.BLANK, *told]
    keys = [(say(lang, "enter"), say(lang, "key-next"))]
    keys += _commands(lang, "uq")
    keys += [("h", say(lang, "key-hard")), ("e", say(lang, "key-easy"))] if answer.score.right else []
    return Frame(*_heading(session, answer.presented, 0), body, keys, _more(lang), notice=notice)


def help_(session: Session) -> Frame:
    """Every key."""
    lang = session.lang
    return Frame(
        "quizgen quiz", "", prompts.screen_help(lang), [(say(lang, "enter"), say(lang, "key-back"))], _more(lang)
    )


def _heading(session: Session, presented: Presented, ahead: int) -> tuple[str, str]:
    titles = {topic.id: topic.title[session.lang] for topic in session.bank.topics}
    right = sum(answer.score.right for answer in session.answers)
    wrong = len(session.answers) - right
    place = f"{session.position + ahead}/{session.total}"
    return f" {place}  {plain(titles[presented.question.topic])}", f"{view.RIGHT}{right} {view.WRONG}{wrong} "


def _more(lang: str) -> tuple[str, str]:
    return say(lang, "space"), say(lang, "key-more")


def _span(keys: str) -> str:
    return f"{keys[0]}-{keys[-1]}" if len(keys) <= 9 or keys[0] == "a" else f"1-9 a-{keys[-1]}"


def _commands(lang: str, letters: str, before: str = "") -> Keys:
    names = {"?": "key-help", "q": "key-quit", "s": "key-skip", "u": "key-undo"}
    return [(before + letter, say(lang, names[letter])) for letter in letters]
