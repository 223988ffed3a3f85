"""Whether quizgen.lock knows the content as it is: for a check before a release, `quizgen check --locked`."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge
from quizgen.knowledge.lock import topic_of
from quizgen.knowledge.lockfile import LockFile
from quizgen.render.anki.decks import decks
from quizgen.render.anki.notes import notes
from quizgen.render.anki.notetypes import note_types
from quizgen.render.bilingual import spoken

_UNTIDY = "this is not as `quizgen build` leaves it: there may be marks of a merge in it"
_HELP = "run `quizgen build` and commit quizgen.lock with the content"


def outrun(knowledge: Knowledge, bank: Bank, file: LockFile) -> list[Diagnostic]:
    """What a build would change in the lock: a finding for each item, or one where there is no lock."""
    if not file.before:
        return [Diagnostic("QG401", "there is no quizgen.lock beside this content", file=str(file.path), help=_HELP)]
    found = [Diagnostic("QG401", _UNTIDY, file=str(file.path), help=_HELP)] if file.changed else []
    times = {key: stamp.mod for key, stamp in file.lock.notes.items()}
    types_before = dict(file.lock.types)
    for lang in _languages(bank, file):
        note_types(lang, file.lock)
        decks(bank, lang, file.lock)
        for _ in notes(bank, lang, file.lock):
            pass
    changed = {key[0].partition("#")[0] for key, stamp in file.lock.notes.items() if times.get(key) != stamp.mod}
    added = {key[0].partition("#")[0] for key in file.lock.notes} - {key[0].partition("#")[0] for key in times}
    found += [_item(knowledge, name, file, new=name in added) for name in sorted(changed)]
    return found + list(_types(types_before, file))


def _languages(bank: Bank, file: LockFile) -> list[str]:
    """Those of the bank, and what was built of two of them together."""
    together = {lang for _, lang in file.lock.types if len(spoken(lang)) > 1}
    return [*bank.languages, *sorted(lang for lang in together if set(spoken(lang)) <= set(bank.languages))]


def _item(knowledge: Knowledge, name: str, file: LockFile, *, new: bool) -> Diagnostic:
    topic = knowledge.topics.get(topic_of(name))
    items = topic.items if topic else ()
    node = next((entry.node.at(("id",)) for entry in items if f"{entry.topic}/{entry.id}" == name), None)
    if node is None:
        message = f"`{name}` is in quizgen.lock, but no more in the content"
        return Diagnostic("QG401", message, file=str(file.path), help=_HELP)
    message = "this item is not in quizgen.lock yet" if new else "this item has changed since quizgen.lock was written"
    return Diagnostic("QG401", message, node.span, help=_HELP)


def _types(before: object, file: LockFile) -> Iterator[Diagnostic]:
    if before != file.lock.types:
        message = "the look of the cards has changed since quizgen.lock was written"
        yield Diagnostic("QG401", message, file=str(file.path), help=_HELP)
