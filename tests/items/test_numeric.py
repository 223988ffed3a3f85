"""Numeric items: a number with unit and tolerance."""

from pathlib import Path

import pytest

from tests.items.judging import compiled, item, question, questions, refuses, table

HEADER = "stem: S\nask: header_length(5)\n"
RATE = "stem: S\nask: max_throughput(65535, 30)\n"
ACCEPTED = {
    "the model's unit": (HEADER, ("20 bytes", 20, 0, "B")),
    "another unit": (HEADER + "unit: bit", ("160 bits", 160, 0, "bit")),
    "a unit by its name": (HEADER + "unit: bits", ("160 bits", 160, 0, "bit")),
    "key": (HEADER + "key: 20", ("20 bytes", 20, 0, "B")),
    "key in another unit": (HEADER + "key: 160 bits", ("20 bytes", 20, 0, "B")),
    "key in the item's unit": (HEADER + "unit: bit\nkey: 160", ("160 bits", 160, 0, "bit")),
    "key as it is shown": (RATE + "key: 17.48 Mbit/s", ("17.48 Mbit/s", 17.476, 0, "Mbit/s")),
    "key as it is shown, in another unit": (RATE + "key: 17480 kbit/s", ("17.48 Mbit/s", 17.476, 0, "Mbit/s")),
    "key with all of its digits": (RATE + "key: 17.476 Mbit/s", ("17.48 Mbit/s", 17.476, 0, "Mbit/s")),
    "number as it is shown": (
        "stem: S\nmodel: sessions\nask: guess_probability(64, 100000, 1000000)\nkey: 5.42101e-09",
        ("5.42101e-09", 5.421010847734005e-09, 0, ""),
    ),
    "tolerance": (HEADER + "tolerance: 2", ("20 bytes", 20, 2, "B")),
    "tolerance as a share": (HEADER + "tolerance: 5%", ("20 bytes", 20, 1, "B")),
    "tolerance as a share of a fraction": (HEADER + "tolerance: 2.5 %", ("20 bytes", 20, 0.5, "B")),
    "no unit": ("stem: S\nask: count(handshake.segments)", ("3", 3, 0, "")),
    "a word for a unit": ("stem: S\nask: count(handshake.segments)\nunit: segments", ("3 segments", 3, 0, "segments")),
    "a sum of fractions": ("stem: S\nask: 0.1 + 0.2\nkey: 0.3", ("0.3", 0.30000000000000004, 0, "")),
    "cited": ("stem: S\ncited: r\nkey: 1,024\nunit: bytes", ("1024 bytes", 1024, 0, "B")),
    "cited in its own unit": ("stem: S\ncited: r\nkey: 1 KiB\nunit: B", ("1024 bytes", 1024, 0, "B")),
    "cited without unit": ("stem: S\ncited: r\nkey: 4294967295", ("4294967295", 4294967295, 0, "")),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(tmp_path: Path, body: str, expected: tuple[str, float, float, str]) -> None:
    (blank,) = question(tmp_path, "numeric", body).blanks
    answer, number, tolerance, unit = expected
    assert (blank.answer["en"], blank.number, blank.unit) == (answer, number, unit)
    assert blank.tolerance == pytest.approx(tolerance)


REFUSED = {
    "wrong key": (HEADER + "key: ⟦24⟧", ("QG204 the model computes 20 bytes",)),
    "key with other digits": (RATE + "key: ⟦17.47 Mbit/s⟧", ("QG204 did you mean `17.48 Mbit/s`?",)),
    "key of another kind": (HEADER + "key: ⟦20 s⟧", ("QG207 is asked for",)),
    "unit of another kind": (HEADER + "unit: ⟦s⟧", ("QG207 units of this kind are bit, B",)),
    "unknown unit": (HEADER + "unit: ⟦furlongs⟧", ("QG207 `furlongs` is no unit for 20 bytes",)),
    "no number": ("stem: S\nask: ⟦handshake.state(client)⟧", ("QG206 use `type: short`",)),
    "a truth": ("stem: S\nask: ⟦1 == 1⟧", ("QG206 asks for a number",)),
    "infinity": ("stem: S\nask: ⟦1e999⟧", ("QG206 no number that can be typed",)),
    "not a number": ("stem: S\nask: ⟦1e999 - 1e999⟧", ("QG206 no number that can be typed",)),
    "nothing asked": ("@\nstem: S", ("QG209 add `ask:`",)),
    "cited, no number": ("stem: S\ncited: r\nkey: ⟦many⟧", ("QG104 `many` is no number",)),
    "cited, a fraction": ("stem: S\ncited: r\nkey: ⟦1/0⟧", ("QG104 `1/0` is no number",)),
    "cited, an endless number": ("stem: S\ncited: r\nkey: ⟦1e99999999⟧", ("QG104 is no number",)),
    "cited without key": ("@\nstem: S\ncited: r", ("QG102 `key` is missing",)),
    **{f"tolerance {text}": (HEADER + f"tolerance: ⟦'{text}'⟧", ("QG104 a share such as 5%",))
       for text in ("a bit", "nan", "inf", "-1", "1e999", "5%%", "%", "")},
    "range downwards": ("stem: S\nvary: {n: ⟦5..1⟧}\nask: n", ("QG104 the smaller number comes first",)),
    "no range": ("stem: S\nvary: {n: ⟦many⟧}\nask: n", ("QG104 write it as 1..1460",)),
    "endless range": (f"stem: S\nvary: {{n: ⟦0..{'9' * 400}⟧}}\nask: n", ("QG104 reach to 2^64",)),
    "variable of for and vary": ("stem: S\nfor: {⟦n⟧: [1]}\nvary: {n: 1..2}\nask: n", ("QG105 give one of them another name",)),
    "family without members": ("stem: S\nfor: {n: ⟦[]⟧}\nask: n", ("QG103 has no members",)),
    "member twice": ("stem: S\nfor: {n: [5, ⟦5⟧]}\nask: n", ("QG210 has 5 twice",)),
    "member that is no name": ("stem: S\nfor: {n: [⟦nope⟧]}\nask: n", ("QG203 `nope`",)),
    "member that is a run": ("stem: S\nfor: {n: [⟦handshake⟧]}\nask: 1 + 1", ("QG206 cannot be a member of a family",)),
    "bad variable": ("stem: S\nfor: {⟦No⟧: [1]}\nask: 1 + 1", ("QG105 a lower-case name, as in end",)),
}  # fmt: skip


@table(REFUSED)
def test_refused(tmp_path: Path, body: str, expected: tuple[str, ...]) -> None:
    refuses(tmp_path, item("numeric", body), expected)


ACK = "vary: {seq: 0..4294967295}\nstem: SEQ={seq}\nask: acknowledges(seq, 1)\n"


def test_parameters_give_three_questions_and_always_the_same(tmp_path: Path) -> None:
    made = questions(tmp_path, "numeric", ACK)
    assert [one.id for one in made] == [f"tcp/example/one#{number}" for number in (1, 2, 3)]
    assert made == questions(tmp_path, "numeric", ACK)
    assert len({one.stem["en"] for one in made}) == 3


def test_a_small_range_gives_no_question_twice(tmp_path: Path) -> None:
    made = questions(tmp_path, "numeric", "vary: {n: 1..2}\nstem: S {n}\nask: n")
    assert sorted(one.stem["en"] for one in made) == ["S 1", "S 2"]


def test_the_ends_of_a_range_are_checked(tmp_path: Path) -> None:
    """At the largest sequence number the sum wraps around; no sample lies there."""
    body = "vary: {seq: 0..4294967295}\ntype_: S\n".partition("type_")[0] + (
        "statement: S\nclaim: acknowledges(seq, 1) == seq + 1 if seq < 4294967295 else acknowledges(seq, 1) == 1\nkey: true"
    )
    found = compiled(tmp_path, item("true-false", body)).found
    assert [(one.code, one.notes[0]) for one in found] == [("QG204", "in the variant seq=4294967295")]


def test_a_family_of_parameters(tmp_path: Path) -> None:
    made = questions(tmp_path, "numeric", "for: {k: [1, 2]}\nvary: {n: 1..9000}\nstem: S {k} {n}\nask: n + k")
    assert [one.id.partition("#")[2] for one in made] == ["k=1,1", "k=1,2", "k=1,3", "k=2,1", "k=2,2", "k=2,3"]


def test_a_family_has_at_most_64_variants(tmp_path: Path) -> None:
    members = ", ".join(map(str, range(9)))
    refuses(
        tmp_path,
        item("numeric", f"stem: S\nfor: ⟦{{a: [{members}], b: [{members}]}}⟧\nask: a + b"),
        ["QG113 at most 64 variants"],
    )
