"""What the standards say of TCP, as data. Mutants replace one of the parts (see quizgen.models.tcp.mutants)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from quizgen.models.tcp.endpoint.reasons import RULES
from quizgen.models.tcp.endpoint.rules import RECEIVING, SENDING, Rules, moves
from quizgen.models.tcp.header import ACCURATE_ECN, CONTROL_BITS, FIELDS, WORD, Field, Flag
from quizgen.models.tcp.options import MAX_LENGTH, MAX_SHIFT, OPTION_KINDS, OptionKind
from quizgen.models.tcp.states import FIN_WAIT_1, FIN_WAIT_2, START_2MSL, TABLE, Transition
from quizgen.models.values import Term


@dataclass(frozen=True, eq=False)
class Spec:
    """The tables, rules and numbers that the model goes by.

    `rules` are the ids of those in force, `bits` the control bits of all editions, `sending` and `receiving` the states in
    which octets flow. `messages` open a connection. `msl` is in seconds, `time_wait` in MSL, `word` (the unit of Data
    Offset) and `options_length` (room in the longest header) in bytes. `sockets`: what of a socket tells connections apart.
    `everywhere`: endpoints take segments wherever they lie.
    """

    table: tuple[Transition, ...] = TABLE
    fields: tuple[Field, ...] = FIELDS
    bits: tuple[Flag, ...] = (*CONTROL_BITS, ACCURATE_ECN)
    options: tuple[OptionKind, ...] = OPTION_KINDS
    rules: frozenset[str] = frozenset(RULES)
    sending: frozenset[Term] = SENDING
    receiving: frozenset[Term] = RECEIVING
    messages: int = 3
    msl: int = 120
    time_wait: int = 2
    word: int = WORD
    max_shift: int = MAX_SHIFT
    options_length: int = MAX_LENGTH
    sockets: tuple[str, ...] = ("address", "port")
    everywhere: bool = False

    def applies(self, rule: str) -> bool:
        """Whether the rule is in force."""
        return rule in self.rules

    @cached_property
    def endpoint(self) -> Rules:
        """What endpoints go by."""
        off = frozenset(RULES) - self.rules
        return Rules(
            self.messages, off, self.sending, self._receiving, moves(self.table), self._instead, self.everywhere
        )

    @property
    def _receiving(self) -> frozenset[Term]:
        return self.receiving if self.applies("half-close") else self.receiving - {FIN_WAIT_1, FIN_WAIT_2}

    @property
    def _instead(self) -> Mapping[str, tuple[str, str]]:
        standard = {row.id: row for row in TABLE}
        changed = ((row, standard[row.id].actions) for row in self.table if row.actions != standard[row.id].actions)
        found = {row.id: (_missing(actions, row.actions), _missing(row.actions, actions)) for row, actions in changed}
        return {id_: pair for id_, pair in found.items() if START_2MSL not in pair}


def _missing(actions: tuple[str, ...], others: tuple[str, ...]) -> str:
    """The first of the actions that is not among the others; "" for none."""
    return next((action for action in actions if action not in others), "")


SPEC = Spec()
