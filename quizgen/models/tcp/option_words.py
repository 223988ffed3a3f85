"""The words of claims about TCP options."""

from __future__ import annotations

from quizgen.models.base import ModelError, Rfc, because, touch
from quizgen.models.tcp.header import MAX_SHIFT
from quizgen.models.tcp.header_words import WORDS
from quizgen.models.tcp.options import MAX_LENGTH, OPTION_KINDS, OptionKind
from quizgen.models.values import Domain, Quantity, Term

__all__ = ["OPTIONS", "WORDS"]

_KINDS = {one.name: one for one in OPTION_KINDS}

OPTIONS = Domain(
    "TCP option",
    tuple(_KINDS),
    aliases={"MSS": "Maximum Segment Size", "WSopt": "Window Scale", "NOP": "No-Operation", "EOL": "End of Option List",
             "sackOK": "SACK-Permitted", "TSopt": "Timestamps"},
    labels={one.name: one.title for one in OPTION_KINDS},
)  # fmt: skip


def _constants() -> None:
    for option in OPTIONS.terms():
        row = _KINDS[option.name]
        WORDS.constant(
            f"{option.identifier.upper()}_OPTION", option, f"The option {option}: {row.meaning['en']}.", row.cite
        )


_constants()


def _row(option: Term) -> OptionKind:
    if not isinstance(option, Term) or option.domain is not OPTIONS:
        raise ModelError(f"`{option}` is no TCP option, such as WINDOW_SCALE_OPTION")
    touch(f"option:{option}")
    found = _KINDS[option.name]
    because(f"{option}: {found.meaning['en']}", found.cite)
    return found


@WORDS.function(Rfc(9293, "3.2"))
def only_in_syn(option: Term) -> bool:
    """Whether an option is sent in segments with SYN only: MSS, Window Scale, SACK-Permitted; not SACK or Timestamps."""
    return _row(option).syn_only


@WORDS.function(Rfc(9293, "3.2"))
def option_length(option: Term) -> Quantity:
    """The bytes that an option takes, kind and length bytes included. SACK varies and is a question without answer."""
    length = _row(option).length
    if length is None:
        raise ModelError(f"{option} has no fixed length")
    return Quantity(length, "B")


@WORDS.function(Rfc(9293, "3.2"))
def options_fit(*options: Term) -> bool:
    """Whether these options fit into one header, which has 40 bytes for them."""
    touch("field:Options")
    because("Data Offset is at most 15 words, of which 5 are taken", Rfc(9293, "3.1"))
    return sum(int(option_length(option).base[1]) for option in options) <= MAX_LENGTH


@WORDS.function(Rfc(7323, "2.3"))
def max_window_scale() -> int:
    """The largest shift of the Window Scale option: 14. A larger one is used as 14."""
    touch("option:Window Scale")
    because("the window must stay under 2^30, so the shift is at most 14", Rfc(7323, "2.3"))
    return MAX_SHIFT
