"""QG311: absolute words, which a learner who knows nothing distrusts, in distractors only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.check.wording import asked
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank, Option
from quizgen.knowledge.knowledge import Knowledge
from quizgen.markup import plain

_ABSOLUTE = re.compile(
    r"\b(?:always|never|for ?ever|invariably|absolutely|without exception|at no time|in (?:every|any) case"
    r"|under (?:no|any|all) circumstances)\b"
    r"|总是|永远|从不|从来不|绝不|决不|绝对|(?<!不)一定|必定|必然|任何情况|无论如何|毫无例外",
    re.IGNORECASE,
)


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """If distractors are absolute, the key is too."""
    for each in asked(knowledge, bank):
        for lang in bank.languages if each.single else ():
            wrong = next((option for option in each.distractors if _word(option, lang)), None)
            if wrong is not None and not _word(each.key, lang):
                message = f"`{_word(wrong, lang)}` stands in a distractor and nothing like it in the key"
                help_ = "learners who know nothing pass such options over: drop the word"
                yield each.warning("QG311", message, each.option(wrong), help_)
                break


def _word(option: Option, lang: str) -> str:
    found = _ABSOLUTE.search(plain(option.text[lang]))
    return found[0] if found else ""
