"""Knowledge files, read and put together: what refers to what, and what is there twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from quizgen.diagnostics.diagnostic import Diagnostic, Label, did_you_mean
from quizgen.knowledge.knowledge import Entry, Knowledge, Topic
from quizgen.models import names as model_names
from quizgen.source.node import Node
from quizgen.source.reader import read_file
from quizgen.spans import Span


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The knowledge files below these paths, in a fixed order, each once; hidden folders are left out.

    Files are taken as named.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _below(path) if path.is_dir() else (path,):
            found.setdefault(_true_path(file), file)
    return list(found.values())


def _true_path(file: Path) -> Path:
    """Where a file is, links followed; as named where a link leads to itself, which reading it will report."""
    try:
        return file.resolve()
    except (OSError, RuntimeError):  # RuntimeError until Python 3.13
        return file.absolute()


def _below(folder: Path) -> list[Path]:
    inside = (file for file in folder.rglob("*") if file.suffix.lower() in (".yaml", ".yml") and not file.is_dir())
    return sorted(file for file in inside if not any(part.startswith(".") for part in file.relative_to(folder).parts))


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
    from quizgen.knowledge.findings import findings, valueless

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
    empty = list(valueless(node)) if _lacks_values(plain) else []
    found, faulty = [diagnostic for _, diagnostic in empty], [path for path, _ in empty]
    try:
        spec = schema.FILE.validate_python(plain)
    except ValidationError as error:
        found += findings(error, node)
        faulty += [detail["loc"] for detail in error.errors()]
    if not faulty:
        return _enter(knowledge, spec, node, range(len(spec.items)))
    knowledge.incomplete |= any(path[0] not in _OWN for path in faulty)
    return found + _rescue(knowledge, plain, faulty, node)


def _lacks_values(plain: Any) -> bool:
    """Whether something below has no value; far quicker than looking for its place."""
    if isinstance(plain, dict):
        return any(map(_lacks_values, plain.values()))
    return any(map(_lacks_values, plain)) if isinstance(plain, list) else plain is None


_OWN = ("title", "licence", "requires", "notes", "not_covered", "items")
"""What nothing outside of it refers to."""
_PARTED = ("items", "scenarios", "misconceptions")
"""What a file holds many of, each of which can be judged without the others."""


def _rescue(
    knowledge: Knowledge, plain: dict[str, Any], faulty: Iterable[Sequence[str | int]], node: Node
) -> list[Diagnostic]:
    """Enter the file less its faulty parts, so that the others are still judged."""
    from quizgen.knowledge import schema

    parts = {path[:2] if path[0] in _PARTED else path[:1] for path in map(tuple, faulty)}
    kept: dict[str, Any] = {key: value for key, value in plain.items() if (key,) not in parts}
    sound = [index for index in range(len(kept.get("items", ()))) if ("items", index) not in parts]
    if "items" in kept:
        kept["items"] = [kept["items"][index] for index in sound]
    for kind in ("scenarios", "misconceptions"):
        if kind in kept:
            kept[kind] = {name: entry for name, entry in kept[kind].items() if (kind, name) not in parts}
    return _enter(knowledge, schema.FILE.validate_python(kept), node, sound)


def _enter(knowledge: Knowledge, spec: Any, node: Node, places: Sequence[int]) -> list[Diagnostic]:
    models = _installed(spec.model)
    found = _known_models(spec.model, node, ("model",))
    knowledge.incomplete |= bool(found)
    for name, scenario in spec.scenarios.items():
        found += _known_models((scenario.model,) if scenario.model else (), node, ("scenarios", name, "model"))
    for kind, table in (("scenarios", knowledge.scenarios), ("misconceptions", knowledge.misconceptions)):
        for name, entry in getattr(spec, kind).items():
            here = Entry(name, spec.topic or "", models, entry, node.at((kind, name)))
            found += _once(table, name, here, kind[:-1])
    reasons = node.at(("not_covered",))
    for id_, reason in spec.not_covered.items():
        knowledge.not_covered.append(Entry(id_, spec.topic or "", models, reason, reasons.at((id_,))))
    if spec.topic is None:
        if (spec.items or spec.notes) and "topic" not in node.entries:
            found.append(
                Diagnostic(
                    "QG102",
                    "`topic` is missing here",
                    node.head,
                    help="add `topic: area/name` to a file with items or notes",
                )
            )
        return found
    if spec.title is None and "title" not in node.entries:
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
            unknown = _known_models(item.model, place, ("model",))
            knowledge.incomplete |= bool(unknown)
            found += unknown
        entry = Entry(item.id, spec.topic, _installed(item.model) if item.model else models, item, place)
        found += _once(items, item.id, entry, "item")
    topic = Topic(spec.topic, models, spec, node, tuple(items.values()))
    found += _own_files(knowledge, spec.topic, node.at(("topic",)).span)
    return found + _once(knowledge.topics, spec.topic, topic, "topic")


def _own_files(knowledge: Knowledge, topic: str, span: Any) -> list[Diagnostic]:
    """Outputs are named after topics with a hyphen for the slash, so that `a/b-c` and `a-b/c` would be one file."""
    for other, first in knowledge.topics.items():
        if other != topic and other.replace("/", "-") == topic.replace("/", "-"):
            labels = (Label(first.node.at(("topic",)).span, f"so are those of `{other}`"),)
            name = topic.replace("/", "-")
            message, help_ = f"the files of this topic are named {name}", "choose another name for one of the topics"
            return [Diagnostic("QG107", message, span, labels=labels, help=help_)]
    return []


def _once(table: dict[str, Any], name: str, entry: Any, what: str) -> list[Diagnostic]:
    first = table.setdefault(name, entry)
    if first is entry:
        return []
    message, help_ = f"there is another {what} `{name}`", "ids are for ever: give the new one another"
    labels = (Label(_named(first.node, what), "first used here"),)
    return [Diagnostic("QG107", message, _named(entry.node, what), labels=labels, help=help_)]


def _named(node: Node, what: str) -> Span:
    """Where the name of a thing stands."""
    key = {"item": "id", "topic": "topic"}.get(what)
    return node.at((key,)).span if key else node.key


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
            help_ = did_you_mean(close) or f"the models are {', '.join(known)}"
            found.append(Diagnostic("QG108", f"there is no reference model `{model}`", place.span, help=help_))
    return found


def _references(knowledge: Knowledge) -> list[Diagnostic]:
    found = []
    for topic in knowledge.topics.values():
        for index, other in enumerate(topic.spec.requires):
            beside = Path(topic.node.source.name).absolute().parent.parent / f"{other}.yaml"
            if other not in knowledge.topics and not beside.is_file():
                known = knowledge.topics.keys() - {topic.id}
                found.append(_no_such("topic", other, known, topic.node.at(("requires", index))))
        for entry in topic.items:
            name = entry.spec.misconception
            if name is not None and name not in knowledge.misconceptions:
                place = entry.node.at(("misconception",))
                found.append(_no_such("misconception", name, knowledge.misconceptions, place))
    return found


def _no_such(what: str, name: str, known: Iterable[str], node: Node) -> Diagnostic:
    names = sorted(known)
    close = get_close_matches(name, names, n=2, cutoff=0.5)
    help_ = (
        did_you_mean(close)
        or f"there {'are ' + ', '.join(names[:12]) if names else 'is none yet'} in the files that are checked"
    )
    return Diagnostic("QG109", f"there is no {what} `{name}`", node.span, help=help_)
