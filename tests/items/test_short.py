"""Short items: a word to type; every alias of a term counts."""

from pathlib import Path

import pytest

from tests.items.judging import item, question, questions, refuses, table

STATE = "stem: S\nask: handshake.state(server, after=1)\n"
ACCEPTED = {
    "the model's answer": (STATE, "SYN-RECEIVED", {"SYN_RECV", "SYN-RECEIVED"}),
    "key by an alias": (STATE + "key: SYN_RECV", "SYN-RECEIVED", {"SYN_RECV"}),
    "accept": (STATE + "accept: [half open]", "SYN-RECEIVED", {"half open"}),
    "one accepted": (STATE + "accept: half open", "SYN-RECEIVED", {"half open"}),
    "own text": (STATE + "text: Syn received", "Syn received", {"Syn received", "SYN-RECEIVED"}),
    "a number": ("stem: S\nask: count(handshake.segments)", "3", {"3"}),
    "cited": ("stem: S\ncited: r\nkey: Cerf\naccept: [Vint Cerf]", "Cerf", {"Cerf", "Vint Cerf"}),
    "scalars are texts": ("stem: 5\ncited: r\nkey: no\nrationale: 012\nid: 012", "no", {"no"}),
    "what looks like markup": ("stem: S\ncited: r\nkey: __init__", r"\_\_init\_\_", {"__init__"}),
    "own text with markup": (STATE + "text: A `SYN`", "A `SYN`", {"A SYN", "SYN-RECEIVED"}),
    "very long": (f"stem: {'long ' * 20_000}\ncited: r\nkey: {'a' * 5000}", "a" * 5000, {"a" * 5000}),
}  # fmt: skip


@pytest.mark.parametrize(("body", "answer", "accepted"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(tmp_path: Path, body: str, answer: str, accepted: set[str]) -> None:
    (blank,) = question(tmp_path, "short", body).blanks
    assert blank.answer["en"] == answer
    assert accepted <= set(blank.accepted)


REFUSED = {
    "wrong key": (STATE + "key: ⟦LISTEN⟧", ("QG204 did you mean `SYN-RECEIVED`?",)),
    "no such state": (STATE + "key: ⟦SYN_SEND⟧", ("QG207 did you mean `SYN-SENT` or",)),
    "nothing asked": ("@\nstem: S", ("QG209 add `ask:`",)),
    "cited without key": ("@\nstem: S\ncited: r", ("QG102 gives its own answer",)),
    "cited, an empty key": ("@\nstem: S\ncited: r\nkey: ''", ("QG102 gives its own answer",)),
    "empty stem": ("stem: ⟦''⟧\nask: 1 + 1", ("QG104 `stem` is an empty text",)),
    "stem without value": ("⟦stem⟧:\nask: 1 + 1", ("QG104 `stem` has no value",)),
    "rationale without value": ("stem: S\nask: 1 + 1\n⟦rationale⟧:", ("QG104 `rationale` has no value",)),
    "null": ("stem: S\nask: 1 + 1\nkey: ⟦null⟧", ("QG104 if it is a text, put it in quotes",)),
    "no language": ("stem: ⟦{english: S}⟧\nask: 1 + 1", ("QG104 `english` is no language",)),
    "very long key": (STATE + f"key: ⟦{'b' * 5000}⟧", ("QG207 bbb… is no TCP state".replace("bbb…", "b" * 39 + "…`"),)),
    "difficulty": ("stem: S\nask: 1 + 1\ndifficulty: ⟦hard⟧", ("QG104 expected 1, 2 or 3",)),
    "unknown key": ("stem: S\nask: 1 + 1\n⟦rational⟧: R", ("QG101 did you mean `rationale`?",)),
    "a key like pydantic's own marks": ("stem: S\nask: 1 + 1\n⟦'[key]'⟧: R", ("QG101 unknown key `[key]`",)),
    "unknown model": ("stem: S\nmodel: ⟦tpc⟧\nask: foo", ("QG108 did you mean `tcp`?",)),
    "bad id": ("id: ⟦Two Words⟧\nstem: S\nask: 1 + 1", ("QG105 lower-case words with hyphens",)),
    "long id": (f"id: ⟦{'a' * 81}⟧\nstem: S\nask: 1 + 1", ("QG105 at most 80 characters",)),
    "ladder": ("stem: S\nask: 1 + 1\nladder: ⟦[a]⟧", ("QG104 the name of a scenario, or none",)),
}  # fmt: skip


@table(REFUSED)
def test_refused(tmp_path: Path, body: str, expected: tuple[str, ...]) -> None:
    refuses(tmp_path, item("short", body), expected)


def test_a_family_is_exhausted(tmp_path: Path) -> None:
    body = (
        "for: {end: [client, server], n: [1, 2]}\nstem: '{end} after {n}: {{}}?'\n"
        "ask: handshake.state(end, after=n)\nrationale: 'It is {answer}.'"
    )
    made = questions(tmp_path, "short", body)
    assert [(one.id.partition("#")[2], one.stem["en"], one.rationale["en"]) for one in made] == [
        ("end=client,n=1", "client after 1: {}?", "It is SYN-SENT."),
        ("end=client,n=2", "client after 2: {}?", "It is ESTABLISHED."),
        ("end=server,n=1", "server after 1: {}?", "It is SYN-RECEIVED."),
        ("end=server,n=2", "server after 2: {}?", "It is SYN-RECEIVED."),
    ]


@pytest.mark.parametrize(
    ("word", "stem", "said"),
    [
        ("*a*", "{word} b", r"\*a\* b"),
        ("a_b", "{word}", "a_b"),
        ("_a", "{word}_", r"\_a_"),
        ("a\\\\", "{word}*b", r"a\\*b"),
        ("*a*", "`{word}`", "`*a*`"),
        ("*a*", "\\`{word}", r"\`\*a\*"),
    ],
)
def test_a_value_in_a_text_is_no_markup(tmp_path: Path, word: str, stem: str, said: str) -> None:
    made = questions(tmp_path, "short", f"for: {{word: ['\"{word}\"']}}\nstem: '{stem}'\ncited: r\nkey: a")
    assert [one.stem["en"] for one in made] == [said]


def test_a_placeholder_that_is_wrong_in_one_language(tmp_path: Path) -> None:
    body = "for: {end: [client]}\nstem:\n  en: The {end}?\n  zh: '⟦{ned}⟧？'\nask: handshake.state(end)"
    refuses(
        tmp_path, item("short", body).replace("title: An example", "title: {en: A, zh: 一}"), ["QG110 {end}, {answer}"]
    )
