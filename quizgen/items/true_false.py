"""A statement that the model proves or refutes."""

from __future__ import annotations

from quizgen.claims.kinds import TRUTH, show
from quizgen.items.case import Case
from quizgen.items.question import Option, Question
from quizgen.models.base import Text


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    if not case.cited:
        _judge_claim(case)
    why = _correction(case)
    options = tuple(
        Option(
            {lang: TRUTH[truth].get(lang, TRUTH[truth]["en"]) for lang in case.languages},
            right=truth is spec.key,
            why={} if truth is spec.key else why,
            misconception=spec.misconception if truth is not spec.key else None,
        )
        for truth in (True, False)
    )
    question = case.question("true-false", case.text(spec.statement, "statement"), options=options)
    return question if len(case.found) == before else None


def _judge_claim(case: Case) -> None:
    spec = case.entry.spec
    if spec.claim is None:
        case.report(
            "QG209",
            "nothing decides whether this statement is true",
            case.entry.node.head,
            help_="add `claim:`, or mark the item `cited:`",
        )
        return
    truth = case.truth(spec.claim, case.node("claim"))
    if truth is not None and truth is not spec.key:
        label = f"the model computes {show(truth).lower()}"
        case.report(
            "QG204",
            "the key disagrees with the reference model",
            case.node("key"),
            label=label,
            help_=f"did you mean `{str(truth).lower()}`?",
            fix=str(truth).lower(),
            why=True,
        )


def _correction(case: Case) -> Text:
    name = case.entry.spec.misconception
    entry = case.shared.misconception(case, name, ()) if name else None
    return case.text(entry.spec.correction) if entry else {}
