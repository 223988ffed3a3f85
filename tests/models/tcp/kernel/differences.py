"""What Linux does otherwise than RFC 9293, in one place. The model follows the RFC in each.

`script` shows the difference in its last step; it fails a test when it no longer does. `explains` says of any step that
went two ways whether this difference is the reason, as narrowly as it can.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from quizgen.models.base import Cite, Rfc
from tests.models.tcp.kernel.script import Observation, seen

_ESTABLISHED = ("server OPEN passive", "client OPEN active", "deliver client", "deliver server", "deliver client")
_BOTH_SYN_RECEIVED = ("client OPEN active", "server OPEN active", "deliver client", "deliver server")
_TIME_WAIT = (*_ESTABLISHED, "client CLOSE", "deliver client", "deliver server", "server CLOSE", "deliver server")
_GONE = ("CLOSED", "LISTEN")


@dataclass(frozen=True)
class Difference:
    """`linux` and `rfc` say what each does, in one sentence together; `cite` is where the RFC does."""

    name: str
    linux: str
    rfc: str
    cite: Cite
    script: tuple[str, ...]
    explains: Callable[[Observation], bool]


def _arrives(step: Observation, *states: str) -> bool:
    return step.arrived is not None and step.before in states


def _flags(step: Observation) -> set[str]:
    return {flag.name for flag in step.arrived.flags} if step.arrived else set()


def _moves(step: Observation) -> tuple[str, str]:
    """The states after the step: the model's and the kernel's."""
    return step.model.states[step.end], step.kernel.states[step.end]


def _sends(step: Observation) -> tuple[list[str], list[str]]:
    """The flags of what was sent: the model's and the kernel's."""
    model, kernel = ([one.flags.show() for one in reply.segments] for reply in (step.model, step.kernel))
    return model, kernel


def _only_the_error_differs(step: Observation) -> bool:
    return seen(step.model)[:3] == seen(step.kernel)[:3]


def _rst_before_rcv_nxt(step: Observation) -> bool:
    model, kernel = _moves(step)
    before = _arrives(step, "CLOSE-WAIT", "CLOSING", "LAST-ACK") and step.offset == -1
    return before and "RST" in _flags(step) and model == step.before and kernel in _GONE


def _ack_of_a_duplicate(step: Observation) -> bool:
    if (
        not _arrives(step, "SYN-RECEIVED", "FIN-WAIT-1", "CLOSING", "LAST-ACK")
        or step.arrived is None
        or step.arrived.ack is None
    ):
        return False
    duplicate = step.offset < 0 and step.offset + step.arrived.occupies == 0
    model, kernel = _moves(step)
    return duplicate and model == step.before and kernel in ("ESTABLISHED", "FIN-WAIT-2", "TIME-WAIT", *_GONE)


def _ack_of_the_iss(step: Observation) -> bool:
    return (
        _arrives(step, "SYN-RECEIVED")
        and step.arrived is not None
        and _sends(step)[0] == ["RST"]
        and step.model.segments[0].seq == step.arrived.ack
        and _moves(step) in (("SYN-RECEIVED", "ESTABLISHED"), ("SYN-RECEIVED", "CLOSE-WAIT"))
    )


def _rst_for_a_second_syn(step: Observation) -> bool:
    return (
        _arrives(step, "SYN-RECEIVED")
        and "SYN" in _flags(step)
        and _moves(step) == ("LISTEN", "LISTEN")
        and not step.model.segments
        and _sends(step)[1] in (["RST"], ["RST, ACK"])
    )


def _syn_repeated(step: Observation) -> bool:
    model, kernel = _sends(step)
    return _arrives(step, "SYN-SENT") and kernel == [*model, "SYN"] and model == ["RST"]


def _close_deferred(step: Observation) -> bool:
    return step.step.endswith("CLOSE") and _moves(step) == ("FIN-WAIT-1", "SYN-RECEIVED") and not step.kernel.segments


def _syn_with_fin(step: Observation) -> bool:
    return _arrives(step, "LISTEN") and {"SYN", "FIN"} <= _flags(step) and not step.kernel.segments


def _error(step: Observation, states: tuple[str, ...], model: str, kernel: str) -> bool:
    same = _only_the_error_differs(step) and _arrives(step, *states) and "RST" in _flags(step)
    return same and (step.model.error, step.kernel.error) == (model, kernel)


def _rst_in_time_wait(step: Observation) -> bool:
    doubtful = _arrives(step, "TIME-WAIT") and "RST" in _flags(step) and step.offset > 0
    return doubtful and _sends(step) == (["ACK"], [])


def _abort_with_ack(step: Observation) -> bool:
    return step.step.endswith("ABORT") and _sends(step) == (["RST"], ["RST, ACK"])


def _answer_in_time_wait(step: Observation) -> bool:
    more = step.arrived is not None and (step.arrived.occupies > 0 or step.offset > 0)
    return _arrives(step, "TIME-WAIT") and more and step.offset >= 0 and _sends(step) == ([], ["ACK"])


def _syn_ack_repeated(step: Observation) -> bool:
    repeated = _arrives(step, "SYN-RECEIVED") and _flags(step) == {"SYN"} and step.offset == -1
    return repeated and _sends(step) == (["ACK"], ["SYN, ACK"])


def _no_send_before_established(step: Observation) -> bool:
    model, kernel = _sends(step)
    opens = _arrives(step, "SYN-RECEIVED") and _moves(step)[0] in ("ESTABLISHED", "CLOSE-WAIT")
    return opens and model == ["PSH, ACK"] and kernel == ["ACK", "PSH, ACK"]


def _text_after_fin(step: Observation) -> bool:
    if not _arrives(step, "CLOSE-WAIT", "CLOSING", "LAST-ACK") or step.arrived is None:
        return False
    beyond = step.offset < 0 < step.offset + step.arrived.length
    return beyond and _moves(step)[1] in _GONE and _sends(step)[1] in (["RST"], ["RST, ACK"])


def _ack_too_old(step: Observation) -> bool:
    stays = step.kernel.states[step.end] == step.before
    return step.arrived is not None and step.acked < 0 and stays and _sends(step)[1] == ["ACK"]


def _no_ack_bit(step: Observation) -> bool:
    bare = step.arrived is not None and not _flags(step) & {"ACK", "RST", "SYN"}
    return bare and step.offset < 0 and _sends(step) == (["ACK"], [])


def _nothing_listens(step: Observation) -> bool:
    return (
        _arrives(step, "TIME-WAIT")
        and _moves(step) == ("SYN-RECEIVED", "TIME-WAIT")
        and _sends(step) == (["SYN, ACK"], ["ACK"])
    )


def _ahead_of_nothing(step: Observation) -> bool:
    if not _arrives(step, "CLOSE-WAIT", "CLOSING", "LAST-ACK") or step.arrived is None:
        return False
    return step.offset > 0 and step.arrived.occupies > 0 and _sends(step) == (["ACK"], [])


def _ack_before_seq(step: Observation) -> bool:
    wrong = _arrives(step, "SYN-RECEIVED") and step.arrived is not None and step.acked not in (0, 1)
    both = wrong and _sends(step) == (["ACK"], ["RST"])
    return both and step.arrived is not None and step.kernel.segments[0].seq == step.arrived.ack


def _fast_retransmission(step: Observation) -> bool:
    more = step.kernel.segments[len(step.model.segments) :]
    if step.arrived is None or step.arrived.ack is None or not more:
        return False
    same = seen(replace(step.kernel, segments=step.kernel.segments[: -len(more)])) == seen(step.model)
    return same and all(one.seq == step.arrived.ack and one.occupies for one in more)


_OTHERWISE = Rfc(9293, "3.10.7.4")
DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "RST at RCV.NXT - 1", "takes a RST one before RCV.NXT in CLOSE-WAIT, CLOSING and LAST-ACK, as from a peer that"
        " does not count its FIN", "drops it as outside of the window", _OTHERWISE,
        (*_ESTABLISHED, "client CLOSE", "deliver client", "forge client RST -1 0 0"), _rst_before_rcv_nxt,
    ),
    Difference(
        "ACK of a duplicate", "processes the ACK of a segment that ends at RCV.NXT", "drops all of it, as nothing of it"
        " is in the window", _OTHERWISE,
        (*_ESTABLISHED, "client SEND 5", "deliver client", "server CLOSE", "forge client ACK -5 0 5"),
        _ack_of_a_duplicate,
    ),
    Difference(
        "ACK of the ISS", "takes ACK = ISS as the acknowledgment of its SYN after a simultaneous open",
        "wants SND.UNA < SEG.ACK and answers with a RST", _OTHERWISE,
        (*_BOTH_SYN_RECEIVED, "forge server FIN,ACK 0 -1 0"), _ack_of_the_iss,
    ),
    Difference(
        "RST for a second SYN", "resets the peer before it returns to LISTEN", "returns to LISTEN silently", _OTHERWISE,
        ("server OPEN passive", "client OPEN active", "deliver client", "forge client SYN 5 0 0"), _rst_for_a_second_syn,
    ),
    Difference(
        "SYN repeated", "repeats its SYN two ticks after a SYN,ACK with a wrong ACK, beside the RST", "leaves that to"
        " the retransmission timeout", Rfc(9293, "3.10.7.3"),
        ("client OPEN active", "forge server SYN,ACK 0 -7 0"), _syn_repeated,
    ),
    Difference(
        "CLOSE deferred", "lets a shutdown() in SYN-RECEIVED of a simultaneous open wait until ESTABLISHED",
        "sends the FIN and enters FIN-WAIT-1", Rfc(9293, "3.10.4"), (*_BOTH_SYN_RECEIVED, "client CLOSE"), _close_deferred,
    ),
    Difference(
        "SYN with FIN", "ignores SYN,FIN in LISTEN", "takes the SYN and processes the FIN in SYN-RECEIVED",
        Rfc(9293, "3.10.7.2"), ("server OPEN passive", "forge client SYN,FIN 0 0 0"), _syn_with_fin,
    ),
    Difference(
        "reset, not refused", "reports ECONNRESET in SYN-RECEIVED of an active open", "has \"connection refused\"",
        _OTHERWISE, (*_BOTH_SYN_RECEIVED, "forge server RST 0 0 0"),
        lambda step: _error(step, ("SYN-RECEIVED",), "connection refused", "connection reset"),
    ),
    Difference(
        "no challenge in TIME-WAIT", "ignores a RST in the window of TIME-WAIT", "sends a challenge ACK", _OTHERWISE,
        (*_TIME_WAIT, "forge server RST 5 0 0"), _rst_in_time_wait,
    ),
    Difference(
        "RST,ACK on ABORT", "aborts with <SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>", "has <SEQ=SND.NXT><CTL=RST>",
        Rfc(9293, "3.10.5"), (*_ESTABLISHED, "client ABORT"), _abort_with_ack,
    ),
    Difference(
        "refused, not reset", "reports ECONNREFUSED when a RST answers its SYN", "has \"connection reset\"",
        Rfc(9293, "3.10.7.3"), ("client OPEN active", "deliver client", "deliver server"),
        lambda step: _error(step, ("SYN-SENT",), "connection reset", "connection refused"),
    ),
    Difference(
        "EPIPE in CLOSE-WAIT", "reports EPIPE when a RST arrives in CLOSE-WAIT", "has \"connection reset\"", _OTHERWISE,
        (*_ESTABLISHED, "client CLOSE", "deliver client", "forge client RST 0 0 0"),
        lambda step: _error(step, ("CLOSE-WAIT",), "connection reset", "EPIPE"),
    ),
    Difference(
        "reset while closing", "reports ECONNRESET when a RST arrives in CLOSING or LAST-ACK", "only enters CLOSED",
        _OTHERWISE, (*_ESTABLISHED, "client CLOSE", "server CLOSE", "deliver client", "forge client RST 0 0 0"),
        lambda step: _error(step, ("CLOSING", "LAST-ACK"), "", "connection reset"),
    ),
    Difference(
        "ACK in TIME-WAIT", "answers all that lies in the window but a bare ACK at RCV.NXT by an ACK", "ignores text and"
        " FIN beyond the peer's FIN", _OTHERWISE, (*_TIME_WAIT, "forge server ACK 0 0 4"), _answer_in_time_wait,
    ),
    Difference(
        "SYN,ACK repeated", "answers a repeated SYN in SYN-RECEIVED by its SYN,ACK again", "answers what is outside of the"
        " window by an ACK", _OTHERWISE, ("server OPEN passive", "client OPEN active", "duplicate client", "deliver client"),
        _syn_ack_repeated,
    ),
    Difference(
        "no SEND before ESTABLISHED", "has sockets that refuse data before ESTABLISHED; given then, they follow the ACK",
        "queues them, and the ACK rides on them", Rfc(9293, "3.10.2"),
        ("client OPEN active", "server OPEN active", "client SEND 21", "deliver server", "deliver client", "deliver server"),
        _no_send_before_established,
    ),
    Difference(
        "text after FIN", "resets the connection when a segment brings text from before and after the peer's FIN",
        "ignores the text", _OTHERWISE,
        (*_ESTABLISHED, "client CLOSE", "deliver client", "forge client ACK -1 0 3"), _text_after_fin,
    ),
    Difference(
        "ACK too old", "discards a segment whose ACK is of what it never sent, the SYN's number included, and answers by"
        " an ACK (MAY-12, RFC 5961 §5.2)", "lets that be left out, and takes the segment", _OTHERWISE,
        (*_ESTABLISHED, "forge client FIN,ACK 0 -1 0"), _ack_too_old,
    ),
    Difference(
        "no ACK bit", "discards a segment without ACK, RST and SYN before it looks at SEQ", "answers it by an ACK when it"
        " is outside of the window", _OTHERWISE, (*_ESTABLISHED, "forge client PSH -3 0 0"), _no_ack_bit,
    ),
    Difference(
        "TIME-WAIT without a listener", "reopens from TIME-WAIT only where a socket listens", "has the one connection that"
        " may be reopened (MAY-2), whoever opened it", Rfc(9293, "3.6.1"),
        (*_TIME_WAIT, "deliver client", "server OPEN active", "deliver server"), _nothing_listens,
    ),
    Difference(
        "ahead of RCV.NXT after FIN", "is silent about text or FIN in the window beyond the peer's FIN", "has segments"
        " ahead of RCV.NXT answered by an ACK", Rfc(9293, "3.10.7.4"),
        (*_ESTABLISHED, "client CLOSE", "deliver client", "forge client FIN,ACK 5 0 0"), _ahead_of_nothing,
    ),
    Difference(
        "ACK before SEQ in SYN-RECEIVED", "answers a wrong ACK by a RST also when SEQ is outside of the window, as"
        " §3.5.2 has it", "has in §3.10.7.4 SEQ checked first, and an ACK sent", _OTHERWISE,
        ("server OPEN passive", "client OPEN active", "deliver client", "forge client ACK -1 -3 0"), _ack_before_seq,
    ),
    Difference(
        "fast retransmission", "repeats a segment when duplicate ACKs arrive (RFC 5681 §3.2)", "leaves congestion control"
        " to other RFCs, and so does the model", Rfc(9293, "3.8.2"),
        ("server OPEN passive", "client OPEN active", "deliver client", "duplicate server", "duplicate client",
         "server SEND 34", "deliver client", "server SEND 23", "deliver server", "deliver client"), _fast_retransmission,
    ),
)  # fmt: skip


def explain(step: Observation) -> Difference | None:
    """The known difference that a step which went two ways shows; None: it is not on the list."""
    return next((one for one in DIFFERENCES if one.explains(step)), None)
