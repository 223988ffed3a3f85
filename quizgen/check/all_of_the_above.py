"""QG304: "all of the above" or "none of the above" as an option."""

from __future__ import annotations

import re

from quizgen.check.wording import Asked, warning
from quizgen.diagnostics.diagnostic import Diagnostic

_ABOVE = re.compile(
    r"(all|none|any|each) of (the )?(above|below|these|those|(other )?(options|answers|statements|choices)).*"
    r"|(all|none) (of them )?(is|are) (right|correct|true|wrong|false)"
    r"|(以上|上述|前述|前面).*[都全皆均].*"
    r"|(选项|各项|答案|说法)?(全都|全部|[都全皆均])(不|非|没有)?(是|对|正确|错误?|成立)",
    re.IGNORECASE,
)


def check(each: Asked) -> Diagnostic | None:
    """No option speaks of the others."""
    for texts in each.texts.values():
        for text, option in zip(texts, each.question.options, strict=True):
            if _ABOVE.fullmatch(text.strip(" .。")):
                help_ = "write what it says as an option of its own, or ask for several with `type: multiple`"
                return warning("QG304", f"an option that speaks of the others: {text}", each.option(option), help_)
    return None
