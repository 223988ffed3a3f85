"""The words of claims about TCP options."""

from __future__ import annotations

from quizgen.models.base import ModelError, Rfc, Vocabulary, because, touch
from quizgen.models.binding import Words
from quizgen.models.tcp.options import OPTION_KINDS, OptionKind
from quizgen.models.tcp.spec import Spec
from quizgen.models.values import Domain, Quantity, Term

WORDS = Words()
_KINDS = {one.name: one for one in OPTION_KINDS}

OPTIONS = Domain(
    "TCP option",
    tuple(_KINDS),
    aliases={"MSS": "Maximum Segment Size", "WSopt": "Window Scale", "NOP": "No-Operation", "EOL": "End of Option List",
             "sackOK": "SACK-Permitted", "TSopt": "Timestamps"},
    labels={one.name: one.title for one in OPTION_KINDS},
)  # fmt: skip


def add_constants(words: Vocabulary) -> None:
    """Add the names of the options."""
    for option in OPTIONS.terms():
        row = _KINDS[option.name]
        words.constant(
            f"{option.identifier.upper()}_OPTION", option, f"The option {option}: {row.meaning['en']}.", row.cite
        )


def _row(spec: Spec, option: Term) -> OptionKind:
    if not isinstance(option, Term) or option.domain is not OPTIONS:
        raise ModelError(f"`{option}` is no TCP option, such as WINDOW_SCALE_OPTION")
    touch(f"option:{option}")
    found = next(one for one in spec.options if one.name == option.name)
    because(f"{option}: {found.meaning['en']}", found.cite)
    return found


@WORDS.word(Rfc(9293, "3.2"))
def only_in_syn(spec: Spec, option: Term) -> bool:
    """Whether an option is sent in segments with SYN only: MSS, Window Scale, SACK-Permitted; not SACK or Timestamps."""
    return _row(spec, option).syn_only


@WORDS.word(Rfc(9293, "3.2"))
def option_kind(spec: Spec, option: Term) -> int:
    """The number that tells an option from others, its first byte: 2 for the Maximum Segment Size."""
    return _row(spec, option).kind


@WORDS.word(Rfc(9293, "3.2"))
def option_length(spec: Spec, option: Term) -> Quantity:
    """The bytes that an option takes, kind and length bytes included. SACK varies and is a question without answer."""
    length = _row(spec, option).length
    if length is None:
        raise ModelError(f"{option} has no fixed length")
    return Quantity(length, "B")


@WORDS.word(Rfc(9293, "3.2"))
def options_fit(spec: Spec, *options: Term) -> bool:
    """Whether these options fit into one header, which has 40 bytes for them."""
    touch("field:Options", "field:Data Offset")
    because("Data Offset is at most 15 words, of which 5 are taken", Rfc(9293, "3.1"))
    return sum(int(option_length(spec, option).base[1]) for option in options) <= spec.options_length


@WORDS.word(Rfc(7323, "2.3"))
def max_window_scale(spec: Spec) -> int:
    """The largest shift of the Window Scale option: 14. A larger one is used as 14."""
    touch("option:Window Scale")
    because(f"the window must stay under 2^30, so the shift is at most {spec.max_shift}", Rfc(7323, "2.3"))
    return spec.max_shift
