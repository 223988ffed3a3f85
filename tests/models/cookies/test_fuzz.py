"""A share of the fuzzing, and that time grows with a string's length and not faster.

QUIZGEN_COOKIE_FUZZ is how many strings (20000); `python -m tests.models.cookies.fuzz` runs a million.
"""

import os
from collections.abc import Callable
from time import thread_time

import pytest

from quizgen.models.cookies.dates import parse_cookie_date
from quizgen.models.cookies.matching import canonicalized_host
from quizgen.models.cookies.rules import RFC_6265, RFC_6265BIS
from quizgen.models.cookies.set_cookie import parse_set_cookie
from quizgen.models.cookies.spec import Edition
from tests.models.cookies.fuzz import fuzz

STRINGS = int(os.environ.get("QUIZGEN_COOKIE_FUZZ", "20000"))


def test_no_string_does_harm() -> None:
    tally = fuzz(STRINGS)
    assert sum(tally.counts.values()) == 2 * STRINGS
    assert min(tally.counts[what] for what in ("stored", "ignored", "dates", "no dates")) > STRINGS / 1000
    assert tally.longest < 0.2, tally.worst


PARSERS: dict[str, Callable[[str], object]] = {
    "RFC 6265": lambda text: parse_set_cookie(text, Edition(term=RFC_6265)),
    "6265bis": lambda text: parse_set_cookie(text, Edition(term=RFC_6265BIS)),
    "date": lambda text: parse_cookie_date(text, Edition()),
    "host": canonicalized_host,
}
UNITS = (";", "=", ";=", "; a=b", " ", "\t", "9", ":", "1:", "-", "Jan ", "a" * 50 + ".", "ä.", "; Max-Age=9", '"', "a")


def _seconds(parse: Callable[[str], object], text: str) -> float:
    def once() -> float:
        begun = thread_time()
        parse(text)
        return thread_time() - begun

    return min(once() for _ in range(3))


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_time_grows_with_length(name: str, unit: str) -> None:
    """Eight times the length takes at most twenty times as long; a square would take sixty-four times."""
    short = _seconds(PARSERS[name], "a=1; Max-Age=" + unit * 500)
    assert _seconds(PARSERS[name], "a=1; Max-Age=" + unit * 4_000) < 20 * short + 0.02
