"""Multiple-answer items: keys are members of the set that the model computes, distractors are not."""

from pathlib import Path

import pytest

from tests.items.judging import item, question, refuses, table

FLAGS = "stem: Which flags are set?\nask: handshake.segment(2).flags\n"

ACCEPTED = {
    "a set": (FLAGS + "keys: [SYN, ACK]\ndistractors: [FIN, RST]", [("SYN", True), ("ACK", True), ("FIN", False), ("RST", False)]),
    "one of them": (FLAGS + "keys: [ACK]\ndistractors: [FIN]", [("ACK", True), ("FIN", False)]),
    "a sequence": (
        "stem: S\nask: handshake.states(client)\nkeys: [SYN_SENT]\ndistractors: [LISTEN]", [("SYN-SENT", True), ("LISTEN", False)],
    ),
    "prose": (
        "stem: S\nkeys: [{text: A, claim: 1 == 1}, {text: B, claim: 2 == 2}]\ndistractors: [{text: C, claim: 1 == 2}]",
        [("A", True), ("B", True), ("C", False)],
    ),
    "cited": ("stem: S\ncited: r\nkeys: [A, B]\ndistractors: [C]", [("A", True), ("B", True), ("C", False)]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(tmp_path: Path, body: str, expected: list[tuple[str, bool]]) -> None:
    made = question(tmp_path, "multiple", body)
    assert [(option.text["en"], option.right) for option in made.options] == expected


def test_why(tmp_path: Path) -> None:
    made = question(tmp_path, "multiple", FLAGS + "keys: [SYN]\ndistractors: [FIN, {value: RST, why: No reset.}]")
    assert [option.why.get("en") for option in made.options] == [
        None,
        "The reference model gives SYN, ACK.",
        "No reset.",
    ]


REFUSED = {
    "wrong key": (FLAGS + "keys: [SYN, ⟦FIN⟧]\ndistractors: [RST]", ("QG204 the model computes SYN, ACK",)),
    "right distractor": (FLAGS + "keys: [SYN]\ndistractors: [⟦ACK⟧, FIN]", ("QG205 the model computes SYN, ACK",)),
    "several at once": (FLAGS + "keys: [⟦FIN⟧]\ndistractors: [⟦ACK⟧, ⟦FOO⟧]", ("QG204 ", "QG205 ", "QG207 no TCP flag")),
    "no set": (
        "stem: S\nask: ⟦handshake.state(client)⟧\nkeys: [ESTABLISHED]\ndistractors: [CLOSED]", ("QG206 use `type: choice`",),
    ),
    "prose without claim": ("stem: S\nkeys: [⟦A⟧]\ndistractors: [{text: B, claim: 1 == 2}]", ("QG209 give it a `claim:`",)),
    "same twice": (FLAGS + "keys: [SYN]\ndistractors: [FIN, ⟦fin⟧]", ("QG210 read the same",)),
    "no distractors": (FLAGS + "keys: [SYN]\ndistractors: ⟦[]⟧", ("QG103 at least 1 entry",)),
    "no keys": (FLAGS + "keys: ⟦[]⟧\ndistractors: [FIN]", ("QG103 at least 1 entry",)),
    "keys missing": ("@\n" + FLAGS + "distractors: [FIN]", ("QG102 add `keys:`",)),
    "cited without source": ("@\n!source\nstem: S\ncited: r\nkeys: [A]\ndistractors: [C]", ("QG102 names the place",)),
}  # fmt: skip


@table(REFUSED)
def test_refused(tmp_path: Path, body: str, expected: tuple[str, ...]) -> None:
    refuses(tmp_path, item("multiple", body), expected)
