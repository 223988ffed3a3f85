"""Knowledge, judged: every item in every variant held against the models, and the bank of those that stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import import_module

from quizgen import __version__
from quizgen.claims.names import COMMON
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.case import Case
from quizgen.items.question import Bank, Block, Misconception, Question, Table, Topic
from quizgen.items.shared import Shared
from quizgen.items.variants import Origin, variants
from quizgen.knowledge import knowledge as kn
from quizgen.knowledge import schema
from quizgen.spans import Span


@dataclass
class Judged:
    """A compilation: the bank, the findings, per item which elements of the models it depends on, and how many variants
    were judged, by their origin. `vacuous` are the places of claims that rest on nothing of any model."""

    bank: Bank
    found: list[Diagnostic]
    elements: dict[str, frozenset[str]] = field(default_factory=dict)
    variants: Counter[Origin] = field(default_factory=Counter)
    vacuous: dict[Span, None] = field(default_factory=dict)


def judge_of(type_: str) -> Callable[[Case], Question | None]:
    """The function that judges items of a type."""
    judge: Callable[[Case], Question | None] = import_module(f"quizgen.items.{type_.replace('-', '_')}").judge
    return judge


def judge(knowledge: kn.Knowledge, shipped: Mapping[str, kn.Entry]) -> Judged:
    """Hold all knowledge against the models. `shipped` are scenarios to fall back on, by name."""
    shared = Shared(knowledge, knowledge.languages, shipped)
    judged = Judged(Bank((), shared.languages, __version__), [])
    for name, entry in knowledge.scenarios.items():
        _run(shared, name, entry)
    misconceptions = [(entry, _misconception(shared, judged, entry)) for entry in knowledge.misconceptions.values()]
    topics = []
    for topic in knowledge.topics.values():
        questions = [question for entry in topic.items for question in _questions(shared, judged, entry)]
        held = tuple(one for entry, one in misconceptions if entry.topic == topic.id and one is not None)
        title = {lang: kn.say(topic.spec.title or {"": topic.id}, lang) for lang in shared.languages}
        blocks, licence = _blocks(shared, judged, topic), topic.spec.licence or ""
        topics.append(Topic(topic.id, title, blocks, held, tuple(questions), licence))
    judged.bank = replace(judged.bank, topics=_in_order(topics, knowledge))
    judged.found += shared.found
    shared.close()
    return judged


def stands(shared: Shared, entry: kn.Entry) -> bool:
    """Whether an item, or a misconception, stands under the models that are shared; see quizgen.check.mutants."""
    judged, before = Judged(Bank((), shared.languages, __version__), []), shared.unanswered
    if isinstance(entry.spec, schema.Misconception):
        _misconception(shared, judged, entry)
    else:
        _questions(shared, judged, entry)
    return not judged.found and shared.unanswered == before


def _run(shared: Shared, name: str, entry: kn.Entry) -> None:
    if name in COMMON or any(name in shared.model(model).vocabulary for model in entry.models):
        place, help_ = entry.node.key, "give the scenario another name: claims would not see it"
        shared.found.append(Diagnostic("QG105", f"`{name}` is a word of the claim language", place, help=help_))
    try:
        shared.run(name)
    except KeyError:
        return


def _in_order(topics: list[Topic], knowledge: kn.Knowledge) -> tuple[Topic, ...]:
    """What a topic requires comes before it; otherwise the order of files. A circle is left as it stands."""
    by_id, placed, begun = {topic.id: topic for topic in topics}, dict[str, Topic](), set[str]()
    for topic in topics:
        waiting = [topic.id]
        while waiting:
            name = waiting[-1]
            wanted = () if name in begun else knowledge.topics[name].spec.requires
            begun.add(name)
            before = [other for other in reversed(wanted) if other in by_id and other not in begun]
            waiting += before
            if not before:
                placed.setdefault(waiting.pop(), by_id[name])
    return tuple(placed.values())


def _case(shared: Shared, entry: kn.Entry) -> Case:
    return Case(entry, shared.names(entry.models), shared)


def _questions(shared: Shared, judged: Judged, entry: kn.Entry) -> list[Question]:
    """The questions of an item. When a variant fails, that is reported once and the item yields none."""
    probe = _case(shared, entry)
    if probe.cited and entry.spec.source is None:
        probe.report(
            "QG102", "`source` is missing here", entry.node.head, help_="a cited item names the place that carries it"
        )
    elements: set[str] = set()
    questions: list[Question] = []
    before = len(judged.vacuous)
    for variant in variants(probe):
        case = Case(entry, probe.names.bind(variant.bound), shared, variant.bound, variant.name)
        question = judge_of(entry.spec.type)(case)
        judged.variants[variant.origin] += 1
        elements |= case.record.elements
        _note_vacuous(judged, case)
        if case.found or case.unanswered:
            probe.found += case.found
            probe.unanswered = case.unanswered
            break
        if question is not None and variant.shown:
            questions.append(question)
    if questions and not probe.cited and not elements and len(judged.vacuous) == before:
        probe.vacuous.append(entry.node.at(("ask",)))
        _note_vacuous(judged, probe)
    judged.found += probe.found
    judged.elements[f"{entry.topic}/{entry.id}"] = _once(frozenset(elements))
    return [] if probe.found or probe.unanswered else questions


@lru_cache(maxsize=1024)
def _once(elements: frozenset[str]) -> frozenset[str]:
    """The same set for the same elements: many items ask about the same few."""
    return elements


def _note_vacuous(judged: Judged, case: Case) -> None:
    """Keep the claims that rest on nothing, if there is something in their models that they could rest on."""
    if any(case.shared.model(name).elements for name in case.entry.models):
        judged.vacuous.update((where.span, None) for where in case.vacuous)


def _misconception(shared: Shared, judged: Judged, entry: kn.Entry) -> Misconception | None:
    """A misconception is worth teaching only if the model refutes it."""
    case, spec = _case(shared, entry), entry.spec
    if spec.cited is None and spec.claim is None:
        case.report(
            "QG209",
            "nothing refutes this misconception",
            entry.node.head,
            help_="add `claim:`, which says the same and is false, or mark it `cited:`",
        )
    if spec.cited is None and spec.claim is not None and case.truth(spec.claim, case.node("claim")):
        case.report(
            "QG213",
            "the model holds this misconception to be right",
            case.node("claim"),
            help_="a misconception's claim says what is wrongly believed",
            why=True,
        )
    if spec.answer is not None:
        case.compute(spec.answer, case.node("answer"))
    made = Misconception(
        entry.id,
        entry.topic,
        case.text(spec.statement, "statement"),
        case.text(spec.correction, "correction"),
        spec.source,
        case.told(),
        case.text(spec.origin, "origin") if spec.origin else {},
    )
    judged.found += case.found
    _note_vacuous(judged, case)
    judged.elements[f"misconception/{entry.id}"] = frozenset(case.record.elements)
    return None if case.found else made


def _blocks(shared: Shared, judged: Judged, topic: kn.Topic) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for index, block in enumerate(topic.spec.notes):
        case = _case(shared, kn.Entry("notes", topic.id, topic.models, block, topic.node.at(("notes", index))))
        made = _block(case, block)
        judged.found += case.found
        if made is not None:
            blocks.append(made)
    return tuple(blocks)


def _block(case: Case, block: schema.Block) -> Block | None:
    if [block.text, block.figure, block.table].count(None) != 2:
        message, help_ = "a note is one of `text`, `figure` and `table`", "write each as an entry of its own"
        case.report("QG104", message, case.entry.node.head, help_=help_)
        return None
    if block.text is not None:
        return {lang: kn.say(block.text, lang) for lang in case.languages}
    if block.figure is not None:
        figure = case.shared.figure(case, block.figure, ("figure",))
        if figure is not None and block.title is not None:
            return replace(figure, title=case.text(block.title))
        return figure
    return _table(case, block)


def _table(case: Case, block: schema.Block) -> Table | None:
    tables = {name: rows for model in case.entry.models for name, rows in case.shared.model(model).tables.items()}
    if block.table not in tables:
        known = ", ".join(tables) or "none"
        case.report("QG109", f"there is no table `{block.table}`", case.node("table"), help_=f"the model gives {known}")
        return None
    rows = tuple(
        tuple({lang: kn.say(cell, lang) for lang in case.languages} for cell in row) for row in tables[block.table]
    )
    return Table(case.text(block.title) if block.title else dict.fromkeys(case.languages, ""), rows)
