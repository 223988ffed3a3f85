"""Options, judged: typed values are held against what the model computes, prose against its own claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from quizgen.claims.kinds import show
from quizgen.items.case import Case
from quizgen.items.question import Option
from quizgen.knowledge import written
from quizgen.markup import plain
from quizgen.models.base import Text

_REFUTES = {"en": "The reference model refutes this.", "zh": "参考模型否定了这一说法。"}
_GIVES = {"en": "The reference model gives {}.", "zh": "参考模型得出的是 {}。"}


class Held(NamedTuple):
    """An option as its author wrote it, and where; whether it is right; and what its `value` says, None where that is
    nothing of the model's kinds."""

    option: written.Option
    path: tuple[str | int, ...]
    right: bool
    value: Any = None

    @property
    def meant(self) -> Any:
        """What the option means where its value decides that, and no claim; else None."""
        return None if self.option.claim else self.value


def judge_option(
    case: Case, option: written.Option, path: tuple[str | int, ...], *, member: bool = False
) -> tuple[bool | None, Any]:
    """Whether the model holds an option to be right, None when it cannot tell, which has then been reported; and what its
    `value` says. member: right means being in the set that the item's `ask` came to, not being equal to it.
    """
    computed, value = case.answer, None
    if option.value is not None and computed is not None and not (option.claim and option.text):
        value = case.read(option.value, next(iter(computed), None) if member else computed, *path)
    if option.claim is not None:
        return case.truth(option.claim, case.node(*path, "claim")), value
    if option.value is None or computed is None:
        if computed is not None or case.entry.spec.ask is None:
            help_ = _UNDECIDED if computed is None else _UNDECIDED_TEXT
            case.report("QG209", "nothing decides whether this option is right", case.node(*path), help_=help_)
        return None, None
    if value is None:
        return None, None
    return any(case.same(value, one) for one in (computed if member else (computed,))), value


_UNDECIDED_TEXT = "write what the model may answer as `value:`, or give it a `claim:`; `text:` is only shown"
_UNDECIDED = "give it a `claim:`, or give the item an `ask:` and write the option as a value, or mark the item `cited:`"


def hold(case: Case, option: written.Option, path: tuple[str | int, ...], *, right: bool, member: bool = False) -> Held:
    """The option, held against the model: a key that it refutes and a distractor that it admits are reported."""
    if case.cited:
        return Held(option, path, right)
    verdict, value = judge_option(case, option, path, member=member)
    if verdict is not None and verdict is not right:
        _report(case, option, path, right=right, member=member)
    return Held(option, path, right, value)


def _report(case: Case, option: written.Option, path: tuple[str | int, ...], *, right: bool, member: bool) -> None:
    where = case.place(*path)
    gives = (
        f"the model computes {show(case.answer)}"
        if option.claim is None
        else f"the model says this is {str(not right).lower()}"
    )
    if right:
        fix = None if option.claim or member else show(case.answer)
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


def finish(case: Case, held: Sequence[Held]) -> list[Option]:
    """The options as they are shown, each with the reason that refutes it; that the model gives something else is kept once."""
    shown = {} if case.answer is None else case.shown(case.answer)
    gives = {lang: _GIVES.get(lang, _GIVES["en"]).format(value) for lang, value in shown.items()}
    return [Option(_text(case, one), one.right, _why(case, one, gives), one.option.misconception) for one in held]


def _text(case: Case, held: Held) -> Text:
    option, path = held.option, held.path
    if option.text is not None:
        text: Text = case.text(option.text, *path, "text")
    else:
        text = case.text({"": option.value or ""}, *path) if held.value is None else case.shown(held.value)
    if not all(plain(said).strip() for said in text.values()):
        case.report("QG104", "this option reads as nothing", case.place(*path), help_="add `text:`, what learners read")
    return text


def _why(case: Case, held: Held, gives: Text) -> Text:
    option, path = held.option, held.path
    entry = case.shared.misconception(case, option.misconception, path) if option.misconception else None
    if option.why is not None:
        return case.text(option.why, *path, "why")
    if entry is not None and not held.right:
        return case.text(entry.spec.correction)
    if held.right or case.cited:
        return {}
    if option.claim is not None:
        return {lang: _REFUTES.get(lang, _REFUTES["en"]) for lang in case.languages}
    return gives
