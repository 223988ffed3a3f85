"""QG310: a key so much longer than every distractor that its length gives it away."""

from __future__ import annotations

from quizgen.check.wording import Asked, warning, width
from quizgen.diagnostics.diagnostic import Diagnostic

TIMES = 2.0
COLUMNS = 20
"""Short options may differ by more: `a server` is twice `both`."""


def check(each: Asked) -> Diagnostic | None:
    """Only the extreme case; that keys are longer on the whole is QG313."""
    for lang in each.languages if each.single else ():
        widths = list(zip(map(width, each.texts[lang]), each.question.options, strict=True))
        key, longest = (max(wide for wide, option in widths if option.right is right) for right in (True, False))
        if key > TIMES * longest and key >= longest + COLUMNS:
            message = f"the key is {key / longest:.1f} times as long as the longest distractor ({lang})"
            help_ = "shorten the key, or give the distractors as much detail; the rationale takes what is left over"
            return warning("QG310", message, each.option(each.key), help_)
    return None
