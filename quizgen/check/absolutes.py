"""QG311: absolute words, which a learner who knows nothing distrusts, in distractors only."""

from __future__ import annotations

import re

from quizgen.check.wording import Asked, warning
from quizgen.diagnostics.diagnostic import Diagnostic

_ABSOLUTE = re.compile(
    r"\b(?:always|never|for ?ever|invariably|absolutely|without exception|at no time|in (?:every|any) case"
    r"|under (?:no|any|all) circumstances)\b"
    r"|总是|永远|从不|从来不|绝不|决不|绝对|(?<!不)一定|必定|必然|任何情况|无论如何|毫无例外",
    re.IGNORECASE,
)


def check(each: Asked) -> Diagnostic | None:
    """If distractors are absolute, the key is too."""
    for lang in each.languages if each.single else ():
        said = {index: found[0] for index, text in enumerate(each.texts[lang]) if (found := _ABSOLUTE.search(text))}
        if said and not any(each.question.options[index].right for index in said):
            wrong, word = next(iter(said.items()))
            message = f"`{word}` stands in a distractor and nothing like it in the key"
            help_ = "learners who know nothing pass such options over: drop the word"
            return warning("QG311", message, each.option(each.question.options[wrong]), help_)
    return None
