"""QG310: a key so much longer than every distractor that its length gives it away."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.check.wording import asked, width
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge

TIMES = 2.0
COLUMNS = 20
"""Short options may differ by more: `a server` is twice `both`."""


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """Only the extreme case; that keys are longer on the whole is QG313."""
    for each in asked(knowledge, bank):
        if not each.single:
            continue
        for lang in bank.languages:
            key = width(each.key.text[lang])
            longest = max(width(option.text[lang]) for option in each.distractors)
            if key > TIMES * longest and key >= longest + COLUMNS:
                message = f"the key is {key / longest:.1f} times as long as the longest distractor ({lang})"
                help_ = "shorten the key, or give the distractors as much detail; the rationale takes what is left over"
                yield each.warning("QG310", message, each.option(each.key), help_)
                break
