"""True-false items: the key is what the model says of the claim."""

from pathlib import Path

import pytest

from tests.items.judging import compiled, item, question, refuses, table

ACCEPTED = {
    "true": ("statement: S\nclaim: handshake.segment(2).ack == x + 1\nkey: true", "True"),
    "false": ("statement: S\nclaim: handshake.segment(2).ack == x\nkey: false", "False"),
    "capitals": ("statement: S\nclaim: 1 == 1\nkey: TRUE", "True"),
    "cited": ("statement: S\ncited: a judgement\nkey: false", "False"),
}


@pytest.mark.parametrize(("body", "right"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(tmp_path: Path, body: str, right: str) -> None:
    made = question(tmp_path, "true-false", body)
    assert [option.text["en"] for option in made.options] == ["True", "False"]
    assert [option.text["en"] for option in made.options if option.right] == [right]
    assert made.standing == ("cited" if "cited" in body else "proved")


def test_a_misconception_corrects_the_wrong_option(tmp_path: Path) -> None:
    text = item("true-false", "statement: S\nclaim: 1 == 2\nkey: false\nmisconception: always").replace(
        "items:", "misconceptions:\n  always: {statement: A, claim: 1 == 2, correction: C, source: RFC 1}\nitems:", 1
    )
    made = compiled(tmp_path, text).bank.questions[0]
    assert [(option.why, option.misconception) for option in made.options] == [({"en": "C"}, "always"), ({}, None)]


REFUSED = {
    "wrong key": ("statement: S\nclaim: 1 == 1\nkey: ⟦false⟧", ("QG204 the model computes true",)),
    "wrong key is offered the right one": ("statement: S\nclaim: 1 == 2\nkey: ⟦true⟧", ("QG204 did you mean `false`?",)),
    "key that is no truth": ("statement: S\nclaim: 1 == 1\nkey: ⟦yes⟧", ("QG104 write true or false",)),
    "claim that is no truth": ("statement: S\nclaim: ⟦1 + 1⟧\nkey: true", ("QG208 this is a number: 2",)),
    "claim that is no expression": ("statement: S\nclaim: 1 ⟦=⟧ 1\nkey: true", ("QG201 compare with ==",)),
    "no claim": ("@\nstatement: S\nkey: true", ("QG209 add `claim:`",)),
    "empty claim": ("statement: S\nclaim: ⟦''⟧\nkey: true", ("QG104 `claim` asks nothing",)),
    "unlike things": ("statement: S\nclaim: ⟦handshake.state(client) == 1⟧\nkey: true", ("QG206 is never a number",)),
    "cited without source": ("@\n!source\nstatement: S\ncited: r\nkey: true", ("QG102 names the place",)),
    "unknown misconception": ("statement: S\nclaim: 1 == 1\nkey: true\nmisconception: ⟦nope⟧", ("QG109 there is none yet",)),
    "no key": ("@\nstatement: S\nclaim: 1 == 1", ("QG102 add `key:`",)),
    "hyphens in a name": ("statement: S\nclaim: handshake.state(client) == ⟦SYN-SENT⟧\nkey: true", ("QG203 names have underscores: SYN_SENT",)),
}  # fmt: skip


@table(REFUSED)
def test_refused(tmp_path: Path, body: str, expected: tuple[str, ...]) -> None:
    refuses(tmp_path, item("true-false", body), expected)


def test_a_family_names_the_variant_that_fails(tmp_path: Path) -> None:
    body = "for: {n: [1, 3]}\nstatement: Segment {n} carries ACK.\nclaim: ACK in handshake.segment(n).flags\nkey: true"
    found = compiled(tmp_path, item("true-false", body)).found
    assert [(one.code, one.notes[0]) for one in found] == [("QG204", "in the variant n=1")]
