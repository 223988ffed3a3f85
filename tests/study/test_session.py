"""What a session asks, and how it moves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizgen.items.question import Bank, Question
from quizgen.items.response import Response
from quizgen.study.progress import Progress
from quizgen.study.scheduler import Rating
from quizgen.study.session import Choice, Session
from tests.samples import BANK, QUESTIONS

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAMES = [question.id.rpartition("/")[2] for question in QUESTIONS]


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    with Progress(tmp_path / "progress.sqlite3") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _session(
    progress: Progress,
    clock: Clock,
    bank: Bank = BANK,
    *,
    count: int | None = None,
    everything: bool = False,
    seed: int = 0,
) -> Session:
    choice = Choice([topic.id for topic in bank.topics], "en", count, everything, seed)
    return Session(bank, choice, progress, clock)


def _asked(session: Session) -> list[str]:
    found = []
    while session.current:
        found.append(session.current.question.id.rpartition("/")[2])
        session.skip()
    return found


def _right(question: Question) -> Response:
    if question.blanks:
        return [blank.accepted[0] for blank in question.blanks]
    if question.pairs:
        return {index: index for index in range(len(question.pairs))}
    right = [index for index, option in enumerate(question.options) if option.right]
    return question.orders[0] if question.orders else right if question.type == "multiple" else right[0]


def _answer(session: Session) -> None:
    assert session.current
    session.answer(_right(session.current.question))


def test_new_items_come_in_the_banks_order(progress: Progress, clock: Clock) -> None:
    assert _asked(_session(progress, clock)) == NAMES
    assert _asked(_session(progress, clock, count=2)) == NAMES[:2]
    assert _asked(_session(progress, clock, count=0)) == []


def test_due_items_come_first_the_most_overdue_first(progress: Progress, clock: Clock) -> None:
    first = _session(progress, clock)
    for response in (1, {2}, 0):
        first.answer(response)
        clock.later(minutes=-1)
    clock.later(minutes=20)
    assert _asked(_session(progress, clock, count=5)) == ["together", "flags", "acknowledges", "cloze", "header"]


def test_items_that_are_not_due_wait(progress: Progress, clock: Clock) -> None:
    session = _session(progress, clock)
    while session.current:
        _answer(session)
    assert all(answer.score.right for answer in session.answers)
    clock.later(days=1)
    assert _session(progress, clock).total == 0
    assert sorted(_asked(_session(progress, clock, everything=True))) == sorted(NAMES)
    assert len(_asked(_session(progress, clock, everything=True, count=4))) == 4
    clock.later(days=1)
    assert _session(progress, clock).total == len(NAMES)


def test_variants_share_a_schedule_and_take_turns(progress: Progress, clock: Clock) -> None:
    variants = tuple(replace(QUESTIONS[0], id=f"{QUESTIONS[0].id}#{number}") for number in range(3))
    bank = replace(BANK, topics=(replace(BANK.topics[0], questions=variants),))
    asked = []
    for _ in range(6):
        session = _session(progress, clock, bank, everything=True)
        assert session.total == 1
        assert session.current
        asked.append(session.current.question.id)
        _answer(session)
        clock.later(days=400)
    assert set(asked[:3]) == set(asked[3:]) == {variant.id for variant in variants}
    assert list(progress.scheduled()) == [QUESTIONS[0].id]


def test_the_seed_decides_the_variant(progress: Progress, clock: Clock) -> None:
    variants = tuple(replace(QUESTIONS[0], id=f"{QUESTIONS[0].id}#{number}") for number in range(5))
    bank = replace(BANK, topics=(replace(BANK.topics[0], questions=variants),))
    drawn = [_asked(_session(progress, clock, bank, seed=seed)) for seed in (1, 1, *range(2, 12))]
    assert drawn[0] == drawn[1]
    assert len({name for names in drawn for name in names}) > 2


def test_what_left_the_bank_keeps_its_history(progress: Progress, clock: Clock) -> None:
    _answer(_session(progress, clock))
    smaller = replace(BANK, topics=(replace(BANK.topics[0], questions=QUESTIONS[1:]),))
    assert _asked(_session(progress, clock, smaller)) == NAMES[1:]
    assert list(progress.scheduled()) == [QUESTIONS[0].id]


def test_undo_goes_back_over_skips_and_answers(progress: Progress, clock: Clock) -> None:
    session = _session(progress, clock)
    assert not session.undo()
    _answer(session)
    session.skip()
    assert (session.position, session.skipped, len(session.answers)) == (2, 1, 1)
    assert session.undo()
    assert session.undo()
    assert (session.position, session.skipped, session.answers) == (0, 0, [])
    assert progress.scheduled() == {}


def test_a_rating_moves_the_due_date(progress: Progress, clock: Clock) -> None:
    due = {}
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        session = _session(progress, clock)
        _answer(session)
        due[rating] = session.rate(rating).due
        assert [review.rating for review in progress.reviews()] == [rating]
        session.undo()
    assert due[Rating.HARD] < due[Rating.GOOD] < due[Rating.EASY]


def test_misconceptions_are_set_right(progress: Progress, clock: Clock) -> None:
    session = _session(progress, clock)
    session.skip()
    session.skip()
    assert [entry.id for entry in session.held(session.answer(0))] == ["both-established-together"]
    session.undo()
    assert session.held(session.answer(1)) == []
