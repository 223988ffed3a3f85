"""Knowledge files, read and put together: what refers to what, and what is there twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.knowledge.knowledge import Entry, Knowledge, Topic
from quizgen.models import names as model_names
from quizgen.source.node import Node
from quizgen.source.reader import read_file


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The knowledge files below these paths, in a fixed order; hidden folders are left out. Files are taken as named."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        inside = (file for file in path.rglob("*") if file.suffix in (".yaml", ".yml"))
        visible = (file for file in inside if not any(part.startswith(".") for part in file.relative_to(path).parts))
        found.update(dict.fromkeys(sorted(visible)))
    return list(found)


def load(paths: Sequence[Path]) -> tuple[Knowledge, list[Diagnostic]]:
    """Read the files below these paths. What is wrong with one leaves the others readable."""
    knowledge, found = Knowledge(), []
    for file in find_files(paths):
        node, wrong = read_file(file)
        found += wrong
        if node is None or wrong:
            knowledge.incomplete = True
        else:
            found += _add(knowledge, node)
    if not knowledge.incomplete:
        found += _references(knowledge)
    return knowledge, found


def _add(knowledge: Knowledge, node: Node) -> list[Diagnostic]:
    from pydantic import ValidationError

    from quizgen.knowledge import schema
    from quizgen.knowledge.findings import findings

    if node.kind != "map":
        return [
            Diagnostic(
                "QG104",
                "a knowledge file is a group of `key: value` lines",
                node.head,
                help="begin with `topic: area/name`",
            )
        ]
    plain = node.plain()
    assert isinstance(plain, dict)
    try:
        spec = schema.File.model_validate(plain)
    except ValidationError as error:
        knowledge.incomplete = True
        return findings(error, node) + _rescue(knowledge, plain, error, node)
    return _enter(knowledge, spec, node, range(len(spec.items)))


def _rescue(knowledge: Knowledge, plain: dict[str, Any], error: Any, node: Node) -> list[Diagnostic]:
    """Enter the file less its faulty items, so that the others are still judged; nothing when the faults are elsewhere."""
    from quizgen.knowledge import schema

    places = [detail["loc"][:2] for detail in error.errors()]
    if any(len(place) < 2 or place[0] != "items" for place in places):
        return []
    faulty = {place[1] for place in places}
    sound = [index for index in range(len(plain["items"])) if index not in faulty]
    spec = schema.File.model_validate({**plain, "items": [plain["items"][index] for index in sound]})
    return _enter(knowledge, spec, node, sound)


def _enter(knowledge: Knowledge, spec: Any, node: Node, places: Sequence[int]) -> list[Diagnostic]:
    models = _installed(spec.model)
    found = _known_models(spec.model, node, ("model",))
    knowledge.incomplete |= bool(found)
    for kind, table in (("scenarios", knowledge.scenarios), ("misconceptions", knowledge.misconceptions)):
        for name, entry in getattr(spec, kind).items():
            place = node.at((kind,))
            here = Entry(name, spec.topic or "", models, entry, place.at((name,)))
            found += _once(table, name, here, place.key_span(name), kind[:-1])
    if spec.topic is None:
        if spec.items or spec.notes:
            found.append(
                Diagnostic(
                    "QG102",
                    "`topic` is missing here",
                    node.head,
                    help="add `topic: area/name` to a file with items or notes",
                )
            )
        return found
    if spec.title is None:
        found.append(
            Diagnostic("QG102", "`title` is missing here", node.head, help='add `title: {en: "...", zh: "..."}`')
        )
    return found + _enter_topic(knowledge, spec, node, places)


def _enter_topic(knowledge: Knowledge, spec: Any, node: Node, places: Sequence[int]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    items: dict[str, Entry] = {}
    models = _installed(spec.model)
    for index, item in zip(places, spec.items, strict=True):
        place = node.at(("items", index))
        if item.model is not None:
            found += _known_models(item.model, place, ("model",))
        entry = Entry(item.id, spec.topic, _installed(item.model) if item.model else models, item, place)
        found += _once(items, item.id, entry, place.at(("id",)).span, "item")
    topic = Topic(spec.topic, models, spec, node, tuple(items.values()))
    return found + _once(knowledge.topics, spec.topic, topic, node.at(("topic",)).span, "topic")


def _once(table: dict[str, Any], name: str, entry: Any, span: Any, what: str) -> list[Diagnostic]:
    if name not in table:
        table[name] = entry
        return []
    first = table[name].node
    before = first.at(("id",)).span if what == "item" else first.at(("topic",)).span if what == "topic" else first.head
    labels = (Label(before, "first used here"),)
    return [
        Diagnostic(
            "QG107",
            f"there is another {what} `{name}`",
            span,
            labels=labels,
            help="ids are for ever: give the new one another",
        )
    ]


def _installed(models: Sequence[str]) -> tuple[str, ...]:
    known = model_names()
    return tuple(model for model in models if model in known)


def _known_models(models: Sequence[str], node: Node, path: tuple[str, ...]) -> list[Diagnostic]:
    known = model_names()
    found = []
    for index, model in enumerate(models):
        if model not in known:
            place = node.at((*path, index))
            close = get_close_matches(model, known, n=1, cutoff=0.4)
            help_ = f"did you mean `{close[0]}`?" if close else f"the models are {', '.join(known)}"
            found.append(Diagnostic("QG108", f"there is no reference model `{model}`", place.span, help=help_))
    return found


def _references(knowledge: Knowledge) -> list[Diagnostic]:
    found = []
    for topic in knowledge.topics.values():
        for index, other in enumerate(topic.spec.requires):
            beside = Path(topic.node.source.name).absolute().parents[1] / f"{other}.yaml"
            if other not in knowledge.topics and not beside.is_file():
                found.append(_no_such("topic", other, knowledge.topics, topic.node.at(("requires", index)), "QG109"))
        for entry in topic.items:
            name = entry.spec.misconception
            if name is not None and name not in knowledge.misconceptions:
                found.append(
                    _no_such(
                        "misconception", name, knowledge.misconceptions, entry.node.at(("misconception",)), "QG109"
                    )
                )
    return found


def _no_such(what: str, name: str, known: Iterable[str], node: Node, code: str) -> Diagnostic:
    names = sorted(known)
    close = get_close_matches(name, names, n=2, cutoff=0.5)
    help_ = (
        f"did you mean {' or '.join(f'`{one}`' for one in close)}?"
        if close
        else f"there {'are ' + ', '.join(names[:12]) if names else 'is none yet'}"
    )
    return Diagnostic(code, f"there is no {what} `{name}`", node.span, help=help_)
