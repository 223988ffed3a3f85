"""Order items: the model admits the order given and no other than those accepted."""

from pathlib import Path

import pytest

from tests.items.judging import HEAD, compiled, item, question, refuses, table

STATES = "stem: S\nask: handshake.states(client)\n"
FREE = "model: http\nstem: S\nask: order_of_responses(HTTP_2, 5)\n"
PAGE = "model: navigation\nstem: S\nask: navigation()\n"
ACCEPTED = {
    "a sequence": (STATES + "sequence: [CLOSED, SYN_SENT, ESTABLISHED]", ["CLOSED", "SYN-SENT", "ESTABLISHED"], 1),
    "part of it": (STATES + "sequence: [CLOSED, ESTABLISHED]", ["CLOSED", "ESTABLISHED"], 1),
    "own texts": (STATES + "sequence: [{value: CLOSED, text: shut}, {value: ESTABLISHED, text: open}]", ["shut", "open"], 1),
    "cited": ("stem: S\ncited: r\nsequence: [a, b, c]\naccept: [[b, a, c]]", ["a", "b", "c"], 2),
    "cited, with markup": ("stem: S\ncited: r\nsequence: ['`a`', '{{b}}']", ["`a`", "{b}"], 1),
    "cited, in texts": ("stem: S\ncited: r\nsequence: [{text: a}, {text: b}]\naccept: [[b, a]]", ["a", "b"], 2),
}  # fmt: skip


@pytest.mark.parametrize(("body", "sequence", "orders"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(tmp_path: Path, body: str, sequence: list[str], orders: int) -> None:
    made = question(tmp_path, "order", body)
    assert [text["en"] for text in made.sequence] == sequence
    assert made.orders[0] == tuple(range(len(sequence)))
    assert len(made.orders) == orders


def test_accepted_orders_of_a_partial_order(tmp_path: Path) -> None:
    """What the page knows at once may happen in either order."""
    body = PAGE + "sequence: [RESPONSE_LAST_BYTE, PAINT]\naccept: [[PAINT, RESPONSE_LAST_BYTE]]"
    assert question(tmp_path, "order", body).orders == ((0, 1), (1, 0))


REFUSED = {
    "wrong order": (STATES + "sequence: ⟦[SYN_SENT, CLOSED]⟧", ("QG204 CLOSED → SYN-SENT",)),
    "second valid order": (PAGE + "sequence: ⟦[RESPONSE_LAST_BYTE, PAINT]⟧", ("QG211 also admitted: ",)),
    "not a part of it": (STATES + "sequence: [CLOSED, ⟦LISTEN⟧]", ("QG204 the model gives CLOSED → SYN-SENT",)),
    "unreadable": (STATES + "sequence: [CLOSED, ⟦OPENING⟧]", ("QG207 no TCP state",)),
    "prose without value": (STATES + "sequence: [CLOSED, ⟦{text: open}⟧]", ("QG209 add `value:`",)),
    "same twice": (STATES + "sequence: [CLOSED, ⟦CLOSED⟧, ESTABLISHED]", ("QG210 read the same in en: CLOSED",)),
    "cited, same twice": ("stem: S\ncited: r\nsequence: [a, ⟦A⟧]", ("QG210 read the same",)),
    "nothing asked": ("@\nstem: S\nsequence: [a, b]", ("QG209 add `ask:`",)),
    "no sequence asked": ("stem: S\nask: ⟦handshake.state(client)⟧\nsequence: [CLOSED, LISTEN]", ("QG206 a sequence or a partial",)),
    "one thing": (STATES + "sequence: ⟦[CLOSED]⟧", ("QG103 at least 2 entries",)),
    "accept of something else": (
        STATES + "sequence: [CLOSED, SYN_SENT]\naccept: [⟦[CLOSED, LISTEN]⟧]", ("QG104 lists the same things",),
    ),
    "accept of too few": (STATES + "sequence: [CLOSED, SYN_SENT]\naccept: [⟦[CLOSED]⟧]", ("QG104 lists the same things",)),
    "accept of one thing twice": (
        STATES + "sequence: [CLOSED, SYN_SENT]\naccept: [⟦[CLOSED, CLOSED]⟧]", ("QG104 lists the same things",),
    ),
    "accept, unreadable": (STATES + "sequence: [CLOSED, SYN_SENT]\naccept: [[⟦a⟧, CLOSED]]", ("QG207 no TCP state",)),
    "accept of what cannot be": (
        STATES + "sequence: [CLOSED, SYN_SENT]\naccept: [⟦[SYN_SENT, CLOSED]⟧]", ("QG204 it admits CLOSED → SYN-SENT",),
    ),
    "one of many valid orders": (
        FREE + "sequence: ⟦[RESPONSE_5, RESPONSE_4, RESPONSE_3, RESPONSE_2, RESPONSE_1]⟧",
        ("QG211 also admitted: response 1 → response 2 → response 3 → response 4 → response 5, and others",),
    ),

    "cited, accept of something else": (
        "stem: S\ncited: r\nsequence: [a, b]\naccept: [⟦[a, c]⟧]", ("QG104 lists the same things",),
    ),
}  # fmt: skip


@table(REFUSED)
def test_refused(tmp_path: Path, body: str, expected: tuple[str, ...]) -> None:
    refuses(tmp_path, item("order", body), expected)


def test_a_state_that_comes_twice_has_no_certain_place(tmp_path: Path) -> None:
    """The client of a whole connection begins and ends in CLOSED."""
    text = HEAD + (
        "items:\n- {id: one, type: order, stem: S, ask: reset_in_time.states(client), rationale: R, source: S,\n"
        "   sequence: [CLOSED, ESTABLISHED]}\nscenarios:\n  reset_in_time:\n    title: T\n"
        "    run: [{server: OPEN passive}, {client: OPEN active}, deliver, deliver, deliver, {client: ABORT}]\n"
    )
    (found,) = compiled(tmp_path, text).found
    assert (found.code, found.label) == ("QG211", "also admitted: ESTABLISHED → CLOSED")
