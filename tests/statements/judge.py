"""Judge the statements of table.yaml. `python -m tests.statements.judge` prints the table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from quizgen.claims.evaluate import Evaluation, evaluate
from quizgen.items.shared import Shared
from quizgen.knowledge.load import load
from quizgen.resources import resource


@dataclass(frozen=True)
class Statement:
    """A row of the table; `taught` are item ids, or the id of a misconception."""

    id: str
    section: str
    says: str
    taught: list[str] | str
    verdict: str = "right"
    model: str = ""
    claim: str = ""
    precise: str = ""


def statements() -> list[Statement]:
    """All rows, in the order of the file."""
    table = yaml.safe_load((Path(__file__).parent / "table.yaml").read_text("utf-8"))
    return [Statement(name, section, **row) for section, rows in table.items() for name, row in rows.items()]


class Judge:
    """Answers claims over the shipped scenarios."""

    def __init__(self) -> None:
        knowledge, _ = load([resource("content")])
        self.shared = Shared(knowledge, ("en",))

    def answer(self, statement: Statement, expression: str) -> Evaluation:
        """What the statement's model says to an expression."""
        return evaluate(expression, self.shared.names((statement.model,)))

    def verdict(self, statement: Statement) -> str:
        """`right`, `refuted`, or `cited` where no model judges."""
        if not statement.model:
            return "cited"
        return "right" if self.answer(statement, statement.claim).value else "refuted"

    def counterexample(self, statement: Statement) -> str:
        """Why the model refutes a statement: the trace, else the reason."""
        record = self.answer(statement, statement.claim).record
        if record.traces:
            return "; ".join(record.traces[0].lines())
        return "; ".join(record.reasons)


def main() -> None:
    """Print claim, judge, verdict and, for what is refuted, the counterexample."""
    judge = Judge()
    for number, statement in enumerate(statements(), 1):
        print(
            f"{number:2}  {statement.section + '/' + statement.id:48} {statement.model or '-':11} model: {judge.verdict(statement):8} table: {statement.verdict}"
        )
        if judge.verdict(statement) == "refuted":
            print(f"      {judge.counterexample(statement)[:400]}")


if __name__ == "__main__":
    main()
