"""One right option among several. The key is what the model computes, or prose whose claim it proves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizgen.claims.kinds import show
from quizgen.items.auto import LEAST, propose, too_few
from quizgen.items.case import Case
from quizgen.items.options import Held, finish, hold, judge_option
from quizgen.items.question import Option, Question, Type
from quizgen.knowledge import written


def judge(case: Case, type_: Type = "choice") -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    case.answer = case.compute(spec.ask, case.node("ask")) if spec.ask and not case.cited else None
    if spec.ask and not case.cited and case.answer is None:
        return None
    chosen = _from_options(case) if spec.options else _from_key(case)
    if chosen is None:
        return None
    options = finish(case, chosen)
    if len(case.found) == before:
        case.read_apart("options", [(option.text, one.path) for option, one in zip(options, chosen, strict=True)])
    if len(case.found) == before:
        _meanings(case, chosen)
    auto = [one.auto for one in spec.distractors if isinstance(one, written.Auto)]
    if auto and len(case.found) == before:
        options += _proposed(case, chosen, options, max(auto))
    figure = case.shared.figure(case, spec.figure, ("figure",)) if type_ == "figure" else None
    question = case.question(type_, case.text(spec.stem, "stem"), options=tuple(options), figure=figure)
    return question if len(case.found) == before else None


def _from_key(case: Case) -> list[Held] | None:
    """The key and the author's distractors, the key first."""
    spec = case.entry.spec
    if not spec.distractors:
        case.report(
            "QG102",
            "`distractors` are missing here",
            case.entry.node.head,
            help_="add `distractors:`, or `options:` from which the model picks the key",
        )
        return None
    if spec.key is not None:
        key = hold(case, spec.key, ("key",), right=True)
    elif case.answer is not None:
        key = Held(written.Option(text=dict(case.shown(case.answer))), ("ask",), True)
    else:
        case.report(
            "QG102",
            "`key` is missing here",
            case.entry.node.head,
            help_="add `key:`, or `ask:` so that the model computes it",
        )
        return None
    return [
        key,
        *(
            hold(case, option, ("distractors", index), right=False)
            for index, option in enumerate(spec.distractors)
            if not isinstance(option, written.Auto)
        ),
    ]


def _meanings(case: Case, chosen: list[Held]) -> None:
    """Report a typed distractor that says the same as another one, however it is written."""
    seen: list[Any] = []
    for one in chosen[1:]:
        if one.meant is not None and any(case.same(one.meant, other) for other in seen):
            message = f"two options mean the same: {show(one.meant)}"
            case.report("QG210", message, case.place(*one.path), help_="drop one of them")
        seen.append(one.meant)


def _proposed(case: Case, chosen: list[Held], options: Sequence[Option], number: int) -> list[Option]:
    """What the model proposes beside the author's own distractors, until there are so many in all."""
    where, key = case.node("distractors"), case.entry.spec.key
    if case.cited:
        help_ = "write the distractors, or let a model judge the item"
        case.report("QG104", "no model proposes distractors for a cited item", where, help_=help_)
        return []
    if case.answer is None or (key is not None and (key.text is not None or key.value is None)):
        help_ = "add `ask:`, and write the key as a value or leave it out"
        case.report("QG104", "`auto` proposes values, but here the key is prose", where, help_=help_)
        return []
    if len(options) > number:
        message = f"`auto` has nothing to add: there are {len(options) - 1} distractors already"
        case.report("QG104", message, where, help_="remove it, or say how many there should be, as in {auto: 5}")
        return []
    taken = [(one.meant, option.text) for one, option in zip(chosen[1:], options[1:], strict=True)]
    found = propose(case, number - len(taken), taken)
    if len(taken) + len(found) < LEAST:
        too_few(case, [*options[1:], *found])
    return found


def _from_options(case: Case) -> list[Held] | None:
    """The author gives options only; the model says which one is right."""
    spec = case.entry.spec
    if case.cited:
        help_ = "use `key:` and `distractors:`, since no model picks the key of a cited item"
        case.report("QG104", "`options` cannot be cited", case.node("options"), help_=help_)
        return None
    if len(spec.options) < 2:
        case.report("QG103", "`options` needs more entries", case.node("options"), label="expected at least 2 entries")
        return None
    if spec.key is not None or spec.distractors:
        case.report(
            "QG104",
            "`options` stand alone: the model picks the key among them",
            case.node("options"),
            help_="use `key:` and `distractors:` instead",
        )
        return None
    judged = [judge_option(case, option, ("options", index)) for index, option in enumerate(spec.options)]
    verdicts = [verdict for verdict, _ in judged]
    if None in verdicts:
        return None
    if verdicts.count(True) != 1:
        label = (
            f"the model computes {show(case.answer)}"
            if case.answer is not None
            else f"{verdicts.count(True)} of their claims are true"
        )
        case.report(
            "QG204",
            f"exactly one option must be right, but {verdicts.count(True)} are",
            case.node("options"),
            label=label,
            help_="correct the options, or what is asked; the model picks the right one itself",
            why=True,
        )
        return None
    held = [
        Held(option, ("options", index), bool(verdict), value)
        for index, (option, (verdict, value)) in enumerate(zip(spec.options, judged, strict=True))
    ]
    return sorted(held, key=lambda one: not one.right)
