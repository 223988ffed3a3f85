"""Mutants that no test can kill, since they behave as the original does: file, the line as mutated, and why.

`make mutation MODEL=tcp` holds them against what survived; a test, against the code.
"""

from __future__ import annotations

from tests.models.equivalent import Equivalent

_HALF = "half of 2^32 added or taken away is the same modulo 2^32"
_LANGUAGE = "numbers are written alike in every language"
_FALSY = "only ever asked whether it is true"
_INTACT = "the way around the work below, which returns the same segment where there is nothing to trim"
_WL2 = "SND.WL2 never lies beyond SND.UNA, and SND.UNA =< SEG.ACK is asked besides; the RFC's words are kept"

EQUIVALENT = (
    Equivalent(
        "seq.py",
        'object.__setattr__(self, "offset", (self.offset + half) % SPACE - half)',
        'object.__setattr__(self, "offset", (self.offset - half) % SPACE - half)',
        _HALF,
    ),
    Equivalent(
        "seq.py",
        "return (self.value - other.value + SPACE // 2) % SPACE - SPACE // 2",
        "return (self.value - other.value - SPACE // 2) % SPACE - SPACE // 2",
        _HALF,
    ),
    Equivalent("seq.py", 'def show(self, lang: str = "en") -> str:', 'def show(self, lang: str = "XXenXX") -> str:', _LANGUAGE),
    Equivalent("seq.py", 'def show(self, lang: str = "en") -> str:', 'def show(self, lang: str = "EN") -> str:', _LANGUAGE),
    Equivalent(
        "seq.py",
        """return f"{self.base} {'+' if self.offset > 0 else '-'} {abs(self.offset)}" if self.offset else self.base""",
        """return f"{self.base} {'+' if self.offset >= 0 else '-'} {abs(self.offset)}" if self.offset else self.base""",
        "an offset of 0 is not written",
    ),
    Equivalent("endpoint/acks.py", "tcb.former = None", 'tcb.former = ""', _FALSY),
    Equivalent(
        "endpoint/acks.py",
        "if ack > tcb.snd_una:",
        "if ack >= tcb.snd_una:",
        "an ACK of what is acknowledged already acknowledges nothing more",
    ),
    Equivalent(
        "endpoint/acks.py",
        "newer = tcb.snd_wl1 < segment.seq or (tcb.snd_wl1 == segment.seq and tcb.snd_wl2 <= segment.ack)",
        "newer = tcb.snd_wl1 <= segment.seq or (tcb.snd_wl1 == segment.seq and tcb.snd_wl2 <= segment.ack)",
        _WL2,
    ),
    Equivalent(
        "endpoint/arrives.py",
        "tcb.take_window(segment, tcb.iss if segment.ack is None else segment.ack)",
        "tcb.take_window(segment, tcb.iss if (segment.ack is None) or True else segment.ack)",
        _WL2,
    ),
    Equivalent("endpoint/calls.py", "tcb.passive = False", "tcb.passive = None", _FALSY),
    Equivalent(
        "endpoint/tcb.py",
        "return self.isses[-1] + spare * NEXT_CONNECTION if spare > 0 else self.isses[self.opened - 1]",
        "return self.isses[-1] + spare * NEXT_CONNECTION if spare >= 0 else self.isses[self.opened - 1]",
        "with 0 to spare both are the last one given",
    ),
    Equivalent("endpoint/tcb.py", "went = False", "went = None", _FALSY),
    Equivalent(
        "endpoint/text.py",
        "if not skip and tcb.rcv_nxt.after(segment.seq) + tcb.rcv_wnd >= segment.occupies:",
        "if not skip and tcb.rcv_nxt.after(segment.seq) - tcb.rcv_wnd >= segment.occupies:",
        _INTACT,
    ),
    Equivalent(
        "endpoint/text.py",
        "if not skip and tcb.rcv_nxt.after(segment.seq) + tcb.rcv_wnd >= segment.occupies:",
        "if not skip and tcb.rcv_nxt.after(segment.seq) + tcb.rcv_wnd > segment.occupies:",
        _INTACT,
    ),
)  # fmt: skip
