"""The times that a run could have had."""

from itertools import pairwise
from typing import Any

import pytest

from quizgen.models.tcp.clock import times
from quizgen.models.tcp.scenario import run
from tests.models.tcp.conftest import Runs, shipped

CLOSING: list[Any] = [
    "established",
    {"client": "CLOSE"},
    "deliver",
    "deliver",
    {"server": "CLOSE"},
    "deliver",
    "deliver",
]
RTO = {"timeout": "client retransmission"}

# Steps, and the times in milliseconds of all but the first one.
TIMES: dict[str, tuple[list[Any], list[int]]] = {
    "calls and arrivals": ([{"server": "OPEN passive"}, {"client": "OPEN active"}, "deliver", "deliver", "deliver"], [1, 2, 12, 22, 32]),
    "retransmissions double up to a minute": ([{"client": "OPEN active"}, *["lose", RTO] * 8], [1, 1, 1001, 1001, 3001, 3001, 7001, 7001, 15001, 15001, 31001, 31001, 63001, 63001, 123001, 123001, 183001]),
    "two in flight arrive one way later each": (["established", {"client": "SEND 1"}, {"client": "SEND 1"}, "deliver", "deliver"], [1, 2, 11, 12]),
    "what is overtaken arrives with what overtakes": (["established", {"client": "SEND 1"}, {"client": "SEND 1"}, {"deliver": "2"}, {"deliver": "1"}], [1, 2, 12, 12]),
    "the timer of the second segment": (["established", {"client": "SEND 1"}, {"client": "SEND 1"}, {"deliver": "1"}, {"lose": "2"}, "deliver", RTO], [1, 2, 11, 11, 21, 1002]),
    "a delayed ACK": (["established", {"policy": "server delayed-ack"}, {"client": "SEND 1"}, "deliver", {"timeout": "server delayed-ack"}, "deliver"], [1, 11, 211, 221]),
    "2MSL": ([*CLOSING, {"timeout": "client time-wait"}], [1, 11, 21, 22, 32, 42, 240032]),
    "2MSL begun anew": ([*CLOSING, {"duplicate": "3"}, "deliver", {"timeout": "client time-wait"}], [1, 11, 21, 22, 32, 42, 43, 53, 240053]),
    "a user's patience": ([{"client": "OPEN active"}, "lose", {"timeout": "client user"}], [1, 1, 300001]),
    "a crash and a forged segment": (["established", {"restart": "client"}, {"forge": {"from": "client", "flags": "RST", "seq": "x"}}], [1, 2]),
}  # fmt: skip


@pytest.mark.parametrize("steps, expected", TIMES.values(), ids=TIMES)
def test_times(steps: list[Any], expected: list[int]) -> None:
    assert [time / 1000 for time in times(run(steps))[1:]] == expected


def test_probes_of_a_zero_window_double(runs: Runs) -> None:
    trace = runs["zero_window_probe"]
    at = times(trace)
    probes = [index for index, step in enumerate(trace.steps) if step.event == "persist timeout"]
    assert [at[after] - at[before] for before, after in pairwise(probes)] == [2_020_000]


@pytest.mark.parametrize("name", shipped())
def test_time_never_goes_back(name: str, runs: Runs) -> None:
    at = times(runs[name])
    assert len(at) == len(runs[name].steps)
    assert list(at) == sorted(at)
