"""Which variants of an item are judged: families in full; parameters at the ends, around wrap-around, and at samples."""

from collections import Counter
from pathlib import Path

import pytest

from quizgen.items.variants import BOUNDARIES, Origin
from tests.items.judging import compiled, item, questions

SPACE = 2**32
ACK = "stem: S {seq} {length}\nask: acknowledges(seq, length)\n"


def origins(folder: Path, body: str, type_: str = "numeric") -> Counter[Origin]:
    checked = compiled(folder, item(type_, body))
    assert checked.found == []
    return checked.judged.variants


COUNTS = {
    "plain": ("ask: acknowledges(1, 2)", {"plain": 1}),
    "a family": ("for: {n: [1, 2, 3]}\nask: acknowledges(n, 2)", {"family": 3}),
    "two families": ("for: {n: [1, 2], m: [0, 9]}\nask: acknowledges(n, m)", {"family": 4}),
    "a small range": ("vary: {n: 5..15}\nask: header_length(n)", {"end": 2, "sample": 3}),
    "one value": ("vary: {n: 5..5}\nask: header_length(n)", {"end": 1}),
    "a family of ranges": ("for: {m: [0, 1]}\nvary: {n: 5..6}\nask: acknowledges(n, m)", {"end": 4}),
    "short of a boundary": ("vary: {n: 0..2147483645}\nask: acknowledges(n, 1)", {"end": 2, "sample": 8}),
    "up to a boundary": ("vary: {n: 0..2147483648}\nask: acknowledges(n, 1)", {"end": 2, "wrap": 3, "sample": 8}),
}


@pytest.mark.parametrize(("body", "counts"), COUNTS.values(), ids=COUNTS)
def test_counts(tmp_path: Path, body: str, counts: dict[Origin, int]) -> None:
    assert origins(tmp_path, f"stem: S\n{body}") == Counter(counts)


def failing(folder: Path, claim: str, vary: str) -> list[str]:
    """The variant that the finding about a claim names."""
    checked = compiled(folder, item("true-false", f"statement: S\nclaim: {claim}\nkey: true\nvary: {vary}"))
    return [note for one in checked.found for note in one.notes if note.startswith("in the variant")]


FAILS_AT = {
    "the first that wraps": ("acknowledges(seq, length) != 0", "seq=4294967196,length=100"),
    "just short of it": ("acknowledges(seq, length) != 4294967295", "seq=4294967195,length=100"),
    "with a FIN": ("acknowledges(seq, length, FIN) != 0", "seq=4294967195,length=100"),
    "with SYN and FIN": ("acknowledges(seq, length, SYN, FIN) != 0", "seq=4294967194,length=100"),
    "half-way round": ("acknowledges(seq, length) != 2147483648", "seq=2147483548,length=100"),
    "only with the longest": ("acknowledges(seq, length) != 0 or length < 1460", "seq=4294965836,length=1460"),
    "the ends": ("seq < 4294967295", "seq=4294967295,length=100"),
}


@pytest.mark.parametrize(("claim", "variant"), FAILS_AT.values(), ids=FAILS_AT)
def test_a_fault_at_a_single_value_is_found_and_named(tmp_path: Path, claim: str, variant: str) -> None:
    vary = "{seq: 0..4294967295, length: 100..1460}"
    assert failing(tmp_path, f'"{claim}"', vary) == [f"in the variant {variant}"]


def test_a_distractor_that_is_right_in_a_variant_not_shown(tmp_path: Path) -> None:
    body = "stem: S\nvary: {seq: 0..4294967295}\nask: acknowledges(seq, 100)\ndistractors: ['0', '-1']"
    found = compiled(tmp_path, item("choice", body)).found
    assert [(one.code, one.notes[0]) for one in found] == [("QG205", "in the variant seq=4294967196")]


@pytest.mark.parametrize("vary", ["{seq: 0..4294967295, length: 1..1460}", "{seq: 2147483640..4294967295}"])
def test_what_is_shown_is_drawn_from_samples_and_stays(tmp_path: Path, vary: str) -> None:
    """Learners' progress hangs on these ids, so that wrap-around variants must not move them."""
    body = f"stem: 'S {{seq}}'\nask: acknowledges(seq, 1)\nvary: {vary}"
    first, again = (questions(tmp_path, "numeric", body) for _ in range(2))
    assert [one.id for one in first] == [f"tcp/example/one#{number}" for number in (1, 2, 3)]
    assert [one.stem for one in first] == [one.stem for one in again]
    assert len({one.stem["en"] for one in first}) == 3


def test_boundaries_are_those_of_sequence_numbers() -> None:
    assert BOUNDARIES == (SPACE // 2, SPACE)
