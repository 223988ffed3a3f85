"""QG309: an answer that is to be recalled and is too long for that."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.check.wording import asked, word_count
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge

MOST_WORDS = 12


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """What a learner types or recalls is short; options need only be recognised."""
    for each in asked(knowledge, bank):
        for index, blank in enumerate(each.question.blanks):
            lengths = {lang: word_count(blank.answer[lang]) for lang in bank.languages}
            lang = max(lengths, key=lengths.__getitem__)
            if lengths[lang] > MOST_WORDS:
                place = each.entry.node.at(("blanks", index) if each.question.type == "cloze" else ("text", lang))
                where = place if place is not each.entry.node else each.entry.node.at(("key",))
                message = f"an answer of about {lengths[lang]:.0f} words cannot be recalled reliably ({lang})"
                help_ = f"ask for one fact at a time, in at most {MOST_WORDS} words; make several items of it"
                span = where.span if where is not each.entry.node else where.head
                yield each.warning("QG309", message, span, help_)
                break
