"""Set-Cookie strings and dates that nobody would send, by the million: no exception, and no long time for any.

python -m tests.models.cookies.fuzz [NUMBER [SEED]]      1,000,000 from seed 0; prints what was done
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from time import thread_time

from quizgen.models.cookies.agent import UserAgent
from quizgen.models.cookies.dates import parse_cookie_date
from quizgen.models.cookies.matching import parse_url
from quizgen.models.cookies.rules import EDITIONS
from quizgen.models.cookies.scenario import START
from quizgen.models.cookies.spec import Edition
from quizgen.models.cookies.store import Request
from tests.models.cookies.oracle.generate import cases

_URLS = tuple(
    Request(parse_url(url))
    for url in ("https://www.example.com/docs/web", "http://example.co.uk/", "http://192.0.2.1/a/")
)
_PIECES = (
    "a=1", ";", "=", "; ", "Expires=", "Max-Age=", "Domain=", "Path=", "Secure", "HttpOnly", "SameSite=", "Lax", "None", "/", ".", "..", "-", "9" * 40,
    "example.com", "com", "1 Jan 2027 10:18:14", ":", "10:18:14", "Jan", "99", "\t", " " * 30, "\0", "\r\n", "\x7f", "é", "\u212a", "\u017fep", "٣", "\ud800",
    "\U0001f36a", "__Host-", "__secure-", '"', ",", "\\", "%00", ";" * 50, "=" * 50, "xn--", "::1",
)  # fmt: skip

_LONG = (
    "9" * 5000,
    "v" * 4096,
    "; p=" + "p" * 1024,
    ";" * 5000,
    "=" * 5000,
    " " * 5000,
    "; Max-Age=" + "0" * 5000,
    ";a=b" * 1000,
)


@dataclass
class Tally:
    """What came of the strings: how many were stored, ignored, dates or no dates, and the longest time for one in seconds."""

    counts: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    worst: str = ""


def _string(random: Random, seeds: list[str]) -> str:
    kind = random.random()
    if kind < 0.4:
        return "".join(random.choices(_PIECES, k=random.randint(0, 9)))
    if kind < 0.5:
        return "".join(
            chr(random.choice((random.randrange(256), random.randrange(0x110000))))
            for _ in range(random.randint(0, 40))
        )
    text = list(random.choice(seeds))
    for _ in range(random.randint(1, 6)):
        at = random.randint(0, len(text))
        text[at : at + random.choice((0, 0, 1, 1, 5))] = random.choice(
            (random.choice(_PIECES), chr(random.randrange(256)), "")
        )
    long = random.choice(_LONG) if random.random() < 0.01 else ""
    return "".join(text) + long


def fuzz(number: int, seed: int = 0) -> Tally:
    """So many strings, each read as a date and received as a cookie by one of both editions. Any exception is let out."""
    random, tally, editions = Random(seed), Tally(), [Edition(term=term) for term in EDITIONS.terms()]
    seeds = [
        text
        for case in islice(cases(Random(seed)), 500)
        for step in case.steps
        for text in step.sets
        if len(text) < 500
    ]
    for n in range(number):
        text = _string(random, seeds)
        begun = thread_time()
        _one(text, editions[n % 2], _URLS[n % len(_URLS)], tally)
        taken = thread_time() - begun
        if taken > tally.longest:
            tally.longest, tally.worst = taken, text
    return tally


def _one(text: str, edition: Edition, request: Request, tally: Tally) -> None:
    tally.counts["dates" if parse_cookie_date(text, edition) is not None else "no dates"] += 1
    agent = UserAgent(edition, now=START)
    reception = agent.set(text, request)
    tally.counts["ignored" if reception.cookie is None else "stored"] += 1
    assert isinstance(agent.cookie_field(request), str)


def main() -> None:
    """Run and tell."""
    number, seed = (*map(int, sys.argv[1:3]), *(1_000_000, 0)[len(sys.argv[1:3]) :])
    begun = thread_time()
    tally = fuzz(number, seed)
    counts = ", ".join(f"{count} {what}" for what, count in sorted(tally.counts.items()))
    print(
        f"{number} strings in {thread_time() - begun:.0f} s: {counts}; the longest took {tally.longest * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
