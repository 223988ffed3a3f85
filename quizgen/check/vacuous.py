"""QG214: claims that rest on nothing of any model. QG215, claims that hold in every mutant: see quizgen.check.mutants."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.items.bank import Judged


def check(judged: Judged) -> Iterator[Diagnostic]:
    """A finding for each."""
    for span in judged.vacuous:
        yield Diagnostic(
            "QG214",
            "this claim cannot fail: it rests on nothing of the reference model",
            span,
            help="ask the model something, by its words or a scenario; or mark the item `cited:`",
        )
