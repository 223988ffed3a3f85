"""What an answer rests on, in lines: for who wrote the item, and for who learns from it."""

from __future__ import annotations

from quizgen.claims.evaluate import Evaluation
from quizgen.claims.explain import explain
from quizgen.models.base import Record


def evidence(evaluation: Evaluation) -> tuple[str, ...]:
    """What an evaluation rests on, line by line: the values of the parts that decided, the shortest trace that these were
    read off, the reasons with their places."""
    told = explain(evaluation)
    lines = [f"value: {line}" for line in told.lines[:8]]
    if told.record.traces:
        shortest = min((trace.lines() for trace in told.record.traces), key=len)
        lines.append(f"trace: {'; '.join(shortest)}")
    return (*lines, *reasons(told.record)[:8])


def reasons(record: Record) -> list[str]:
    """The reasons of a record, each with the place that says so."""
    return [f"{reason} ({cite})" if cite else reason for reason, cite in record.reasons.items()]
