"""QG315: a misconception that no item shows, so that nobody is asked whether they hold it."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Entry, Knowledge


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Every misconception is that of an item or of one of its options; nothing is said of knowledge
    without items, or while a part could not be read or names a misconception that there is not."""
    written = {name for topic in knowledge.topics.values() for entry in topic.items for name in _named(entry)}
    proposed = {option.misconception for question in bank.questions for option in question.options}
    silent = knowledge.incomplete or not _whole(knowledge) or bool(written - {None} - knowledge.misconceptions.keys())
    for name, entry in knowledge.misconceptions.items() if not silent else ():
        if name not in written | proposed:
            yield Diagnostic(
                "QG315",
                f"no item shows the misconception `{name}`",
                entry.node.key,
                help=f"add `misconception: {name}` to the distractor or the statement that its believers pick",
                severity="warning",
            )


def _whole(knowledge: Knowledge) -> bool:
    """Whether there are items, and all that are written could be read."""
    counts = [(len(topic.items), len(topic.node.at(("items",)).elements)) for topic in knowledge.topics.values()]
    return any(read for read, _ in counts) and all(read == written for read, written in counts)


def _named(entry: Entry) -> Iterator[str | None]:
    """The misconceptions that an item names, and its options."""
    yield entry.spec.misconception
    for part in ("distractors", "options"):
        options = getattr(entry.spec, part, ())
        yield from (option.misconception for option in options if hasattr(option, "misconception"))
