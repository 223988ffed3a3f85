"""QG304: "all of the above" or "none of the above" as an option."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.check.wording import asked
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import Knowledge
from quizgen.markup import plain

_ABOVE = re.compile(
    r"(all|none|any|each) of (the )?(above|below|these|those|(other )?(options|answers|statements|choices)).*"
    r"|(all|none) (of them )?(is|are) (right|correct|true|wrong|false)"
    r"|(以上|上述|前述|前面).*[都全皆均].*"
    r"|(选项|各项|答案|说法)?(全都|全部|[都全皆均])(不|非|没有)?(是|对|正确|错误?|成立)",
    re.IGNORECASE,
)


def check(knowledge: Knowledge, bank: Bank) -> Iterator[Diagnostic]:
    """No option speaks of the others."""
    for each in asked(knowledge, bank):
        for option in each.question.options if each.question.type != "true-false" else ():
            text = next(
                (text for text in map(plain, option.text.values()) if _ABOVE.fullmatch(text.strip(" .。"))), None
            )
            if text is not None:
                help_ = "write what it says as an option of its own, or ask for several with `type: multiple`"
                yield each.warning("QG304", f"an option that speaks of the others: {text}", each.option(option), help_)
                break
