"""Whether a step that the model and Linux took two ways shows a certain difference: one function for each."""

from __future__ import annotations

from dataclasses import replace

from quizgen.kernel.compare import Observation, seen

_GONE = ("CLOSED", "LISTEN")


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


def rst_before_rcv_nxt(step: Observation) -> bool:
    model, kernel = _moves(step)
    before = _arrives(step, "CLOSE-WAIT", "CLOSING", "LAST-ACK") and step.offset == -1
    return before and "RST" in _flags(step) and model == step.before and kernel in _GONE


def ack_of_a_duplicate(step: Observation) -> bool:
    if (
        not _arrives(step, "SYN-RECEIVED", "FIN-WAIT-1", "CLOSING", "LAST-ACK")
        or step.arrived is None
        or step.arrived.ack is None
    ):
        return False
    duplicate = step.offset < 0 and step.offset + step.arrived.occupies == 0
    model, kernel = _moves(step)
    return duplicate and model == step.before and kernel in ("ESTABLISHED", "FIN-WAIT-2", "TIME-WAIT", *_GONE)


def ack_of_the_iss(step: Observation) -> bool:
    return (
        _arrives(step, "SYN-RECEIVED")
        and step.arrived is not None
        and _sends(step)[0] == ["RST"]
        and step.model.segments[0].seq == step.arrived.ack
        and _moves(step) in (("SYN-RECEIVED", "ESTABLISHED"), ("SYN-RECEIVED", "CLOSE-WAIT"))
    )


def rst_for_a_second_syn(step: Observation) -> bool:
    return (
        _arrives(step, "SYN-RECEIVED")
        and "SYN" in _flags(step)
        and _moves(step) == ("LISTEN", "LISTEN")
        and not step.model.segments
        and _sends(step)[1] in (["RST"], ["RST, ACK"])
    )


def syn_repeated(step: Observation) -> bool:
    model, kernel = _sends(step)
    return _arrives(step, "SYN-SENT") and kernel == [*model, "SYN"] and model in ([], ["RST"])


def close_deferred(step: Observation) -> bool:
    return step.step.endswith("CLOSE") and _moves(step) == ("FIN-WAIT-1", "SYN-RECEIVED") and not step.kernel.segments


def syn_with_fin(step: Observation) -> bool:
    return _arrives(step, "LISTEN") and {"SYN", "FIN"} <= _flags(step) and not step.kernel.segments


def error(step: Observation, states: tuple[str, ...], model: str, kernel: str) -> bool:
    same = _only_the_error_differs(step) and _arrives(step, *states) and "RST" in _flags(step)
    return same and (step.model.error, step.kernel.error) == (model, kernel)


def rst_in_time_wait(step: Observation) -> bool:
    doubtful = _arrives(step, "TIME-WAIT") and "RST" in _flags(step) and step.offset > 0
    return doubtful and _sends(step) == (["ACK"], [])


def abort_with_ack(step: Observation) -> bool:
    return step.step.endswith("ABORT") and _sends(step) == (["RST"], ["RST, ACK"])


def seq_alone_in_time_wait(step: Observation) -> bool:
    if not _arrives(step, "TIME-WAIT") or step.arrived is None or "RST" in _flags(step):
        return False
    more = step.offset > 0 or step.offset + step.arrived.occupies > 0
    answered = more and _sends(step) == ([], ["ACK"])
    return answered or (step.acked > 0 and step.offset == 0 and _sends(step) == (["ACK"], []))


def syn_ack_repeated(step: Observation) -> bool:
    repeated = _arrives(step, "SYN-RECEIVED") and _flags(step) == {"SYN"} and step.offset == -1
    return repeated and _sends(step) == (["ACK"], ["SYN, ACK"])


def no_send_before_established(step: Observation) -> bool:
    model, kernel = _sends(step)
    opens = _arrives(step, "SYN-RECEIVED") and _moves(step)[0] in ("ESTABLISHED", "CLOSE-WAIT")
    return opens and model == ["PSH, ACK"] and kernel == ["ACK", "PSH, ACK"]


def text_after_fin(step: Observation) -> bool:
    if not _arrives(step, "CLOSE-WAIT", "CLOSING", "LAST-ACK") or step.arrived is None:
        return False
    beyond = step.offset < 0 < step.offset + step.arrived.length
    return beyond and _moves(step)[1] in _GONE and _sends(step)[1] in (["RST"], ["RST, ACK"])


def ack_too_old(step: Observation) -> bool:
    stays = step.kernel.states[step.end] == step.before
    return step.arrived is not None and step.acked < 0 and stays and _sends(step)[1] == ["ACK"]


def no_ack_bit(step: Observation) -> bool:
    bare = step.arrived is not None and not _flags(step) & {"ACK", "RST", "SYN"}
    return bare and step.offset < 0 and _sends(step) == (["ACK"], [])


def ack_first(step: Observation) -> bool:
    if not _arrives(step, "SYN-RECEIVED") or step.arrived is None or step.arrived.ack is None or step.acked == 1:
        return False
    reset = _sends(step)[1] == ["RST"] and step.kernel.segments[0].seq == step.arrived.ack
    return reset and _moves(step)[1] == "SYN-RECEIVED" and (_sends(step)[0] == ["ACK"] or "SYN" in _flags(step))


def time_wait_forgotten(step: Observation) -> bool:
    return _arrives(step, "SYN-RECEIVED") and _moves(step)[0] == "TIME-WAIT" and _moves(step)[1] in _GONE


def fast_retransmission(step: Observation) -> bool:
    more = step.kernel.segments[len(step.model.segments) :]
    if step.arrived is None or step.arrived.ack is None or not more:
        return False
    same = seen(replace(step.kernel, segments=step.kernel.segments[: -len(more)])) == seen(step.model)
    return same and all(one.seq == step.arrived.ack and one.occupies for one in more)
