"""Figure items: a choice about a drawing, of which a part that is there is masked."""

from pathlib import Path

import pytest

from tests.items.judging import HEAD, item, question, refuses, table

ACK = "stem: S\nask: handshake.segment(2).ack\nkey: x + 1\ndistractors: [x]\n"
MASKS = {
    "message": "{scenario: handshake, mask: 'message:2'}",
    "state of an end": "{scenario: handshake, mask: 'state:client:0'}",
    "two parts": "{scenario: handshake, mask: ['message:2', 'state:server:3']}",
    "state": "{diagram: states, mask: 'state:SYN-SENT'}",
    "field": "{diagram: header, mask: 'field:Window'}",
}


@pytest.mark.parametrize("figure", MASKS.values(), ids=MASKS)
def test_accepted(tmp_path: Path, figure: str) -> None:
    made = question(tmp_path, "figure", ACK + f"figure: {figure}")
    assert made.type == "figure"
    assert made.figure is not None
    assert made.figure.mask


def test_a_mask_may_follow_the_variant(tmp_path: Path) -> None:
    body = "stem: S\nfor: {n: [2]}\nask: handshake.segment(n).ack\nkey: x + 1\ndistractors: [x]\n"
    made = question(tmp_path, "figure", body + "figure: {scenario: handshake, mask: 'message:{n}'}")
    assert made.figure is not None
    assert made.figure.mask == {"message:2"}


REFUSED = {
    **{
        f"mask {mask}": (ACK + f"figure: {{scenario: handshake, mask: ⟦'{mask}'⟧}}", (f"QG109 has no part `{mask}`",))
        for mask in ("message:0", "message:4", "message:x", "state:client:4", "state:client:x", "state:nobody:1", "field:SYN", "")
    },
    "state that there is not": (ACK + "figure: {diagram: states, mask: ⟦'state:SENT'⟧}", ("QG109 did you mean `state:SYN-SENT`?",)),
    "no mask": (ACK + "figure: ⟦{scenario: handshake}⟧", ("QG102 as in `mask: message:2`",)),
    "no mask, in short": (ACK + "figure: ⟦handshake⟧", ("QG102 `mask` is missing",)),
    "no drawing": (ACK + "figure: ⟦{mask: 'message:1'}⟧", ("QG104 either a `scenario` or a `diagram`",)),
    "two drawings": (ACK + "figure: ⟦{scenario: handshake, diagram: states, mask: a}⟧", ("QG104 either",)),
    "unknown scenario": (ACK + "figure: {scenario: ⟦handshak⟧, mask: a}", ("QG109 did you mean `handshake`",)),
    "unknown diagram": (ACK + "figure: {diagram: ⟦ladder⟧, mask: a}", ("QG109 the model draws states, header",)),
    "unknown model": (ACK + "figure: {diagram: states, model: ⟦tpc⟧, mask: a}", ("QG108 did you mean `tcp`?",)),
    "wrong key": (ACK.replace("x + 1", "⟦x + 2⟧") + "figure: {scenario: handshake, mask: 'message:2'}", ("QG204 ",)),
    "unknown key": (ACK + "figure: {scenario: handshake, ⟦masked⟧: 'message:2'}", ("QG101 did you mean `mask`?",)),
}  # fmt: skip


@table(REFUSED)
def test_refused(tmp_path: Path, body: str, expected: tuple[str, ...]) -> None:
    refuses(tmp_path, item("figure", body), expected)


NOTES = {
    "unknown table": ("table: ⟦statuses⟧", "QG109 the model gives transitions, states"),
    "unknown diagram": ("figure: {diagram: ⟦ladder⟧}", "QG109 the model draws states, header"),
    "unknown scenario": ("figure: ⟦handshak⟧", "QG109 did you mean `handshake`?"),
    "a title alone": ("⟦title⟧: T", "QG104 one of `text`, `figure` and `table`"),
    "two in one": ("⟦text⟧: T\n    table: states", "QG104 an entry of its own"),
}


@pytest.mark.parametrize(("note", "expected"), NOTES.values(), ids=NOTES)
def test_notes_refused(tmp_path: Path, note: str, expected: str) -> None:
    refuses(tmp_path, HEAD + f"notes:\n  - {note}\n", [expected])
