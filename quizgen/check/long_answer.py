"""QG309: an answer that is to be recalled and is too long for that."""

from __future__ import annotations

from quizgen.check.wording import Asked, warning, word_count
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.spans import Span

MOST_WORDS = 12


def check(each: Asked) -> Diagnostic | None:
    """What a learner types or recalls is short; options need only be recognised."""
    for index, blank in enumerate(each.question.blanks):
        lengths = {lang: word_count(blank.answer[lang]) for lang in each.languages}
        lang = max(lengths, key=lengths.__getitem__)
        if lengths[lang] > MOST_WORDS:
            message = f"an answer of about {lengths[lang]:.0f} words cannot be recalled reliably ({lang})"
            help_ = f"ask for one fact at a time, in at most {MOST_WORDS} words; make several items of it"
            return warning("QG309", message, _place(each, index, lang), help_)
    return None


def _place(each: Asked, index: int, lang: str) -> Span:
    paths = (("blanks", index),) if each.question.type == "cloze" else (("text", lang), ("key",))
    places = (each.entry.node.at(path) for path in paths)
    return next((place.span for place in places if place is not each.entry.node), each.entry.node.head)
