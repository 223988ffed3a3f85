"""What Linux does otherwise than RFC 9293, in one place. The model follows the RFC in each.

`explains` says of any step that went two ways whether this difference is the reason, as narrowly as it can. For each there
is a test that fails when Linux or the model no longer shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quizgen.kernel import explanations as because
from quizgen.kernel.compare import Observation
from quizgen.models.base import Cite, Rfc


@dataclass(frozen=True)
class Difference:
    """`linux` and `rfc` say what each does, in one sentence together; `cite` is where the RFC does."""

    name: str
    linux: str
    rfc: str
    cite: Cite
    explains: Callable[[Observation], bool]
    diverges: bool = False
    """Whether the two go different ways from there, although the states may be the same."""


_OTHERWISE = Rfc(9293, "3.10.7.4")
DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "RST at RCV.NXT - 1", "takes a RST one before RCV.NXT in CLOSE-WAIT, CLOSING and LAST-ACK, as from a peer that"
        " does not count its FIN", "drops it as outside of the window", _OTHERWISE,
        because.rst_before_rcv_nxt,
    ),
    Difference(
        "ACK of a duplicate", "processes the ACK of a segment that ends at RCV.NXT", "drops all of it, as nothing of it"
        " is in the window", _OTHERWISE,
        because.ack_of_a_duplicate, diverges=True,
    ),
    Difference(
        "ACK of the ISS", "takes ACK = ISS as the acknowledgment of its SYN after a simultaneous open",
        "wants SND.UNA < SEG.ACK and answers with a RST", _OTHERWISE,
        because.ack_of_the_iss,
    ),
    Difference(
        "RST for a second SYN", "resets the peer before it returns to LISTEN", "returns to LISTEN silently", _OTHERWISE,
        because.rst_for_a_second_syn,
    ),
    Difference(
        "SYN repeated", "repeats its SYN two ticks after a SYN,ACK with a wrong ACK, beside the RST", "leaves that to"
        " the retransmission timeout", Rfc(9293, "3.10.7.3"),
        because.syn_repeated,
    ),
    Difference(
        "CLOSE deferred", "lets a shutdown() in SYN-RECEIVED of a simultaneous open wait until ESTABLISHED",
        "sends the FIN and enters FIN-WAIT-1", Rfc(9293, "3.10.4"),
        because.close_deferred,
    ),
    Difference(
        "SYN with FIN", "ignores SYN,FIN in LISTEN", "takes the SYN and processes the FIN in SYN-RECEIVED",
        Rfc(9293, "3.10.7.2"),
        because.syn_with_fin,
    ),
    Difference(
        "reset, not refused", "reports ECONNRESET in SYN-RECEIVED of an active open", "has \"connection refused\"",
        _OTHERWISE,
        lambda step: because.error(step, ("SYN-RECEIVED",), "connection refused", "connection reset"),
    ),
    Difference(
        "no challenge in TIME-WAIT", "ignores a RST in the window of TIME-WAIT", "sends a challenge ACK", _OTHERWISE,
        because.rst_in_time_wait,
    ),
    Difference(
        "RST,ACK on ABORT", "aborts with `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>`", "has `<SEQ=SND.NXT><CTL=RST>`",
        Rfc(9293, "3.10.5"),
        because.abort_with_ack,
    ),
    Difference(
        "refused, not reset", "reports ECONNREFUSED when a RST answers its SYN", "has \"connection reset\"",
        Rfc(9293, "3.10.7.3"),
        lambda step: because.error(step, ("SYN-SENT",), "connection reset", "connection refused"),
    ),
    Difference(
        "EPIPE in CLOSE-WAIT", "reports EPIPE when a RST arrives in CLOSE-WAIT", "has \"connection reset\"", _OTHERWISE,
        lambda step: because.error(step, ("CLOSE-WAIT",), "connection reset", "EPIPE"),
    ),
    Difference(
        "reset while closing", "reports ECONNRESET when a RST arrives in CLOSING or LAST-ACK", "only enters CLOSED",
        _OTHERWISE,
        lambda step: because.error(step, ("CLOSING", "LAST-ACK"), "", "connection reset"),
    ),
    Difference(
        "SEQ alone in TIME-WAIT", "takes a bare segment at RCV.NXT in TIME-WAIT silently, whatever it acknowledges, and"
        " answers all else by an ACK", "answers an ACK of the unsent by an ACK, and ignores text and FIN beyond the"
        " peer's FIN", _OTHERWISE,
        because.seq_alone_in_time_wait,
    ),
    Difference(
        "SYN,ACK repeated", "answers a repeated SYN in SYN-RECEIVED by its SYN,ACK again", "answers what is outside of the"
        " window by an ACK", _OTHERWISE,
        because.syn_ack_repeated,
    ),
    Difference(
        "no SEND before ESTABLISHED", "has sockets that refuse data before ESTABLISHED; given then, they follow the ACK",
        "queues them, and the ACK rides on them", Rfc(9293, "3.10.2"),
        because.no_send_before_established,
    ),
    Difference(
        "text after FIN", "resets the connection when a segment brings text from before and after the peer's FIN",
        "ignores the text", _OTHERWISE,
        because.text_after_fin,
    ),
    Difference(
        "ACK too old", "discards a segment whose ACK is of what it never sent, the SYN's number included, and answers by"
        " an ACK", "takes ACKs down to SND.UNA - MAX.SND.WND (MAY-12, RFC 5961 §5.2)", _OTHERWISE,
        because.ack_too_old, diverges=True,
    ),
    Difference(
        "no ACK bit", "discards a segment without ACK, RST and SYN before it looks at SEQ", "answers it by an ACK when it"
        " is outside of the window", _OTHERWISE,
        because.no_ack_bit,
    ),
    Difference(
        "ACK first in SYN-RECEIVED", "answers a wrong ACK by a RST before it looks at SEQ and SYN, as §3.5.2 has it",
        "has them checked before the ACK in §3.10.7.4", _OTHERWISE,
        because.ack_first,
    ),
    Difference(
        "TIME-WAIT forgotten", "goes to LISTEN when the SYN that reopened a TIME-WAIT proves old", "returns to TIME-WAIT"
        " (MAY-2)", Rfc(9293, "3.6.1"),
        because.time_wait_forgotten,
    ),
    Difference(
        "fast retransmission", "repeats a segment when duplicate ACKs arrive (RFC 5681 §3.2)", "leaves congestion control"
        " to other RFCs, and so does the model", Rfc(9293, "3.8.2"),
        because.fast_retransmission, diverges=True,
    ),
)  # fmt: skip


def explain(step: Observation) -> Difference | None:
    """The known difference that a step which went two ways shows; None: it is not on the list."""
    return next((one for one in DIFFERENCES if one.explains(step)), None)


def parts(step: Observation) -> bool:
    """Whether the two go different ways from this step on."""
    if step.forged and step.acked < 0 and step.arrived is not None and step.arrived.occupies:
        return True  # Linux discards it where the model holds it ("ACK too old"), which need not show at once.
    known = None if step.agrees else explain(step)
    return not step.agrees and (known is None or known.diverges or step.model.states != step.kernel.states)
