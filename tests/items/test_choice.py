"""Choice items: the key is what the model computes, and every distractor is refuted."""

from pathlib import Path

import pytest

from quizgen.items.question import Question
from tests.items.judging import compiled, item, question, questions, refuses, table

ACK = "stem: What does the SYN-ACK acknowledge?\nask: handshake.segment(2).ack\n"


def options(made: Question) -> list[tuple[str, bool]]:
    return [(option.text["en"], option.right) for option in made.options]


ACCEPTED = {
    "key and distractors": (ACK + "key: x + 1\ndistractors: [x, y + 1]", [("x + 1", True), ("x", False), ("y + 1", False)]),
    "spelt otherwise": (ACK + "key: x+1\ndistractors: [x, y+1]", [("x + 1", True), ("x", False), ("y + 1", False)]),
    "the model's key": (ACK + "distractors: [x]", [("x + 1", True), ("x", False)]),
    "options": (ACK + "options: [x, y, x + 1]", [("x + 1", True), ("x", False), ("y", False)]),
    "prose": (
        "stem: S\nkey: {text: A, claim: 'handshake.passes(client, SYN_SENT)'}\n"
        "distractors: [{text: B, claim: 'handshake.passes(client, LISTEN)'}]",
        [("A", True), ("B", False)],
    ),
    "prose among values": (
        ACK + "key: x + 1\ndistractors: [{text: Nothing, claim: count(handshake.segments) == 0}]",
        [("x + 1", True), ("Nothing", False)],
    ),
    "text for a value": (ACK + "key: {value: x + 1, text: One more}\ndistractors: [x]", [("One more", True), ("x", False)]),
    "cited": ("stem: S\ncited: a matter of history\nkey: 1974\ndistractors: [1981]", [("1974", True), ("1981", False)]),
    "a set": (
        "stem: S\nask: handshake.segment(2).flags\nkey: [ACK, SYN]\ndistractors: [SYN, '–']",
        [("SYN, ACK", True), ("SYN", False), ("–", False)],
    ),
    "a truth": ("stem: S\nask: 1 == 1\nkey: yes\ndistractors: [no]", [("True", True), ("False", False)]),
    "emoji and right to left": (
        "stem: 'מה? 🤝'\ncited: r\nkey: '🍎 שלום'\ndistractors: [تفاح]",
        [("🍎 שלום", True), ("تفاح", False)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(tmp_path: Path, body: str, expected: list[tuple[str, bool]]) -> None:
    assert options(question(tmp_path, "choice", body)) == expected


def test_standing(tmp_path: Path) -> None:
    assert question(tmp_path, "choice", ACK + "key: x + 1\ndistractors: [x]").standing == "proved"
    assert question(tmp_path, "choice", "stem: S\ncited: r\nkey: a\ndistractors: [b]").standing == "cited"


def test_why(tmp_path: Path) -> None:
    head = HEAD_WITH_MISCONCEPTION
    body = ACK + (
        "key: x + 1\n"
        "distractors:\n  - {value: x, why: The SYN counts.}\n  - {value: y, misconception: acks-own}\n  - y + 1"
    )
    checked = compiled(tmp_path, item("choice", body).replace("items:\n", head + "items:\n", 1))
    assert checked.found == []
    whys = [option.why.get("en") for option in checked.bank.questions[0].options]
    assert whys == [None, "The SYN counts.", "It acknowledges the peer's.", "The reference model gives x + 1."]
    assert checked.bank.questions[0].options[2].misconception == "acks-own"


HEAD_WITH_MISCONCEPTION = (
    "misconceptions:\n  acks-own: {statement: It acknowledges its own number., claim: handshake.segment(2).ack == y, "
    "correction: It acknowledges the peer's., source: RFC 9293}\n"
)


def test_question_carries_what_its_answer_rests_on(tmp_path: Path) -> None:
    made = question(tmp_path, "choice", ACK + "key: x + 1\ndistractors: [x]\ndifficulty: 3")
    assert (made.id, made.topic, made.difficulty) == ("tcp/example/one", "tcp/example", 3)
    assert made.ladder is not None
    assert made.ladder.title == {"en": "The three-way handshake"}
    assert "The three-way handshake (RFC 9293 Figure 6)" in made.evidence


@pytest.mark.parametrize(("ladder", "there"), [("none", False), ("handshake", True)])
def test_ladder(tmp_path: Path, ladder: str, there: bool) -> None:
    body = f"stem: S\nask: header_length(5)\nladder: {ladder}\nkey: 20\ndistractors: [24]"
    assert (question(tmp_path, "choice", body).ladder is not None) is there


REFUSED = {
    "wrong key": (ACK + "key: ⟦x + 2⟧\ndistractors: [x]", ("QG204 the model computes x + 1",)),
    "wrong key names the trace": (ACK + "key: ⟦x⟧\ndistractors: [y]", ("QG204 trace: 1. client -> server SYN SEQ=x",)),
    "wrong key is offered the right one": (ACK + "key: ⟦x⟧\ndistractors: [y]", ("QG204 did you mean `x + 1`?",)),
    "key with other digits": (
        "stem: S\nask: max_throughput(65535, 30)\nkey: ⟦17.47 Mbit/s⟧\ndistractors: [18 Mbit/s, ⟦17480 kbit/s⟧]",
        ("QG204 did you mean `17.48 Mbit/s`?", "QG205 the model computes 17.48 Mbit/s"),
    ),
    "right distractor": (ACK + "key: x + 1\ndistractors: [x, ⟦x+1⟧]", ("QG205 the model computes x + 1",)),
    "distractor whose claim holds": (
        "stem: S\nkey: {text: A, claim: 1 == 1}\ndistractors: [{text: B, claim: 1 == 2}, ⟦{text: C, claim: 2 == 2}⟧]",
        ("QG205 the model says this is true",),
    ),
    "key whose claim is false": (
        "stem: S\nkey: ⟦{text: A, claim: 1 == 2}⟧\ndistractors: [{text: B, claim: 2 == 1}]",
        ("QG204 the model says this is false",),
    ),
    "claim that is no truth": (
        "stem: S\nkey: {text: A, claim: ⟦1 + 1⟧}\ndistractors: [{text: B, claim: 2 == 1}]",
        ("QG208 this is a number: 2",),
    ),
    "prose without claim": (
        "stem: S\nkey: ⟦A⟧\ndistractors: [⟦{text: B}⟧, {text: C, claim: 1 == 2}]",
        ("QG209 give it a `claim:`", "QG209 mark the item `cited:`"),
    ),
    "no such value": (ACK + "key: x + 1\ndistractors: [⟦z⟧]", ("QG207 `z` is no sequence number",)),
    "no such part": ("stem: S\nask: ⟦handshake.segment(2).akc⟧\ndistractors: [x]", ("QG203 did you mean `ack`?",)),
    "no distractors": ("@\n" + ACK + "key: x + 1", ("QG102 add `distractors:`",)),
    "neither key nor ask": ("@\nstem: S\ndistractors: [{text: B, claim: 1 == 2}]", ("QG102 add `key:`, or `ask:`",)),
    "the same meaning twice": (
        "stem: S\nask: handshake.segment(2).ack\nkey: x + 1\ndistractors: [x, {value: ⟦x⟧, text: the SYN's own}]",
        ("QG210 two options mean the same: x",),
    ),
    "an option of nothing": (
        "stem: S\ncited: r\nkey: a\ndistractors: [⟦''⟧, ⟦{text: {en: '` `'}}⟧, c]",
        ("QG104 this option reads as nothing", "QG104 this option reads as nothing"),
    ),
    "same twice": (ACK + "key: x + 1\ndistractors: [x, ⟦'x '⟧]", ("QG210 two options read the same in en: x",)),
    "options, none right": (ACK + "options: ⟦[x, y]⟧", ("QG204 the model computes x + 1",)),
    "options, two right": (
        "stem: S\noptions: ⟦[{text: A, claim: 1 == 1}, {text: B, claim: 2 == 2}]⟧", ("QG204 2 of their claims are true",),
    ),
    "options beside key": (ACK + "key: x + 1\noptions: ⟦[x, y]⟧", ("QG104 the model picks the key among them",)),
    "options cited": ("stem: S\ncited: r\noptions: ⟦[x, y]⟧", ("QG104 no model picks the key of a cited item",)),
    "one option": (ACK + "options: ⟦[x + 1]⟧", ("QG103 at least 2",)),
    "no source at all": ("source: ⟦''⟧\nstem: S\ncited: r\nkey: a\ndistractors: [b]", ("QG104 `source` is an empty text",)),
    "cited without source": (
        "@\n!source\nstem: S\ncited: r\nkey: a\ndistractors: [b]", ("QG102 names the place that carries it",),
    ),
    "unknown placeholder": (ACK.replace("SYN-ACK", "⟦{segment}⟧") + "key: x + 1\ndistractors: [x]", ("QG110 known here: {answer}",)),
    "unknown placeholder in a reason": (
        ACK + "key: x + 1\ndistractors: [{value: x, why: 'so ⟦{n}⟧'}]", ("QG110 stands for nothing here",),
    ),
    "unknown misconception": (
        ACK + "key: x + 1\ndistractors: [{value: x, why: No., misconception: ⟦nope⟧}]", ("QG109 there is no misconception `nope`",),
    ),
    "unknown ladder": (ACK + "key: x + 1\ndistractors: [x]\nladder: ⟦handshak⟧", ("QG109 did you mean `handshake`?",)),
    "a run": ("stem: S\nask: ⟦handshake⟧\ndistractors: [x]", ("QG206 ask for a part of it: can_receive",)),
    "a function": ("stem: S\nask: ⟦acknowledges⟧\ndistractors: [x]", ("QG206 a function is nothing that a learner can answer",)),
    "a segment": ("stem: S\nask: ⟦handshake.segment(2)⟧\ndistractors: [x]", ("QG206 a segment is nothing",)),
    "no answer": ("stem: S\nask: ⟦None⟧\ndistractors: [x]", ("QG206 the model has no answer",)),
    "no such segment": ("stem: S\nask: ⟦handshake.segment(9)⟧.ack\ndistractors: [x]", ("QG206 ",)),
}  # fmt: skip


@table(REFUSED)
def test_refused(tmp_path: Path, body: str, expected: tuple[str, ...]) -> None:
    refuses(tmp_path, item("choice", body), expected)


def test_a_family_names_the_variant_that_fails(tmp_path: Path) -> None:
    body = "for: {n: [1, 2, 3]}\nstem: S\nask: handshake.segment(n).flags\nkey: SYN\ndistractors: [FIN]"
    found = compiled(tmp_path, item("choice", body)).found
    assert [(one.code, one.notes[0]) for one in found] == [("QG204", "in the variant n=2")]


def test_a_distractor_that_is_right_in_one_variant(tmp_path: Path) -> None:
    body = "for: {n: [1, 2]}\nstem: S\nask: handshake.segment(n).flags\ndistractors: [FIN, 'SYN, ACK']"
    found = compiled(tmp_path, item("choice", body)).found
    assert [(one.code, one.notes[0]) for one in found] == [("QG205", "in the variant n=2")]


def test_options_suit_a_family(tmp_path: Path) -> None:
    body = "for: {n: [1, 2]}\nstem: Segment {n}?\nask: handshake.segment(n).flags\noptions: [SYN, 'SYN, ACK', FIN]"
    made = questions(tmp_path, "choice", body)
    assert [one.id for one in made] == ["tcp/example/one#n=1", "tcp/example/one#n=2"]
    assert [one.stem["en"] for one in made] == ["Segment 1?", "Segment 2?"]
    assert [options(one)[0] for one in made] == [("SYN", True), ("SYN, ACK", True)]
