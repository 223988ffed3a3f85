"""`distractors: auto`: wrong answers that learners come to, proposed and refuted by the models, the best first.

The order, in which the first good ones are taken:

1. what those answer who hold the misconception that the item names, then those of its topic that are about what it asks
2. the known slips of the words that it asks with: the forgotten +1, words of 32 bits taken for bytes
3. the answer for the other end, or the other edition
4. the answer one step before or after, then further away, then at the other end; last that of the beginning
5. by turns, the answer for another member of a domain (another event, another field) and an answer near the right one
   (the state beside, after or before, flags of another segment, one too many, another unit, any other of its domain)
6. of all these, what the question itself names: who is asked where CLOSE leads from CLOSE-WAIT hardly says CLOSE-WAIT
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, zip_longest
from typing import Any

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.kinds import kind, show
from quizgen.claims.rewrites import Rewrite, believed, members, mentions, named, plain, slips, steps
from quizgen.items.case import Case, is_answer
from quizgen.items.question import Option
from quizgen.knowledge.knowledge import Entry
from quizgen.models import load
from quizgen.models.base import Text
from quizgen.models.near import near
from quizgen.models.values import Quantity, Term

LEAST = 2
"""How many distractors an item must have for `auto` to be worth it: with one, it is a true-false item."""
_BELIEVABLE = 16
"""What lies between the answers for two members, at most: 15 bytes do not compete with 65535."""


@dataclass(frozen=True)
class Proposal:
    """A wrong answer, as far as its proposer knows. `why` tells who gave it; `misconception` is the id of what it shows."""

    value: Any
    why: Text
    misconception: str | None = None


def propose(case: Case, number: int, taken: Sequence[tuple[Any, Text]]) -> list[Option]:
    """The best wrong answers to what the item asks, at most `number`; each differs from the key, from those taken (value,
    or None, and text) and from the others, in what it means and in how it reads in every language.
    """
    found: list[Option] = []
    values = [case.answer, *(value for value, _ in taken if value is not None)]
    texts = [case.shown(case.answer), *(text for _, text in taken)]
    for proposal in _good_first(case):
        if len(found) == number:
            break
        text = case.shown(proposal.value)
        if _fits(case, proposal.value, text) and not _known(case, proposal.value, text, values, texts):
            why = {lang: proposal.why.get(lang, proposal.why["en"]) for lang in case.languages}
            found.append(Option(text, False, why, proposal.misconception))
            values.append(proposal.value)
            texts.append(text)
    return found


def _fits(case: Case, value: Any, text: Text) -> bool:
    """Whether it reads as an answer to the question; "none" among sets of something stands out."""
    if isinstance(value, frozenset | tuple) and not value:
        return False
    return is_answer(value) and kind(value) == kind(case.answer) and all(part.strip() for part in text.values())


def _known(case: Case, value: Any, text: Text, values: Sequence[Any], texts: Sequence[Text]) -> bool:
    read_alike = any(_plain(other[lang]) == _plain(text[lang]) for other in texts for lang in case.languages)
    return read_alike or any(case.same(other, value) for other in values)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _good_first(case: Case) -> Iterator[Proposal]:
    """All proposals in order, with those that the question itself names behind the others."""
    ask = case.entry.spec.ask.strip()
    spoken_of = set(named(ask, case.names))
    last: list[Proposal] = []
    for proposal in _proposals(case, ask):
        if proposal.misconception is None and isinstance(proposal.value, Term) and proposal.value in spoken_of:
            last.append(proposal)
        else:
            yield proposal
    yield from last


def _proposals(case: Case, ask: str) -> Iterator[Proposal]:
    models = [load(model) for model in case.entry.models]
    yield from _of_misconceptions(case, ask)
    for model in models:
        yield from _answered(case, slips(ask, model.slips))
    swapped = list(members(ask, case.names, case.bound))
    ends = [one for one in swapped if one.change == "end"]
    yield from _answered(case, ends)
    moved = [*_moved(steps(ask, case.names)), *(step for end in ends for step in _elsewhere(case, end))]
    yield from _answered(case, sorted(moved, key=lambda one: one.change == "start"))
    beside = chain(*(model.near(case.answer) for model in models if model.near), near(case.answer))
    others = (one for one in _answered(case, swapped) if _of_that_size(case, one.value))
    yield from _by_turns(case, others, (Proposal(one.value, one.why) for one in beside))


def _moved(found: Iterable[Rewrite]) -> Iterator[Rewrite]:
    for one in found:
        yield replace(one, why={"en": f"That is right {one.why['en']}.", "zh": f"{one.why['zh']}才是这样。"})


def _elsewhere(case: Case, end: Rewrite) -> Iterator[Rewrite]:
    """Before and after at the other end."""
    for step in steps(end.expression, case.names.bind(end.bound)):
        why = {"en": f"{end.why['en'][:-1]} ({step.why['en']}).", "zh": f"{end.why['zh'][:-1]}（{step.why['zh']}）。"}
        yield replace(step, bound=end.bound, why=why)


def _of_that_size(case: Case, value: Any) -> bool:
    """Whether a number is near enough to the right one to be believed."""
    sizes = [
        float(one.base[1] if isinstance(one, Quantity) else one) for one in (value, case.answer) if _is_number(one)
    ]
    return len(sizes) < 2 or 0 < max(sizes) <= _BELIEVABLE * min(sizes)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Fraction | Quantity) and not isinstance(value, bool)


def _by_turns(case: Case, *streams: Iterable[Proposal]) -> Iterator[Proposal]:
    """One of each in turn, less those that came before in their own stream or are right, so that none loses its turn."""
    fresh = (_each_once(case, stream) for stream in streams)
    return (one for turn in zip_longest(*fresh) for one in turn if one is not None)


def _each_once(case: Case, stream: Iterable[Proposal]) -> Iterator[Proposal]:
    seen = [case.answer]
    for one in stream:
        if not any(case.same(other, one.value) for other in seen):
            seen.append(one.value)
            yield one


def _answered(case: Case, rewrites: Iterable[Rewrite]) -> Iterator[Proposal]:
    """What the rewritten questions come to. A term that is its own answer, since nothing changes there, tells nothing."""
    for one in rewrites:
        value = _value(case, one.expression, one.bound)
        if value is not None and (one.other is None or value not in (one.other, frozenset({one.other}))):
            yield Proposal(value, one.why)


def _value(case: Case, expression: str, bound: Mapping[str, Any]) -> Any:
    """What it comes to; None where it has no answer. It is no evidence for the item, so nothing is kept of it."""
    try:
        return evaluate(expression, case.names.bind(bound)).value
    except ClaimError:
        return None


def _of_misconceptions(case: Case, ask: str) -> Iterator[Proposal]:
    """What their believers answer: the named one's, then those of the topic that speak of what is asked."""
    own = case.entry.spec.misconception
    known = case.shared.knowledge.misconceptions
    entries = [known[own]] if own in known else []
    entries += [entry for entry in known.values() if entry.topic == case.entry.topic and entry.id != own]
    try:
        asked = plain(ask, case.bound)
    except ClaimError:  # Too long once the variables are filled in.
        return
    for entry in entries:
        for expression in _believed(entry, asked, about=entry.id != own):
            value = _value(case, expression, {})
            if value is not None:
                yield Proposal(value, case.text(entry.spec.correction), entry.id)


def _believed(entry: Entry, asked: str, *, about: bool) -> list[str]:
    """The answers that a misconception gives to the question, as expressions; with `about`, only if its claim is about it."""
    claim, answer = entry.spec.claim or "", entry.spec.answer
    try:
        if answer is not None and (not about or (claim and mentions(claim.strip(), asked))):
            return [answer.strip()]
        return list(believed(claim.strip(), asked)) if claim else []
    except ClaimError:
        return []


def too_few(case: Case, options: Sequence[Option]) -> None:
    """Report that not enough distractors came together; `options` are those that did."""
    label = f"there is only {options[0].text[case.languages[0]]}" if options else "there is none"
    help_ = f"the model computes {show(case.answer)}: write distractors yourself; `auto` may stand beside them"
    message = f"too few believable wrong answers: an item needs {LEAST} distractors"
    case.report("QG216", message, case.node("distractors"), label=label, help_=help_)
