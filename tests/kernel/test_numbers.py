"""Numbers of the model's run and of Linux, one to the other."""

import pytest

from quizgen.kernel.numbers import Numbers
from quizgen.kernel.oracle import Model
from quizgen.models.tcp.segment import ACK, Segment, flags
from quizgen.models.tcp.seq import Seq

PLANNED = {"client": [Seq("x"), Seq("x2")], "server": [Seq("y")]}


def numbers(client: list[int], server: list[int]) -> Numbers:
    model = Model()
    for name, isses in (("client", client), ("server", server)):
        model.ends[name].isses, model.ends[name].opened = tuple(Seq("", one) for one in isses), len(isses)
    return Numbers(PLANNED, model)


def segment(seq: Seq, ack: Seq | None) -> Segment:
    return Segment(seq, ack, flags(ACK), sender="client")


AT_LINUX = {
    "one connection": ([1000], [5000], Seq("x", 1), Seq("y", 7), (1001, 5007), "ACK SEQ=x+1 ACK=y+7"),
    "the second connection": ([1000, 9000], [5000], Seq("x2", 3), None, (9003, None), "ACK SEQ=x2+3"),
    "ISSs that lie close together": ([1000, 3000], [5000], Seq("x2", -1), None, (2999, None), "ACK SEQ=x2-1"),
    "before an ISS": ([1000], [5000], Seq("x", -1001), None, (2**32 - 1, None), "ACK SEQ=x-1001"),
    "no connection yet": ([], [], Seq("x", -5), None, (Seq("x", -5).value, None), "ACK SEQ=x-5"),
    "a connection that is still to come": ([1000], [], Seq("x2", 0), None, (Seq("x2").value, None), f"ACK SEQ={Seq('x2').value}"),
    "a number of no connection": ([1000], [5000], Seq("", 2**31), None, (2**31, None), f"ACK SEQ={2**31}"),
}  # fmt: skip


@pytest.mark.parametrize(("client", "server", "seq", "ack", "at_linux", "shown"), AT_LINUX.values(), ids=AT_LINUX)
def test_there_and_back(
    client: list[int], server: list[int], seq: Seq, ack: Seq | None, at_linux: tuple[int, int | None], shown: str
) -> None:
    both = numbers(client, server)
    moved = both.to_linux(segment(seq, ack))
    assert (moved.seq.value, moved.ack and moved.ack.value) == at_linux
    assert both.relative(moved).show() == shown
