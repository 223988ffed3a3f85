"""What is said at the end of a session: the score, what to repeat, and what is due when."""

from __future__ import annotations

from quizgen.figures.widths import clip
from quizgen.study.session import Session
from quizgen.study.view import stem
from quizgen.study.words import interval, say, waiting

_WIDTH = 60


def summary(session: Session) -> list[str]:
    """The lines, in the session's language."""
    lang, answers = session.lang, session.answers
    lines = []
    if not session.total:
        lines.append(say(lang, "nothing-due"))
    elif not answers:
        lines.append(say(lang, "nothing-answered"))
    else:
        right = sum(answer.score.right for answer in answers)
        share, wrong = round(100 * right / len(answers)), len(answers) - right
        counts = {"answered": len(answers), "total": session.total, "right": right, "wrong": wrong}
        lines.append(say(lang, "answered", share=share, **counts))
    if session.skipped:
        lines.append(say(lang, "skipped", n=session.skipped))
    if missed := [answer for answer in answers if not answer.score.right]:
        lines.append(say(lang, "missed"))
        for answer in missed:
            asked = clip(stem(answer.presented.question, lang).plain(), _WIDTH)
            lines.append(f"  {asked} — {interval(lang, answer.due - answer.review.at)}")
    lines.append(say(lang, "due", list=waiting(lang, session.waiting())))
    if not session.total:
        lines.append(say(lang, "all-hint"))
    return lines
