"""Ids: how many random bits they have, and how probable it is to guess one."""

from fractions import Fraction
from itertools import combinations
from math import comb

import pytest

from quizgen.claims.errors import ClaimError
from quizgen.claims.evaluate import evaluate
from quizgen.claims.names import Names
from quizgen.models.values import Quantity

NAMES = Names(["sessions"])


def probability(bits: int, sessions: int, guesses: int) -> float:
    answer = evaluate(f"guess_probability({bits}, {sessions}, {guesses})", NAMES).value
    assert isinstance(answer, float)
    return answer


@pytest.mark.parametrize("bits", range(1, 6))
def test_it_is_what_counting_all_choices_gives(bits: int) -> None:
    ids = 2**bits
    for sessions in range(ids + 1):
        for guesses in range(ids + 1):
            missed = Fraction(comb(ids - sessions, guesses), comb(ids, guesses))
            assert probability(bits, sessions, guesses) == pytest.approx(float(1 - missed), rel=1e-12)


def test_it_is_what_trying_them_gives() -> None:
    live = {3, 5, 11}
    tries = list(combinations(range(16), 4))
    hits = sum(bool(live & set(chosen)) for chosen in tries)
    assert probability(4, 3, 4) == pytest.approx(hits / len(tries))


@pytest.mark.parametrize(
    ("bits", "sessions", "guesses"), [(64, 100_000, 10**12), (128, 1000, 10**18), (64, 10**6, 1000)]
)
def test_with_many_ids_it_is_close_to_sessions_times_guesses_over_ids(bits: int, sessions: int, guesses: int) -> None:
    assert probability(bits, sessions, guesses) == pytest.approx(sessions * guesses / 2**bits, rel=0.01)


def test_a_bit_more_halves_it() -> None:
    assert probability(64, 1000, 10**6) == pytest.approx(2 * probability(65, 1000, 10**6), rel=1e-6)


@pytest.mark.parametrize("sessions", range(1, 9))
def test_the_guess_that_hits_first_is_on_average_the_ids_and_one_over_the_sessions_and_one(sessions: int) -> None:
    """By all ways to choose live ids from eight; the model's time at one guess a second is the same fraction of 2^64 ids."""
    firsts = [min(live) for live in combinations(range(1, 9), sessions)]
    assert Fraction(sum(firsts), len(firsts)) == Fraction(8 + 1, sessions + 1)
    answer = evaluate(f"guessing_time(64, {sessions}, 1)", NAMES).value
    assert isinstance(answer, Quantity)
    assert answer.amount == (2**64 + 1) // (sessions + 1)


def test_the_example_of_owasp_takes_twice_its_292_years() -> None:
    """64 bits, 10,000 guesses a second, 100,000 sessions: OWASP halves for each session what is halved for one alone."""
    assert evaluate('guessing_time(64, 100000, 10000) > duration("213160 days")', NAMES).value is True
    assert evaluate('guessing_time(64, 100000, 10000) < duration("213890 days")', NAMES).value is True


ENTROPY = {
    "hexadecimal": ("id_entropy(32, 16)", 128.0),
    "base64": ("id_entropy(22)", 132.0),
    "four-digits": ("id_entropy(4, 10)", 13.287712379549449),
    "asp-net": ("id_entropy(24, 32)", 120.0),
    "one-bit": ("id_entropy(1, 2)", 1.0),
}


@pytest.mark.parametrize(("expression", "bits"), ENTROPY.values(), ids=ENTROPY)
def test_entropy(expression: str, bits: float) -> None:
    answer = evaluate(expression, NAMES)
    assert answer.value.unit == "bit"
    assert float(answer.value.amount) == pytest.approx(bits, rel=1e-15)
    assert answer.record.reasons


@pytest.mark.parametrize(
    "expression",
    [
        "guess_probability(0, 1, 1)",
        "guess_probability(513, 1, 1)",
        "guess_probability(64, -1, 1)",
        "guess_probability(64, 1, -1)",
        "guess_probability(2, 5, 1)",
        "guess_probability(2, 1, 5)",
        "guess_probability(64, 100001, 100001)",
        "id_entropy(0)",
        "id_entropy(10001)",
        "id_entropy(4, 1)",
        "id_entropy(4, 1001)",
        "guessing_time(0, 1, 1)",
        "guessing_time(513, 1, 1)",
        "guessing_time(64, 0, 1)",
        "guessing_time(2, 5, 1)",
        "guessing_time(64, 1, 0)",
        "recognised_by_all(OWN_MEMORY, servers=0)",
        "recognised_by_all(OWN_MEMORY, servers=10)",
        "recognised_by_all(OWN_MEMORY, servers=1, failed=True)",
        "logins_lost(OWN_MEMORY, 101)",
        "logins_lost(OWN_MEMORY, -1)",
        'logins_lost(OWN_MEMORY, 1, what="store")',
        "kept_on_server(OWN_MEMORY, 101)",
        "kept_on_server(OWN_MEMORY, 1, logouts=2)",
        "kept_on_server(OWN_MEMORY, 1, logouts=-1)",
        "sessions_kept(101)",
        "sessions_kept(-1)",
        'live_sessions(-1, "1 min")',
        'session_memory(-1, "2 KB")',
        'session_memory(1, "2 min")',
        'session_memory(1, "2 KB", kept_in=BOTH)',
        "held_by(BOTH)",
        'session_alive("1 h", request_every="1 s")',
        'session_alive("1 h", request_every="0 s")',
    ],
)
def test_questions_that_make_no_sense(expression: str) -> None:
    with pytest.raises(ClaimError):
        evaluate(expression, NAMES)


@pytest.mark.parametrize(("expression", "answer"), [
    ("guess_probability(512, 1, 1) > 0", True),
    ("guess_probability(17, 100000, 100000)", 1.0),
    ("guess_probability(1, 0, 2)", 0.0),
    ("kept_on_server(OWN_MEMORY, 0)", 0),
    ("kept_on_server(OWN_MEMORY, 100)", 100),
    ("sessions_kept(100)", 100),
    ("sessions_kept(0)", 0),
    ("logins_lost(OWN_MEMORY, 0)", 0),
    ("recognised_by_all(OWN_MEMORY, servers=9)", True),
    ('live_sessions(60, "10 min", idle="1 h")', 4200),
    ('session_alive("1000 s", request_every="1 s")', True),
    ('session_memory(0, "2 KB") == size("0 bytes")', True),
])  # fmt: skip
def test_at_the_bounds(expression: str, answer: object) -> None:
    assert evaluate(expression, NAMES).value == answer
