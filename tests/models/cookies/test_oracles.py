"""The model held against tough-cookie and Chromium: what they store and send is what the model says, edition by edition,
or a difference on their list accounts for it.

QUIZGEN_COOKIE_PAIRS is how many generated pairs of Set-Cookie and URL tough-cookie gets in all (20000), a seventieth of
which Chromium gets (at least 300); QUIZGEN_COOKIE_SEED where to begin (1).
"""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizgen.models.cookies.rules import EDITIONS
from quizgen.models.values import Term
from tests import npm
from tests.models.cookies.oracle.case import Case, Oracle
from tests.models.cookies.oracle.chromium import Chromium, path
from tests.models.cookies.oracle.generate import shortest
from tests.models.cookies.oracle.predict import Difference, predict
from tests.models.cookies.oracle.recorded import DIFFERENCES, Recorded, pairs_of
from tests.models.cookies.oracle.server import openssl
from tests.models.cookies.oracle.tough import Tough

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

PAIRS = int(os.environ.get("QUIZGEN_COOKIE_PAIRS", "20000"))
SEED = int(os.environ.get("QUIZGEN_COOKIE_SEED", "1"))
_PARTS = 4
"""Into how many tests the pairs for tough-cookie are parted, so that they can run beside each other."""


@pytest.fixture(scope="module")
def tough() -> Iterator[Tough]:
    try:
        oracle = Tough()
    except npm.Missing as missing:
        pytest.skip(str(missing))
    with oracle:
        yield oracle


@pytest.fixture(scope="module")
def visitor(browsers: "Playwright") -> Iterator[Chromium]:
    if path() is None or not openssl():
        pytest.skip("no Chromium or no openssl on PATH")
    with Chromium(browsers.chromium) as oracle:
        yield oracle


@cache
def recorded(name: str) -> Recorded:
    return Recorded(name)


def known(name: str, term: Term) -> list[Difference]:
    return [one for one in DIFFERENCES[name] if term in one.editions]


def agree(oracle: Oracle, case: Case, term: Term, differences: list[Difference]) -> bool:
    reply = oracle.run(case, term)
    return predict(case, term, reply.now, differences).agrees(reply.outcome, oracle.slack)


def explained(oracle: Oracle, case: Case, term: Term) -> bool:
    return agree(oracle, case, term, []) or agree(oracle, case, term, known(oracle.name, term))


def report(oracle: Oracle, case: Case, term: Term) -> str:
    reply = oracle.run(case, term)
    foreseen = predict(case, term, reply.now, known(oracle.name, term))
    return f"{term}, as short as it gets:\n{case}\n{oracle.name}: {reply.outcome}\nforeseen: {foreseen}"


def _unexplained(oracle: Oracle, term: Term) -> Callable[[Case], bool]:
    return lambda case: not explained(oracle, case, term)


def hold(oracle: Oracle, seed: int, pairs: int) -> None:
    """Run so many pairs; a difference that is not on the list fails with the shortest case that shows it."""
    for case in pairs_of(oracle.name, seed, pairs):
        for term in EDITIONS.terms():
            fails = _unexplained(oracle, term)
            if fails(case):
                small = shortest(case, fails)
                pytest.fail(f"seed {seed}, {report(oracle, small, term)}")


@pytest.mark.parametrize("part", range(_PARTS))
def test_tough_cookie_does_as_foreseen(tough: Tough, part: int) -> None:
    hold(tough, SEED * _PARTS + part, PAIRS // _PARTS)


def test_chromium_does_as_foreseen(visitor: Chromium) -> None:
    hold(visitor, SEED, max(300, PAIRS // 70))


@pytest.mark.parametrize("name", DIFFERENCES)
def test_the_recording_is_as_foreseen(name: str) -> None:
    oracle = recorded(name)
    assert sum(case.pairs for _, case in oracle.cases) >= (4000 if name == "tough-cookie" else 600)
    wrong = [(case, term) for term, case in oracle.cases if not explained(oracle, case, term)]
    assert not wrong, report(oracle, *min(wrong, key=lambda one: len(str(one[0]))))


EACH = [(name, one, term) for name, differences in DIFFERENCES.items() for one in differences for term in one.editions]
each = pytest.mark.parametrize("name, one, term", EACH, ids=[f"{name}-{one.name}-{term}" for name, one, term in EACH])


def _still_differs(oracle: Oracle, one: Difference, term: Term) -> None:
    rest = [other for other in known(oracle.name, term) if other is not one]
    assert agree(oracle, one.example, term, [*known(oracle.name, term)]), report(oracle, one.example, term)
    assert not agree(oracle, one.example, term, rest), f"take `{one.name}` off the list"


@each
def test_the_recording_still_differs(name: str, one: Difference, term: Term) -> None:
    _still_differs(recorded(name), one, term)


OF_TOUGH = [(one, term) for name, one, term in EACH if name == "tough-cookie"]


@pytest.mark.parametrize("one, term", OF_TOUGH, ids=[f"{one.name}-{term}" for one, term in OF_TOUGH])
def test_tough_cookie_still_differs(tough: Tough, one: Difference, term: Term) -> None:
    _still_differs(tough, one, term)


def test_chromium_still_differs(visitor: Chromium) -> None:
    for name, one, term in EACH:
        if name == visitor.name:
            _still_differs(visitor, one, term)


@pytest.mark.parametrize("name", DIFFERENCES)
def test_differences_have_names_of_their_own(name: str) -> None:
    assert len({one.name for one in DIFFERENCES[name]}) == len(DIFFERENCES[name])


def _row(one: Difference) -> str:
    editions = "both" if len(one.editions) == 2 else str(one.editions[0]).replace("RFC 6265bis", "6265bis")
    return f"| {one.name} | {one.does} | {one.standard} | {editions} | {one.cite} |".replace("\\", "\\\\")


@pytest.mark.parametrize("name", DIFFERENCES)
def test_the_page_has_the_whole_list(name: str) -> None:
    page = (Path(__file__).parents[3] / "docs" / "models" / "cookies-oracles.md").read_text("utf-8")
    section = page.partition(f"## Where {name} differs")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ") and "§" in line]
    assert rows == [_row(one) for one in DIFFERENCES[name]]
