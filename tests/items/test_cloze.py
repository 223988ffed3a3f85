"""Cloze items: each gap holds what the model computes for it."""

from pathlib import Path

import pytest

from tests.items.judging import item, question, refuses, table

STATE = '{ask: "handshake.state(client, after=1)"}'
ACCEPTED = {
    "one gap": (f"text: To {{1}}.\nblanks: [{STATE}]", ["SYN-SENT"]),
    "two gaps": (
        'text: To {2} and {1}.\nblanks: [{ask: "handshake.state(client)"}, {ask: "header_length(5)"}]',
        ["ESTABLISHED", "20 bytes"],
    ),
    "with key": ('text: To {1}.\nblanks: [{ask: "handshake.state(client, after=1)", key: SYN_SENT}]', ["SYN-SENT"]),
    "cited": ("text: To {1}.\ncited: r\nblanks: [{key: Cerf}]", ["Cerf"]),
    "own text": (f"text: To {{1}}.\nblanks: [{STATE[:-1]}, text: waiting, accept: [hanging]}}]", ["waiting"]),
}


@pytest.mark.parametrize(("body", "answers"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(tmp_path: Path, body: str, answers: list[str]) -> None:
    assert [blank.answer["en"] for blank in question(tmp_path, "cloze", body).blanks] == answers


def test_every_spelling_counts(tmp_path: Path) -> None:
    (blank,) = question(
        tmp_path, "cloze", f"text: 'To {{1}}.'\nblanks: [{STATE[:-1]}, text: waiting, accept: [hanging]}}]"
    ).blanks
    assert {"waiting", "hanging", "SYN-SENT", "SYN_SENT"} <= {*blank.accepted, blank.accepted[1].replace("-", "_")}


def test_gaps_stay_in_the_stem_and_variables_are_filled(tmp_path: Path) -> None:
    body = 'for: {end: [client]}\ntext: The {end} goes to {1}.\nblanks: [{ask: "handshake.state(end, after=1)"}]'
    assert question(tmp_path, "cloze", body).stem == {"en": "The client goes to {1}."}


REFUSED = {
    "wrong key": ('text: "{1}"\nblanks: [{ask: "handshake.state(client)", key: ⟦LISTEN⟧}]', ("QG204 the model computes ESTABLISHED",)),
    "unreadable key": ('text: "{1}"\nblanks: [{ask: "handshake.state(client)", key: ⟦WAITING⟧}]', ("QG207 no TCP state",)),
    "gap missing": (f"text: ⟦To nowhere.⟧\nblanks: [{STATE}]", ("QG110 must have the gap {1}",)),
    "gap twice": (f"text: ⟦To {{1}} and {{1}}.⟧\nblanks: [{STATE}]", ("QG110 once each",)),
    "gap too many": (f"text: ⟦To {{1}} and {{2}}.⟧\nblanks: [{STATE}]", ("QG110 the gap {1}",)),
    "gap counted from 0": (f"text: ⟦To {{0}}.⟧\nblanks: [{STATE}]", ("QG110 the gap {1}",)),
    "gap with a foreign digit": (f"text: ⟦To {{١}}.⟧\nblanks: [{STATE}]", ("QG110 the gap {1}",)),
    "gap with five thousand digits": (f"text: ⟦To {{{'9' * 5000}}}.⟧\nblanks: [{STATE}]", ("QG110 the gap {1}",)),
    "gap in one language only": (f"text:\n  en: To {{1}}.\n  zh: ⟦到。⟧\nblanks: [{STATE}]", ("QG110 the gap {1}",)),
    "no blanks": ("text: To.\nblanks: ⟦[]⟧", ("QG103 at least 1 entry",)),
    "nothing asked": ('text: "{1}"\nblanks: [{⟦key⟧: LISTEN}]', ("QG209 add `ask:`",)),
    "cited without key": ('text: "{1}"\ncited: r\nblanks: [{⟦ask⟧: 1 + 1}]', ("QG102 gives its own answer",)),
    "placeholder": (f'text: "{{1}} ⟦{{answer}}⟧"\nblanks: [{STATE}]', ("QG110 known here: no variable",)),
    "a text for a blank": ('text: "{1}"\nblanks: [⟦LISTEN⟧]', ("QG104 expected a blank",)),
    "a run": ('text: "{1}"\nblanks: [{ask: ⟦handshake⟧}]', ("QG206 ask for a part of it",)),
    "two faults": ('text: "{1}{2}"\nblanks: [{ask: ⟦foo⟧}, {ask: 1 + 1, key: ⟦3⟧}]', ("QG203 vocabulary", "QG204 the model computes 2")),
}  # fmt: skip


@table(REFUSED)
def test_refused(tmp_path: Path, body: str, expected: tuple[str, ...]) -> None:
    refuses(tmp_path, item("cloze", body), expected)
