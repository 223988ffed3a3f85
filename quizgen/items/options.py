"""Options, judged: typed values are held against what the model computes, prose against its own claim."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from quizgen.claims.kinds import show
from quizgen.items.case import Case
from quizgen.items.question import Option
from quizgen.knowledge import written
from quizgen.markup import plain
from quizgen.models.base import Text

_REFUTES = {"en": "The reference model refutes this.", "zh": "参考模型否定了这一说法。"}
_GIVES = {"en": "The reference model gives {}.", "zh": "参考模型得出的是 {}。"}


def judge_option(
    case: Case, option: written.Option, path: tuple[str | int, ...], computed: Any, *, member: bool = False
) -> bool | None:
    """Whether the model holds an option to be right; None when it cannot tell, which has then been reported.

    computed: what the item's `ask` came to, or None. member: right means being in that set, not being equal to it.
    """
    if option.claim is not None:
        return case.truth(option.claim, case.node(*path, "claim"))
    if option.value is None or computed is None:
        if computed is not None or case.entry.spec.ask is None:
            help_ = _UNDECIDED if computed is None else _UNDECIDED_TEXT
            case.report("QG209", "nothing decides whether this option is right", case.node(*path), help_=help_)
        return None
    like = next(iter(computed), None) if member else computed
    value = case.read(option.value, like, *path)
    if value is None:
        return None
    return any(case.same(value, one) for one in (computed if member else (computed,)))


_UNDECIDED_TEXT = "write what the model may answer as `value:`, or give it a `claim:`; `text:` is only shown"
_UNDECIDED = "give it a `claim:`, or give the item an `ask:` and write the option as a value, or mark the item `cited:`"


def expect(
    case: Case, option: written.Option, path: tuple[str | int, ...], computed: Any, *, right: bool, member: bool = False
) -> None:
    """Report a key that the model refutes or a distractor that it admits."""
    if case.cited:
        return
    verdict = judge_option(case, option, path, computed, member=member)
    if verdict is None or verdict is right:
        return
    where = case.place(*path)
    gives = (
        f"the model computes {show(computed)}"
        if option.claim is None
        else f"the model says this is {str(verdict).lower()}"
    )
    if right:
        fix = None if option.claim or member else show(computed)
        help_ = f"did you mean `{fix}`?" if fix else "correct the key, or what is asked"
        case.report(
            "QG204", "the key disagrees with the reference model", where, label=gives, help_=help_, fix=fix, why=True
        )
    else:
        case.report(
            "QG205",
            "this distractor is also right",
            where,
            label=gives,
            help_="a distractor must be wrong in every variant: change it",
            why=True,
        )


def finish_option(
    case: Case,
    option: written.Option,
    path: tuple[str | int, ...],
    computed: Any,
    right: bool,
    *,
    member: bool = False,
) -> Option:
    """The option as it is shown, with the reason that refutes it."""
    like = next(iter(computed), None) if member and computed is not None else computed
    if option.text is not None:
        text: Text = case.text(option.text, *path, "text")
    else:
        value = None if like is None or option.value is None else case.read(option.value, like, *path)
        text = case.text({"": option.value or ""}, *path) if value is None else case.shown(value)
    if not all(plain(said).strip() for said in text.values()):
        case.report("QG104", "this option reads as nothing", case.place(*path), help_="add `text:`, what learners read")
    return Option(text, right, _why(case, option, path, computed, right), option.misconception)


def _why(
    case: Case,
    option: written.Option,
    path: tuple[str | int, ...],
    computed: Any,
    right: bool,
) -> Text:
    entry = case.shared.misconception(case, option.misconception, path) if option.misconception else None
    if option.why is not None:
        return case.text(option.why, *path, "why")
    if entry is not None and not right:
        return case.text(entry.spec.correction)
    if right or case.cited:
        return {}
    if option.claim is not None:
        return {lang: _REFUTES.get(lang, _REFUTES["en"]) for lang in case.languages}
    return _gives(tuple(case.shown(computed).items()))


@lru_cache(maxsize=16)
def _gives(shown: tuple[tuple[str, str], ...]) -> Text:
    """What the wrong options of an item have in common, kept once."""
    return {lang: _GIVES.get(lang, _GIVES["en"]).format(value) for lang, value in shown}
