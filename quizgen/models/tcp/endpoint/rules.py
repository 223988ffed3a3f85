"""What an endpoint goes by, as data: the rows of the table as moves, the rules in force, and where octets may flow.

RFC 9293's own are STANDARD. With others the same endpoint is another machine: a what-if, or a mutant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace

from quizgen.models.tcp.segment import FIN, SYN
from quizgen.models.tcp.states import (
    CLOSE_WAIT,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    LISTEN,
    RCV_SYN,
    SYN_RECEIVED,
    TABLE,
    Transition,
)
from quizgen.models.values import Term

SENDING = frozenset({ESTABLISHED, CLOSE_WAIT})
"""Where SEND sends at once (§3.10.2)."""
RECEIVING = frozenset({ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2})
"""Where text that arrives reaches the user (§3.10.7.4, seventh check)."""

Move = tuple[Term, Term, Term]
"""State, event, next state, as §3.10 has them."""


def moves(table: Iterable[Transition]) -> dict[Move, Transition]:
    """The row of a table for each move of RFC 9293's. Where the table has none it is a row that leads nowhere."""
    rows = {row.id: row for row in table}
    found = {
        (row.state, row.event, row.next): rows.get(row.id, replace(row, actions=(), next=row.state)) for row in TABLE
    }
    answer = found[LISTEN, RCV_SYN, SYN_RECEIVED]
    if answer.next != SYN_RECEIVED:
        found[LISTEN, RCV_SYN, ESTABLISHED] = answer  # so it is with a handshake of two messages, too
    return found


_MOVES: Mapping[Move, Transition] = moves(TABLE)


@dataclass(frozen=True, slots=True)
class Rules:
    """The protocol that an endpoint follows.

    `messages`: TCP opens with three; 2 and 4 are what-ifs. With 2 the server is ESTABLISHED when it answers the SYN; with
    4 it also acknowledges the third message.
    `off`: those of quizgen.models.tcp.endpoint.reasons.RULES that it does not go by.
    `moves`: where each move leads. `instead`: by a row's id, an action of RFC 9293's row and what is done in its place
    ("" for nothing, in either place). `everywhere`: segments are taken wherever they lie.
    """

    messages: int = 3
    off: frozenset[str] = frozenset()
    sending: frozenset[Term] = SENDING
    receiving: frozenset[Term] = RECEIVING
    moves: Mapping[Move, Transition] = field(default_factory=lambda: _MOVES, hash=False)
    instead: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)
    everywhere: bool = False

    def applies(self, rule: str) -> bool:
        """Whether the rule is in force."""
        return rule not in self.off

    def counted(self, kinds: Set[Term]) -> int:
        """How many sequence numbers the flags of a segment take up: SYN and FIN one each (§3.4)."""
        return (SYN in kinds and self.applies("syn-occupies-one")) + (FIN in kinds and self.applies("fin-occupies-one"))


STANDARD = Rules()
