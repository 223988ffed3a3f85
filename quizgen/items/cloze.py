"""A text with gaps {1}, {2}, ...; each is what the model computes for it."""

from __future__ import annotations

import re

from quizgen.items.blanks import computed, text_blank
from quizgen.items.case import Case
from quizgen.items.question import Question

_GAP = re.compile(r"\{([0-9]+)\}")


def judge(case: Case) -> Question | None:
    """The finished question, or None when the model disagrees or cannot tell (reported)."""
    spec, before = case.entry.spec, len(case.found)
    _every_gap_once(case)
    blanks = []
    for index, gap in enumerate(spec.blanks):
        value = computed(case, gap.ask, gap.key, ("blanks", index))
        if value is not None:
            text = case.text(gap.text, "blanks", index, "text") if gap.text else None
            blanks.append(text_blank(case, value, text, gap.accept))
    if len(blanks) != len(spec.blanks):
        return None
    question = case.question("cloze", case.text(spec.text, "text"), blanks=tuple(blanks))
    return question if len(case.found) == before else None


def _every_gap_once(case: Case) -> None:
    wanted = [str(number) for number in range(1, len(case.entry.spec.blanks) + 1)]
    for lang, text in case.entry.spec.text.items():
        if sorted(_GAP.findall(text)) != sorted(wanted):
            where = case.node("text", lang)
            gaps = ", ".join(f"{{{number}}}" for number in wanted)
            case.report(
                "QG110",
                f"this text must have {'the gaps' if len(wanted) > 1 else 'the gap'} {gaps}, once each",
                where,
                help_="each entry of `blanks` has one {number} in the text",
            )
